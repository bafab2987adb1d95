"""Python's garbage is collected on the window's thread alone, between two of its events, and not while somebody types.

Left to itself Python collects in whichever thread makes the next object, and in the middle of making it: on the worker
it would delete widgets behind Qt's back, and in the middle of a walk of Qt's over its widgets the next one of them.
Either ends the program. Calibre and pyqtgraph collect in this way for the same reason.

To look through everything of one sign-in takes 10 to 30 ms, and 110 beside an import of ten thousand visits. It is done
when somebody has left, whose things are garbage then; before, seldom, when nobody touches anything, and not while there
is too much of it to be looked through in one piece. What the program itself is made of is frozen (`ui.start.run`) and
never looked through.
"""

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ui.guard.idle import Idle
from ui.work import Work

LOOKS_EVERY_MS = 250

ENOUGH = 4_000
"""Objects made since the last look and not let go; to look through as many takes a millisecond or two."""

TOO_MANY = 10 * ENOUGH
"""From here on it is done even while somebody types."""

QUIET_S = 2.0
"""Nobody has touched anything, or everybody has left, for so long: now is the time for what takes longer."""

ALL_EVERY_S = 600.0
"""Seconds between two looks through everything while somebody is signed in."""

MOST_THINGS = 80_000
"""Things that outlived the looks at what is young, and are looked through at once while somebody is signed in."""

WORTH_ALL = 5
"""Looks at what is young that found enough: what they left has grown by so much at least."""

_YOUNG, _ALL = 1, 2  # generations up to which is collected
_OLD = 2  # what has outlived those looks


class Collector(QObject):
    """Collects garbage when it is least noticed.

    Args:
        work: Knows whether somebody types.
        idle: Knows since when nobody has touched anything.
        is_left: Whether nobody is signed in or coming in.
        parent: Ends it.
    """

    def __init__(self, work: Work, idle: Idle, is_left: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._idle, self._is_left = work, idle, is_left
        self._looked_through = time.monotonic()
        self._left_at: float | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Collect from now on; Python no longer does so by itself, even when this one has ended."""
        gc.disable()
        self._timer.start()

    def somebody_left(self) -> None:
        """Look through everything there is once more, unless the next one comes in first."""
        self._left_at = time.monotonic()

    def look(self) -> None:
        """Collect what is worth it now; called by a timer."""
        now = time.monotonic()
        if self._left_at is not None and now - self._left_at >= QUIET_S and self._is_left():
            self._look_through()
            return
        young, _middle, times_since = gc.get_count()
        if young < TOO_MANY and self._work.is_resting:
            return
        is_due = now - self._looked_through >= ALL_EVERY_S and self._idle.quiet_s() >= QUIET_S
        if times_since >= WORTH_ALL and is_due:
            self._looked_through = now  # where there is too much, it is counted again after as long
            if len(gc.get_objects(_OLD)) <= MOST_THINGS:
                self._look_through()
        elif young >= ENOUGH:
            gc.collect(_YOUNG)

    def _look_through(self) -> None:
        gc.collect(_ALL)
        self._left_at, self._looked_through = None, time.monotonic()
