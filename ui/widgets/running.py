"""Running text of several looks in one wrapping paragraph: names in bold beside quiet facts, never cut.

It stays a label to Qt's accessibility, with all its words as plain text.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.card.card_view import Piece
from ui.look.bidi import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE
from ui.look.laid_out import LaidOut
from ui.look.painting import TextBlock, Words
from ui.theme import Theme

WIDTHS = 6
"""Widths that Qt tries while it lays out what stands around."""


def words_of(theme: Theme, pieces: Sequence[Piece]) -> list[Words]:
    """Return the pieces in the fonts and colours of the theme in use."""
    return [Words(each.text, theme.font(each.size, each.weight), theme.colour(each.tone)) for each in pieces]


class Running(QLabel):
    """Pieces of text that wrap together.

    Args:
        theme: For fonts and colours; it is painted anew when they change.
        pieces: What it says at first.
    """

    def __init__(self, theme: Theme, pieces: Sequence[Piece] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pieces: tuple[Piece, ...] = ()
        self._laid = LaidOut[TextBlock](theme, WIDTHS)
        self._words = LaidOut[list[Words]](theme, 1)
        self._least = LaidOut[QSize](theme, 1)
        self._wanted = LaidOut[QSize](theme, 1)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "body")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._changed)
        self.say(pieces)

    def say(self, pieces: Sequence[Piece]) -> None:
        """Show other pieces."""
        self._pieces = tuple(pieces)
        for remembered in (self._words, self._laid, self._least, self._wanted):
            remembered.forget()
        plain = "".join(piece.text for piece in pieces)
        self.setText(plain)
        self.setAccessibleName(" ".join(plain.replace("\u2002", ",").replace(" , ", ", ").split()))
        self._changed()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _in_look(self) -> list[Words]:
        return self._words.of("words", lambda: words_of(self._theme, self._pieces))

    def _block(self, width: float) -> TextBlock | None:
        if not self._pieces:
            return None
        width = max(width, 1.0)
        return self._laid.of(
            width, lambda: TextBlock(*self._in_look(), width=width), serves=lambda block: block.serves(width)
        )

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at `width`."""
        block = self._block(width)
        return round(block.height) if block else 0

    def sizeHint(self) -> QSize:
        """On one line."""
        return self._wanted.of("wanted", self._wanted_size)

    def _wanted_size(self) -> QSize:
        width = sum(words.width for words in self._in_look()) + 2
        return QSize(round(width), self.heightForWidth(round(width)))

    def minimumSizeHint(self) -> QSize:
        """The longest word decides, up to what a column can hold."""
        return self._least.of("least", self._least_size)

    def _least_size(self) -> QSize:
        return QSize(min(round(self._widest_word()) + 2, self._theme.px(160)), self._theme.px(16))

    def _widest_word(self) -> float:
        """Return the width of the longest word, or of one that is longer than a column anyway."""
        widest, most = 0.0, self._theme.px(160)
        for words in self._in_look():
            metrics = QFontMetricsF(words.font)
            for part in words.text.replace("\u2002", " ").split(" "):
                bare = part.strip(FIRST_STRONG_ISOLATE + POP_DIRECTIONAL_ISOLATE)
                widest = max(widest, math.ceil(metrics.horizontalAdvance(bare)))
                if widest >= most:
                    return widest
        return widest

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all lines from the top."""
        block = self._block(self.width())
        if block is not None:
            painter = QPainter(self)
            block.draw(painter, QRectF(self.rect()).left(), 0)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Lines run the other way in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._changed()
