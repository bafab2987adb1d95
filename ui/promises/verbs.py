"""What can be done with one promise, each by a button and a key: the ledger and the single promise share it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.shown import PromiseRow
from rapportdesk.model.task import Task, TaskCode, TaskStatus
from ui.commands import bind
from ui.promises.ends import EndDialog, HandOnDialog, KeptDialog, NotKeptDialog, PutOffDialog, WaitDialog
from ui.promises.outcome import OutcomeDialog
from ui.screen import Tools
from ui.widgets.controls import Button
from ui.widgets.flow import FlowLayout


class PromiseVerbs(QWidget):
    """The verbs for whichever promise is shown to it.

    Args:
        tools: What a screen works with.
        host: The dialog in which the keys are heard.

    Signals:
        did: The sentence that says what was done, and the patient's id.
        failed: What went wrong.
    """

    did = Signal(str, str)
    failed = Signal(object)

    def __init__(self, tools: Tools, host: QWidget) -> None:
        super().__init__()
        self._tools, self._host = tools, host
        self._row: PromiseRow | None = None
        self._colleagues: tuple[str, ...] = ()
        self.buttons: dict[str, Button] = {}
        self._words: dict[str, str] = {}
        flow = FlowLayout(self, gap=6, row_gap=6)
        for command_id, words, do in (
            ("promise.kept", _("Kept"), self.kept),
            ("promise.outcome", _("How are they?"), self.outcome),
            ("promise.not-kept", _("Could not be kept"), partial(self._open, NotKeptDialog)),
            ("promise.put-off", _("Put off"), partial(self._open, PutOffDialog)),
            ("promise.take-over", _("I take it over"), self.take_over),
            ("promise.hand-on", _("Hand on"), self.hand_on),
            ("promise.begin", _("I am at it"), self.begin),
            ("promise.wait", _("It waits"), partial(self._open, WaitDialog)),
            ("promise.reopen", _("Open it again"), self.reopen),
        ):
            button = Button(words, "small", do, shortcut=tools.commands[command_id].key_words)
            self._words[command_id] = words
            button.setAccessibleDescription(tools.commands[command_id].key_words)
            button.setAutoDefault(False)
            self.buttons[command_id] = button
            flow.addWidget(button)
            bind(host, tools.commands, command_id, partial(self._if_offered, command_id, do))
        self.show_row(None)

    def show_row(self, row: PromiseRow | None, colleagues: tuple[str, ...] = ()) -> None:
        """Offer what can be done with `row`; nothing for none, nor for what a clinician has to read."""
        self._row, self._colleagues = row, colleagues
        stands = row is not None and row.task.is_open and row.task.code is not TaskCode.TELL
        asked = row is not None and row.task.code is TaskCode.FOLLOW_UP
        begun = row is not None and row.task.status is TaskStatus.IN_PROGRESS
        ended = row is not None and not row.task.is_open and row.task.code is not TaskCode.TELL
        wanted = {
            "promise.kept": stands and not asked,
            "promise.outcome": stands and asked,
            "promise.take-over": stands and row is not None and row.task.owner_name != self._tools.viewer.name,
            "promise.hand-on": stands and bool(colleagues),
            "promise.begin": stands and not begun,
            "promise.reopen": ended,
        }
        for command_id, button in self.buttons.items():
            button.setVisible(bool(wanted.get(command_id, stands)))
            if row is not None:
                name = _("{verb}: {name}").format(verb=self._words[command_id], name=row.task.text)
                button.setAccessibleName(name)

    def kept(self) -> None:
        """Tick it; of a follow-up, ask how they are."""
        self._open(OutcomeDialog if self._row and self._row.task.code is TaskCode.FOLLOW_UP else KeptDialog)

    def outcome(self) -> None:
        """Ask how they are."""
        self._open(OutcomeDialog)

    def take_over(self) -> None:
        """Keep it oneself."""
        self._do(self._tools.desk.tasks.take_over, _("It is yours now."))

    def begin(self) -> None:
        """Say that somebody is at it."""
        self._do(self._tools.desk.tasks.begin, _("Begun."))

    def reopen(self) -> None:
        """Take back that it has ended."""
        self._do(self._tools.desk.tasks.reopen, _("It is open again."))

    def hand_on(self) -> None:
        """Have a colleague keep it."""
        colleagues = self._colleagues
        self._open(lambda tools, row, parent: HandOnDialog(tools, row, parent, colleagues=colleagues))

    def _if_offered(self, command_id: str, do: Callable[[], object]) -> None:
        if not self.buttons[command_id].isHidden():
            do()

    def _do(self, change: Callable[..., Task], sentence: str) -> None:
        row = self._row
        if row is not None:
            done = partial(self.did.emit, sentence, row.task.patient)
            self._tools.work.submit(self, partial(change, row.task.id), lambda _task: done(), self._failed)

    def _open(self, make: Callable[[Tools, PromiseRow, QWidget | None], EndDialog]) -> None:
        if self._row is not None:
            dialog = make(self._tools, self._row, self._host)
            dialog.kept.connect(self.did)
            dialog.open()

    def _failed(self, error: RapportError) -> None:
        self.failed.emit(error)
