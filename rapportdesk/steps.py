"""What takes long is a generator of short steps, between which others may work; or it is done in one go."""

from collections.abc import Callable, Generator
from typing import TypeVar

Step = TypeVar("Step")
Result = TypeVar("Result")


def in_one_go(steps: Generator[Step, None, Result], told: Callable[[Step], object] | None = None) -> Result:
    """Do every step and return what they came to: the generator's return value.

    Args:
        steps: Raises what it raises.
        told: Gets what each step yields.
    """
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
        if told is not None:
            told(step)
