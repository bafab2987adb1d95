"""What was typed and not yet kept, in the quick line or in a form: it has one author, and only its author reads it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.note import Audience, NoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stood in one person's quick line for one patient.

    Attributes:
        author: Who typed it, and for whom alone it is sealed.
        text: Exactly as typed.
        kind: The heading picked for it, or None.
        audience: Whom the note is meant for, so that a line for the clinician comes back as one.
        later: The patient is to be asked for consent later; the draft waits for that.
        saved_at: When it was last sealed, with an offset (UTC).
    """

    id: RecordId
    patient: PatientId
    author: StaffId
    text: str
    kind: NoteKind | None = None
    audience: Audience = Audience.EVERYONE
    later: bool = False
    saved_at: dt.datetime


class Form(StrEnum):
    """A form that is filled in over some minutes; its value stands inside sealed drafts."""

    PERSON = "person"
    TOPIC = "topic"
    PAPER = "paper"
    EXPLAINED = "explained"
    FEEDBACK = "feedback"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDraft:
    """What stood in one person's form and was not saved.

    Attributes:
        patient: Whom the form is about; None while they are still being added.
        author: Who typed it, and for whom alone it is sealed.
        form: Which form.
        content: A JSON object of what differs from what the form opened with; its fields are the form's own.
        saved_at: When it was last sealed, with an offset (UTC).
    """

    id: RecordId
    patient: PatientId | None
    author: StaffId
    form: Form
    content: str
    saved_at: dt.datetime


Unfinished = Draft | FormDraft
"""Everything that is sealed for its author alone."""
