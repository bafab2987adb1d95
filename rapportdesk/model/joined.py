"""Two cards are one person's, because somebody here said so: FHIR R4 Patient.link (replaces, replaced-by)."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.consent import ConsentEvent
from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.patient import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """That one card became a part of another. Nothing was moved, so taking it back returns everything to where it was.

    Attributes:
        patient: The card that stays.
        other: The card that became a part of it; what was noted there lies there still.
        joined_at: With an offset (UTC).
        before: Who the card that stays said they were.
        after: Who it said they were from then on.
        people: Pairs of ids: a related person of `other`, and the same one of `patient`.
        consents: Where both cards had an answer, the stricter one; it counts until the patient says something else.
    """

    id: RecordId
    patient: PatientId
    other: PatientId
    joined_at: dt.datetime
    joined_by: StaffId
    joined_by_name: str
    before: Patient
    after: Patient
    people: tuple[tuple[str, str], ...] = ()
    consents: tuple[ConsentEvent, ...] = ()
    revision: int = 1
