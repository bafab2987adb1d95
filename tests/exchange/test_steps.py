"""Work that never ends is ended after its steps, whatever it catches, and everything else goes on as before."""

import sys
from contextlib import suppress

import pytest

from rapportdesk.exchange.steps import TooManySteps, at_most


def _endless() -> None:
    while True:
        with suppress(Exception):  # a library may catch what it likes
            len("")


def test_what_never_ends_is_ended() -> None:
    with pytest.raises(TooManySteps), at_most(1_000):
        _endless()


def test_the_same_work_takes_the_same_steps_each_time() -> None:
    def fits(steps: int) -> bool:
        try:
            with at_most(steps):
                sorted(str(number) for number in range(50))
        except TooManySteps:
            return False
        return True

    least = next(steps for steps in range(1_000) if fits(steps))
    assert all(fits(least) and not fits(least - 1) for _time in range(5))


def test_whoever_counted_before_counts_on() -> None:
    seen: list[str] = []
    before = sys.getprofile()
    try:
        sys.setprofile(lambda _frame, event, _argument: seen.append(event))
        with at_most(1_000):
            len("")
        len("")
    finally:
        sys.setprofile(before)
    assert "c_call" in seen
