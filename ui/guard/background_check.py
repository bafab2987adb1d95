"""After sign-in everything kept is checked in the background, in slices between which a receptionist's save goes first.

What was changed or taken away from outside is said once, in the message bar, and locks nobody out.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rapportdesk.errors import RapportError, Tampered
from rapportdesk.language import _
from ui.bring_in.stepping import Stepping
from ui.messages import Messages
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk, VerifyReport

BEGINS_AFTER_MS = 5_000
"""Long enough for Today and the first card to be there."""


class BackgroundCheck(QObject):
    """One check of everything, for one sign-in; it ends with its owner.

    Args:
        work: Where the slices run.
        desk: What is checked, with somebody signed in.
        messages: Where a fault is said; the check goes with it.
        look: Opens the screen on which a manager says how to go on; None for whoever is no manager.
    """

    def __init__(self, work: Work, desk: "Desk", messages: Messages, look: Callable[[], object] | None = None) -> None:
        super().__init__(messages)
        self._work, self._desk, self._messages, self._look = work, desk, messages, look
        self.checking: Stepping[VerifyReport] | None = None

    def begin_later(self) -> None:
        """Begin once the screen has settled."""
        QTimer.singleShot(BEGINS_AFTER_MS, self, self.begin)

    def begin(self) -> None:
        """Take the first slice; each answer asks for the next."""
        self.checking = Stepping(
            self._work, self._desk.clock, self, self._desk.check_in_steps, self._checked, self._ended
        )

    def _checked(self, report: "VerifyReport") -> None:
        self.checking = None
        words = _("Something that is kept here was changed or taken away from outside.")
        if not report.clean and self._look is not None:
            self._messages.offer(words, _("Look"), self._look)
        elif not report.clean:
            hint = _("What you see on the screen has been checked. Tell your practice manager.")
            self._messages.problem(Tampered(words, hint))

    def _ended(self, _error: RapportError) -> None:
        """Let it be: the next sign-in begins anew, and what cannot be read is said where it is met."""
        self.checking = None
