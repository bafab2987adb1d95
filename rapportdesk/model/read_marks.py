"""What one clinician has seen of what was written for clinicians alone."""

from dataclasses import dataclass

from rapportdesk.model.identity import PatientId, RecordId, StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMarks:
    """The notes about one patient that one clinician has seen.

    Attributes:
        author: Who has seen them, and for whom alone this is sealed: nobody else learns who has read what.
        notes: Ids of the notes.
    """

    id: RecordId
    patient: PatientId
    author: StaffId
    notes: tuple[RecordId, ...] = ()
