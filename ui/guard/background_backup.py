"""After the day's first change, when nobody is at the keys, a backup makes itself in steps; a save goes first.

Locking or closing does not wait for it: what was begun is dropped, and the next sign-in begins anew. That it was made
is told to nobody; that it could not be made, to a manager, in a reminder on Today.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rapportdesk.errors import RapportError
from ui.bring_in.stepping import Stepping
from ui.messages import Messages
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk
    from rapportdesk.model.backup import Backup

LOOKS_EVERY_MS = 30_000
QUIET_S = 60.0
"""Nobody has touched anything for so long: now is the time."""

NO_LONGER_S = 20 * 60.0
"""So long it waits for such a moment; a desk that is never quiet has its backup all the same, between two saves."""

AGAIN_AFTER_S = 30 * 60.0
"""So long after a try that came to nothing: a disk may be plugged in meanwhile."""


class BackgroundBackup(QObject):
    """The day's backup, for one sign-in; it ends with its owner.

    Args:
        work: Where the steps run.
        desk: What is copied, with somebody signed in.
        messages: The backup goes with it.
        quiet_s: For how many seconds nobody has touched anything.
    """

    def __init__(
        self, work: Work, desk: "Desk", messages: Messages, quiet_s: Callable[[], float] = lambda: math.inf
    ) -> None:
        super().__init__(messages)
        self._work, self._desk, self._quiet_s = work, desk, quiet_s
        self._waits_from: float | None = None
        self._not_before = 0.0
        self.making: Stepping[Backup] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin_later(self) -> None:
        """Look from time to time whether a backup is due and nobody is at the keys."""
        self._timer.start()

    def look(self) -> None:
        """Ask whether one is due, unless one is being made or the last try was just now."""
        if self.making is None and self._desk.clock.monotonic() >= self._not_before:
            self._work.submit(self, self._desk.backups.is_due, self._wait_if, self._ended)

    def begin(self) -> None:
        """Make today's backup, if it is due."""
        self._work.submit(self, self._desk.backups.is_due, self._begin_if, self._ended)

    def _wait_if(self, due: bool) -> None:
        now = self._desk.clock.monotonic()
        if not due:
            self._waits_from = None
            return
        if self._waits_from is None:
            self._waits_from = now
        self._begin_if(self._quiet_s() >= QUIET_S or now - self._waits_from >= NO_LONGER_S)

    def _begin_if(self, due: bool) -> None:
        if due and self.making is None:
            self._waits_from = None
            self.making = Stepping(
                self._work, self._desk.clock, self, self._desk.backups.make_in_steps, self._made, self._ended
            )

    def _made(self, _made: "Backup") -> None:
        self.making = None

    def _ended(self, _error: RapportError) -> None:
        """Let it be for a while: why it was not made is kept, and said to a manager on Today."""
        self.making = None
        self._not_before = self._desk.clock.monotonic() + AGAIN_AFTER_S
