"""What a patient asks of the practice about their own data (GDPR art. 15 to 21), as an append-only list of events.

A legal hold is the practice's own and stands among them, because it decides what may be erased.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId
from rapportdesk.model.note import Audience


class Right(StrEnum):
    """What is asked for, or what holds."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    LEGAL_HOLD = "legal-hold"
    RETENTION = "retention"


class RightsStatus(StrEnum):
    """Where it stands: asked for, in force, done as asked, refused with grounds, or over."""

    REQUESTED = "requested"
    ACTIVE = "active"
    COMPLETED = "completed"
    REJECTED = "rejected"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsEvent:
    """One thing that was asked, decided or ended. Never changed afterwards: a change is a new event.

    Attributes:
        about: Id of the note it is about; None for everything about the patient.
        follows: Id of the event that this one answers or ends; None for a first one.
        reason: Why, in the words of whoever said so; may be empty.
        asked_by: Empty for the patient, else the id of the related person who asked.
        asked_by_name: What that person was called then.
        checks: How it was known that they are who they say: ids of what was looked at, never what it said.
        released: Of what waited for a clinician's review: what may be handed out.
        kept_back: Likewise: what may not, and the reason is `reason`.
        until: The last day it holds, or the day to look at it again; None is open.
        audience: For `CLINICIANS` it is sealed to them: it tells of something that reception may not know.
    """

    id: RecordId
    patient: PatientId
    right: Right
    status: RightsStatus
    about: RecordId | None = None
    follows: RecordId | None = None
    reason: str = ""
    asked_by: str = ""
    asked_by_name: str = ""
    checks: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    kept_back: tuple[str, ...] = ()
    until: dt.date | None = None
    audience: Audience = Audience.EVERYONE
    recorded_at: dt.datetime
    recorded_by: StaffId
    recorded_by_name: str
    revision: int = 1


class IdentityCheck(StrEnum):
    """What was looked at to know that somebody is who they say. What it said is kept nowhere."""

    BIRTH_DATE = "birth-date"
    ADDRESS_OR_NUMBER = "address-or-number"
    PHOTO = "photo"
    KNOWN_HERE = "known-here"


CHECKS_NEEDED = 2
"""So many of them are enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MayAsk:
    """Who may be told what is kept: the patient, and those who decide for them by authority in force.

    Attributes:
        name: The patient's, as written.
        proxies: Id, name with relation, and what their authority covers in words, which may be empty.
    """

    name: str
    birth_date: dt.date | None
    proxies: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing that a clinician looks at before it is handed out.

    Attributes:
        key: What it is called in the decision.
        safety: It keeps the patient safe; else somebody else said it.
        words: What it says.
    """

    key: str
    safety: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReview:
    """One request that waits for a clinician; every request does, whether or not there is anything to look at."""

    event: RightsEvent
    name: str
    items: tuple[ReviewItem, ...] = ()
