"""Buttons break no lines by themselves: words that may be long are broken here, and nothing of a name is ever cut."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.controls import Button, breakable

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QResizeEvent


class Choice(Button):
    """A name or another line of words to press, as wide as its column; long words go on in the next line.

    Args:
        text: What is chosen; a button breaks no lines by itself, so this one does.
        pressed: Called without arguments when it is pressed.
    """

    def __init__(self, text: str, pressed: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, "choice", pressed, parent=parent)
        self._words = text
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at `width`."""
        lines = len(wrapped(self._words, self.fontMetrics(), width - self._sides()))
        return super().sizeHint().height() + (lines - 1 - self.text().count("\n")) * self.fontMetrics().lineSpacing()

    def minimumSizeHint(self) -> QSize:
        """The longest word decides."""
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in breakable(self._words).split()), default=0)
        return QSize(min(longest, metrics.averageCharWidth() * 16) + self._sides(), 24)

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        lines = wrapped(self._words, self.fontMetrics(), self.width() - self._sides())
        self.setText("\n".join(lines).replace("&", "&&"))

    def _sides(self) -> int:
        return super().sizeHint().width() - max(map(self.fontMetrics().horizontalAdvance, self.text().split("\n")))


def wrapped(text: str, metrics: "QFontMetrics", width: float) -> list[str]:
    """Return `text` in lines no wider than `width`; a word that is wider stands in pieces."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]  # as nearly always; the sign-in is not painted before all its names have been measured
    lines: list[str] = []
    for word in _pieces(text, metrics, width):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(text: str, metrics: "QFontMetrics", width: float) -> Iterator[str]:
    for word in text.split(" "):
        rest = word
        while metrics.horizontalAdvance(rest) > width and len(rest) > 1:
            fits = next((n for n in range(len(rest) - 1, 1, -1) if metrics.horizontalAdvance(rest[:n]) <= width), 1)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest
