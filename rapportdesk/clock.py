"""Time is handed in: whoever needs it takes a `Clock`, so that tests and the demo can stand anywhere in time."""

import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """What the desk needs of time."""

    @property
    def zone(self) -> dt.tzinfo | None:
        """The practice's zone; None is the workstation's own."""
        ...

    def now(self) -> dt.datetime:
        """Return the wall clock, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards, for waits and idling."""
        ...

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return `moment` in the practice's zone."""
        ...


class SystemClock:
    """The workstation's own clock and zone."""

    zone: dt.tzinfo | None = None

    def now(self) -> dt.datetime:
        """Return the wall clock, aware, in UTC."""
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return `moment` in the workstation's zone."""
        return moment.astimezone()


class StandingClock:
    """A clock that stands where it is put: for the demo's believable morning, golden files and tests."""

    def __init__(self, moment: dt.datetime, zone: dt.tzinfo = dt.UTC) -> None:
        self.moment = moment.astimezone(dt.UTC)
        self.zone: dt.tzinfo | None = zone
        self.seconds = 0.0

    def now(self) -> dt.datetime:
        """Return the moment it stands at."""
        return self.moment

    def monotonic(self) -> float:
        """Return the seconds it was moved on by."""
        return self.seconds

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Return `moment` in the zone it was given."""
        return moment.astimezone(self.zone)

    def move_on(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self.seconds += seconds
        self.moment += dt.timedelta(seconds=seconds)
