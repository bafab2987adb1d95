"""Who did what, when, to whose record and why: FHIR R4 AuditEvent. Never content."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, StaffId


class AuditAction(StrEnum):
    """What was done."""

    VAULT_CREATED = "vault-created"
    SIGN_IN = "sign-in"
    SIGN_IN_FAILED = "sign-in-failed"
    LOCK = "lock"
    CARD_VIEWED = "card-viewed"
    BRIEF_READ = "brief-read"
    BRIEF_PRINTED = "brief-printed"
    DESK_SLIP_PRINTED = "desk-slip-printed"
    REVEALED = "revealed"
    EMERGENCY_ACCESS = "emergency-access"
    EMERGENCY_REVIEWED = "emergency-reviewed"
    PERSON_CHANGED = "person-changed"
    NOTE_WRITTEN = "note-written"
    NOTE_CHANGED = "note-changed"
    CONSENT_RECORDED = "consent-recorded"
    TOPIC_SET = "topic-set"
    TASK_CHANGED = "task-changed"
    APPOINTMENT_CHANGED = "appointment-changed"
    IMPORTED = "imported"
    EXPORTED = "exported"
    ERASED = "erased"
    STAFF_CHANGED = "staff-changed"
    PRACTICE_CHANGED = "practice-changed"
    KEY_OPERATION = "key-operation"
    RECOVERED = "recovered"
    VERIFIED = "verified"


class Outcome(StrEnum):
    """FHIR R4 AuditEvent.outcome in words."""

    SUCCESS = "success"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One line of the record of who looked.

    Attributes:
        at: With an offset (UTC), from the recorded clock that never decreases.
        why: A purpose of use code (HL7 v3: TREAT, HOPERAT, PATRQT, BTG) or a short reason; never a patient's text.
        clinicians_only: The event would tell reception of something it may not know about; reception's own list
            leaves it out (non-interference).
    """

    at: dt.datetime
    action: AuditAction
    who: StaffId | None
    who_name: str
    patient: PatientId | None = None
    outcome: Outcome = Outcome.SUCCESS
    why: str = ""
    clinicians_only: bool = False
