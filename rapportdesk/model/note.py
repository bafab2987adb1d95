"""What a patient wants remembered, under the headings of PRSB *About Me* v2 and a few of our own."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.explained import Explained
from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle


class NoteKind(StrEnum):
    """The headings: PRSB About Me v2 first, then ours, then the adjustment a law requires."""

    IMPORTANT_TO_ME = "important-to-me"
    PEOPLE_IMPORTANT_TO_ME = "people-important-to-me"
    HOW_I_COMMUNICATE = "how-i-communicate"
    MY_WELLNESS = "my-wellness"
    PLEASE_DO = "please-do"
    PLEASE_DONT = "please-dont"
    HOW_TO_SUPPORT_ME = "how-to-support-me"
    ALSO_WORTH_KNOWING = "also-worth-knowing"
    HOBBY = "hobby"
    PREFERENCE = "preference"
    LIFE_EVENT = "life-event"
    FEELING_NAMED = "feeling-named"
    PAST_EXPERIENCE = "past-experience-of-care"
    GOALS_AND_PACE = "goals-and-pace"
    QUESTION = "question"
    ADJUSTMENT = "adjustment"
    EXPLAINED = "explained"
    NEXT_STEP = "next-step"


class PreferenceArea(StrEnum):
    """What a preference is about."""

    GREETING = "greeting"
    ENVIRONMENT = "environment"
    WAITING = "waiting"
    SCHEDULING = "scheduling"
    REMINDERS = "reminders"
    INFORMATION_DEPTH = "information-depth"
    DECISION_INVOLVEMENT = "decision-involvement"
    HUMOUR = "humour"


class AdjustmentCategory(StrEnum):
    """Categories of the NHS Reasonable Adjustment Flag."""

    COMMUNICATION_SUPPORT = "communication-support"
    COMMUNICATION_PROFESSIONAL = "communication-professional"
    SPECIFIC_CONTACT_METHOD = "specific-contact-method"
    SPECIFIC_INFORMATION_FORMAT = "specific-information-format"
    ADDITIONAL_COMMUNICATION_NEEDS = "additional-communication-needs"
    COMMUNITY_LANGUAGE = "community-language"
    ADDITIONAL_SUPPORT = "additional-support"
    INDIVIDUAL_CARE_REQUIREMENTS = "individual-care-requirements"
    ENVIRONMENT_OF_CARE = "environment-of-care"
    ADDITIONAL_NEEDS = "additional-needs"
    BESPOKE = "bespoke"


class Audience(StrEnum):
    """Whom a note is for. `CLINICIANS` is sealed to their keys and so not in reception's."""

    EVERYONE = "everyone"
    CLINICIANS = "clinicians"


class Source(StrEnum):
    """Where the content came from."""

    SAID_BY_PATIENT = "said-by-patient"
    SAID_BY_CARER = "said-by-carer"
    OBSERVED_BY_STAFF = "observed-by-staff"


class NoteStatus(StrEnum):
    """Where a note stands; drafts are sealed for their author alone."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"
    ENTERED_IN_ERROR = "entered-in-error"


class ConsentBasis(StrEnum):
    """What permits keeping the note: the patient's consent, a legal duty, or the patient's protection."""

    CONSENT = "consent"
    LEGAL_DUTY = "legal-duty"
    PROTECTION = "protection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing a patient wants remembered.

    Attributes:
        quote: The text is in the person's own words.
        noted_at: When it was noted, with an offset (UTC).
        noted_by: Staff id; `noted_by_name` is kept beside it so that a leaver's notes still say who wrote them.
        last_confirmed_on: The last day somebody heard it from the patient again.
        review_after: From this day on it reads "confirm before mentioning".
        topic: Handle of the patient's topic that this note is about, joined through `TopicPermission.handle`.
        boundary: A please-don't whose text everyone may know, because it protects; needs no further consent.
        ask_about: What to ask on the next visit ("ask how they did").
        about_person: Id of the related person it is about, or empty.
        occurs_on, recurs_yearly: The date of a life event.
        understood: For what was explained: how well it was understood, in words ("told it back in part").
        explained: For what was explained: in which words, with which leaflet, what came of asking to have it told back.
        acknowledged: For a feeling: how it was acknowledged ("said that it is a lot to take in").
        revision: Counts from 1; each edit stores a new revision and keeps the old one as history.
    """

    id: RecordId
    patient: PatientId
    kind: NoteKind
    text: str
    quote: bool = False
    source: Source = Source.SAID_BY_PATIENT
    noted_at: dt.datetime
    noted_by: StaffId
    noted_by_name: str
    last_confirmed_on: dt.date | None = None
    review_after: dt.date | None = None
    topic: TopicHandle | None = None
    audience: Audience = Audience.EVERYONE
    basis: ConsentBasis = ConsentBasis.CONSENT
    status: NoteStatus = NoteStatus.ACTIVE
    boundary: bool = False
    ask_about: str = ""
    about_person: str = ""
    occurs_on: dt.date | None = None
    recurs_yearly: bool = False
    preference_area: PreferenceArea | None = None
    adjustment: AdjustmentCategory | None = None
    understood: str = ""
    explained: Explained | None = None
    acknowledged: str = ""
    revision: int = 1

    @property
    def sealed_to_clinicians(self) -> bool:
        """Whether only clinicians' keys may open the stored record."""
        return self.audience is Audience.CLINICIANS
