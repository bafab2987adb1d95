"""How to ask about a topic, and what was answered: whoever asks sees first who asked already, and when.

Suggested words are there to be changed; what is typed over them is kept as typed.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, Section, place, row
from ui.widgets.flow import FlowLayout
from ui.wording.wording_bar import watch_field


class AskingPart(Panel):
    """The sentence to ask with, what was asked before, and today's answer.

    Args:
        tools: What a screen works with.

    Attributes:
        before: What was asked before; stands beside the topic itself.
        sentence: How to ask; empty for the usual words.
        answer: What was said just now; empty when it was not asked.
    """

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__("scrolled", margins=(0, 0, 0, 0), gap=8, parent=parent)
        self._sentences: tuple[str, ...] = ()
        self._next = 0
        self.sentence = Field(_("How to ask (empty: the usual words)"))
        self.before = Label("", "caution")
        self.answer = Field(_("Asked today, they said (empty: not asked)"))
        watch_field(tools, self.sentence)
        self.add(Section(_("Asking")), self.sentence)
        self.suggestion = Button(_("Suggest words"), "small", self._suggest_next)
        self.suggestion.setAutoDefault(False)
        row(self.rows, self.suggestion, stretch_last=True)
        self.add(self.answer)
        chips = place(self.rows, FlowLayout(gap=6, row_gap=6))
        for words in (_("yes"), _("not today"), _("would rather not say")):
            chip = Button(words, "small", lambda words=words: self.answer.edit.setText(words))  # type: ignore[misc]  # mypy has no words for a default of a lambda
            chip.setAutoDefault(False)
            chip.setAccessibleName(_("They said: {answer}").format(answer=words))
            chips.addWidget(chip)
        self.suggest(())
        self.show_before(())

    def suggest(self, sentences: Sequence[str]) -> None:
        """Offer `sentences` one after the other; the first is the usual one."""
        self._sentences, self._next = tuple(sentences), 0
        self.suggestion.setEnabled(bool(sentences))

    def show_before(self, asked: Sequence[str]) -> None:
        """Say what was asked before, the newest first; each is one whole line."""
        words = "\n".join(f"{line[:1].upper()}{line[1:]}" for line in asked)
        self.before.say(words, name=words)
        self.before.setVisible(bool(asked))

    def _suggest_next(self) -> None:
        """Put the next suggestion where it can be changed; after the last the first comes again."""
        self.sentence.edit.setText(self._sentences[self._next % len(self._sentences)])
        self._next += 1
