"""What one signed-in person finds: compartments laid over each other, of which the topmost that knows a patient tells.

At the bottom lies the desk's compartment, with everybody's names and all that reception's keys open. Over it lies, for
a clinician, the clinicians' compartment with the patients of whom anything is sealed to clinicians, told anew as
clinicians see them. On top lies what holds for this sign-in alone: the few patients who are said to be alone, in
memory. What is beneath is passed over before anything is counted or cut off.
"""

import datetime as dt
import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import TypeVar

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import PersonHit, SearchResults
from rapportdesk.model.task import Task, TaskCode
from rapportdesk.readmodel.compartment import Compartment, PassedOver
from rapportdesk.readmodel.database import IndexFault
from rapportdesk.readmodel.entry import ConsentTrace
from rapportdesk.readmodel.index import EVERY_NOTE, WordResults
from rapportdesk.readmodel.words import NoteFilter

T = TypeVar("T")


class Layers:
    """A `SearchIndex`; see there for what each question means.

    Args:
        desk: The bottom, which tells of everybody by name, of visits and of consents.
        over: What lies over it, the topmost last.
        begin_anew: Called when a file turns out to be damaged, to `replace` the layers.
    """

    def __init__(self, desk: Compartment, *over: Compartment, begin_anew: Callable[[], None] | None = None) -> None:
        self.desk, self.over = desk, over
        self._begin_anew = begin_anew

    def replace(self, desk: Compartment, *over: Compartment) -> None:
        """Ask these from now on."""
        self.desk, self.over = desk, over

    def find_people(
        self, text: str, limit: int = 50, recent: Sequence[PatientId] = (), *, first: int | None = None
    ) -> SearchResults:
        """Find people by what was typed so far."""
        return self._asked(lambda: self.desk.find_people(text, limit, recent, first=first))

    def find_words(self, text: str, limit: int = 50, where: NoteFilter = EVERY_NOTE) -> WordResults:
        """Find the notes with the words, newest first, of every layer."""
        return self._asked(lambda: self._find_words(text, limit, where))

    def ids_found(self, text: str, limit: int) -> tuple[PatientId, ...]:
        """Return who is found by what was typed, guesses left out, at most so many."""
        return self.desk.ids_found(text, limit)

    def people_listed(self, patients: Sequence[PatientId]) -> Mapping[PatientId, PersonHit]:
        """Return people as they are listed, by their ids."""
        return self.desk.people_listed(patients)

    def by_identifier(self, value: str) -> tuple[PatientId, ...]:
        """Return everybody with an identifier of exactly this value."""
        return self._asked(lambda: self.desk.by_identifier(value))

    def namesakes(self, patient: Patient) -> tuple[PersonHit, ...]:
        """Return others who could be taken for `patient`."""
        return self._asked(lambda: self.desk.namesakes(patient))

    def deceased(self, among: Sequence[PatientId] | None = None) -> frozenset[PatientId]:
        """Return who has died: of everybody, or of these people."""
        return self._asked(lambda: self.desk.deceased(among))

    def appointments_between(self, start: dt.datetime, end: dt.datetime) -> tuple[Appointment, ...]:
        """Return the appointments that begin in a time, earliest first."""
        return self._asked(lambda: self.desk.appointments_between(start, end))

    def patients_between(self, start: dt.datetime, end: dt.datetime) -> tuple[PatientId, ...]:
        """Return whose appointments begin in a time, earliest first, each once."""
        return self._asked(lambda: self.desk.patients_between(start, end))

    def open_tasks(
        self, by: dt.date | None = None, most: int = -1, *, undated: bool = False, code: TaskCode | None = None
    ) -> tuple[Task, ...]:
        """Return the tasks that are still open, the earliest due first and those without a day last."""
        found = self._of_every_layer(
            lambda layer: layer.open_tasks(by, most, undated=undated, code=code), attrgetter("patient")
        )
        return tuple(sorted(found, key=_due))

    def ended_tasks(self, since: dt.datetime | None = None, most: int = -1) -> tuple[Task, ...]:
        """Return the tasks that have ended."""
        return tuple(self._of_every_layer(lambda layer: layer.ended_tasks(since, most), attrgetter("patient")))

    def told(self) -> frozenset[PatientId]:
        """Return of whom something waits to be read under the veil."""
        return frozenset(self._of_every_layer(lambda layer: layer.told(), lambda patient: patient))

    def consents(
        self, *, said_no: bool = False, may_be_due: bool = False, agreed_since: dt.datetime | None = None
    ) -> Mapping[PatientId, ConsentTrace]:
        """Return what lists of consents have to know."""
        return self._asked(
            lambda: self.desk.consents(said_no=said_no, may_be_due=may_be_due, agreed_since=agreed_since)
        )

    @property
    def _all(self) -> tuple[Compartment, ...]:
        return (self.desk, *self.over)

    def _told_above(self, number: int) -> PassedOver | None:
        """Return which patients are told by a layer above this one; None on top."""
        above = self._all[number + 1 :]
        if not above:
            return None
        return lambda patients: frozenset[PatientId]().union(*(layer.held_among(patients) for layer in above))

    def _of_every_layer(self, ask: Callable[[Compartment], Iterable[T]], patient: Callable[[T], PatientId]) -> list[T]:
        def asked() -> list[T]:
            found = list[T]()
            for number, layer in enumerate(self._all):
                told_above, here = self._told_above(number), list(ask(layer))
                hidden = told_above([patient(each) for each in here]) if told_above and here else frozenset()
                found += [each for each in here if patient(each) not in hidden]
            return found

        return self._asked(asked)

    def _find_words(self, text: str, limit: int, where: NoteFilter) -> WordResults:
        enough = max(limit, 0) + 1
        read = [
            layer.read_notes(text, enough, where, self._told_above(number)) for number, layer in enumerate(self._all)
        ]
        newest = list(heapq.merge(*(found for found, _cut in read), key=attrgetter("row"), reverse=True))
        hits = tuple((each.note, each.patient) for each in newest[: enough - 1])
        more = len(newest) >= enough or any(cut for _found, cut in read)
        return WordResults(text=text, hits=hits, more=more and limit > 0)

    def _asked(self, question: Callable[[], T]) -> T:
        """Ask, and ask once more where a file turned out to be damaged and another stands in its place."""
        try:
            return question()
        except IndexFault:
            if self._begin_anew is None:
                raise
            self._begin_anew()
            return question()


def _due(task: Task) -> tuple[dt.date, dt.time, dt.datetime, str]:
    return task.due or dt.date.max, task.due_time or dt.time.max, task.recorded_at, task.id
