"""One compartment of the read model: a database with everything that the same people may see, and nothing else.

Derived and disposable: what does not fit is made anew, and nothing is ever repaired. A search reads by a connection of
its own while something is being written. Every write is whole or not at all, together with the place in the vault's
history up to which the index follows (`Position`).
"""

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.names import profile
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import MOST_NAMESAKES, PersonHit, SearchResults
from rapportdesk.model.task import Task, TaskCode
from rapportdesk.readmodel import listed, people, rows, words
from rapportdesk.readmodel.database import Database, Databases, Fetching, IndexFault, asking
from rapportdesk.readmodel.entry import EVERYBODY, NOBODY, ConsentTrace, Entry, IndexedNote, IndexedTask, Shown
from rapportdesk.readmodel.near import namesakes_of
from rapportdesk.readmodel.near_kept import is_anybody_in_doubt, settle_namesakes
from rapportdesk.readmodel.words import FoundNote, NoteFilter


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose eyes look, and on which local day (`date.toordinal`); it is asked with every question."""

    clinician: bool
    today: Callable[[], int]

    @property
    def column(self) -> str:
        """The column that says until when a row is shown."""
        return "clinician" if self.clinician else "reception"


AT_ANY_TIME = Sight(clinician=False, today=lambda: 1)
"""What is shown to reception on any day."""


PassedOver = Callable[[Collection[PatientId]], frozenset[PatientId]]
"""Tells which of some patients another layer tells."""


class Compartment:
    """One database; see `SearchIndex` for what each question means. Safe to call from any thread.

    Args:
        databases: Its connections, with the tables made.
        sight: Whose eyes.
    """

    def __init__(self, databases: Databases, sight: Sight = AT_ANY_TIME) -> None:
        self.sight = sight
        self._databases = databases
        self._writes = threading.RLock()
        self._depth, self._unsettled = 0, False
        self._is_writing = False
        self._reads = self._writes if databases.reading is databases.writing else threading.RLock()

    @contextmanager
    def writing(self, *, in_one: bool = False) -> Iterator[Database]:
        """Hold the lock for writing; what is inside, and inside that, happens as a whole or not at all.

        One transaction and no savepoints: at each savepoint FTS5 would write a piece of index and merge it with others.

        Args:
            in_one: It is one of many pieces that `settle`, or whatever is written otherwise, commits in one: each page
                goes to the disk once for all of them. If a piece fails, all that are not committed yet are undone.
        """
        with self._writes, self._faults_told():
            connection, log = self._databases.writing, self._databases.log
            if log is not None:
                log.check()
            if self._depth == 0 and not self._unsettled:
                connection.execute("BEGIN IMMEDIATE")
                self._unsettled = True
            self._depth += 1
            try:
                yield Fetching(connection)
            except BaseException:
                if self._unsettled:
                    self._unsettled = False
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1
            if self._depth == 0 and not in_one:
                self.settle()

    def settle(self) -> None:
        """Commit what was written in many pieces; only then is it found."""
        with self._writes, self._faults_told():
            if self._unsettled:
                self._unsettled = False
                self._databases.writing.execute("COMMIT")

    def caught_up(self, within_s: float) -> bool:
        """Wait for the disk where very much was written, at most so long; returns whether there is nothing to wait for.

        To be asked between two transactions: only where one begins with all of the log in the file does it begin anew.
        """
        return self._unsettled or self._databases.log is None or self._databases.log.caught_up(within_s)

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Hold the lock for reading."""
        with self._reads, self._faults_told(), asking(self._databases.reading) as connection:
            yield connection

    def close(self) -> None:
        """Close it and drop its key; what lies in memory is gone."""
        with self._writes, self._reads, self._faults_told():
            self._databases.close()

    def put(self, entry: Entry) -> None:
        """Put everything about one patient in place of what was there; rows that did not change are not written."""
        with self.writing() as connection:
            if entry.patient is not None:
                self.put_patient(entry.patient)
            elif rows.row_of(connection, entry.id) is not None:
                rows.remove_person(connection, entry.id)
            kept = {each.note.id for each in entry.notes}
            had = connection.execute("SELECT note FROM note WHERE patient = ?", [entry.id]).fetchall()
            for gone in {RecordId(each) for (each,) in had} - kept:
                words.remove_note(connection, gone)
            if sum(words.put_note(connection, note) for note in entry.notes):
                words.merge_some(connection)
            self._keep_only(connection, "task", entry.id, {each.task.id for each in entry.tasks})
            for task in entry.tasks:
                listed.put_task(connection, task)
            self._keep_only(connection, "appointment", entry.id, {each.id for each in entry.appointments})
            for visit in entry.appointments:
                listed.put_appointment(connection, visit)
            listed.put_held(connection, entry)

    def put_patient(self, patient: Patient) -> None:
        """Make the person findable."""
        with self.writing() as connection:
            rows.put_person(connection, patient)

    def settle_namesakes(self, most: int) -> bool:
        """Settle of some people whether anybody could be taken for them; returns whether there may be more."""
        with self.reading() as connection:
            if not is_anybody_in_doubt(connection):
                return False
        with self.writing(in_one=True) as connection:
            return settle_namesakes(connection, most)

    def remove_patient(self, patient: PatientId) -> None:
        """Forget the person with their notes, appointments and tasks."""
        with self.writing() as connection:
            rows.remove_person(connection, patient)
            for (note,) in connection.execute("SELECT note FROM note WHERE patient = ?", [patient]).fetchall():
                words.remove_note(connection, note)
            listed.remove_all(connection, patient)

    def holds(self, patient: PatientId) -> bool:
        """Return whether anything beside the name was ever put of this patient."""
        with self.reading() as connection:
            return connection.execute("SELECT 1 FROM held WHERE patient = ?", [patient]).fetchone() is not None

    def held_among(self, patients: Collection[PatientId]) -> frozenset[PatientId]:
        """Return those of `patients` whom it `holds`: one question, however many are read for a list."""
        with self.reading() as connection:
            return listed.held_among(connection, patients)

    def put_note(self, note: Note, *, hidden: bool = False, shown: Shown = EVERYBODY, topic: str = "") -> None:
        """Make a note's words findable by those to whom it is shown; a hidden one is found by nobody."""
        with self.writing() as connection:
            if words.put_note(connection, IndexedNote(note=note, shown=NOBODY if hidden else shown, topic=topic)):
                words.merge_some(connection)

    def remove_note(self, note: RecordId) -> None:
        """Forget the note."""
        with self.writing() as connection:
            words.remove_note(connection, note)

    def put_appointment(self, appointment: Appointment) -> None:
        """List the appointment."""
        with self.writing() as connection:
            listed.put_appointment(connection, appointment)

    def remove_appointment(self, appointment: RecordId) -> None:
        """Forget the appointment."""
        with self.writing() as connection:
            listed.remove(connection, "appointment", appointment)

    def put_task(self, task: Task, *, shown: Shown = EVERYBODY) -> None:
        """List the promise, open or ended."""
        with self.writing() as connection:
            listed.put_task(connection, IndexedTask(task=task, shown=shown))

    def remove_task(self, task: RecordId) -> None:
        """Forget the promise."""
        with self.writing() as connection:
            listed.remove(connection, "task", task)

    def consents(
        self, *, said_no: bool = False, may_be_due: bool = False, agreed_since: dt.datetime | None = None
    ) -> Mapping[PatientId, ConsentTrace]:
        """Return what lists of consents have to know of those who were asked, by what was said."""
        with self.reading() as connection:
            return listed.consents(connection, said_no=said_no, may_be_due=may_be_due, agreed_since=agreed_since)

    def find_people(
        self, text: str, limit: int = 50, recent: Sequence[PatientId] = (), *, first: int | None = None
    ) -> SearchResults:
        """Find people by what was typed so far."""
        with self.reading() as connection:
            return people.find_people(connection, text, limit, recent, first)

    def find_notes(
        self,
        text: str,
        limit: int,
        where: NoteFilter = NoteFilter(),  # noqa: B008  # frozen
        passed_over: PassedOver | None = None,
    ) -> list[FoundNote]:
        """Return the newest notes with the words that may be seen, but for some patients' that another one tells."""
        return self.read_notes(text, limit, where, passed_over)[0]

    def read_notes(
        self, text: str, limit: int, where: NoteFilter, passed_over: PassedOver | None
    ) -> tuple[list[FoundNote], bool]:
        """Return what `find_notes` does, and whether there are notes that nobody has looked at for it."""
        notes = list[FoundNote]()
        with self.reading() as connection:
            column, today = self.sight.column, self.sight.today()
            found = words.find_notes(connection, text, where, column=column, today=today)
            while (wanted := limit - len(notes)) > 0:
                part, not_all = _read(islice(found, wanted))
                hidden = passed_over([each.patient for each in part]) if passed_over and part else frozenset()
                notes += [each for each in part if each.patient not in hidden]
                if not_all or len(part) < wanted:
                    return notes, not_all
            return notes, False

    def ids_found(self, text: str, limit: int) -> tuple[PatientId, ...]:
        """Return who is found by what was typed, guesses left out, at most so many."""
        with self.reading() as connection:
            return people.ids_found(connection, text, limit)

    def people_listed(self, patients: Sequence[PatientId]) -> Mapping[PatientId, PersonHit]:
        """Return people as they are listed, by their ids; those who are not in the index are left out."""
        with self.reading() as connection:
            return {hit.id: hit for hit in people.listed(connection, patients)}

    def by_identifier(self, value: str) -> tuple[PatientId, ...]:
        """Return everybody with an identifier of exactly this value, whatever its system."""
        with self.reading() as connection:
            return rows.people_with_identifier(connection, value)

    def namesakes(self, patient: Patient) -> tuple[PersonHit, ...]:
        """Return others who could be taken for `patient`."""
        with self.reading() as connection:
            itself = rows.row_of(connection, patient.id)
            most = MOST_NAMESAKES + 1  # one more tells that there are more
            near = islice(namesakes_of(connection, profile(patient), but_not=itself), most)
            return people.namesake_hits(connection, list(near))

    def deceased(self, among: Sequence[PatientId] | None = None) -> frozenset[PatientId]:
        """Return who has died: of everybody, or of these people."""
        with self.reading() as connection:
            return listed.deceased(connection, among)

    def appointments_between(self, start: dt.datetime, end: dt.datetime) -> tuple[Appointment, ...]:
        """Return the appointments that begin at or after `start` and before `end`, earliest first."""
        with self.reading() as connection:
            return listed.appointments_between(connection, start, end)

    def patients_between(self, start: dt.datetime, end: dt.datetime) -> tuple[PatientId, ...]:
        """Return whose appointments begin at or after `start` and before `end`, earliest first, each once."""
        with self.reading() as connection:
            return listed.patients_between(connection, start, end)

    def open_tasks(
        self, by: dt.date | None = None, most: int = -1, *, undated: bool = False, code: TaskCode | None = None
    ) -> tuple[Task, ...]:
        """Return the promises that are open: all, or those due by a day; the earliest due first."""
        with self.reading() as connection:
            column, today = self.sight.column, self.sight.today()
            return tuple(
                listed.open_tasks(connection, column=column, today=today, by=by, most=most, undated=undated, code=code)
            )

    def ended_tasks(self, since: dt.datetime | None = None, most: int = -1) -> tuple[Task, ...]:
        """Return the promises that have ended since a moment, the last to end first."""
        with self.reading() as connection:
            column, today = self.sight.column, self.sight.today()
            return tuple(listed.ended_tasks(connection, column=column, today=today, since=since, most=most))

    def told(self) -> frozenset[PatientId]:
        """Return of whom something waits to be read under the veil; nobody for reception."""
        if not self.sight.clinician:
            return frozenset()
        with self.reading() as connection:
            return listed.told(connection, self.sight.today())

    def due_by(self, today: int, most: int) -> list[PatientId]:
        """Return patients of whom something must be decided again, at most so many."""
        with self.reading() as connection:
            return listed.due_by(connection, today, most)

    def state(self, name: str) -> str | None:
        """Return what was last kept of the index itself."""
        with self.writing() as connection:
            found = connection.execute("SELECT value FROM state WHERE name = ?", [name]).fetchone()
            return None if found is None else str(found[0])

    def keep_state(self, name: str, value: str) -> None:
        """Keep something of the index itself; inside `writing` it is a part of that."""
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def leave_no_bytes(self) -> None:
        """Empty the write-ahead log, so that what was taken out is nowhere in the file's bytes."""
        log = self._databases.log
        with self._writes, self._reads, self._faults_told(), nullcontext() if log is None else log.held():
            self.settle()
            self._databases.writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        """Tell a fault of the file or the disk as what it means: this is to be thrown away."""
        try:
            yield
        except self._databases.faults as fault:
            raise IndexFault(type(fault).__name__) from None

    @staticmethod
    def _keep_only(connection: Database, table: str, patient: PatientId, kept: set[RecordId]) -> None:
        for gone in listed.ids_of(connection, table, patient) - kept:
            listed.remove(connection, table, gone)


def _read(found: Iterable[FoundNote]) -> tuple[list[FoundNote], bool]:
    """Return what was found, also where it ends early, and whether it did."""
    notes = list[FoundNote]()
    try:
        for each in found:
            notes.append(each)
    except words.NotAllRead:
        return notes, True
    return notes, False
