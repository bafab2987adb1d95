"""How a promise ends, or waits: each dialog asks for one thing, keeps it, and says how to take it back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from rapportdesk.clock import Clock
from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from rapportdesk.model.shown import PromiseRow
from rapportdesk.model.task import Task, TaskReason
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.widgets.choice import Choice, LongVerb
from ui.widgets.controls import Button, Field, Label, Section, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.worded import Worded

Keep = Callable[[], Task]


def reasons() -> dict[TaskReason, str]:
    """Return every reason with the words it is chosen by."""
    return {
        TaskReason.NOT_REACHED: _("I could not reach them"),
        TaskReason.NO_TIME: _("There was no time for it"),
        TaskReason.NOT_POSSIBLE: _("It is not possible"),
        TaskReason.NOT_WANTED: _("They no longer want it"),
        TaskReason.IN_ERROR: _("It was never promised"),
        TaskReason.OTHER: _("Something else: write what"),
    }


class EndDialog(Dialog):
    """What all of them share: which promise, one question, one button.

    Args:
        tools: What a screen works with.
        row: The promise.
        heading: What is asked.
        parent: The window, or the ledger.

    Signals:
        kept: The sentence that says what was done, and the patient's id.
    """

    kept = Signal(str, str)

    def __init__(
        self, tools: Tools, row: PromiseRow, heading: str, parent: QWidget | None, *, height: int = 360
    ) -> None:
        super().__init__(tools.theme, heading, parent, width=500, height=height)
        self.tools, self.row = tools, row
        self.rows.addWidget(Label(row.task.text, "read"))
        about = " · ".join(part for part in (isolate(row.patient_name), row.due_words, row.detail) if part)
        if about:
            self.rows.addWidget(Label(about, "muted"))
        self._said = Said()
        self.rows.addWidget(self._said)
        self._verbs: list[Button] = []

    def finish(self) -> None:
        """Lay the foot out, under what a dialog of its own has added."""
        self.rows.addStretch(1)
        self.add_close(_("Leave it")).setAutoDefault(False)

    def verb(self, words: str, do: Callable[[], object], role: str = "primary") -> Button:
        """Add a button that keeps."""
        made = self.add_button(LongVerb(words, do, role=role))
        made.setAutoDefault(False)
        self._verbs.append(made)
        return made

    def keep(self, do: Keep, sentence: str) -> None:
        """Keep on the worker; then close, or say what is wrong."""
        for button in self._verbs:
            button.setEnabled(False)

        def done(_task: Task) -> None:
            self.kept.emit(sentence, self.row.task.patient)
            self.accept()

        self.tools.work.submit(self, do, done, self.say)

    def say(self, error: RapportError) -> None:
        """Say what is wrong, and let it be tried again."""
        for button in self._verbs:
            button.setEnabled(True)
        self._said.tell(error)


class KeptDialog(EndDialog):
    """Ticks a promise, with what came of it if that is worth a word."""

    def __init__(self, tools: Tools, row: PromiseRow, parent: QWidget | None) -> None:
        super().__init__(tools, row, _("Kept"), parent, height=320)
        self.words = Field(_("What came of it (may stay empty)"))
        self.words.edit.returnPressed.connect(self.save)
        self.rows.addWidget(self.words)
        self.verb(_("Kept"), self.save)
        self.finish()
        self.words.setFocus()

    def save(self) -> None:
        """Keep it."""
        desk, words = self.tools.desk, self.words.text
        sentence = _("Kept: {promise}").format(promise=self.row.task.text)
        self.keep(lambda: desk.tasks.done(self.row.task.id, outcome=words), sentence)


class NotKeptDialog(EndDialog):
    """Says that it could not be kept, or is not wanted any more, and why."""

    def __init__(self, tools: Tools, row: PromiseRow, parent: QWidget | None) -> None:
        super().__init__(tools, row, _("It could not be kept"), parent, height=570)
        self._group = QButtonGroup(self)
        self._reasons: dict[QRadioButton, TaskReason] = {}
        self.rows.addWidget(Section(_("Why")))
        for reason, words in reasons().items():
            button = QRadioButton()
            self._group.addButton(button)
            self._reasons[button] = reason
            self.rows.addWidget(Worded(button, words))
        self.words = Field(_("In a few words (may stay empty)"))
        self.words.edit.returnPressed.connect(self.save)
        self.rows.addWidget(self.words)
        self.verb(_("It was not kept"), self.save)
        self.finish()
        self.turn_to(next(iter(self._reasons)))

    def choose(self, reason: TaskReason) -> None:
        """Choose why."""
        next(button for button, each in self._reasons.items() if each is reason).click()

    def save(self) -> None:
        """Keep it, or ask for the reason."""
        chosen = self._group.checkedButton()
        if not isinstance(chosen, QRadioButton):
            self.say(BadInput(_("Choose why.")))
            return
        desk, reason, words = self.tools.desk, self._reasons[chosen], self.words.text
        sentence = _("Not kept: {promise}").format(promise=self.row.task.text)
        self.keep(lambda: desk.tasks.not_kept(self.row.task.id, reason, words), sentence)


class WaitDialog(EndDialog):
    """Says what a promise waits for; it stays in the ledger."""

    def __init__(self, tools: Tools, row: PromiseRow, parent: QWidget | None) -> None:
        super().__init__(tools, row, _("It waits"), parent, height=320)
        self.words = Field(_("For whom or what"))
        self.words.edit.returnPressed.connect(self.save)
        self.rows.addWidget(self.words)
        self.verb(_("It waits"), self.save)
        self.finish()
        self.words.setFocus()

    def save(self) -> None:
        """Keep it."""
        desk, words = self.tools.desk, self.words.text
        sentence = _("Waiting: {promise}").format(promise=self.row.task.text)
        self.keep(lambda: desk.tasks.hold(self.row.task.id, words=words), sentence)


class PutOffDialog(EndDialog):
    """Asks for another day: one press for the usual ones, or words as they are said ("Friday", "in 10 days")."""

    def __init__(self, tools: Tools, row: PromiseRow, parent: QWidget | None) -> None:
        super().__init__(tools, row, _("Put it off"), parent, height=360)
        quick = place(self.rows, FlowLayout(gap=8))
        self.quick: list[Button] = []
        for words, said in (
            (_("Tomorrow"), _("tomorrow")), (_("In 3 days"), _("in 3 days")), (_("In a week"), _("in 7 days")),
        ):  # fmt: skip
            button = Button(words, "chip", partial(self._take, said))
            button.setAutoDefault(False)
            self.quick.append(button)
            quick.addWidget(button)
        self.day = Field(_("To which day (Friday, in 10 days, 3 December at 9:30)"))
        self.day.edit.returnPressed.connect(self.save)
        self.rows.addWidget(self.day)
        self.verb(_("Put it off"), self.save)
        self.finish()
        self.day.setFocus()

    def save(self) -> None:
        """Keep it, or say that no day was meant."""
        desk, text, task = self.tools.desk, self.day.text, self.row.task
        put_off = _("Put off: {promise}").format(promise=task.text)
        self.keep(lambda: desk.tasks.put_off_to(task.id, text), put_off)

    def _take(self, said: str) -> None:
        self.day.edit.setText(said)
        self.save()


class HandOnDialog(EndDialog):
    """Asks who keeps it from now on."""

    def __init__(
        self, tools: Tools, row: PromiseRow, parent: QWidget | None, *, colleagues: tuple[str, ...]
    ) -> None:  # fmt: skip
        super().__init__(tools, row, _("Who keeps it?"), parent, height=420)
        self.choices: list[Choice] = []
        for name in colleagues:
            if name != row.task.owner_name:
                choice = Choice(isolate(name), partial(self._hand_on, name))
                self.choices.append(choice)
                self.rows.addWidget(choice)
        self.finish()
        if self.choices:
            self.turn_to(self.choices[0])

    def _hand_on(self, name: str) -> None:
        desk = self.tools.desk
        sentence = _("{name} keeps it now.").format(name=isolate(name))
        self.keep(partial(desk.tasks.hand_on, self.row.task.id, name), sentence)


def made_words(task: Task, clock: Clock) -> str:
    """Return by whom a promise was made, and on which local day."""
    return _("promised by {name}, {day}").format(
        name=isolate(task.recorded_by_name), day=short_date(clock.local(task.recorded_at).date())
    )  # fmt: skip
