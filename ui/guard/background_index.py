"""What search and lists do not know yet is told to them in slices, between which everything else goes first.

Usually there is nothing to tell. After a new computer, a new key or a damaged file there is everybody: the desk is used
meanwhile, names are found first, and it is said how far it is as long as nothing else is said.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from ui.bring_in.stepping import Stepping
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk
    from ui.frame.shell import Shell

BEGINS_AFTER_MS = 300
"""Long enough for the first screen to be asked for."""

LOOKS_EVERY_MS = 5_000
"""Something may have come into force or ended at midnight, or bulk work or a new key left something to be told; to look
whether there is anything costs one small question."""

WORTH_SAYING = 3
"""Whole tenths still to be done from which on it is said."""


class BackgroundIndex(QTimer):
    """The telling, for one sign-in; it ends with its owner.

    Args:
        work: Where the slices run.
        desk: Whose search, with somebody signed in.
        shell: Which shows what there is, and asks anew when everything is told.
    """

    def __init__(self, work: Work, desk: "Desk", shell: "Shell") -> None:
        super().__init__(shell)
        self._work, self._desk, self._shell = work, desk, shell
        self._messages = shell.tools.messages
        self._said, self._tenths = "", -1
        self._telling: Stepping[None] | None = None
        self.setSingleShot(True)
        self.timeout.connect(self.begin)

    def begin_later(self) -> None:
        """Begin once the first screen has been asked for."""
        self.start(BEGINS_AFTER_MS)

    def begin(self) -> None:
        """Take the first slice; each answer asks for the next."""
        self._tenths = -1
        self._telling = Stepping(
            self._work, self._desk.clock, self, self._desk.tell_index_in_steps, self._told, self._ended
        )
        self._telling.progressed.connect(self._progressed)

    def _progressed(self, done: int, whole: int) -> None:
        tenths = 10 * done // whole if whole else 10
        if tenths == self._tenths or (not self._said and tenths > 10 - WORTH_SAYING):
            return
        self._tenths = tenths
        self._say(_("Search is being made ready: {n} % is there.").format(n=10 * tenths))

    def _say(self, sentence: str) -> None:
        """Say it unless something else is being said."""
        if self._messages.text in {"", self._said}:
            self._messages.say(sentence)
            self._said = sentence

    def _told(self, _nothing: None) -> None:
        self._telling = None
        if self._said:
            self._shell.refresh()
            self._say(_("Search finds everything now."))
            self._said = ""
        self.start(LOOKS_EVERY_MS)

    def _ended(self, _error: RapportError) -> None:
        """Let it be: the next sign-in goes on where this one ended."""
        self._telling = None
