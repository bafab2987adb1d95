"""The read model in memory: filled at sign-in, gone at lock, and never written anywhere."""

import dataclasses
import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.names import profile
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import PersonHit, SearchResults
from rapportdesk.model.task import OPEN_TASK_STATUSES, Task
from rapportdesk.readmodel import people, rows, words
from rapportdesk.readmodel.index import ConsentTrace, WordResults
from rapportdesk.readmodel.near import Namesakes
from rapportdesk.readmodel.schema import connect

_MOST_NAMESAKES = 50


class MemoryIndex:
    """A `SearchIndex` over an in-memory database with one lock; see there for what each method means."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._start_afresh()

    def _start_afresh(self) -> None:
        self._connection = connect()
        self._namesakes = Namesakes(self._connection)
        self._appointments: dict[RecordId, Appointment] = {}
        self._tasks: dict[RecordId, Task] = {}
        self._ended: dict[RecordId, Task] = {}
        self._told: set[PatientId] = set()
        self._consents: dict[PatientId, ConsentTrace] = {}
        self._deceased: set[PatientId] = set()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the lock; what is inside happens as a whole or not at all."""
        with self._lock:
            self._connection.execute("SAVEPOINT write")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK TO write")
                raise
            finally:
                self._connection.execute("RELEASE write")

    def put_patient(self, patient: Patient) -> None:
        """Make the person findable."""
        with self._writing() as connection:
            rows.put_person(connection, patient)
            self._namesakes.forget()
            self._deceased -= {patient.id}
            self._deceased |= {patient.id} if patient.deceased else set()

    def remove_patient(self, patient: PatientId) -> None:
        """Forget the person with their notes, appointments and tasks."""
        with self._writing() as connection:
            rows.remove_person(connection, patient)
            self._namesakes.forget()
            for (note,) in connection.execute("SELECT note FROM note WHERE patient = ?", [patient]).fetchall():
                words.remove_note(connection, note)
            for appointment in [each for each in self._appointments.values() if each.patient == patient]:
                self.remove_appointment(appointment.id)
            self._tasks = {key: each for key, each in self._tasks.items() if each.patient != patient}
            self._ended = {key: each for key, each in self._ended.items() if each.patient != patient}
            self._told.discard(patient)
            self._consents.pop(patient, None)
            self._deceased.discard(patient)

    def put_note(self, note: Note, *, hidden: bool) -> None:
        """Make the note's words findable unless it is hidden."""
        with self._writing() as connection:
            words.put_note(connection, note, hidden=hidden)

    def remove_note(self, note: RecordId) -> None:
        """Forget the note."""
        with self._writing() as connection:
            words.remove_note(connection, note)

    def put_appointment(self, appointment: Appointment) -> None:
        """List the appointment."""
        with self._writing() as connection:
            start = appointment.start.timestamp()
            connection.execute("INSERT OR REPLACE INTO appointment VALUES (?, ?)", (appointment.id, start))
            self._appointments[appointment.id] = appointment

    def remove_appointment(self, appointment: RecordId) -> None:
        """Forget the appointment."""
        with self._writing() as connection:
            connection.execute("DELETE FROM appointment WHERE id = ?", [appointment])
            self._appointments.pop(appointment, None)

    def put_task(self, task: Task) -> None:
        """List the task while it is open."""
        with self._lock:
            if task.status in OPEN_TASK_STATUSES:
                self._tasks[task.id] = task
            else:
                self._tasks.pop(task.id, None)

    def remove_task(self, task: RecordId) -> None:
        """Forget the task."""
        with self._lock:
            self._tasks.pop(task, None)
            self._ended.pop(task, None)

    def put_ended_task(self, task: Task) -> None:
        """List a task that has ended."""
        with self._lock:
            self._ended[task.id] = task

    def ended_tasks(self) -> tuple[Task, ...]:
        """Return the tasks that have ended and are listed."""
        with self._lock:
            return tuple(self._ended.values())

    def put_told(self, patient: PatientId) -> None:
        """Remember that something waits to be read under the veil."""
        with self._lock:
            self._told.add(patient)

    def told(self) -> frozenset[PatientId]:
        """Return of whom something waits to be read under the veil."""
        with self._lock:
            return frozenset(self._told)

    def put_consents(self, patient: PatientId, trace: ConsentTrace) -> None:
        """Remember what lists of consents have to know of one patient."""
        with self._lock:
            self._consents[patient] = trace

    def consents(self) -> Mapping[PatientId, ConsentTrace]:
        """Return what is remembered of everybody who was asked for consent."""
        with self._lock:
            return dict(self._consents)

    def find_people(self, text: str, limit: int = 50, recent: Sequence[PatientId] = ()) -> SearchResults:
        """Find people by what was typed so far."""
        with self._lock:
            return people.find_people(self._connection, self._namesakes, text, limit, recent)

    def find_words(self, text: str, limit: int = 50) -> WordResults:
        """Find the notes that hold every word of `text`, newest first."""
        with self._lock:
            return words.find_words(self._connection, text, limit)

    def by_identifier(self, value: str) -> tuple[PatientId, ...]:
        """Return everybody with an identifier of exactly this value, whatever its system."""
        with self._lock:
            return rows.people_with_identifier(self._connection, value)

    def namesakes(self, patient: Patient) -> tuple[PersonHit, ...]:
        """Return others who could be taken for `patient`."""
        with self._lock:
            itself = rows.row_of(self._connection, patient.id)
            near = self._namesakes.of(profile(patient), but_not=itself)
            found = [person for person, _ in zip(near, range(_MOST_NAMESAKES), strict=False)]
            hits = [people.hit_of(self._connection, self._namesakes, person) for person in found]
            return tuple(dataclasses.replace(hit, near_namesake=True) for hit in hits)

    def deceased(self) -> frozenset[PatientId]:
        """Return those of the people in the index who have died."""
        with self._lock:
            return frozenset(self._deceased)

    def appointments_between(self, start: dt.datetime, end: dt.datetime) -> tuple[Appointment, ...]:
        """Return the appointments that begin at or after `start` and before `end`, earliest first."""
        with self._lock:
            found = self._connection.execute(
                "SELECT id FROM appointment WHERE start >= ? AND start < ? ORDER BY start, id",
                (start.timestamp(), end.timestamp()),
            )
            return tuple(self._appointments[RecordId(id)] for (id,) in found)

    def open_tasks(self) -> tuple[Task, ...]:
        """Return the tasks that are still open, the earliest due first and those without a day last."""
        with self._lock:
            return tuple(sorted(self._tasks.values(), key=_due))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._connection.close()
            self._start_afresh()


def _due(task: Task) -> tuple[dt.date, dt.time, dt.datetime, str]:
    return task.due or dt.date.max, task.due_time or dt.time.max, task.recorded_at, task.id
