"""Buttons break no lines by themselves: words that may be long are broken here, and nothing of a name is ever cut."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.controls import Button, breakable

Measure = Callable[[str], int]
"""Returns how wide a text is, in device-independent pixels."""


class Measured:
    """The widths of texts in one font, each measured once: a layout asks many times before anything is painted.

    Attributes:
        metrics: The font's.
        heights: What a choice has answered for each width.
    """

    def __init__(self, metrics: QFontMetrics) -> None:
        self.metrics = metrics
        self.heights: dict[int, int] = {}
        self._widths: dict[str, int] = {}

    def width(self, text: str) -> int:
        """Return how wide `text` is on one line."""
        width = self._widths.get(text)
        if width is None:
            width = self._widths[text] = self.metrics.horizontalAdvance(text)
        return width


class Choice(Button):
    """A name or another line of words to press, as wide as its column; long words go on in the next line.

    Args:
        text: What is chosen; a button breaks no lines by itself, so this one does.
        pressed: Called without arguments when it is pressed.
    """

    def __init__(self, text: str, pressed: Callable[[], object] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, "choice", pressed, parent=parent)
        self._words = text
        self._last = Measured(self.fontMetrics())
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at `width`."""
        measured = self._measured()
        if width not in measured.heights:
            room = max(width, self.minimumSizeHint().width()) - self._sides()  # nothing is ever laid out narrower
            more = len(wrapped(self._words, measured.width, room)) - 1 - self.text().count("\n")
            measured.heights[width] = super().sizeHint().height() + more * measured.metrics.lineSpacing()
        return measured.heights[width]

    def minimumSizeHint(self) -> QSize:
        """The longest word decides."""
        measured = self._measured()
        longest = max(map(measured.width, breakable(self._words).split()), default=0)
        return QSize(min(longest, measured.metrics.averageCharWidth() * 16) + self._sides(), 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        lines = wrapped(self._words, self._measured().width, self.width() - self._sides())
        self.setText("\n".join(lines).replace("&", "&&"))

    def _sides(self) -> int:
        return super().sizeHint().width() - max(map(self._measured().width, self.text().split("\n")))

    def _measured(self) -> Measured:
        metrics = self.fontMetrics()
        if metrics != self._last.metrics:
            self._last = Measured(metrics)
        return self._last


class LongVerb(Choice):
    """A verb of several words: on one line where there is room, and else on as many as it takes.

    Args:
        text: The verb.
        pressed: Called without arguments when it is pressed.
        role: As of any button.
    """

    def __init__(
        self,
        text: str,
        pressed: Callable[[], object] | None = None,
        *,
        role: str = "secondary",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, pressed, parent)
        self.setProperty("role", role)

    def sizeHint(self) -> QSize:
        """One line."""
        measured = self._measured()
        return QSize(measured.width(self._words) + self._sides(), super().sizeHint().height() - self._below())

    def _below(self) -> int:
        return self.text().count("\n") * self._measured().metrics.lineSpacing()


def wrapped(text: str, measure: Measure, width: float) -> list[str]:
    """Return `text` in lines no wider than `width`; a word that is wider stands in pieces."""
    if measure(text) <= width:
        return [text]
    lines: list[str] = []
    for word in _pieces(text, measure, width):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(text: str, measure: Measure, width: float) -> Iterator[str]:
    for word in text.split(" "):
        rest = word
        while measure(rest) > width and len(rest) > 1:
            fits = next((n for n in range(len(rest) - 1, 1, -1) if measure(rest[:n]) <= width), 1)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest
