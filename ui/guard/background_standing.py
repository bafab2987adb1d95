"""Whether this is the file that the computer last saw is found out beside the first work of the day, and said once.

An older copy keeps nobody from working: a manager says how to go on. From then on it is noted, at most once a minute
and at lock, how the file stands. The computer's password store is asked on a thread of its own: it may never answer.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.standing import Standing, Stands
from ui.bring_in.stepping import Aside
from ui.messages import Messages
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk

BEGINS_AFTER_MS = 2_000
"""Long enough for Today to be there."""

NOTED_EVERY_MS = 60_000


class BackgroundStanding(QObject):
    """The comparison, for one sign-in; it ends with its owner.

    Args:
        work: Where the desk is asked.
        desk: Whose file it is, with somebody signed in.
        messages: Where it is said; the comparison goes with it.
        look: Opens the screen on which a manager says how to go on; None for whoever is no manager.
    """

    def __init__(self, work: Work, desk: "Desk", messages: Messages, look: Callable[[], object] | None = None) -> None:
        super().__init__(messages)
        self._work, self._desk, self._messages, self._look = work, desk, messages, look
        self._aside: Aside | None = None
        self._minute = QTimer(self)
        self._minute.setInterval(NOTED_EVERY_MS)
        self._minute.timeout.connect(self._note)

    def begin_later(self) -> None:
        """Begin once the screen has settled."""
        QTimer.singleShot(BEGINS_AFTER_MS, self, self.begin)

    def begin(self) -> None:
        """Ask the password store, and compare when it has answered."""
        self._desk.standing.ask()
        self._aside = Aside(self._desk.standing.wait)
        self._aside.came.connect(self._answered)
        self._aside.begin()

    def _answered(self, _error: object) -> None:
        self._work.submit(self, self._desk.standing.compare, self._compared, self._ended)

    def _compared(self, standing: Standing) -> None:
        words = standing_said(standing, manager=self._look is not None)
        if standing.needs_deciding and self._look is not None:
            self._messages.offer(words, _("Look"), self._look)
        elif standing.needs_deciding:
            self._messages.problem(RapportError(words))
        elif words:
            self._messages.say(words)
        self._minute.start()

    def _note(self) -> None:
        self._work.submit(self, self._desk.standing.note, None, self._ended)

    def _ended(self, _error: RapportError) -> None:
        """Let it be: the next sign-in asks again, and what cannot be read is said where it is met."""


def standing_said(standing: Standing, *, manager: bool) -> str:
    """Return what is said of how the file stands; empty when all is as before."""
    match standing.stands:
        case Stands.OLDER if manager:
            return _("This is an older copy of the desk: later notes are missing.")
        case Stands.OLDER:
            return _("This is an older copy of the desk: later notes are missing. Tell your practice manager.")
        case Stands.TAKEN_OUT if manager:
            return _("What this computer had noted of the desk is gone: this may be an older copy.")
        case Stands.TAKEN_OUT:
            return _("What this computer had noted of the desk is gone. Tell your practice manager.")
        case Stands.RESTORED:
            return _("The desk was brought back from a backup. What was written after it was made is not here.")
        case Stands.FORGOTTEN if manager:
            return _("The desk was moved to another place, or this computer no longer knows how far it went.")
    return ""
