"""Each wrong secret makes the next try wait longer, by the monotonic clock and for each person by themselves.

The wait only slows a hand at this keyboard. What slows a thief is the stretching of the secret itself, in the file.
"""

from rapportdesk.clock import Clock
from rapportdesk.model.identity import StaffId

FREE_TRIES = 2
LONGEST_S = 60.0


class Waits:
    """Counts wrong secrets and says how long to wait.

    Args:
        clock: Its monotonic seconds count.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrong: dict[StaffId, int] = {}
        self._until: dict[StaffId, float] = {}

    def wrong(self, person: StaffId) -> None:
        """Count a wrong secret: two are free, then 2, 4, 8 ... seconds, a minute at most."""
        count = self._wrong[person] = self._wrong.get(person, 0) + 1
        if count > FREE_TRIES:
            self._until[person] = self._clock.monotonic() + min(2.0 ** (count - FREE_TRIES), LONGEST_S)

    def right(self, person: StaffId) -> None:
        """Begin to count anew."""
        self._wrong.pop(person, None)
        self._until.pop(person, None)

    def left(self, person: StaffId) -> float:
        """Return the seconds still to wait; 0.0 when the next try is free."""
        return max(0.0, self._until.get(person, 0.0) - self._clock.monotonic())
