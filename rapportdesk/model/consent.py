"""What a patient agreed to: FHIR R4 Consent as an append-only list of events, the newest in force deciding."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId


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
        given_by: Who spoke: empty for the patient, else the id of the related person with authority.
        authority_proof: What was seen of that authority.
        words: The sentence as it was said or read.
        where: "counter" or "phone"; empty when unknown.
        ask_again_on: The day on which to ask again.
    """

    id: RecordId
    patient: PatientId
    covers: Covers
    status: ConsentStatus
    inactive_reason: InactiveReason | None = None
    person: str = ""
    recorded_at: dt.datetime
    recorded_by: StaffId
    recorded_by_name: str
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    given: Given = Given.SPOKEN
    given_by: str = ""
    authority_proof: str = ""
    words: str = ""
    language: str = ""
    where: str = ""
    present: str = ""
    ask_again_on: dt.date | None = None
