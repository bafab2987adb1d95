"""What begins by itself seconds after a sign-in waits: the desk has one connection, and tests ask it themselves.

On a loaded machine a test still reads on its own thread when those seconds are over, and one of the two is refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from ui.guard import (
    background_backup,
    background_check,
    background_index,
    background_retention,
    background_standing,
)

_NEVER_MS = 100_000_000
_BY_THEMSELVES = (
    (background_check, "BEGINS_AFTER_MS"),
    (background_standing, "BEGINS_AFTER_MS"),
    (background_backup, "LOOKS_EVERY_MS"),
    (background_index, "LOOKS_EVERY_MS"),
    (background_retention, "LOOKS_EVERY_MS"),
)

LONGEST_SLEEP_MS = 20
"""So soon the window's thread looks again though nothing was posted to it: not everything waited for is an event."""


def wait_for_an_event(app: QApplication) -> None:
    """Sleep until something has come for the window's thread, and deal with it.

    Asking over and over instead takes the processor, and the lock of the interpreter, from the worker that is waited
    for: most of what a walk over the scenes took was that.
    """
    awake = QTimer()
    awake.start(LONGEST_SLEEP_MS)
    app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    awake.stop()


@contextmanager
def nothing_begins_by_itself() -> Iterator[None]:
    """Have the background begin nothing; whoever tests it begins it."""
    before = [(module, name, getattr(module, name)) for module, name in _BY_THEMSELVES]
    for module, name in _BY_THEMSELVES:
        setattr(module, name, _NEVER_MS)
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)
