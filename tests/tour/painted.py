"""What a widget paints by itself, as texts with their places: it paints on a sheet that keeps text as text."""

from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QPoint, QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

_SVG = "{http://www.w3.org/2000/svg}"
SLACK = 2.0
"""Pixels by which rounding and overhanging letters may differ."""


@dataclass(frozen=True, slots=True)
class Painted:
    """One run of text and where its letters stand."""

    text: str
    place: QRectF


def painted(widget: QWidget) -> list[Painted]:
    """Return every text that `widget` paints, in its own coordinates."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    sheet = QSvgGenerator()
    sheet.setOutputDevice(buffer)
    sheet.setSize(widget.size())
    sheet.setResolution(96)
    widget.render(sheet, QPoint(0, 0))
    del sheet  # it writes its end when it goes
    root = ElementTree.fromstring(bytes(buffer.data().data()))  # noqa: S314  # written by Qt a line above
    return [_text(node) for node in root.iter(f"{_SVG}text") if (node.text or "").strip()]


def _text(node: ElementTree.Element) -> Painted:
    font = QFont()
    font.setFamilies(node.attrib["font-family"].split(","))
    size = float(node.attrib["font-size"])
    font.setPixelSize(round(size))
    font.setWeight(QFont.Weight(int(node.attrib["font-weight"])))
    words = (node.text or "").rstrip()
    width = QFontMetricsF(font).horizontalAdvance(words)
    x, y = float(node.attrib["x"]), float(node.attrib["y"])
    return Painted(words, QRectF(x, y - 0.72 * size, width, 0.74 * size))


def beside_the_room(texts: list[Painted], width: float) -> list[Painted]:
    """Return the texts that stick out of a column of `width` at either side."""
    return [each for each in texts if each.place.left() < -SLACK or each.place.right() > width + SLACK]


def on_each_other(texts: list[Painted]) -> list[tuple[Painted, Painted]]:
    """Return the pairs of texts that lie on each other."""
    pairs = []
    for one, other in combinations(texts, 2):
        both = one.place.intersected(other.place)
        if both.width() > SLACK and both.height() > SLACK:
            pairs.append((one, other))
    return pairs
