"""The signed-in window: the bar over everything, what happened, Today beside what is open, and where commands go.

It is built at each sign-in and taken down at lock, so nothing of one person is left for the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rapportdesk.errors import NotAllowed
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.kept import Kept
from ui.bring_in.dropped import dropped_files
from ui.commands import Where, bind
from ui.frame.body import Body
from ui.frame.kept_words import kept_words
from ui.frame.panels import Panels
from ui.frame.top_bar import TopBar
from ui.frame.welcome import Welcome
from ui.screen import Screen, Tools
from ui.widgets.controls import place
from ui.widgets.kept_form import KeptForm

TODAY_WIDTH = 330
TODAY_WIDTH_CLINICIAN = 300

Run = Callable[[], object]


class Shows(Protocol):
    """A panel that shows one person: the card, or the brief."""

    @property
    def patient_id(self) -> PatientId | None:
        """Who is shown."""

    def open_person(self, patient_id: PatientId) -> None:
        """Show somebody, and put the caret where writing or reading begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screens:
    """The screens of one sign-in, already made but for the panels.

    Attributes:
        today: The left column.
        panels: What may stand beside it, each with how to show somebody in it; the first is where a person opens.
        search: Made with the bar's field, which is there before it.
        mark_open: Tells Today who is open.
        commands: What commands of these screens do, by id.
    """

    today: Screen
    panels: Panels
    mark_open: Callable[[PatientId | None], None]
    search: Callable[[QLineEdit], Screen]
    commands: Mapping[str, Run]


class Shell(QWidget):
    """Everything that is seen while somebody is signed in.

    Args:
        tools: Who is signed in, and what to work with.
        parent: The window's pages.

    Signals:
        opened: A patient's id whenever somebody is opened, to come back to after a lock; empty when nobody is left.
        files_dropped: Paths of files that were dropped anywhere on the window.
    """

    opened = Signal(str)
    demo_wanted = Signal()
    files_dropped = Signal(object)

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tools = tools
        self._coming: PatientId | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.body = Body(tools.theme, TODAY_WIDTH_CLINICIAN if tools.viewer.is_clinician else TODAY_WIDTH, self)

    def put_together(self, bar: TopBar, welcome: Welcome, screens: Screens, commands: Mapping[str, Run]) -> None:
        """Become a shell, from parts that are its children already; nobody sees it before.

        Args:
            bar: Over everything.
            welcome: Stands beside Today until somebody is opened.
            screens: Today stands in the body's drawer already.
            commands: What commands of the house do, by id ("lock", "look", "staff" ...); screens' own come with them.
        """
        tools = self.tools
        self.bar, self.welcome, self.screens = bar, welcome, screens
        self.body.main.addWidget(welcome)
        self.search = screens.search(bar.search)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        self._below_bar = place(rows, QVBoxLayout())
        rows.addWidget(self.body, 1)
        tools.messages.said.connect(self._place_messages)
        tools.messages.taken_back.connect(self.refresh)
        self._place_messages()
        self._commands = {**commands, **self._own_commands(), **screens.commands}
        self._connect()
        self._bind()
        screens.panels.taken_in_by(self._take_in)

    @property
    def panel(self) -> QWidget | None:
        """What stands beside Today."""
        return self.body.main.currentWidget()

    @property
    def person(self) -> PatientId | None:
        """Whose card or brief is open, or is just coming: what is done next is meant for them."""
        if self.panel not in self.screens.panels.made:
            return None
        shown: PatientId | None = getattr(self.panel, "patient_id", None)
        return self._coming or shown

    def all_screens(self) -> tuple[Screen, ...]:
        """Return every screen of this sign-in that has been made."""
        return (self.screens.today, *self.screens.panels.made, self.search)

    def start(self) -> None:
        """Fill Today, and see whether this desk is still empty."""
        self.screens.today.refresh()
        self.tools.work.submit(self, self._is_empty, self._offer_beginning)
        self._commands["emergencies-waiting"]()
        self._commands["erasures-due"]()
        self._commands["told-waiting"]()

    def open_person(self, patient_id: str, panel: str = "") -> None:
        """Open somebody.

        Args:
            patient_id: Whom.
            panel: Name of the panel to open them in; the first unless given.
        """
        self.tools.work.let_long_work_rest()
        name = panel or next(iter(self.screens.panels))
        screen = self.screens.panels[name]
        self.body.close_drawer()
        self.body.main.setCurrentWidget(screen)
        self._coming = PatientId(patient_id)
        screen.open_person(PatientId(patient_id))  # type: ignore[attr-defined]  # every panel `Shows`, and is a Screen
        self.screens.mark_open(PatientId(patient_id))
        self.opened.emit(patient_id)

    def leave_person(self) -> None:
        """Have nobody be open any more; their panels are closed by whoever knows them."""
        self._coming = None
        self.screens.mark_open(None)
        self.opened.emit("")

    def open_next(self) -> None:
        """Open the next brief by itself: a clinician reads before they look around."""
        self._commands["open-next"]()

    def change_computer_key(self) -> None:
        """Replace this computer's key, and lock: the last step of an erasure that changes every lock."""
        self._commands["computer-key"]()

    def run(self, command_id: str) -> None:
        """Do what a command says, whichever key, button or menu it came from."""
        command = self.tools.commands[command_id]
        if not command.roles & self.tools.viewer.roles:
            self.tools.messages.problem(
                NotAllowed(_("Your role does not include this."), _("Ask a manager of the practice."))
            )
            return
        self._commands[command_id]()

    def hand_in(self) -> None:
        """Have every screen and every form hand in what is typed; called before the desk locks."""
        for screen in self.all_screens():
            screen.hand_in()
        for kept in self.window().findChildren(KeptForm):
            kept.hand_in()

    def refresh(self, _patient_id: str = "") -> None:
        """Something was written: every view asks again."""
        sender = self.sender()
        for screen in self.all_screens():
            if screen is not sender:
                screen.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the bar out with the body."""
        super().resizeEvent(event)
        self.body.arrange()
        self._place_messages()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of the practice system, wherever on the window they are dropped."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Have what was dropped read."""
        event.acceptProposedAction()
        self.files_dropped.emit(dropped_files(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes what was said."""
        if event.key() == Qt.Key.Key_Escape and self.tools.messages.isVisible():
            self.tools.messages.clear()
            return
        super().keyPressEvent(event)

    def _place_messages(self) -> None:
        """In the bar while there is room, so that nothing below moves; else in a row of its own."""
        messages, px = self.tools.messages, self.tools.theme.px
        said = not messages.isHidden()
        fits = not self.body.narrow and said and messages.wanted_width() <= self.bar.said.width()
        if fits:
            self.bar.said_line.addWidget(messages, 1, Qt.AlignmentFlag.AlignVCenter)
        else:
            self._below_bar.addWidget(messages)
        messages.setVisible(said)
        side = px(18) if not self.body.narrow else 10
        below = said and not fits
        self._below_bar.setContentsMargins(side if below else 0, px(8) if below else 0, side if below else 0, 0)

    def _connect(self) -> None:
        for went_wrong in (self.tools.work.problem, self.tools.work.bug):
            went_wrong.connect(self._did_not_come)
        self.bar.command_wanted.connect(self.run)
        self.welcome.command_wanted.connect(self.run)
        self.welcome.demo_wanted.connect(self.demo_wanted)
        self.body.narrow_changed.connect(self._narrow)
        for screen in (self.screens.today, self.search):
            self._connect_screen(screen)

    def _connect_screen(self, screen: Screen) -> None:
        screen.person_wanted.connect(self.open_person)
        screen.changed.connect(self.refresh)
        screen.command_wanted.connect(self.run)

    def _take_in(self, panel: Screen) -> None:
        """Let a panel that has just been made stand beside Today."""
        self.body.main.addWidget(panel)
        self._connect_screen(panel)
        if self.body.narrow is not None:  # it has been laid out already
            panel.set_narrow(self.body.narrow)

    def _did_not_come(self, _error: object) -> None:
        self._coming = None  # who was there before is shown still

    def _own_commands(self) -> dict[str, Run]:
        return {
            "find": self._find,
            "today": self.body.open_drawer,
            "undo": self._undo,
        }

    def _bind(self) -> None:
        for command in self.tools.commands:
            done_by_window = command.where is Where.WINDOW and command.id in self._commands
            if done_by_window and command.id != "cover" and command.keys:  # F9 is heard before any window
                bind(self, self.tools.commands, command.id, partial(self.run, command.id))

    def _find(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def _undo(self) -> None:
        self.tools.work.submit(self, self.tools.desk.notes.undo, self._undone)

    def _undone(self, words: str) -> None:
        self.tools.messages.say(_("Taken back: {what}").format(what=words))
        self.refresh()

    def _is_empty(self) -> tuple[bool, Kept, tuple[str, ...]]:
        desk = self.tools.desk
        amiss = tuple(each.words for each in desk.workstation.amiss())
        return not desk.people.any(), desk.kept(), amiss  # without anybody there are no visits and no promises either

    def _offer_beginning(self, answer: tuple[bool, Kept, tuple[str, ...]]) -> None:
        empty, kept, amiss = answer
        if empty:
            self.welcome.show_empty()
            return
        words = kept_words(kept, self.tools.clock.local(self.tools.clock.now()).date())
        # In a narrow window Today, which says what is amiss beside it, is out of sight.
        self.welcome.show_calm(" ".join((words, *amiss)) if self.body.narrow else words)

    def _narrow(self, narrow: bool) -> None:
        self.bar.set_narrow(narrow)
        self._place_messages()
        for screen in self.all_screens():
            screen.set_narrow(narrow)
        # Sizes inside have changed; Qt would only notice at the next event.
        QTimer.singleShot(0, self, self.updateGeometry)
