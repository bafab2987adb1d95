"""Once a day a backup makes itself, a while after somebody has signed in, in steps between which a save goes first.

Locking or closing does not wait for it: what was begun is dropped, and the next sign-in begins anew. That it was made
is told to nobody; that it could not be made, to a manager, in a reminder on Today.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rapportdesk.errors import RapportError
from ui.bring_in.stepping import Stepping
from ui.messages import Messages
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk
    from rapportdesk.model.backup import Backup

BEGINS_AFTER_MS = 90_000
"""Long enough for whoever signed in to have found whom they were looking for."""


class BackgroundBackup(QObject):
    """The day's backup, for one sign-in; it ends with its owner.

    Args:
        work: Where the steps run.
        desk: What is copied, with somebody signed in.
        messages: The backup goes with it.
    """

    def __init__(self, work: Work, desk: "Desk", messages: Messages) -> None:
        super().__init__(messages)
        self._work, self._desk = work, desk
        self.making: Stepping[Backup] | None = None

    def begin_later(self) -> None:
        """Begin once the desk is quiet."""
        QTimer.singleShot(BEGINS_AFTER_MS, self, self.begin)

    def begin(self) -> None:
        """Make today's backup, if it is still to be made and its folder is there."""
        self._work.submit(self, self._desk.backups.is_due, self._begin_if, self._ended)

    def _begin_if(self, due: bool) -> None:
        if due:
            self.making = Stepping(
                self._work, self._desk.clock, self, self._desk.backups.make_in_steps, self._made, self._ended
            )

    def _made(self, _made: "Backup") -> None:
        self.making = None

    def _ended(self, _error: RapportError) -> None:
        """Let it be: the reminder on Today says so once it matters."""
        self.making = None
