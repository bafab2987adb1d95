"""What a reader would miss: text cut off, squeezed, lying on other text, or standing where no scrolling reaches it.

Every widget that shows text is asked how much room its words need at the width it was given, and whether all of that
room can be seen. A column that scrolls may hold more than its view; anything else may not.
"""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionViewItem,
    QWidget,
)

from tests.tour.painted import beside_the_room, on_each_other, painted
from ui.frame.body import Body
from ui.messages import Messages
from ui.rows import NowLine
from ui.search.search import SearchScreen
from ui.today.today_list import TodayList

SLACK = 1
"""Pixels by which rounding may differ."""


def faults(top: QWidget) -> list[str]:
    """Return every fault of what is shown in `top`, each as a sentence; empty when all of it can be read."""
    shown = [widget for widget in top.findChildren(QWidget) if widget.isVisible() and widget.window() is top]
    texts = [widget for widget in shown if _says(widget)]
    found = [sentence for widget in texts for sentence in _cut(widget)]
    found += [sentence for widget in texts for sentence in _out_of_sight(widget, top)]
    found += [sentence for widget in shown for sentence in _squeezed(widget)]
    found += _overlapping(texts, top)
    found += [f"{name_of(each)} would take a patient's words for markup" for each in shown if _takes_markup(each)]
    if isinstance(top, QMenu) and not _fits(top.sizeHint(), top.size()):
        found.append(f"the menu is cut: {top.size().toTuple()} of {top.sizeHint().toTuple()}")
    return found


def _takes_markup(widget: QWidget) -> bool:
    """Say whether a label would show `<b>` as bold, and fetch what an `<img>` names."""
    return isinstance(widget, QLabel) and bool(widget.text()) and widget.textFormat() is not Qt.TextFormat.PlainText


def name_of(widget: QWidget) -> str:
    """Return how a report calls a widget: its class and what it says."""
    words = " ".join((_says(widget) or widget.accessibleName() or widget.objectName()).split())
    return f"{type(widget).__name__} “{words[:60]}”"


def _says(widget: QWidget) -> str:
    """Return the words a widget shows; empty for one that shows none of its own."""
    if isinstance(widget.parentWidget(), QComboBox):
        return ""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText() or widget.placeholderText()
    return ""


def _fits(needed: QSize, given: QSize) -> bool:
    return needed.width() <= given.width() + SLACK and needed.height() <= given.height() + SLACK


def _cut(widget: QWidget) -> Iterator[str]:
    """Find words that need more room than the widget has."""
    needed, given = _needed(widget), widget.size()
    if isinstance(widget, QLineEdit):
        option = QStyleOptionFrame()
        option.initFrom(widget)
        given = widget.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, widget).size()
    elif isinstance(widget, QComboBox):
        box = QStyleOptionComboBox()
        box.initFrom(widget)
        part = QStyle.SubControl.SC_ComboBoxEditField
        given = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, box, part, widget).size()
    elif isinstance(widget, QPlainTextEdit):
        given = widget.viewport().size()
    if not _fits(needed, given):
        yield f"{name_of(widget)} is cut: it needs {needed.toTuple()} and has {given.toTuple()}"


def _needed(widget: QWidget) -> QSize:
    """Return the room a widget's words need at its present width."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLineEdit):
        words = "" if widget.text() else widget.placeholderText()  # what is typed scrolls with the caret
        return QSize(metrics.horizontalAdvance(words) + (4 if words else 0), metrics.height())
    if isinstance(widget, QComboBox):
        return QSize(metrics.horizontalAdvance(widget.currentText()), metrics.height())
    if isinstance(widget, QPlainTextEdit):
        if widget.toPlainText():
            return QSize(0, metrics.lineSpacing())
        room = QRect(0, 0, widget.viewport().width() - 2, 10_000)
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, widget.placeholderText()).size()
    if widget.hasHeightForWidth():
        least = widget.minimumSizeHint().width() if isinstance(widget, QLabel) else 0
        return QSize(least, widget.heightForWidth(widget.width()))
    if isinstance(widget, QLabel):
        return widget.minimumSizeHint()
    return widget.sizeHint()


def _out_of_sight(widget: QWidget, top: QWidget) -> Iterator[str]:
    """Find words that stick out of what holds them, where no scrolling brings them into sight."""
    seen, inside = widget.rect(), widget
    for holder in _holders(widget, top):
        seen = QRect(inside.mapTo(holder, seen.topLeft()), seen.size())
        inside, room, area = holder, holder.rect(), holder.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is holder:
            if seen.left() < room.left() - SLACK or seen.right() > room.right() + SLACK:
                yield f"{name_of(widget)} sticks out of what scrolls, at the side"
                return
            seen = seen.intersected(room)
            if seen.isEmpty():
                return
        elif not room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(seen):
            yield f"{name_of(widget)} sticks out of {name_of(holder)}: {seen.getRect()} in {room.size().toTuple()}"
            return


def _holders(widget: QWidget, top: QWidget) -> Iterator[QWidget]:
    """Go through what holds a widget, from its parent up to `top`."""
    holder = widget.parentWidget()
    while holder is not None and widget is not top:
        yield holder
        holder = None if holder is top else holder.parentWidget()


def _squeezed(widget: QWidget) -> Iterator[str]:
    """Find a view too low to read in, a row lower than its words, and a layout narrower than it can be."""
    layout = widget.layout()
    if layout is not None:
        # A stack of pages may ask for less than all of its pages together.
        least = widget.minimumSizeHint() if isinstance(widget, QStackedWidget) else layout.totalMinimumSize()
        if widget.width() + SLACK < least.width():
            yield f"{name_of(widget)} is narrower ({widget.width()}) than it can be ({least.width()})"
    lines = 2 * widget.fontMetrics().lineSpacing()
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    if isinstance(widget, QScrollArea) and inside is not None and not inside.visibleRegion().isEmpty():
        high = inside.height()
        if widget.viewport().height() < min(high, lines):
            yield f"{name_of(widget)} shows {widget.viewport().height()} of {high} pixels: too low to read in"
    if isinstance(widget, QListView) and isinstance(widget.parentWidget(), QWidget):
        yield from _low_rows(widget, lines)


def _low_rows(view: QAbstractItemView, lines: int) -> Iterator[str]:
    """Find rows lower than their words, words painted beside or on each other, and a list too low to read in."""
    texts = painted(view.viewport())
    yield from (f"{each.text!r} is cut in {name_of(view)}" for each in beside_the_room(texts, view.viewport().width()))
    for one, other in on_each_other(texts):
        if not {one.text, other.text}.isdisjoint(_now(view)):
            continue  # the line of now lies over the rows at the edge, on a ground of its own
        yield f"{one.text!r} and {other.text!r} lie on each other in {name_of(view)}"
    model = view.model()
    if model is None or isinstance(view.window(), QMenu):
        return
    option = QStyleOptionViewItem()
    whole = 0
    for row in range(model.rowCount(QModelIndex())):
        index = model.index(row, 0)
        needed = view.itemDelegate().sizeHint(option, index).height()
        has = view.visualRect(index).height()
        whole += has
        if has + SLACK < needed:
            yield f"row {row} of {name_of(view)} is {has} pixels high and needs {needed}"
    if whole > view.viewport().height() + SLACK and view.viewport().height() < lines:
        yield f"{name_of(view)} shows {view.viewport().height()} of {whole} pixels: too low to read in"


def _now(view: QAbstractItemView) -> set[str]:
    entries = view.entries if isinstance(view, TodayList) else ()
    return {entry.time for entry in entries if isinstance(entry, NowLine)}


def _overlapping(texts: list[QWidget], top: QWidget) -> list[str]:
    """Find words that lie on other words; what is meant to lie over the page is compared with itself alone."""
    places = [(widget, _in_sight(widget, top), _layer(widget, top)) for widget in texts]
    places = [(widget, place, layer) for widget, place, layer in places if not place.isEmpty()]
    found = []
    for at, (widget, place, layer) in enumerate(places):
        for other, other_place, other_layer in places[at + 1 :]:
            both = place.intersected(other_place)
            related = widget.isAncestorOf(other) or other.isAncestorOf(widget)
            if layer is other_layer and not related and both.width() > SLACK and both.height() > SLACK:
                found.append(f"{name_of(widget)} and {name_of(other)} lie on each other: {both.getRect()}")
    return found


def _in_sight(widget: QWidget, top: QWidget) -> QRect:
    """Return the part of a widget that its holders leave in sight, in the coordinates of `top`."""
    seen = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    for holder in _holders(widget, top):
        seen = seen.intersected(QRect(holder.mapTo(top, QPoint(0, 0)), holder.size()))
    return seen


def _layer(widget: QWidget, top: QWidget) -> QWidget:
    """Return what a widget lies in: the page, or something that is meant to lie over it."""
    inside = widget
    for holder in _holders(widget, top):
        drawer = isinstance(holder, Body) and holder.narrow and holder.drawer is inside
        if isinstance(inside, SearchScreen | Messages) or drawer:
            return inside
        inside = holder
    return top
