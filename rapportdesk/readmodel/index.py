"""What the desk may ask of a read model, whichever database stands behind it.

Whose eyes look and on which day is settled when it is opened; what they may not see leaves no trace in what it answers.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import PersonHit, SearchResults
from rapportdesk.model.task import Task, TaskCode
from rapportdesk.readmodel.entry import ConsentTrace
from rapportdesk.readmodel.words import NoteFilter

EVERY_NOTE = NoteFilter()
"""Lets every note through."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordResults:
    """Notes in which the words of exactly `text` were found, newest first.

    Attributes:
        hits: Note and patient of each.
        more: There are more than were asked for, or notes that were not looked at for it.
    """

    text: str
    hits: tuple[tuple[RecordId, PatientId], ...] = ()
    more: bool = False


class SearchIndex(Protocol):
    """Finds people and words, lists appointments and open tasks. Safe to call from any thread.

    No method raises for any text that a person can type, paste or scan.
    """

    def find_people(
        self, text: str, limit: int = 50, recent: Sequence[PatientId] = (), *, first: int | None = None
    ) -> SearchResults:
        """Find people by what was typed so far.

        Args:
            text: Parts of names in any order, a birth date, an identifier, the ending of a phone number.
            limit: How many hits at most.
            recent: Today's and recently opened people, who come first in this order.
            first: How many of them are read now; the rest are told by their ids. All, unless given.
        """
        ...

    def find_words(self, text: str, limit: int = 50, where: NoteFilter = EVERY_NOTE) -> WordResults:
        """Find the notes that hold every word of `text`, or words beginning so, newest first.

        Args:
            text: The words; with none in it, every note that `where` lets through, if it says anything.
            limit: How many hits at most.
            where: Which notes are looked at.
        """
        ...

    def ids_found(self, text: str, limit: int) -> tuple[PatientId, ...]:
        """Return who is found by what was typed, guesses left out, at most so many."""
        ...

    def people_listed(self, patients: Sequence[PatientId]) -> Mapping[PatientId, PersonHit]:
        """Return people as they are listed, by their ids; those who are not in the index are left out."""
        ...

    def by_identifier(self, value: str) -> tuple[PatientId, ...]:
        """Return everybody with an identifier of exactly this value, whatever its system."""
        ...

    def namesakes(self, patient: Patient) -> tuple[PersonHit, ...]:
        """Return others who could be taken for `patient`, who may be in no index: `MOST_NAMESAKES` + 1 at most."""
        ...

    def deceased(self, among: Sequence[PatientId] | None = None) -> frozenset[PatientId]:
        """Return who has died: of everybody in the index, or of these people."""
        ...

    def appointments_between(self, start: dt.datetime, end: dt.datetime) -> tuple[Appointment, ...]:
        """Return the appointments that begin at or after `start` and before `end` (both aware), earliest first."""
        ...

    def patients_between(self, start: dt.datetime, end: dt.datetime) -> tuple[PatientId, ...]:
        """Return whose appointments `appointments_between` returns, in that order, each once."""
        ...

    def open_tasks(
        self, by: dt.date | None = None, most: int = -1, *, undated: bool = False, code: TaskCode | None = None
    ) -> tuple[Task, ...]:
        """Return the tasks that are still open: all, or those due by a day.

        The earliest due comes first, those without a day last.

        Args:
            by: The last day.
            most: Read no more than so many of one compartment, dated and undated ones apart; -1 for all.
            undated: With those that have no day, beside those due by one.
            code: Of this kind alone; the others are not read.
        """
        ...

    def ended_tasks(self, since: dt.datetime | None = None, most: int = -1) -> tuple[Task, ...]:
        """Return the tasks that have ended, since a moment if one is given, in no order."""
        ...

    def told(self) -> frozenset[PatientId]:
        """Return of whom something waits to be read by a clinician under the veil; nobody for reception."""
        ...

    def consents(
        self, *, said_no: bool = False, may_be_due: bool = False, agreed_since: dt.datetime | None = None
    ) -> Mapping[PatientId, ConsentTrace]:
        """Return what lists of consents have to know of those who were asked.

        Args:
            said_no: Only of whom something was refused or taken back.
            may_be_due: Only of whom something may have to be asked again.
            agreed_since: Only whose newest agreement is not older.
        """
        ...
