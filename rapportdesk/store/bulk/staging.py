"""Bulk work is sealed beside what is there, some rows in a commit, and becomes a part of it by one: all or nothing.

Whoever saves in between waits for one of the small commits at most; the one that decides holds no row
(`rapportdesk.store.bulk.arrivals`). What somebody else changed meanwhile is told before it, and never overwritten
unseen: every commit in between says what it wrote.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import SQLModel

from rapportdesk.errors import RapportError, VaultFault
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.patient import Patient
from rapportdesk.store.bulk.arrivals import Arrivals
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import coverage
from rapportdesk.store.records.identities import Identities
from rapportdesk.store.records.payload import encode
from rapportdesk.store.records.records import IDENTITY, RECORD, Records, place
from rapportdesk.store.rekeying.patient_key_rotation import PatientKeyRotation
from rapportdesk.store.tables import (
    ArrivalRow,
    ArrivingPatientRow,
    ArrivingRecordRow,
    PatientRow,
    RecordRow,
    table_of,
)
from rapportdesk.store.transaction import Change, Transaction
from rapportdesk.vault.sealing import seal

AT_ONCE = 25
"""Rows of one small commit, and the most that wait in memory."""

_PAGE = 500  # of one question
_AT_THE_END = 500  # rows that are taken away at once when bulk work is given up; the rest goes in steps


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What somebody else has written since it was staged, or taken away; it is to be staged again or dropped."""

    patients: tuple[PatientId, ...]
    records: tuple[RecordId, ...]


class Staging:
    """One piece of bulk work; begun when nothing of another is left.

    Args:
        file: The vault.
        identities: Opens patients' rows.
        records: Seals and opens records' rows.
        rotation: Replaces a key that a leaver knew before anything is sealed with it.
        arrivals: Takes over what was decided.
    """

    def __init__(
        self, file: VaultFile, identities: Identities, records: Records, rotation: PatientKeyRotation,
        arrivals: Arrivals,
    ) -> None:  # fmt: skip
        self._file, self._identities, self._records = file, identities, records
        self._rotation, self._arrivals = rotation, arrivals
        self._people: dict[PatientId, Patient] = {}
        self._visits: dict[RecordId, Appointment | IdentityChange] = {}
        self._new: dict[PatientId, None] = {}  # no set: the collector goes through those
        self._touched: set[tuple[str, str]] = set()
        self._ended = False
        self._why: RapportError | None = None
        self._watching = ExitStack()
        self._watching.enter_context(file.telling(self._notice))

    @property
    def ended(self) -> bool:
        """Whether it can publish nothing any more, or has published."""
        return self._ended

    def put_patient(self, patient: Patient) -> None:
        """Stage somebody new, or what is known of somebody from now on; staged again it takes the first one's place."""
        self._require()
        self._people[patient.id] = patient
        self._write_if_many()

    def put(self, visit: Appointment | IdentityChange) -> None:
        """Stage an appointment of somebody who is there or staged, or what their card said before."""
        self._require()
        self._visits[visit.id] = visit
        self._write_if_many()

    def write(self) -> None:
        """Seal what waits in memory, in a small commit or as a part of the caller's transaction.

        Raises:
            NotFound: An appointment's patient is neither there nor staged.
            Tampered: What is to be replaced does not authenticate.
        """
        if not self._people and not self._visits:
            return
        with self._file.transaction() as writing:
            for whose in dict.fromkeys((*self._people, *(visit.patient for visit in self._visits.values()))):
                self._rotation.before_writing(whose)
            self._write_people(writing)
            self._write_visits(writing)
            self._will_be_told(writing)
        self._people.clear()
        self._visits.clear()

    def overtaken(self) -> Overtaken:
        """Return what would overwrite something that was written, or taken away, after staging began."""
        self.write()
        patients = [PatientId(each) for table, each in self._touched if table == PatientRow.__tablename__]
        records = [RecordId(each) for table, each in self._touched if table == RecordRow.__tablename__]
        with self._file.reading() as reading:
            people = _among(reading, ArrivingPatientRow, "id", patients)
            late = {RecordId(row["id"]) for row in _among(reading, ArrivingRecordRow, "id", records)}
            there = {row["id"] for row in _among(reading, PatientRow, "id", patients)}
            there |= {row["id"] for row in people}
            gone = [each for each in patients if each not in there]
            late |= {RecordId(row["id"]) for row in _among(reading, ArrivingRecordRow, "patient_id", gone)}
        return Overtaken(tuple(PatientId(row["id"]) for row in people), tuple(sorted(late)))

    def drop(self, overtaken: Overtaken) -> None:
        """Leave these out of what will be published."""
        self.write()
        with self._file.transaction() as writing:
            about = [row["patient_id"] for row in _among(writing, ArrivingRecordRow, "id", overtaken.records)]
            for patient in overtaken.patients:
                writing.remove(ArrivingPatientRow, id=patient)
            for record in overtaken.records:
                writing.remove(ArrivingRecordRow, id=record)
            for patient in dict.fromkeys((*overtaken.patients, *about)):
                staged = _among(writing, ArrivingPatientRow, "id", (patient,))
                if not staged and not _among(writing, ArrivingRecordRow, "patient_id", (patient,)):
                    writing.remove(ArrivalRow, patient_id=patient)  # there is nothing to tell of them
        self._touched -= {(PatientRow.__tablename__, each) for each in overtaken.patients}
        self._touched -= {(RecordRow.__tablename__, each) for each in overtaken.records}

    def publish(self) -> None:
        """Make everything staged a part of the vault, in one commit or as a part of the caller's.

        Raises:
            VaultFault: Something was overtaken, or another piece of bulk work was begun; nothing was written.
        """
        self._require()
        with self._file.transaction() as writing:
            writing.if_undone(self._forget_keys)
            late = self.overtaken()
            if late.patients or late.records:
                raise _changed_meanwhile()
            self._arrivals.decide(writing)
        self.end()

    def discard(self) -> None:
        """Forget everything that was staged; of much, the rows go by and by (`Arrivals.clear`)."""
        self.end()
        self._forget_keys()
        gone = 0
        for rows in self._arrivals.clear():
            gone += rows
            if gone >= _AT_THE_END:
                break

    def end(self, why: RapportError | None = None) -> None:
        """Take and publish nothing any more: the keys it was sealed with are going, or other bulk work begins.

        Args:
            why: What whoever goes on with it is told.
        """
        self._ended, self._why = True, why
        self._watching.close()

    def _require(self) -> None:
        if self._ended:
            raise self._why or _changed_meanwhile()

    def _notice(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.covered.table.name in {PatientRow.__tablename__, RecordRow.__tablename__}:
                self._touched.add((change.covered.table.name, str(change.key[0])))

    def _write_if_many(self) -> None:
        if len(self._people) + len(self._visits) >= AT_ONCE:
            self.write()

    def _write_people(self, writing: Transaction) -> None:
        keys = self._records.keys
        live, staged = _by_id(writing, PatientRow, self._people), _by_id(writing, ArrivingPatientRow, self._people)
        values = []
        for patient in self._people.values():
            before = live.get(patient.id) or staged.get(patient.id)
            if before is None and (PatientRow.__tablename__, patient.id) in self._touched:
                continue  # taken away meanwhile: it stays away
            if before is None:
                key, wrapped = keys.make(patient.id)
                key_revision = keys.epoch
                keys.remember(patient.id, key)
                self._new[patient.id] = None
            else:
                key, wrapped, key_revision = keys.unwrap(before), before["wrapped_key"], before["key_revision"]
                self._identities.open_row(before)
            revision = live[patient.id]["revision"] + 1 if patient.id in live else 1
            sealed = seal(key, encode(patient), place(IDENTITY, patient.id, patient.id, revision))
            values.append(
                {"id": patient.id, "revision": revision, "key_revision": key_revision, "wrapped_key": wrapped,
                 "sealed": sealed}
            )  # fmt: skip
        self._stage(writing, ArrivingPatientRow, staged, values)

    def _write_visits(self, writing: Transaction) -> None:
        live, staged = _by_id(writing, RecordRow, self._visits), _by_id(writing, ArrivingRecordRow, self._visits)
        self._records.keys.load(writing, {visit.patient for visit in self._visits.values()})
        values = []
        for visit in self._visits.values():
            row, revision = live.get(visit.id), 1
            gone = row is None and visit.id not in staged and (RecordRow.__tablename__, visit.id) in self._touched
            if gone or (
                (PatientRow.__tablename__, visit.patient) in self._touched and not self._is_there(writing, visit)
            ):
                continue  # as above
            if row is not None:
                self._records.open_row(writing, row)
                visit = replace(visit, patient=row["patient_id"])  # it may lie on a part of the card
                revision = row["revision"] + 1
            sealed = self._records.seal(
                writing, self._records.envelope(replace(visit, revision=revision)), table=RECORD, record_id=visit.id,
                patient_id=visit.patient, revision=revision,
            )  # fmt: skip
            values.append({"id": visit.id, "patient_id": visit.patient, "revision": revision, "sealed": sealed})
        self._stage(writing, ArrivingRecordRow, staged, values)

    def _is_there(self, reading: Transaction, visit: Appointment | IdentityChange) -> bool:
        there = (
            _among(reading, PatientRow, "id", (visit.patient,)),
            _among(reading, ArrivingPatientRow, "id", (visit.patient,)),
        )
        return any(there)

    def _will_be_told(self, writing: Transaction) -> None:
        whose = dict.fromkeys((*self._people, *(visit.patient for visit in self._visits.values())))
        known = {row["patient_id"] for row in _among(writing, ArrivalRow, "patient_id", list(whose))}
        self._stage(writing, ArrivalRow, {}, [{"patient_id": each} for each in whose if each not in known])

    def _stage(
        self, writing: Transaction, model: type[SQLModel], before: dict[str, dict[str, Any]], rows: list[dict[str, Any]]
    ) -> None:
        if not rows:
            return
        covered, key = coverage(model), writing.mac_key
        writing.connection.execute(insert(covered.table).prefix_with("OR REPLACE"), rows)
        changes = []
        for row in rows:
            (row_id,) = covered.key_of(row)
            out = covered.mac(key, before[row_id]) if row_id in before else None
            changes.append(Change(covered, (row_id,), out, covered.mac(key, row)))
        writing.written_at_once(changes)

    def _forget_keys(self) -> None:
        for patient in self._new:
            self._records.keys.forget(patient)
        self._new.clear()


def _by_id(reading: Transaction, model: type[SQLModel], ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in _among(reading, model, "id", list(ids))}


def _among(reading: Transaction, model: type[SQLModel], column: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of which a column holds one of these ids."""
    table, found = table_of(model), list[dict[str, Any]]()
    for start in range(0, len(ids), _PAGE):
        found += reading.rows(select(table).where(table.c[column].in_(ids[start : start + _PAGE])))
    return found


def _changed_meanwhile() -> VaultFault:
    return VaultFault(_("Something here was changed meanwhile."), _("Bring the files in again."))
