"""Every personal question: what is known, who asked and when, or the sentence to ask it with.

"Would rather not say" is one press, and takes the question away for good.
"""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.question import Answer, QuestionState
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, empty, place, row
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.whose import Whose


class QuestionsDialog(Dialog):
    """The list of questions for one patient.

    Signals:
        saved: The patient's id.
        command_wanted: Id of a command: what each person may hear is taken down among the people.
    """

    saved = Signal(str)
    command_wanted = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("What to ask, and what was asked"), parent, width=620, height=640)
        self._tools, self._patient_id = tools, patient_id
        self.questions: dict[str, QuestionRow] = {}
        self._whose = Whose()
        self._said = Said()
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=14)
        self.rows.addWidget(self._whose)
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._list)
        self.rows.addStretch(1)
        self._close = self.add_close()
        desk = tools.desk
        tools.work.submit(self, lambda: desk.people.get(patient_id), self._whose.show_patient, self._problem)
        self._ask(None)

    def record(self, question: str, answer: Answer, said: str = "") -> None:
        """Keep what came of asking."""
        desk, patient_id = self._tools.desk, self._patient_id
        self._said.hide()
        keep = partial(desk.questions.record, patient_id, question, answer, said)
        self._tools.work.submit(self, keep, lambda _none: self._recorded(question), self._problem)

    def _ask(self, after: str | None) -> None:
        ask = partial(self._tools.desk.questions.of, self._patient_id)
        self._tools.work.submit(self, ask, partial(self._show, after), self._problem)

    def _show(self, after: str | None, states: tuple[QuestionState, ...]) -> None:
        empty(self._list.rows)
        open_first = sorted(states, key=lambda state: not state.sentence)
        self.questions = {state.id: QuestionRow(self, state) for state in open_first}
        self._list.add(*self.questions.values())
        if not states:
            self._list.add(Label(_("There is nothing to ask."), "muted"))
        self._stand_on(after, states)

    def _stand_on(self, after: str | None, states: tuple[QuestionState, ...]) -> None:
        """Put the keyboard on the question after the one that was answered, or on the first."""
        order = [state.id for state in states]
        begin = order.index(after) + 1 if after in order else 0
        following = [self.questions[each] for each in order[begin:] + order[:begin]]
        first = next((each.first for each in following if each.first is not None), self._close)
        self.turn_to(first)

    def _recorded(self, question: str) -> None:
        self.saved.emit(self._patient_id)
        self._ask(question)

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)


class QuestionRow(QWidget):
    """One question: what it is about, where it stands, and while it may be asked how to ask it.

    Attributes:
        first: What the keyboard comes to first; None when there is nothing to do.
    """

    def __init__(self, dialog: QuestionsDialog, state: QuestionState) -> None:
        super().__init__()
        self._dialog, self._state = dialog, state
        self.first: Button | None = None
        self.field = Field(_("They said"))
        self._rows = Panel("scrolled", margins=(0, 0, 0, 0), gap=4, parent=self)
        row(self, self._rows, gap=0)
        self._rows.add(Label(_begun(state.name), "name-strong"))
        if state.sentence:
            if state.state != _("Never asked"):
                self._rows.add(Label(state.state, "muted"))
            self._rows.add(Label(state.sentence, "body"))
            self._add_answers()
        else:
            self._rows.add(Label(state.state, "caution" if state.declined else "body"))

    def answer(self) -> None:
        """Have the answer typed, or taken down where it belongs."""
        if not self._state.can_be_typed:
            self._dialog.accept()
            self._dialog.command_wanted.emit("person.edit")
        elif self.field.isHidden():
            self.field.show()
            self.field.edit.setFocus()
        elif not self.field.text.strip():
            self.field.say_problem(_("Type their answer."))
            self.field.edit.setFocus()
        else:
            self._dialog.record(self._state.id, Answer.ANSWERED, self.field.text)

    def _add_answers(self) -> None:
        self.field.edit.returnPressed.connect(self.answer)
        self.field.hide()
        self._rows.add(self.field)
        line = place(self._rows.rows, FlowLayout(gap=8, row_gap=6))
        none = _("None") if self._state.can_be_typed else _("Nobody")
        nothing = ((none, lambda: self._dialog.record(self._state.id, Answer.NONE)),)
        for words, do in (
            (_("They said…"), self.answer),
            *(nothing if self._state.may_be_none else ()),
            (_("Would rather not say"), lambda: self._dialog.record(self._state.id, Answer.DECLINED)),
            (_("Not today"), lambda: self._dialog.record(self._state.id, Answer.NOT_TODAY)),
        ):
            name = _("{answer}: {question}").format(answer=words, question=self._state.name)
            button = Button(words, "small", do, name=name)
            button.setAutoDefault(False)
            line.addWidget(button)
            self.first = self.first or button


def _begun(words: str) -> str:
    """Return words as they begin a line."""
    return f"{words[:1].upper()}{words[1:]}"
