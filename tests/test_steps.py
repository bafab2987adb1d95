"""Steps done in one go come to what they return, are told as they come, and raise what they raise."""

from collections.abc import Generator

import pytest

from rapportdesk.steps import in_one_go


def counting(most: int) -> Generator[tuple[int, int], None, str]:
    for number in range(most):
        yield number + 1, most
    return f"counted to {most}"


@pytest.mark.parametrize("most", [0, 1, 3])
def test_they_come_to_what_the_generator_returns_and_each_is_told(most: int) -> None:
    told: list[tuple[int, int]] = []
    assert in_one_go(counting(most), told.append) == in_one_go(counting(most)) == f"counted to {most}"
    assert told == [(number + 1, most) for number in range(most)]


def test_what_a_step_raises_is_raised() -> None:
    def failing() -> Generator[int, None, str]:
        yield 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        in_one_go(failing())
