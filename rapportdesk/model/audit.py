"""Who did what, when, to whose record and why: FHIR R4 AuditEvent. Never content."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.staff import Role


class AuditAction(StrEnum):
    """What was done."""

    VAULT_CREATED = "vault-created"
    SIGN_IN = "sign-in"
    SIGN_IN_FAILED = "sign-in-failed"
    LOCK = "lock"
    CARD_VIEWED = "card-viewed"
    HISTORY_VIEWED = "history-viewed"
    OPENED_FROM_SEARCH = "opened-from-search"
    SEARCHED = "searched"
    BRIEF_READ = "brief-read"
    PREVIEWED = "previewed"
    BRIEF_PRINTED = "brief-printed"
    DESK_SLIP_PRINTED = "desk-slip-printed"
    REVEALED = "revealed"
    EMERGENCY_ACCESS = "emergency-access"
    EMERGENCY_CLOSED = "emergency-closed"
    EMERGENCY_REVIEWED = "emergency-reviewed"
    COMPANY_SET = "company-set"
    PERSON_CHANGED = "person-changed"
    NOTE_WRITTEN = "note-written"
    NOTE_CHANGED = "note-changed"
    CONSENT_RECORDED = "consent-recorded"
    RIGHTS_RECORDED = "rights-recorded"
    TOPIC_SET = "topic-set"
    TASK_CHANGED = "task-changed"
    APPOINTMENT_CHANGED = "appointment-changed"
    CONTACT_LOGGED = "contact-logged"
    IMPORTED = "imported"
    EXPORTED = "exported"
    ERASED = "erased"
    STAFF_CHANGED = "staff-changed"
    PRACTICE_CHANGED = "practice-changed"
    KEY_OPERATION = "key-operation"
    RECOVERED = "recovered"
    VERIFIED = "verified"
    BACKED_UP = "backed-up"
    RESTORED = "restored"
    REFUSED = "refused"
    AUDIT_READ = "audit-read"
    AUDIT_PRINTED = "audit-printed"
    AUDIT_TRIMMED = "audit-trimmed"
    PRINTS_DESTROYED = "prints-destroyed"


class Outcome(StrEnum):
    """FHIR R4 AuditEvent.outcome in words."""

    SUCCESS = "success"
    FAILURE = "failure"


class PurposeOfUse(StrEnum):
    """What somebody looked for (HL7 v3 ActReason, purpose of use)."""

    TREATMENT = "TREAT"
    OPERATIONS = "HOPERAT"
    PATIENT_REQUEST = "PATRQT"
    BREAK_THE_GLASS = "BTG"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """One line of the record of who looked.

    Attributes:
        at: With an offset (UTC), from the recorded clock that never decreases.
        roles: What `who` was here as; empty in lines from before this was recorded.
        purpose: What for, where it is known.
        why: A purpose of use code (HL7 v3: TREAT, HOPERAT, PATRQT, BTG) or a short reason; never a patient's text.
        about: The colleague whom it was done to: who was let in, whose secret was wrong.
        count: How many of the same this line stands for: wrong secrets in a row, lines taken off.
        happened_at: When it was, where it could only be recorded later: a wrong secret has no vault key.
        clinicians_only: The event would tell reception of something it may not know about; reception's own list
            leaves it out (non-interference).
    """

    at: dt.datetime
    action: AuditAction
    who: StaffId | None
    who_name: str
    roles: tuple[Role, ...] = ()
    patient: PatientId | None = None
    outcome: Outcome = Outcome.SUCCESS
    purpose: PurposeOfUse | None = None
    why: str = ""
    about: StaffId | None = None
    about_name: str = ""
    count: int = 1
    happened_at: dt.datetime | None = None
    clinicians_only: bool = False


class AuditKind(StrEnum):
    """What a manager looks for, each a handful of actions."""

    LOOKED = "looked"
    CHANGED = "changed"
    TAKEN_OUT = "taken-out"
    IN_AND_OUT = "in-and-out"
    HOUSE = "house"
    RECORD = "record"


KINDS: dict[AuditKind, frozenset[AuditAction]] = {
    AuditKind.LOOKED: frozenset(
        {
            AuditAction.CARD_VIEWED, AuditAction.HISTORY_VIEWED, AuditAction.OPENED_FROM_SEARCH, AuditAction.SEARCHED,
            AuditAction.BRIEF_READ, AuditAction.REVEALED, AuditAction.EMERGENCY_ACCESS, AuditAction.EMERGENCY_CLOSED,
            AuditAction.PREVIEWED,
        }
    ),
    AuditKind.CHANGED: frozenset(
        {
            AuditAction.COMPANY_SET, AuditAction.PERSON_CHANGED, AuditAction.NOTE_WRITTEN, AuditAction.NOTE_CHANGED,
            AuditAction.CONSENT_RECORDED, AuditAction.TOPIC_SET, AuditAction.TASK_CHANGED,
            AuditAction.APPOINTMENT_CHANGED, AuditAction.CONTACT_LOGGED, AuditAction.IMPORTED, AuditAction.ERASED,
            AuditAction.RIGHTS_RECORDED,
        }
    ),
    AuditKind.TAKEN_OUT: frozenset(
        {
            AuditAction.BRIEF_PRINTED, AuditAction.DESK_SLIP_PRINTED, AuditAction.EXPORTED, AuditAction.AUDIT_PRINTED,
            AuditAction.PRINTS_DESTROYED,
        }
    ),
    AuditKind.IN_AND_OUT: frozenset(
        {AuditAction.SIGN_IN, AuditAction.SIGN_IN_FAILED, AuditAction.LOCK, AuditAction.REFUSED}
    ),
    AuditKind.HOUSE: frozenset(
        {
            AuditAction.VAULT_CREATED, AuditAction.STAFF_CHANGED, AuditAction.PRACTICE_CHANGED,
            AuditAction.KEY_OPERATION, AuditAction.RECOVERED, AuditAction.VERIFIED, AuditAction.BACKED_UP,
            AuditAction.RESTORED, AuditAction.EMERGENCY_REVIEWED,
        }
    ),
    AuditKind.RECORD: frozenset({AuditAction.AUDIT_READ, AuditAction.AUDIT_TRIMMED}),
}  # fmt: skip
"""Every action is of one kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which lines are wanted; what is left out restricts nothing.

    Attributes:
        who: Who did it, or whom of the staff it was done to.
        patient: To whose record.
        actions: One of these; empty for any.
        since, until: Local days of the practice, both inclusive.
    """

    who: StaffId | None = None
    patient: PatientId | None = None
    actions: frozenset[AuditAction] = frozenset()
    since: dt.date | None = None
    until: dt.date | None = None

    def fits(self, event: AuditEvent, day: dt.date) -> bool:
        """Return whether a line of the local `day` is wanted."""
        return (
            (self.who is None or self.who in (event.who, event.about))
            and (self.patient is None or self.patient == event.patient)
            and (not self.actions or event.action in self.actions)
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )
