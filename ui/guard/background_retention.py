"""Once a day, when nobody is at the keys, somebody who may decide about it has looked for what is past its time.

It goes in steps between which a save goes first, and ends at the first thing found; that is a line on Today.
"""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rapportdesk.errors import RapportError
from ui.bring_in.stepping import Stepping
from ui.guard.background_backup import QUIET_S
from ui.messages import Messages
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk

LOOKS_EVERY_MS = 60_000


class BackgroundRetention(QObject):
    """The day's look, for one sign-in; it ends with its owner.

    Args:
        work: Where the steps run.
        desk: With somebody signed in.
        messages: It goes with them.
        found: Called when something is past its time.
        quiet_s: For how many seconds nobody has touched anything.
    """

    def __init__(
        self, work: Work, desk: "Desk", messages: Messages, found: Callable[[], object],
        quiet_s: Callable[[], float] = lambda: math.inf,
    ) -> None:  # fmt: skip
        super().__init__(messages)
        self._work, self._desk, self._found, self._quiet_s = work, desk, found, quiet_s
        self.looking: Stepping[bool] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin_later(self) -> None:
        """Look from time to time whether it is to be done and nobody is at the keys."""
        self._timer.start()

    def look(self) -> None:
        """Begin, unless somebody is typing, it is being done, or was done today."""
        if self.looking is None and self._quiet_s() >= QUIET_S:
            self._work.submit(self, self._desk.retention.is_to_look, self._begin_if, self._ended)

    def _begin_if(self, wanted: bool) -> None:
        if wanted and self.looking is None:
            steps = self._desk.retention.look_in_steps
            self.looking = Stepping(self._work, self._desk.clock, self, steps, self._done, self._ended)

    def _done(self, found: bool) -> None:
        self.looking = None
        if found:
            self._found()

    def _ended(self, _error: RapportError) -> None:
        """Let it be: it is looked for again at the next quiet moment."""
        self.looking = None
