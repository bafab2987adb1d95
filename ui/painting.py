"""Painted words wrap and are never cut: a block of text is laid out to a width and says how tall it came out.

Lists paint their rows through this, so that a long name in any script takes another line and no ellipsis is ever drawn.
"""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QTextLayout, QTextOption

UNBOUNDED = 1e6


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text in one font and one colour."""

    text: str
    font: QFont
    colour: QColor

    @property
    def width(self) -> float:
        """The width of the text on one line."""
        return math.ceil(QFontMetricsF(self.font).horizontalAdvance(self.text))


class TextBlock:
    """Pieces of text that run on one after the other and wrap together.

    Args:
        pieces: The text in reading order; pieces follow each other without a space of their own.
        width: The width to wrap at; without one, what the text needs on one line.
        align: Where lines begin.
    """

    def __init__(
        self, *pieces: Words, width: float = UNBOUNDED, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeading
    ) -> None:
        first = pieces[0]
        self._layout = QTextLayout("".join(piece.text for piece in pieces), first.font)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(QGuiApplication.layoutDirection())
        self._layout.setTextOption(option)
        self._layout.setFormats(_formats(pieces))
        self._layout.setCacheEnabled(True)
        self.width = self._natural(pieces) if width >= UNBOUNDED else max(width, 1.0)
        self.size = self._lay_out(self.width)
        self._colour = first.colour

    @staticmethod
    def _natural(pieces: tuple[Words, ...]) -> float:
        return sum(piece.width for piece in pieces) + 1.0

    def _lay_out(self, width: float) -> QSizeF:
        self._layout.beginLayout()
        top, widest = 0.0, 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
            widest = max(widest, line.naturalTextWidth())
        self._layout.endLayout()
        return QSizeF(math.ceil(widest), math.ceil(top))

    @property
    def height(self) -> float:
        """The height of all lines."""
        return self.size.height()

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Paint the block with its top left corner at (x, y)."""
        painter.setPen(self._colour)
        self._layout.draw(painter, QPointF(x, y))


def _formats(pieces: tuple[Words, ...]) -> list[QTextLayout.FormatRange]:
    made, at = [], 0
    for piece in pieces:
        piece_range = QTextLayout.FormatRange()
        piece_range.start = at
        piece_range.length = _utf16_length(piece.text)
        piece_range.format.setFont(piece.font)
        piece_range.format.setForeground(piece.colour)
        made.append(piece_range)
        at += piece_range.length
    return made


def _utf16_length(text: str) -> int:
    """Return the length as Qt counts it: a character outside the basic plane is two."""
    return len(text) + sum(char > "\uffff" for char in text)
