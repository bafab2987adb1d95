"""Lists are ranges of an index too: a day's visits, what is promised, who died, whose consents are to be looked at.

Nothing here grows with the number of patients but an answer that really has as many lines.
"""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.task import Task, TaskCode
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.entry import ConsentTrace, Entry, IndexedTask
from rapportdesk.readmodel.payload import appointment_from, packed, task_from

_EVERY = -1  # as SQLite's LIMIT has it
_NO_DAY = "9999-99"  # sorts after every day
_DECEASED_AMONG = """
SELECT p.patient FROM json_each(?) AS a
CROSS JOIN person AS p INDEXED BY person_deceased ON p.patient = a.value WHERE p.deceased"""
"""By the few who died: left to itself SQLite looks up everybody who is asked about, two pages of the file for each."""


def put_appointment(connection: Database, visit: Appointment) -> None:
    """List an appointment in the place of the one with its id."""
    _put(connection, "appointment", (visit.id, visit.patient, visit.start.timestamp(), packed(visit)))


def put_task(connection: Database, indexed: IndexedTask) -> None:
    """List a promise in the place of the one with its id."""
    task, shown = indexed.task, indexed.shown
    ended = None if task.is_open else (task.ended_at or task.recorded_at).timestamp()
    row = (task.id, task.patient, str(task.code), ended, _due(task), shown.reception, shown.clinician, packed(task))
    _put(connection, "task", row)


def put_held(connection: Database, entry: Entry) -> None:
    """Say until when what is told of a patient holds, and what lists of consents have to know."""
    trace = entry.consents or ConsentTrace()
    agreed = trace.agreed_at.timestamp() if trace.agreed_at else None
    row = (
        entry.id, entry.due, entry.told, int(entry.consents is not None), agreed, int(trace.said_no),
        int(trace.may_be_due),
    )  # fmt: skip
    _put(connection, "held", row)


def remove(connection: Database, table: str, record: RecordId) -> None:
    """Take one appointment or task off its list."""
    connection.execute(f"DELETE FROM {table} WHERE id = ?", [record])  # noqa: S608  # a table's name, not a value # nosec B608


def remove_all(connection: Database, patient: PatientId) -> None:
    """Take everything about a patient off every list."""
    for table in ("appointment", "task", "held"):
        connection.execute(f"DELETE FROM {table} WHERE patient = ?", [patient])  # noqa: S608  # likewise # nosec B608


def ids_of(connection: Database, table: str, patient: PatientId) -> set[RecordId]:
    """Return the ids of a patient's appointments or tasks."""
    rows = connection.execute(f"SELECT id FROM {table} WHERE patient = ?", [patient]).fetchall()  # noqa: S608  # likewise # nosec B608
    return {RecordId(id) for (id,) in rows}


def appointments_between(connection: Database, start: dt.datetime, end: dt.datetime) -> tuple[Appointment, ...]:
    """Answer `SearchIndex.appointments_between`."""
    rows = connection.execute(
        "SELECT payload FROM appointment WHERE start >= ? AND start < ? ORDER BY start, id",
        (start.timestamp(), end.timestamp()),
    ).fetchall()
    return tuple(appointment_from(payload) for (payload,) in rows)


def patients_between(connection: Database, start: dt.datetime, end: dt.datetime) -> tuple[PatientId, ...]:
    """Answer `SearchIndex.patients_between`, which is asked at every letter: no appointment is read for it."""
    rows = connection.execute(
        "SELECT patient FROM appointment WHERE start >= ? AND start < ? ORDER BY start, id",
        (start.timestamp(), end.timestamp()),
    ).fetchall()
    return tuple(dict.fromkeys(PatientId(patient) for (patient,) in rows))


def held_among(connection: Database, patients: Collection[PatientId]) -> frozenset[PatientId]:
    """Return those of `patients` of whom anything beside the name was ever put."""
    sql = "SELECT patient FROM held WHERE patient IN (SELECT value FROM json_each(?))"
    rows = connection.execute(sql, [json.dumps(sorted(set(patients)))]).fetchall()
    return frozenset(PatientId(patient) for (patient,) in rows)


def open_tasks(
    connection: Database,
    *,
    column: str,
    today: int,
    by: dt.date | None,
    most: int = _EVERY,
    undated: bool = False,
    code: TaskCode | None = None,
) -> list[Task]:
    """Return the open promises that may be seen, all or those due by a day, the earliest due first.

    Args:
        connection: Of one compartment.
        column: Until when whose eyes may see a promise.
        today: The day number.
        by: The last day; None for all.
        most: No more than so many, counted for dated and undated ones apart.
        undated: With those that have no day, beside those due by one.
        code: Of this kind alone: what is not of it is not read out of its bytes.
    """
    last = "A" if by is None else f"{by.isoformat()}U"  # after every time of that day
    ranges = [("", last)] if by is None or not undated else [("", last), (_NO_DAY, "A")]
    kind = "" if code is None else "AND code = ?"
    given = (today,) if code is None else (today, code)
    due = f"SELECT payload FROM task WHERE ended IS NULL AND due >= ? AND due < ? AND {column} > ? {kind}"  # noqa: S608 # nosec B608 # names of ours, no values
    found = (
        connection.execute(f"{due} ORDER BY due, id LIMIT ?", (first, end, *given, most)).fetchall()
        for first, end in ranges
    )
    return [task_from(payload) for rows in found for (payload,) in rows]


def ended_tasks(
    connection: Database, *, column: str, today: int, since: dt.datetime | None, most: int = _EVERY
) -> list[Task]:
    """Return the promises that ended since a moment and may be seen, the last to end first."""
    rows = connection.execute(
        f"SELECT payload FROM task WHERE ended >= ? AND {column} > ? ORDER BY ended DESC LIMIT ?",  # noqa: S608 # nosec B608 # names of ours, no values
        (since.timestamp() if since else -1e12, today, most),
    ).fetchall()
    return [task_from(payload) for (payload,) in rows]


def told(connection: Database, today: int) -> frozenset[PatientId]:
    """Return of whom something waits under the veil."""
    rows = connection.execute("SELECT patient FROM held WHERE told > 0 AND told > ?", [today]).fetchall()
    return frozenset(PatientId(patient) for (patient,) in rows)


def deceased(connection: Database, among: Iterable[PatientId] | None) -> frozenset[PatientId]:
    """Return who has died: of everybody, or of these people."""
    if among is None:
        rows = connection.execute("SELECT patient FROM person WHERE deceased").fetchall()
    else:
        rows = connection.execute(_DECEASED_AMONG, [json.dumps(sorted(set(among)))]).fetchall()
    return frozenset(PatientId(patient) for (patient,) in rows)


def consents(
    connection: Database, *, said_no: bool, may_be_due: bool, agreed_since: dt.datetime | None
) -> Mapping[PatientId, ConsentTrace]:
    """Answer `SearchIndex.consents`."""
    conditions, values = ["asked"], list[Any]()
    conditions += ["said_no"] if said_no else []
    conditions += ["may_be_due"] if may_be_due else []
    if agreed_since is not None:
        conditions.append("agreed IS NOT NULL AND agreed >= ?")
        values.append(agreed_since.timestamp())
    rows = connection.execute(
        f"SELECT patient, agreed, said_no, may_be_due FROM held WHERE {' AND '.join(conditions)}",  # noqa: S608 # nosec B608 # names of ours, no values
        values,
    ).fetchall()
    return {PatientId(patient): _trace(agreed, no, due) for patient, agreed, no, due in rows}


def due_by(connection: Database, today: int, most: int) -> list[PatientId]:
    """Return patients of whom something must be decided again."""
    rows = connection.execute("SELECT patient FROM held WHERE due <= ? ORDER BY due LIMIT ?", (today, most)).fetchall()
    return [PatientId(patient) for (patient,) in rows]


def _trace(agreed: float | None, said_no: int, may_be_due: int) -> ConsentTrace:
    moment = None if agreed is None else dt.datetime.fromtimestamp(agreed, dt.UTC)
    return ConsentTrace(agreed_at=moment, said_no=bool(said_no), may_be_due=bool(may_be_due))


def _due(task: Task) -> str:
    """Return text in whose order open promises are listed: day, time, when it was recorded; no day is last."""
    day = _NO_DAY if task.due is None else task.due.isoformat()
    time = "T" if task.due_time is None else f"T{task.due_time.isoformat()}"
    late = "~" if task.due_time is None else ""  # by the end of that day
    return f"{day}{time}{late} {task.recorded_at.astimezone(dt.UTC).isoformat()}"


def _put(connection: Database, table: str, row: Sequence[Any]) -> None:
    """Write a row unless it is there just so."""
    key = "patient" if table == "held" else "id"
    had = connection.execute(f"SELECT * FROM {table} WHERE {key} = ?", [row[0]]).fetchone()  # noqa: S608 # nosec B608 # names of ours, no values
    if had is None or tuple(had) != tuple(row):
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)  # noqa: S608 # nosec B608 # names of ours, no values
