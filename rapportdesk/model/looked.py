"""The record of who looked as people read it: in plain words, by day. Never content."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.staff import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedLine:
    """What one person did on one day.

    Attributes:
        times: When, in the practice's zone, earliest first; several where the same was done again.
        who: As they are called here; empty for nobody who was signed in.
        roles: What they were here as; empty where that was not recorded.
        words: What they did: "looked at the card".
        failed: It was tried and not done.
    """

    times: tuple[dt.time, ...]
    who: str
    roles: frozenset[Role]
    words: str
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedDay:
    """One local day, its lines by the time they began."""

    day: dt.date
    lines: tuple[LookedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoLooked:
    """The answer to "who looked at my record?".

    Attributes:
        patient: Whose record.
        days: Newest first.
        whole: With what is between the patient and the clinicians. Otherwise it lists what reception could know, and
            says neither whether there is more nor how much.
    """

    patient: PatientId
    days: tuple[LookedDay, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """One line as a manager lists them.

    Attributes:
        sequence: Its number in the chain.
        at: In the practice's zone.
        who: Whoever did it; empty for nobody who was signed in.
        words: What was done.
        patient_name: Whose record; empty when it is nobody's, or they have been erased.
        about_name: The colleague whom it was done to.
        why: The reason or purpose in words.
    """

    sequence: int
    at: dt.datetime
    who: str
    roles: frozenset[Role]
    words: str
    who_id: StaffId | None = None
    patient: PatientId | None = None
    patient_name: str = ""
    about_name: str = ""
    why: str = ""
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage:
    """A stretch of the record.

    Attributes:
        lines: Newest first; perhaps none, where nothing of this stretch was wanted.
        before: Where to go on from; None at the beginning of the record.
    """

    lines: tuple[ListedLine, ...]
    before: int | None
