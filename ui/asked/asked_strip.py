"""The one place on the card that says what was asked and what never was."""

from rapportdesk.language import _
from rapportdesk.model.question import QuestionState
from ui.asked.asked_view import open_questions, summary
from ui.screen import Tools
from ui.widgets.card_strip import CardStrip


class AskedStrip(CardStrip[tuple[QuestionState, ...]]):
    """A line of words and the way to all questions."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools, _("What to ask"), tools.desk.questions.of, "asked already")

    def summary(self, answer: tuple[QuestionState, ...]) -> str:
        """Return what was asked and what was not, and let the link say which of the two is behind it."""
        self.all.setText(_("What to ask") if open_questions(answer) else _("What was asked"))
        return summary(answer)
