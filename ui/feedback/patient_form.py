"""Full-screen, in the patient's hands: large words, a few large buttons, nothing of anybody and no way into the desk.

Only "For staff" leaves it, and that locks: whoever wants to go on has to say their secret. Esc goes one step back, and
closing the window does nothing while it is shown. F9 covers it like everything else, and brings back no more than this.
"""

from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.model.feedback import (
    Answers,
    Experience,
    FeedbackForm,
    FeedbackGiven,
    FeedbackQuestion,
    FormWords,
)
from rapportdesk.model.identity import PatientId
from ui.card.card_view import Piece
from ui.frame.window import HOLDS
from ui.screen import Tools
from ui.theme import set_role
from ui.widgets.choice import Choice
from ui.widgets.controls import Button, Label, Panel, Scroll, column, empty, place, row
from ui.widgets.flow import FlowLayout
from ui.widgets.note_field import NoteField
from ui.widgets.running import Running

WIDEST = 720
QUESTIONS = tuple(FeedbackQuestion)
WORDS, THANKS = len(QUESTIONS), len(QUESTIONS) + 1
"""The steps after the questions."""


@dataclass(slots=True)
class _Said:
    """What they have said so far."""

    answers: dict[FeedbackQuestion, Experience] = field(default_factory=dict)
    why: str = ""
    better: str = ""
    concern: bool = False
    wants_answer: bool = False

    def given(self) -> FeedbackGiven:
        """Return it as it is handed over."""
        answers = Answers(**{question.value: answer for question, answer in self.answers.items()})
        return FeedbackGiven(
            answers=answers, why=self.why, better=self.better, concern=self.concern, wants_answer=self.wants_answer
        )


class PatientForm(QWidget):
    """The form of one person.

    Args:
        tools: What a screen works with.
        form: What it says, and what may be asked.
        patient_id: Who answers; never shown.

    Signals:
        leave_wanted: Somebody of the staff is to come back; lock.
        sent: What they said has been kept.
    """

    leave_wanted = Signal()
    sent = Signal()

    def __init__(self, tools: Tools, form: FeedbackForm, patient_id: PatientId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools, self._form, self._patient_id = tools, form, patient_id
        self._words: FormWords = form.languages[0]
        self.step, self._said, self._sending = 0, _Said(), False
        self.setProperty("role", "page")
        self.setProperty(HOLDS, True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.languages: dict[str, Button] = {}
        self.answers: dict[Experience, Choice] = {}
        self.ticks: dict[str, Choice] = {}
        self.fields: dict[str, NoteField] = {}
        self._first: QWidget = self
        self._inside = Panel("page", margins=(0, 0, 0, 0), gap=14)
        whole = Panel("page", margins=(18, 18, 18, 18), gap=18)
        whole.setMaximumWidth(tools.theme.px(WIDEST))
        whole.add(self._inside)
        middle = QWidget()
        row(middle, whole, gap=0)
        rows = column(self, gap=0)
        head = Panel("bar", margins=(18, 8, 18, 8))
        self._head = place(head.rows, FlowLayout(gap=8, row_gap=4))
        self._step = Label("", "muted", wrap=False)
        self._make_languages()
        rows.addWidget(head)
        rows.addWidget(Scroll(middle), 1)
        self.back = Button("", "answer", self.go_back)
        self.next = Button("", "answer-next", self.go_on)
        line = place(whole.rows, FlowLayout(gap=12, row_gap=8))
        line.addWidget(self.back)
        line.addWidget(self.next)
        whole.rows.addStretch(1)
        foot = Panel("bar", margins=(18, 4, 18, 4))
        self.leave = Button("", "link", self.leave_wanted.emit)
        row(foot.rows, self.leave, stretch_last=True)
        rows.addWidget(foot)
        self._show()

    def speak(self, language: str) -> None:
        """Say everything in another language; what has been said so far stays."""
        self._take_words()
        self._words = next(each for each in self._form.languages if each.language == language)
        self._show()

    def answer(self, experience: Experience) -> None:
        """Take an answer to the question that is shown."""
        self._said.answers[QUESTIONS[self.step]] = experience
        self.next.setEnabled(True)

    def go_on(self) -> None:
        """Go to the next step, or send."""
        self._take_words()
        if self.step < WORDS:
            self.step += 1
            self._show()
        elif self.step == WORDS and not self._sending:
            self._sending = True
            self.next.setEnabled(False)
            give = partial(self._tools.desk.feedback.give, self._said.given(), self._patient_id)
            self._tools.work.submit(self, give, lambda _none: self._sent(), self._not_sent)

    def go_back(self) -> None:
        """Go to the step before, until it has been sent."""
        if 0 < self.step < THANKS and not self._sending:
            self._take_words()
            self.step -= 1
            self._show()

    def _make_languages(self) -> None:
        if len(self._form.languages) > 1:
            group = QButtonGroup(self)
            for words in self._form.languages:
                button = Button(words.own_name, "answer-language", partial(self.speak, words.language))
                button.setCheckable(True)
                group.addButton(button)
                self.languages[words.language] = button
                self._head.addWidget(button)
        self._head.addWidget(self._step)

    def _show(self) -> None:
        words = self._words
        direction = Qt.LayoutDirection.RightToLeft if words.right_to_left else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(direction)
        self.setAccessibleName(words.heading)
        for language, button in self.languages.items():
            button.setChecked(language == words.language)
            button.setVisible(self.step < THANKS)
        step = "" if self.step == THANKS else words.step.format(step=self.step + 1, steps=THANKS)
        self._step.say(step, name=step)
        for button, text in ((self.back, words.back), (self.next, words.next), (self.leave, words.staff)):
            button.setText(text.replace("&", "&&"))
            button.setAccessibleName(text)
        if self.step == WORDS:
            self.next.setText(words.send.replace("&", "&&"))
            self.next.setAccessibleName(words.send)
        self.back.setVisible(0 < self.step < THANKS)
        self.next.setVisible(self.step < THANKS)
        self.next.setEnabled(self.step == WORDS or QUESTIONS[min(self.step, WORDS - 1)] in self._said.answers)
        empty(self._inside.rows)
        self.answers, self.ticks, self.fields = {}, {}, {}
        first = self._question() if self.step < WORDS else self._own_words() if self.step == WORDS else self._thanks()
        inside = (*self.answers.values(), *self.fields.values(), *self.ticks.values())
        for widget in inside:
            widget.show()  # what is not shown yet takes no focus
        for one, other in pairwise((*self.languages.values(), *inside, self.back, self.next, self.leave)):
            self.setTabOrder(one, other)
        self._first = first
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _question(self) -> QWidget:
        question = QUESTIONS[self.step]
        asked = dict(self._words.questions)[question]
        self._inside.add(Running(self._tools.theme, [Piece(asked, 26, 700)]))
        group = QButtonGroup(self._inside)
        for experience, words in self._words.answers:
            button = self._large(words)
            button.setChecked(self._said.answers.get(question) is experience)
            button.clicked.connect(partial(self._pressed, experience))
            group.addButton(button)
            self.answers[experience] = button
            self._inside.add(button)
        return group.checkedButton() or next(iter(self.answers.values()))

    def _own_words(self) -> QWidget:
        words, theme = self._words, self._tools.theme
        for name, label in (("why", words.why), ("better", words.better)):
            about = Label(label, "read")
            field_of = NoteField(theme, label)
            about.setBuddy(field_of)
            frame = Panel("quick-line", margins=(12, 8, 12, 8))
            frame.add(field_of)
            field_of.start_with(getattr(self._said, name))
            field_of.entered.connect(partial(field_of.insertPlainText, "\n"))
            field_of.focused.connect(partial(_dress, frame))
            self.fields[name] = field_of
            self._inside.add(about, frame)
        offered = [("concern", words.concern)]
        if self._form.may_be_named:
            offered.append(("wants_answer", words.wants_answer))
        for name, label in offered:
            tick = self._large(label)
            tick.toggled.connect(partial(self._mark, tick))
            tick.setChecked(getattr(self._said, name))
            self._mark(tick, tick.isChecked())
            self.ticks[name] = tick
            self._inside.add(tick)
        self._inside.add(Label(words.anonymous, "read"))
        return self.fields["why"]

    def _thanks(self) -> QWidget:
        words = self._words
        self._inside.add(Running(self._tools.theme, [Piece(words.thanks, 30, 700)]))
        if self._said.wants_answer:
            self._inside.add(Label(words.answer_follows, "lead"))
        if self._form.review_address:
            self._inside.add(Label(words.invitation.format(address=self._form.review_address), "lead"))
        self._inside.add(Label(words.hand_back, "lead"))
        return self.leave

    def _large(self, words: str) -> Choice:
        button = Choice(words)
        set_role(button, "answer")
        button.setCheckable(True)
        button.setAutoDefault(False)
        return button

    def _mark(self, tick: Choice, on: bool) -> None:
        """Have a sign say it too, and not the colour alone."""
        theme = self._tools.theme
        tick.setIcon(theme.icon("square-check" if on else "square", "on_accent" if on else "text", 22))
        tick.setIconSize(QSize(theme.px(22), theme.px(22)))

    def _pressed(self, experience: Experience, _checked: bool = False) -> None:
        self.answer(experience)

    def _take_words(self) -> None:
        for name, field_of in self.fields.items():
            setattr(self._said, name, field_of.text)
        for name, tick in self.ticks.items():
            setattr(self._said, name, tick.isChecked())

    def _sent(self) -> None:
        self._sending = False
        self.step = THANKS
        self._show()
        self._said = _Said()  # nothing of it stays on a screen that others pass by
        self.sent.emit()

    def _not_sent(self, _error: RapportError) -> None:
        self._sending = False
        self.next.setEnabled(True)
        self._step.say(self._words.not_kept, name=self._words.not_kept)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever puts the keys into the whole page puts them where it begins; as a focus proxy that would trap Tab."""
        super().focusInEvent(event)
        if self._first is not self:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back; no other key does anything by itself."""
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.go_back()


def _dress(frame: Panel, here: bool) -> None:
    set_role(frame, "quick-line-active" if here else "quick-line")
