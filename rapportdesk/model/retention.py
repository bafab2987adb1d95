"""How long the practice keeps each kind of thing; when that is over, a manager looks it through, and nothing else."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import NoteKind

MOST_YEARS = 100


class RetentionKind(StrEnum):
    """What has a time of its own; notes may have one for each of their kinds."""

    NOTE = "note"
    PROMISE = "promise"
    CONTACT = "contact"
    APPOINTMENT = "appointment"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRules:
    """Years for each kind; 0 keeps it without an end.

    Attributes:
        notes: Since a note was last heard from the patient, or was noted.
        note_kinds: Years for some kinds of notes that have their own. What the law requires and what protects the
            patient is kept without an end unless the practice says otherwise.
        promises: Since a promise ended.
        contacts: Since a call or message.
        appointments: Since the visit.
        feedback: Since the month of answers that carry no name.
    """

    notes: int = 8
    note_kinds: tuple[tuple[NoteKind, int], ...] = ((NoteKind.PLEASE_DONT, 0), (NoteKind.ADJUSTMENT, 0))
    promises: int = 3
    contacts: int = 3
    appointments: int = 8
    feedback: int = 3

    def years(self, kind: RetentionKind, note_kind: NoteKind | None = None) -> int:
        """Return the years for one kind of thing, of notes for their own kind; 0 is without an end."""
        match kind:
            case RetentionKind.NOTE:
                return next((years for each, years in self.note_kinds if each is note_kind), self.notes)
            case RetentionKind.PROMISE:
                return self.promises
            case RetentionKind.CONTACT:
                return self.contacts
            case RetentionKind.APPOINTMENT:
                return self.appointments
            case RetentionKind.FEEDBACK:
                return self.feedback


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTime:
    """One thing that has been kept as long as the practice settled.

    Attributes:
        note_kind: For a note alone.
        since: The local day from which its years are counted.
    """

    record: RecordId
    kind: RetentionKind
    note_kind: NoteKind | None = None
    since: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDue:
    """One line of the list to look through.

    Attributes:
        id: Of the record; of feedback, which month it is.
        patient: None for feedback, which is nobody's.
        name: As written.
        note_kind: For a note whose text is said alone.
        text: What a note says, for whoever may see it now; empty for everything else.
    """

    id: RecordId
    patient: PatientId | None = None
    name: str = ""
    birth_date: dt.date | None = None
    kind: RetentionKind
    note_kind: NoteKind | None = None
    since: dt.date
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionList:
    """What is to be looked through.

    Attributes:
        due: So many as can be looked through at once.
        more: There is more, to come when these have been decided.
    """

    due: tuple[RetentionDue, ...] = ()
    more: bool = False
