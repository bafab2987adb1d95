"""One sign-in's shell is made in pieces, and between two of them the window hears what was pressed.

In one piece it kept the window's thread twice as long as anybody may wait for a key to be seen.
"""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rapportdesk.model.staff import Viewer
from ui.brief.brief import BriefScreen
from ui.bring_in.watching import Watching
from ui.command_rows import all_commands
from ui.frame.demo_process import start_demo
from ui.frame.desk_screens import DeskScreens
from ui.frame.house import House
from ui.frame.shell import Shell
from ui.frame.top_bar import TopBar
from ui.frame.welcome import Welcome
from ui.messages import Messages
from ui.pieces import InPieces, make_behind, polished
from ui.screen import Tools
from ui.today.promised import Promised
from ui.today.today import TodayScreen
from ui.today.today_heading import TodayHeading

if TYPE_CHECKING:
    from rapportdesk.desk.desk import Desk
    from ui.start.application import Application

WidgetT = TypeVar("WidgetT", bound=QWidget)


class Making(QObject):
    """Makes the shell of whoever was let in; nothing is asked of the desk yet.

    Args:
        application: What stands behind the window.
        desk: With somebody signed in.
        viewer: Who.
        made: Gets the shell, which stands among the window's pages already, and is not seen.
    """

    def __init__(self, application: "Application", desk: "Desk", viewer: Viewer, made: Callable[[Shell], None]) -> None:
        super().__init__(application)
        self._application, self._desk, self._viewer, self._made = application, desk, viewer, made
        self._parts: list[QWidget] = []
        self._pieces = InPieces(self._shell_in_pieces())

    def begin(self) -> None:
        """Make the first piece; the rest follows by itself."""
        self._pieces.make_piece()
        make_behind(self._application.work, self, self._pieces, self._hand_over)

    def give_up(self) -> None:
        """Let go of what has been made: the desk locks before anybody saw it."""
        for part in self._parts:
            part.deleteLater()
        self.deleteLater()

    def _part(self, part: WidgetT) -> WidgetT:
        self._parts.append(part)
        return part

    def _shell_in_pieces(self) -> Generator[None, None, Shell]:
        application, viewer = self._application, self._viewer
        around = application.around
        tools = Tools(
            desk=self._desk, viewer=viewer, work=application.work, theme=around.theme,
            messages=self._part(Messages(around.theme)), commands=all_commands(), clock=around.clock,
        )  # fmt: skip
        yield
        shell = self._part(Shell(tools, application.window.pages))
        body = shell.body
        yield
        # Each is made where it will stand, or all of it would be dressed anew, and in the order in which Tab goes.
        bar = TopBar(tools, company=not viewer.is_clinician, parent=shell)
        yield
        heading, ledger = self._part(TodayHeading(tools.theme)), self._part(Promised(tools))
        yield
        whose = viewer.name if viewer.is_clinician else ""
        today = TodayScreen(tools, heading, ledger, practitioner=whose, parent=body.drawer)
        body.put_aside(today)
        yield
        brief = BriefScreen(tools, body.main, day=lambda: today.date) if viewer.is_clinician else None
        yield
        welcome, house = Welcome(tools.theme, body.main), House(application, tools)
        yield
        screens = DeskScreens(tools, shell, today, brief).screens()
        shell.put_together(bar, welcome, screens, house.commands())
        self._connect(shell, house)
        yield
        yield from polished(shell)
        return shell

    def _connect(self, shell: Shell, house: House) -> None:
        application, tools = self._application, shell.tools
        house.changed.connect(shell.refresh)
        shell.files_dropped.connect(house.open_import)
        watching = Watching(tools)
        watching.brought_in.connect(shell.refresh)
        house.folder_set.connect(watching.begin)
        watching.begin()
        application.work.problem.connect(tools.messages.problem)
        application.broke.connect(tools.messages.bug)
        shell.demo_wanted.connect(start_demo)

    def _hand_over(self, shell: Shell) -> None:
        self._parts = []
        self._made(shell)
        self.deleteLater()
