"""What every screen is given, and the little that the window asks of every screen.

A screen never reaches for anything: the desk, the worker, the theme and the message bar come in through `Tools`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.clock import Clock
from rapportdesk.model.staff import Viewer
from ui.commands import CommandTable
from ui.messages import Messages
from ui.theme import Theme
from ui.work import Work

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk  # only the worker imports it, after the sign-in is painted


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a screen works with.

    Attributes:
        desk: The front door; called inside `work` alone.
        viewer: Who is signed in, for "as Ana".
        clock: For what is shown beside now; never `datetime.now`.
    """

    desk: "Desk"
    viewer: Viewer
    work: Work
    theme: Theme
    messages: Messages
    commands: CommandTable
    clock: Clock


class Screen(QWidget):
    """A panel of the window.

    Signals:
        person_wanted: A patient's id: open their card, or for a clinician their brief.
        changed: A patient's id: something of theirs was written; "" when it may be anybody's.
        command_wanted: Id of a command to run as if its key had been pressed.
    """

    person_wanted = Signal(str)
    changed = Signal(str)
    command_wanted = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = tools

    def refresh(self) -> None:
        """Ask the desk again for what is shown; something was written elsewhere."""

    def hand_in(self) -> None:
        """Submit what is typed and not saved as a draft; the desk is about to lock or to change hands."""

    def set_narrow(self, narrow: bool) -> None:
        """Lay out for one column (480 px or large text), or for the width of a workstation."""
