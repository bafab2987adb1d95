"""What a patient agreed to: FHIR R4 Consent as an append-only list of events, the newest in force deciding."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.patient import Authority


class Covers(StrEnum):
    """What one consent is about; each is asked, given and withdrawn by itself."""

    KEEP_NOTES = "keep-notes"
    SHARE_WITH_CLINICIANS = "share-with-clinicians"
    TALK_WITH = "talk-with"
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    POST = "post"
    VOICEMAIL = "voicemail"
    FEEDBACK = "feedback"
    REVIEW = "review"


class ConsentStatus(StrEnum):
    """FHIR R4 consent-state-codes."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    REJECTED = "rejected"
    INACTIVE = "inactive"
    ENTERED_IN_ERROR = "entered-in-error"


class InactiveReason(StrEnum):
    """Our own reason for `inactive`, which FHIR leaves open."""

    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Given(StrEnum):
    """How consent was given."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEvent:
    """One thing that was said about one purpose. Never changed afterwards: a change is a new event.

    Attributes:
        person: Id of the related person, for `TALK_WITH` alone.
        recorded_at: When the event was recorded, with an offset (UTC); the newest event decides.
        valid_from, valid_until: Local dates of the provision's period, both inclusive; None is open.
        reason: Why, in the words of whoever said so; may be empty.
        given_by: Who spoke: empty for the patient, else the id of the related person with authority.
        given_by_name: What that person was called then, so that the history reads on when the card has changed.
        authority, authority_proof, authority_scope, authority_until: That person's right to decide as it stood then:
            which, what was seen of it, what it covers, and its last day.
        words: The sentence as it was said or read.
        language: In which it was said, in words; empty when unknown.
        where: "counter" or "phone"; empty when unknown.
        present: Who else was there, in plain words; empty when unknown.
        alone: The desk had been told that nobody was with the patient.
        ask_again_on: The day on which to ask again.
        undoes: Id of the withdrawal or refusal that this event takes back.
        erased: What rested on the consent has been erased; this can no longer be taken back.
    """

    id: RecordId
    patient: PatientId
    covers: Covers
    status: ConsentStatus
    inactive_reason: InactiveReason | None = None
    reason: str = ""
    person: str = ""
    recorded_at: dt.datetime
    recorded_by: StaffId
    recorded_by_name: str
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    given: Given = Given.SPOKEN
    given_by: str = ""
    given_by_name: str = ""
    authority: Authority = Authority.NONE
    authority_proof: str = ""
    authority_scope: str = ""
    authority_until: dt.date | None = None
    words: str = ""
    language: str = ""
    where: str = ""
    present: str = ""
    alone: bool = False
    ask_again_on: dt.date | None = None
    undoes: RecordId | None = None
    erased: bool = False
