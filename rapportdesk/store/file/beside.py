"""What SQLite or the disk takes long over in one call is done on a thread beside, and is waited for in short steps.

Between two steps whoever waits does something else; nobody but the thread touches what it works on meanwhile.
"""

import threading
from collections.abc import Callable, Generator
from typing import TypeVar

T = TypeVar("T")

_STEP_S = 0.002
"""Seconds of waiting at a step: whatever a person asks for comes after that at the latest."""


def beside(function: Callable[[], T]) -> Generator[None, None, T]:
    """Do something on a thread of its own, yielding while it is not done; returns or raises what it does.

    Closed before, it waits: what the thread works on is closed by whoever gave it.
    """
    came: list[T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            came.append(function())
        except BaseException as error:  # noqa: BLE001  # raised again where it is waited for
            raised.append(error)

    thread = threading.Thread(target=run, name="beside", daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_STEP_S)
            if thread.is_alive():
                yield
    finally:
        thread.join()
    if raised:
        raise raised[0]
    return came[0]
