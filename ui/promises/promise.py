"""One promise, reached from the card: what it says, and everything that can be done with it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.shown import Ledger, PromiseRow
from rapportdesk.model.task import Task
from ui.look.bidi import isolate
from ui.promises.ends import made_words
from ui.promises.verbs import PromiseVerbs
from ui.screen import Tools
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said


class PromiseDialog(Dialog):
    """One promise; it closes when something was done.

    Args:
        tools: What a screen works with.
        task: The promise, as it stands on the card.
        parent: The window.

    Signals:
        changed: The patient's id.
        move_wanted: It is on the wrong person.
    """

    changed = Signal(str)
    move_wanted = Signal()

    def __init__(self, tools: Tools, task: Task, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("A promise"), parent, width=560, height=360)
        self._tools, self._task = tools, task
        self._text = Label(task.text, "read")
        self._about = Label("", "muted")
        self._said = Said()
        self.verbs = PromiseVerbs(tools, self)
        for widget in (self._text, self._about, self.verbs, self._said):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.move_button = self.add_button(Button(_("Wrong person"), "secondary", self._move))
        self.move_button.setAutoDefault(False)
        self.add_close().setAutoDefault(False)
        self.verbs.did.connect(self._did)
        self.verbs.failed.connect(self._failed)
        tools.work.submit(self, partial(tools.desk.tasks.ledger), self.show_ledger, self._failed)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show it as the ledger has it now."""
        row = next((each for each in ledger.rows if each.task.id == self._task.id), None)
        if row is None:  # opened alone with the patient: the ledger keeps what was opened to the card
            row = PromiseRow(task=self._task, patient_name="", overdue=False, due_words="")
        owner = _("{name} keeps it").format(name=isolate(row.task.owner_name)) if row.task.owner_name else ""
        parts = (isolate(row.patient_name), row.due_words, row.detail, owner, made_words(row.task, self._tools.clock))
        about = " · ".join(part for part in parts if part)
        self._about.say(about, name=about)
        self.verbs.show_row(row, ledger.colleagues)
        first = next((button for button in self.verbs.buttons.values() if not button.isHidden()), None)
        self.turn_to(first or self.move_button)

    def _move(self) -> None:
        self.move_wanted.emit()
        self.accept()

    def _did(self, sentence: str, patient: str) -> None:
        self._tools.messages.say(sentence, self._take_back)
        self.changed.emit(patient)
        self.accept()

    def _take_back(self) -> None:
        messages, desk, work = self._tools.messages, self._tools.desk, self._tools.work
        work.submit(messages, desk.notes.undo, lambda _words: messages.taken_back.emit())

    def _failed(self, error: RapportError) -> None:
        self._said.tell(error)
