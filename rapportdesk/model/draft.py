"""A line that was typed and not yet kept: it belongs to one patient and one author, and only its author reads it."""

import datetime as dt
from dataclasses import dataclass

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
