"""How plainly something reads, said quietly below the field in which it is typed; it stops nobody.

It waits until the typist pauses and asks the desk then, so that a keystroke costs nothing.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from rapportdesk.language import _
from rapportdesk.model.reading_help import ReadingHelp
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.controls import Label, column

PAUSE_MS = 400
"""How long the typist pauses before anything is said."""
LONG_SENTENCE = 20
"""A sentence of more words is hard to follow."""
MOST_WORDS = 6
"""So many hard words are named at once; the next when these are mended."""
_EASY, _FAIR = 70, 50
"""Flesch Reading Ease from which a text is plain English, and under which it is hard."""


class PlainWords(QWidget):
    """What is said of the text in the field beside it; hidden while that is nothing.

    Args:
        tools: What a screen works with.
        edit: The field.
        ours: Whether what stands in it is in the language in use; of another nothing is said.
    """

    def __init__(
        self, tools: Tools, edit: QPlainTextEdit, parent: QWidget | None = None, *,
        ours: Callable[[], bool] = lambda: True,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._tools, self._edit, self._ours = tools, edit, ours
        self._figure = Label("", "detail")
        self._hard = Label("", "caution")
        rows = column(self, gap=2)
        rows.addWidget(self._figure)
        rows.addWidget(self._hard)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)
        edit.textChanged.connect(self._typed)
        self.setAccessibleName(_("How plainly it reads"))
        self.hide()

    @property
    def said(self) -> str:
        """What is said now; empty while that is nothing."""
        return "" if self.isHidden() else " ".join(filter(None, (self._figure.text(), self._hard.text())))

    def _typed(self) -> None:
        if self._edit.toPlainText().strip():
            self._timer.start()
        else:
            self._timer.stop()
            self.hide()

    def _ask(self) -> None:
        text = self._edit.toPlainText()
        if not self._ours():
            self.hide()
            return
        check = partial(self._tools.desk.plain_words.check, text)
        key = f"plain words {id(self)}"
        self._tools.work.submit(self, check, partial(self._show, text), lambda _error: self.hide(), key=key)

    def _show(self, text: str, found: ReadingHelp) -> None:
        if text != self._edit.toPlainText():
            return  # typed on meanwhile; it is asked again
        figure, hard = figure_words(found), hard_words(found)
        self._figure.say(figure, name=figure)
        self._figure.setVisible(bool(figure))
        self._hard.say(hard, name=hard)
        self._hard.setVisible(bool(hard))
        self.setVisible(bool(figure or hard))


def figure_words(found: ReadingHelp) -> str:
    """Return how easily it reads and how long its longest sentence is, as far as either is known or matters."""
    words = []
    if found.ease is not None:
        plain = _("Easy to read") if found.ease >= _EASY else _("Fairly hard to read")
        if found.ease < _FAIR:
            plain = _("Hard to read")
        words.append(_("{plain}: {ease} of 100.").format(plain=plain, ease=found.ease))
    if found.longest_sentence > LONG_SENTENCE:
        words.append(_("The longest sentence has {count} words.").format(count=found.longest_sentence))
    return " ".join(words)


def hard_words(found: ReadingHelp) -> str:
    """Return the hard words, each with what to say in its place."""
    named = (
        _("“{word}”: perhaps “{plainer}”").format(word=isolate(each.word), plainer=each.plainer)
        for each in found.hard[:MOST_WORDS]
    )
    return "; ".join(named)
