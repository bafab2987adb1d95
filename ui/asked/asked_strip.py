"""The one place on the card that says what was asked and what never was; it asks for itself when the card is shown."""

from functools import partial

from PySide6.QtCore import Qt, Signal

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.question import QuestionState
from rapportdesk.model.shown import Card
from ui.asked.asked_view import open_questions, summary
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel


class AskedStrip(Panel):
    """A line of words and the way to all questions.

    Signals:
        wanted: All questions are wanted.
    """

    wanted = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__("page", margins=(18, 2, 18, 2), gap=0)
        self._tools = tools
        self._patient: PatientId | None = None
        self.words = Label("", "muted")
        self.all = Button(_("What to ask"), "link", self.wanted.emit)
        self.add(self.words)
        self.rows.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_card(self, card: Card) -> None:
        """Ask for what stands open with the person of `card`."""
        if card.patient.id != self._patient:
            self.hide()
        self._patient = card.patient.id
        ask = partial(self._tools.desk.questions.of, card.patient.id)
        self._tools.work.submit(self, ask, partial(self._show, card.patient.id), key="asked already")

    def show_nobody(self) -> None:
        """Nobody's card is open."""
        self._patient = None
        self.hide()

    def _show(self, patient: PatientId, states: tuple[QuestionState, ...]) -> None:
        if patient != self._patient:
            return
        words = summary(states)
        self.words.say(words, name=words)
        self.all.setText(_("What to ask") if open_questions(states) else _("What was asked"))
        self.setVisible(bool(words))
