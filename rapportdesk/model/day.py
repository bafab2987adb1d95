"""What a day at the desk says beside its list: what to have ready, who runs late, the week, what to find a time for."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.appointment import Appointment


class NeedKind(StrEnum):
    """What has to be ready before somebody comes, from the adjustments that a law requires."""

    INTERPRETER = "interpreter"
    LONGER_VISIT = "longer-visit"
    QUIET_PLACE = "quiet-place"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that has to be ready.

    Attributes:
        words: A few, for the row.
        text: The whole of what was said.
    """

    kind: NeedKind
    words: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A practitioner who runs late.

    Attributes:
        minutes: By how much the next visit is expected to begin after its time, rounded up to five.
        waiting: How many people wait for them now.
    """

    practitioner: str
    minutes: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSentence:
    """Who runs late, and what may be said to those who wait for them."""

    behind: Behind
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """One day of the week strip.

    Attributes:
        visits: How many are expected; what was called off does not count.
    """

    date: dt.date
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRearrange:
    """A visit that was called off or missed, and for which no other time has been found yet.

    Attributes:
        start: When it was to be, in the practice's zone.
        next_visit: When they come next anyway, in the practice's zone; None when they do not.
    """

    appointment: Appointment
    patient_name: str
    birth_date: dt.date | None
    start: dt.datetime
    next_visit: dt.datetime | None = None
