"""Contrast on real screens: every text against its ground, every control's edge against what is beside it.

Measured on pixels, as somebody sees them. A text counts by its full strokes; where one line has several tones, each of
the palette's tones that was painted counts by itself.
"""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from tests.ui.pixels import contrast
from ui.look.palette import Palette

TEXT, CONTROL = 4.5, 3.0
"""WCAG 2.2, 1.4.3 and 1.4.11."""

_TONES = ("text", "muted", "accent", "overdue", "caution", "agreed")
_EDGED = {"secondary", "danger", "small", "choice", "primary"}
_STROKE = 6
"""So many pixels of one colour are a stroke and no accident of smoothing."""


class Picture:
    """The pixels of a window."""

    def __init__(self, top: QWidget) -> None:
        self._top = top
        self._image = top.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        self._pixels = memoryview(self._image.constBits()).cast("I")
        self._width = self._image.bytesPerLine() // 4

    def place(self, widget: QWidget) -> QRect:
        """Return where a widget is, as far as it can be seen."""
        seen = widget.visibleRegion().boundingRect()
        return QRect(widget.mapTo(self._top, seen.topLeft()), seen.size()).intersected(self._image.rect())

    def colours(self, place: QRect) -> Counter[int]:
        """Return how often each colour was painted in a place."""
        counted: Counter[int] = Counter()
        for y in range(place.top(), place.bottom() + 1):
            start = y * self._width + place.left()
            counted.update(self._pixels[start : start + place.width()])
        return counted

    def at(self, point: QPoint) -> QColor:
        """Return the colour of one pixel; of the nearest one where the point lies outside."""
        inside = self._image.rect()
        x = min(max(point.x(), inside.left()), inside.right())
        y = min(max(point.y(), inside.top()), inside.bottom())
        return self._image.pixelColor(x, y)


def faint(top: QWidget, palette: Palette) -> Iterator[str]:
    """Find texts and edges of controls that stand out too little."""
    picture = Picture(top)
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not top or not widget.isEnabled():
            continue
        place = picture.place(widget)
        if isinstance(widget, QListView):
            yield from _rows(widget, picture, palette)
        elif _says(widget) and place.width() > 12 and place.height() > 12:
            inner = place.adjusted(5, 4, -5, -4) if isinstance(widget, QAbstractButton) else place
            yield from _text(_name(widget), picture.colours(inner), palette)
        if place.size() == widget.size():
            yield from _edge(widget, place, picture)


def _says(widget: QWidget) -> bool:
    if isinstance(widget, QLabel | QAbstractButton):
        return bool(widget.text().strip()) and not isinstance(widget, QCheckBox | QRadioButton)
    if isinstance(widget, QLineEdit):
        return bool(widget.text() or widget.placeholderText())
    return isinstance(widget, QPlainTextEdit)


def _text(name: str, colours: Counter[int], palette: Palette) -> Iterator[str]:
    if not colours:
        return
    ground = _colour(colours.most_common(1)[0][0])
    ratio = max(contrast(ground, _colour(each)) for each in colours)
    if ratio < TEXT:
        yield f"{name}: {ratio:.2f} on {ground.name()}"
    for tone in _TONES:
        colour = QColor(palette.colour(tone))
        painted = colours.get(colour.rgb(), 0)
        if painted >= _STROKE and colour != ground and contrast(ground, colour) < TEXT:
            yield f"{name}: {tone} has {contrast(ground, colour):.2f} on {ground.name()}"


def _rows(view: QListView, picture: Picture, palette: Palette) -> Iterator[str]:
    model = view.model()
    shown = picture.place(view.viewport())
    corner = view.viewport().mapTo(view.window(), QPoint(0, 0))
    for row in range(model.rowCount() if model is not None else 0):
        index = view.model().index(row, 0)
        place = view.visualRect(index).translated(corner).intersected(shown)
        if place.height() > 12:
            yield from _text(str(index.data(Qt.ItemDataRole.DisplayRole))[:40], picture.colours(place), palette)


def _edge(widget: QWidget, place: QRect, picture: Picture) -> Iterator[str]:
    """Compare the pixels across the left edge of a control with the one outside."""
    role = widget.property("role")
    button = isinstance(widget, QAbstractButton) and role in _EDGED
    field = isinstance(widget, QLineEdit | QComboBox) and not isinstance(widget.parentWidget(), QComboBox)
    box = isinstance(widget, QCheckBox | QRadioButton)
    panel = role in {"quick-line", "quick-line-active"}
    if not (button or field or box or panel):
        return
    middle = place.center().y()
    side = place.right() if widget.isRightToLeft() else place.left()
    step = -1 if widget.isRightToLeft() else 1
    outside = picture.at(QPoint(side - 2 * step, middle))
    across = [picture.at(QPoint(side + at * step, middle)) for at in range(24 if box else 5)]
    ratio = max(contrast(outside, each) for each in across)
    if ratio < CONTROL:
        yield f"the edge of {_name(widget)}: {ratio:.2f} on {outside.name()}"


def _colour(pixel: int) -> QColor:
    return QColor.fromRgb(pixel & 0xFFFFFF)


def _name(widget: QWidget) -> str:
    words = " ".join((widget.accessibleName() or widget.objectName()).split())
    return f"{type(widget).__name__} “{words[:50]}”"
