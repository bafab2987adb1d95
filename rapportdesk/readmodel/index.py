"""What the desk may ask of a read model, whichever database stands behind it.

The index is told what to hold and knows no viewer: whoever fills it says which notes are hidden, and hidden ones leave
no trace in what it answers.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import PersonHit, SearchResults
from rapportdesk.model.task import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class WordResults:
    """Notes in which the words of exactly `text` were found, newest first.

    Attributes:
        hits: Note and patient of each.
        more: There are more than were asked for.
    """

    text: str
    hits: tuple[tuple[RecordId, PatientId], ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTrace:
    """Whose consents a list has to look at, so that it need not look at everybody's.

    Attributes:
        agreed_at: The moment of the newest agreement; None when there was none.
        said_no: Something was refused or taken back.
        may_be_due: Something has an end, a review date or somebody else's word, or is to be asked again.
    """

    agreed_at: dt.datetime | None = None
    said_no: bool = False
    may_be_due: bool = False


class SearchIndex(Protocol):
    """Finds people and words, lists appointments and open tasks. Safe to call from any thread.

    Putting something that is there already replaces it; removing something that is not there does nothing.
    No method raises for any text that a person can type, paste or scan.
    """

    def put_patient(self, patient: Patient) -> None:
        """Make the person findable."""
        ...

    def remove_patient(self, patient: PatientId) -> None:
        """Forget the person with their notes, appointments and tasks."""
        ...

    def put_note(self, note: Note, *, hidden: bool) -> None:
        """Make the note's words findable; a hidden one is kept and never found until it is put again unhidden."""
        ...

    def remove_note(self, note: RecordId) -> None:
        """Forget the note."""
        ...

    def put_appointment(self, appointment: Appointment) -> None:
        """List the appointment."""
        ...

    def remove_appointment(self, appointment: RecordId) -> None:
        """Forget the appointment."""
        ...

    def put_task(self, task: Task) -> None:
        """List the task while it is open."""
        ...

    def remove_task(self, task: RecordId) -> None:
        """Forget the task."""
        ...

    def put_consents(self, patient: PatientId, trace: ConsentTrace) -> None:
        """Remember what lists of consents have to know of one patient; `remove_patient` forgets it."""
        ...

    def consents(self) -> Mapping[PatientId, ConsentTrace]:
        """Return what is remembered of everybody who was asked for consent."""
        ...

    def find_people(self, text: str, limit: int = 50, recent: Sequence[PatientId] = ()) -> SearchResults:
        """Find people by what was typed so far.

        Args:
            text: Parts of names in any order, a birth date, an identifier, the ending of a phone number.
            limit: How many hits at most.
            recent: Today's and recently opened people, who come first in this order.
        """
        ...

    def find_words(self, text: str, limit: int = 50) -> WordResults:
        """Find the notes that hold every word of `text`, or words beginning so, newest first."""
        ...

    def by_identifier(self, value: str) -> tuple[PatientId, ...]:
        """Return everybody with an identifier of exactly this value, whatever its system."""
        ...

    def namesakes(self, patient: Patient) -> tuple[PersonHit, ...]:
        """Return others who could be taken for `patient`, who need not be in the index."""
        ...

    def deceased(self) -> frozenset[PatientId]:
        """Return those of the people in the index who have died."""
        ...

    def appointments_between(self, start: dt.datetime, end: dt.datetime) -> tuple[Appointment, ...]:
        """Return the appointments that begin at or after `start` and before `end` (both aware), earliest first."""
        ...

    def put_ended_task(self, task: Task) -> None:
        """List a task that has ended."""

    def ended_tasks(self) -> tuple[Task, ...]:
        """Return the tasks that have ended and are listed, in no order."""

    def put_told(self, patient: PatientId) -> None:
        """Remember that something waits to be read by a clinician about this person, under the veil."""

    def told(self) -> frozenset[PatientId]:
        """Return of whom something waits to be read under the veil."""

    def open_tasks(self) -> tuple[Task, ...]:
        """Return the tasks that are still open, the earliest due first and those without a day last."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...
