"""What a clinician was told and nobody has read yet: one line above the day, and the list behind it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.shown import Told
from ui.commands import bind
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, empty, place, row
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said


class ToldBar(Panel):
    """The first of what a clinician was told, and how much waits behind it; not there for anybody else.

    Signals:
        wanted: The list is asked for.
        resized: It has come, gone, or become another.
    """

    wanted = Signal()
    resized = Signal()

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__("scrolled", margins=(0, 2, 0, 8), gap=0, parent=parent)
        self._tools = tools
        self.words = Label("", "body")
        self._more = Label("", "muted")
        self.look = Button(_("Read"), "link", self.wanted.emit)
        framed = Panel("message-problem", margins=(10, 6, 10, 4), gap=2)
        self.add(framed)
        framed.add(self.words)
        row(framed.rows, self.look, self._more, gap=10, stretch_last=True)
        self.hide()

    def refresh(self) -> None:
        """Ask the desk again."""
        if self._tools.viewer.is_clinician:
            told = self._tools.desk.follow_ups.told
            self._tools.work.submit(self, told, self.show_told, key="told", long_work=True)

    def show_told(self, told: tuple[Told, ...]) -> None:
        """Show the first of it, or nothing."""
        if told:
            words = told_words(told[0])
            self.words.say(words, name=words)
            self.look.setAccessibleName(_("{verb}: {what}").format(verb=_("Read"), what=words))
            behind = len(told) - 1
            self._more.say(ngettext("{count} more", "{count} more", behind).format(count=behind))
            self._more.setVisible(bool(behind))
        self.setVisible(bool(told))
        self.resized.emit()


class ToldDialog(Dialog):
    """Everything that was told: read it, or open the brief.

    Signals:
        changed: Id of the patient about whom something was read.
        person_wanted: Id of the person to open.
    """

    changed = Signal(str)
    person_wanted = Signal(str)

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("What you were told"), parent, width=600, height=560)
        self._tools = tools
        self._said = Said()
        self.verbs: list[Button] = []
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=10)
        about = _("It leaves every clinician’s first screen and the next brief once one of you has read it.")
        for widget in (Label(about, "muted"), self._said, self._list):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self._close = self.add_close()
        self._close.setAutoDefault(False)
        bind(self, tools.commands, "promise.undo", self.undo)
        self._ask()

    def undo(self) -> None:
        """Take back the last change."""
        self._tools.work.submit(self, self._tools.desk.notes.undo, lambda _words: self._changed(""), self._problem)

    def _ask(self) -> None:
        self._tools.work.submit(self, self._tools.desk.follow_ups.told, self.show_told, self._problem)

    def show_told(self, told: tuple[Told, ...]) -> None:
        """Show it as the Desk gave it."""
        self.verbs = []
        empty(self._list.rows)
        if not told:
            self._list.add(Label(_("Nothing waits to be read."), "read"))
        for each in told:
            self._list.add(self._row(each))
        self.turn_to(self.verbs[0] if self.verbs else self._close)

    def _row(self, told: Told) -> Panel:
        panel = Panel("important", margins=(14, 10, 14, 10), gap=4)
        panel.add(Label(isolate(told.patient_name), "name-strong"), Label(told.words, "read"))
        if told.detail:
            panel.add(Label(told.detail, "muted"))
        verbs = place(panel.rows, FlowLayout(gap=10))
        if told.task is not None:
            verbs.addWidget(self._button(_("I have read it"), told, partial(self._read, told)))
        verbs.addWidget(self._button(_("Open the brief"), told, partial(self._open, told)))
        return panel

    def _button(self, words: str, told: Told, do: "partial[None]") -> Button:
        name = _("{verb}: {name}").format(verb=words, name=isolate(told.patient_name))
        button = Button(words, "secondary", do, name=name)
        button.setAutoDefault(False)
        self.verbs.append(button)
        return button

    def _read(self, told: Told) -> None:
        desk, task = self._tools.desk, told.task
        if task is not None:
            self._tools.work.submit(
                self, lambda: desk.follow_ups.read(task), lambda _task: self._changed(told.patient), self._problem
            )

    def _changed(self, patient: str) -> None:
        self.changed.emit(patient)
        self._ask()

    def _open(self, told: Told) -> None:
        self.person_wanted.emit(told.patient)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)


def told_words(told: Told) -> str:
    """Return "Nia Prydderch: worse"; what was said stands in the list, which is opened on purpose."""
    return _("{name}: {words}").format(name=isolate(told.patient_name), words=told.short)
