"""Emergency access (break the glass): who opened whose card, when and why, and what the manager made of it.

HL7 v3 ActReason BTG. An entry never says what was found, nor whether anything was: it teaches its reader who, when,
whose and the reason. What was said about it is only ever added to.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId, RecordId, StaffId


class EmergencyReason(StrEnum):
    """Why the glass is broken; the short list. `OTHER` needs words of one's own."""

    LIFE_AT_RISK = "life-at-risk"
    CANNOT_SPEAK = "cannot-speak"
    UNSAFE_TREATMENT = "unsafe-treatment"
    SAFEGUARDING = "safeguarding"
    OTHER = "other"


class Review(StrEnum):
    """What was said about an opening, and by that where its review stands."""

    WAITING = "waiting"
    QUERIED = "queried"
    ANSWERED = "answered"
    SEEN = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedWords:
    """Words in two boxes (hexadecimal), both empty for no words: reception's keys open neither."""

    for_managers: str = ""
    for_clinician: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRemark:
    """One thing said in a review: a manager saw it or asks, the clinician answers."""

    at: dt.datetime
    by: StaffId
    by_name: str
    said: Review
    text: SealedWords = SealedWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAccess:
    """One opening, kept sealed with the patient's records and gone with them; the audit keeps its own line.

    Attributes:
        opened_at: With an offset (UTC), from the recorded clock.
        words: The reason in the clinician's own words; may be none beside a reason of the list.
        remarks: The review, oldest first.
    """

    id: RecordId
    patient: PatientId
    opened_at: dt.datetime
    opened_by: StaffId
    opened_by_name: str
    reason: EmergencyReason
    words: SealedWords = SealedWords()
    remarks: tuple[ReviewRemark, ...] = ()
    revision: int = 1

    @property
    def review(self) -> Review:
        """Where the review stands."""
        return self.remarks[-1].said if self.remarks else Review.WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyEntry:
    """An opening as the list shows it.

    Attributes:
        patient_name: As written; the only thing of the patient's that is told beside their number.
        number: The identifier that tells namesakes apart; may be empty.
        words: The reason in the clinician's own words; empty for none, and for whom they were not sealed to.
        texts: What the remarks say, one for each.
        may_review: The reader may mark it as seen or ask about it.
        may_answer: The reader opened it and is asked about it.
    """

    access: EmergencyAccess
    patient_name: str
    number: str = ""
    words: str = ""
    texts: tuple[str, ...] = ()
    may_review: bool = False
    may_answer: bool = False
