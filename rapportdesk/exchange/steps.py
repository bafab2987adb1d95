"""A library's work on one hostile thing ends after so many steps, and the file's other things are read all the same.

Steps and not seconds: the same file has the same outcome on every machine, however busy. A step is a call that Python
makes, counted by the interpreter's own profiling hook, because no library offers a hook of its own between the dates
that it tries.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooManySteps(BaseException):
    """Raised in the midst of a library; not an Exception, so that no library takes it for one of its own."""


@contextmanager
def at_most(steps: int) -> Iterator[None]:
    """End what happens inside after so many calls.

    Raises:
        TooManySteps: It took more.
    """
    left = steps

    def count(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise TooManySteps

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
