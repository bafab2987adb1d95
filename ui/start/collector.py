"""Python's garbage is collected on the window's thread alone, between two of its events, and not while somebody types.

Left to itself Python collects in whichever thread makes the next object, and in the middle of making it: on the worker
it would delete widgets behind Qt's back, and in the middle of a walk of Qt's over its widgets the next one of them.
Either ends the program. Calibre and pyqtgraph collect in this way for the same reason.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

from ui.guard.idle import Idle
from ui.work import Work

LOOKS_EVERY_MS = 250

ENOUGH = 10_000
"""Objects made since the last look and not let go; to look through as many takes a millisecond or two."""

TOO_MANY = 10 * ENOUGH
"""From here on it is done even while somebody types."""

QUIET_S = 2.0
"""Everything is looked through, which takes ten times as long, when nobody has touched anything for this long."""

ALL_EVERY_S = 10.0
ALL_AT_LEAST_EVERY_S = 300.0
"""However busy somebody is."""

_YOUNG, _ALL = 1, 2


class Collector(QObject):
    """Collects garbage when it is least noticed.

    Args:
        work: Knows whether somebody types.
        idle: Knows since when nobody has touched anything.
        parent: Ends it.
    """

    def __init__(self, work: Work, idle: Idle, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._idle = work, idle
        self._all_looked_through = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Collect from now on; Python no longer does so by itself, even when this one has ended."""
        gc.disable()
        self._timer.start()

    def look(self) -> None:
        """Collect what is worth it now; called by a timer."""
        young, _middle, times_since_all = gc.get_count()
        if young < TOO_MANY and self._work.is_resting:
            return
        since_all = time.monotonic() - self._all_looked_through
        is_quiet = self._idle.quiet_s() >= QUIET_S
        if times_since_all and since_all >= (ALL_EVERY_S if is_quiet else ALL_AT_LEAST_EVERY_S):
            gc.collect(_ALL)
            self._all_looked_through = time.monotonic()
        elif young >= ENOUGH:
            gc.collect(_YOUNG)
