"""Painted words wrap and are never cut: a block of text is laid out to a width and says how tall it came out.

Lists paint their rows through this, so that a long name in any script takes another line and no ellipsis is ever drawn.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QTextLayout, QTextLine, QTextOption

UNBOUNDED = 1e6

_NOT_OWN = re.compile("[^\u0000-\u052f\u1e00-\u1fff]+")
"""What is not Latin, Greek or Cyrillic, all of which Inter has."""

_LEFTWARDS = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters and marks that run from right to left."""


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

    A line is as tall as its own fonts say. Only letters of a script that they lack, which come from another font, make
    it taller: signs, and the invisible marks around a name, do not.

    Args:
        pieces: The text in reading order; pieces follow each other without a space of their own.
        width: The width to wrap at; without one, what the text needs on one line.
    """

    def __init__(self, *pieces: Words, width: float = UNBOUNDED) -> None:
        pieces = tuple(piece for piece in pieces if piece.text) or pieces[:1]
        self._pieces = pieces
        self._spans = list(_spans(pieces))
        self._mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._layout = QTextLayout("".join(piece.text for piece in pieces), pieces[0].font)
        self._layout.setTextOption(_option(self._mirrored))
        if len(pieces) > 1:  # one alone is painted in the layout's font and the painter's colour
            self._layout.setFormats(_formats(pieces))
        self._layout.setCacheEnabled(True)
        self.width = sum(piece.width for piece in pieces) + 1.0 if width >= UNBOUNDED else max(width, 1.0)
        self.size = self._lay_out(self.width)

    @property
    def height(self) -> float:
        """The height of all lines."""
        return self.size.height()

    def serves(self, width: float) -> bool:
        """Whether laying it out at another width would give just the same, so that it need not be done.

        Every line takes as many words as fit: where all lines have room, each ends with the same word. Lines that begin
        at the right move with the width.
        """
        if width == self.width:
            return True
        one_line = self._layout.lineCount() == 1
        stays_left = not self._mirrored and not any(_LEFTWARDS.search(piece.text) for piece in self._pieces)
        return stays_left and self.size.width() <= width and (one_line or width <= self.width)

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Paint the block with its top left corner at (x, y)."""
        painter.setPen(self._pieces[0].colour)
        self._layout.draw(painter, QPointF(x, y))

    def _lay_out(self, width: float) -> QSizeF:
        layout = self._layout
        layout.beginLayout()
        top, widest = 0.0, 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            ascent, height = self._measure(line)
            line.setPosition(QPointF(0, top + ascent - line.ascent()))
            top += height
            widest = max(widest, line.naturalTextWidth())
        layout.endLayout()
        return QSizeF(math.ceil(widest), math.ceil(top))

    def _measure(self, line: QTextLine) -> tuple[float, float]:
        """Return ascent and height of one line by the fonts asked for."""
        start = line.textStart()
        end = start + line.textLength()
        ascent = descent = 0.0
        for first, last, over, under, foreign in self._spans:
            if first < end and last > start:
                ascent, descent = max(ascent, over), max(descent, under)
                if foreign:
                    ascent, descent = max(ascent, line.ascent()), max(descent, line.descent())
        return ascent, ascent + descent


@cache
def _option(mirrored: bool) -> QTextOption:
    """Return how lines wrap: they begin where the window's lines begin, and words run the way they were written."""
    option = QTextOption(Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return option


def _spans(pieces: tuple[Words, ...]) -> Iterator[tuple[int, int, float, float, bool]]:
    """Yield where each piece begins and ends, its font's ascent and descent, and whether another font has letters."""
    at = 0
    for piece in pieces:
        end = at + _utf16_length(piece.text)
        if end > at:
            metrics = QFontMetricsF(piece.font)
            yield at, end, metrics.ascent(), metrics.descent(), _has_letters_of_another_font(piece.text)
        at = end


def _has_letters_of_another_font(text: str) -> bool:
    """Whether Inter lacks a letter or mark of this text."""
    if text.isascii():
        return False
    return any(unicodedata.category(char)[0] in "LMN" for part in _NOT_OWN.findall(text) for char in part)


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
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
