"""How a visit, the now-line and a promise are painted; names wrap, and a status that finds no room takes its own line.

Boxes are reckoned from left to right and mirrored at the end, where the layout runs from right to left.
"""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rapportdesk.model.shown import PromiseRow
from rapportdesk.model.task import TaskCode
from ui.look.bidi import isolate
from ui.look.laid_out import Blocks, LaidOut
from ui.look.painting import TextBlock, Words
from ui.rows import NowLine, RowRole, Visit
from ui.theme import Theme
from ui.widgets.block_delegate import REMEMBERED

ROOMY, TIGHT = 40.0, 36.0
"""Heights of a visit of one line: where there is room, and where fourteen must fit."""

NOW_HEIGHT = 17.0
NAME_AT, BOX_AT = 62.0, 26.0
EDGE = 8.0
PILL_PAD = 13.0


@dataclass(frozen=True, slots=True)
class _Laid:
    """One visit laid out to a width; y is from the top of its row.

    Attributes:
        below: The status stands on a line of its own under everything.
        head: How tall the name's line is where the status stands in it and the detail under both; 0 where it stands
            beside both.
    """

    time: TextBlock
    name: TextBlock
    detail: TextBlock | None
    status: TextBlock | None
    below: bool
    head: float
    height: float


class _Rows(QStyledItemDelegate):
    """What painting rows needs of the view: its width, its theme, and which row is current."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._remembered = LaidOut[Any](theme, REMEMBERED)
        # A day is laid out at three widths before it stands: as it was made, with a scroll bar, and without.
        self._lines = Blocks(theme, 4 * REMEMBERED)

    def _width(self) -> int:
        return self._view.viewport().width()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        """Paint the chosen row's ground with its edge, and the ring of the keyboard's focus."""
        px, state = self._theme.px, option.state
        if not state & QStyle.StateFlag.State_Selected:
            return
        box = QRectF(rect).adjusted(0, px(1), 0, -px(1))
        shape = QPainterPath()
        shape.addRoundedRect(box, px(6), px(6))
        painter.fillPath(shape, self._theme.colour("selected"))
        painter.save()
        painter.setClipPath(shape)
        edge = QRectF(box.left(), box.top(), px(3), box.height())
        painter.fillRect(_mirrored(edge, QRectF(rect)), self._theme.colour("accent"))
        painter.restore()
        if self._view.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(6), px(6))


class VisitDelegate(_Rows):
    """Paints Today's rows; `tight` squeezes them when the day is full."""

    tight = False

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room a row takes at the view's width."""
        row = index.data(RowRole.ROW)
        if isinstance(row, NowLine):
            return QSize(0, self._theme.px(NOW_HEIGHT))
        return QSize(0, round(self._lay_out(row).height)) if isinstance(row, Visit) else QSize()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row = index.data(RowRole.ROW)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, NowLine):
            self.paint_now(painter, rect, row)
        elif isinstance(row, Visit):
            self._ground(painter, option, rect)
            self._paint_visit(painter, rect, row)
        painter.restore()

    def paint_now(self, painter: QPainter, rect: QRect, now: NowLine) -> None:
        """Paint the line that says where the day stands."""
        px = self._theme.px
        time = TextBlock(Words(now.time, self._theme.font(11, 700), self._theme.colour("accent")))
        middle = rect.top() + rect.height() // 2
        left = QRectF(rect.left() + px(9), middle - time.height / 2, time.size.width(), time.height)
        place = _mirrored(left, QRectF(rect))
        time.draw(painter, place.x(), place.y())
        start = max(px(59), px(9) + time.size.width() + px(8))
        bar = QRectF(rect.left() + start, middle - px(1), rect.width() - start - px(EDGE), px(2))
        painter.fillRect(_mirrored(bar, QRectF(rect)), self._theme.colour("accent"))

    def _paint_visit(self, painter: QPainter, rect: QRect, visit: Visit) -> None:
        px, laid, whole = self._theme.px, self._lay_out(visit), QRectF(rect)
        first = max(laid.name.height, laid.head)
        block = first + (laid.detail.height if laid.detail else 0)
        if laid.below and laid.status is not None:
            block += self._status_height(visit, laid.status)
        top = rect.top() + (rect.height() - block) / 2
        _draw(painter, laid.time, rect.left() + px(12), rect.top() + (rect.height() - laid.time.height) / 2, whole)
        _draw(painter, laid.name, rect.left() + px(NAME_AT), top + (first - laid.name.height) / 2, whole)
        if laid.detail:
            _draw(painter, laid.detail, rect.left() + px(NAME_AT), top + first, whole)
        if laid.status is None:
            return
        high = self._status_height(visit, laid.status)
        pad = px(PILL_PAD) if visit.loud else 0
        width = laid.status.size.width() + 2 * pad
        if laid.below:
            place = QRectF(rect.left() + px(NAME_AT), top + block - high, width, high)
        else:
            middle = top + laid.head / 2 if laid.head else rect.top() + rect.height() / 2
            place = QRectF(rect.right() + 1 - px(EDGE) - width, middle - high / 2, width, high)
        words = QRectF(place.left() + pad, place.top(), laid.status.width, high)
        place, words = _mirrored(place, whole), _mirrored(words, whole)
        if visit.loud:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawRoundedRect(place, high / 2, high / 2)
        laid.status.draw(painter, words.x(), words.y() + (high - laid.status.height) / 2)

    def _status_height(self, visit: Visit, status: TextBlock) -> float:
        return status.height + self._theme.px(6) if visit.loud else status.height

    def _lay_out(self, visit: Visit) -> _Laid:
        laid: _Laid = self._remembered.of((visit, self._width(), self.tight), lambda: self._laid_out(visit))
        return laid

    def _laid_out(self, visit: Visit) -> _Laid:
        theme, px = self._theme, self._theme.px
        quiet = theme.colour("muted")
        time = self._lines.of(Words(visit.time, theme.font(13, 600), quiet))
        left = max(px(NAME_AT), px(12) + time.size.width() + px(8))
        room = max(self._width() - left - px(EDGE), px(60))
        here = visit.loud
        name_words = Words(
            isolate(visit.row.name), theme.font(13, 600 if here else 500), quiet if visit.grey else theme.colour("text")
        )
        detail_words = Words(visit.row.detail, theme.font(11), quiet)
        status, beside, below = None, room, False
        if visit.status:
            tone = "on_accent" if visit.loud else "muted" if visit.grey else "text"
            words = Words(visit.status, theme.font(12, 600 if visit.loud else 500), theme.colour(tone))
            pad = px(PILL_PAD) if visit.loud else 0
            beside = room - words.width - 2 * pad - px(10)
            below = beside < min(name_words.width, room * 0.45)
            status = self._lines.of(words, width=room - 2 * pad if below else words.width + 1)
        width = room if below else beside
        name = self._lines.of(name_words, width=width)
        wraps = status is not None and not below and detail_words.width > width
        head = self._status_height(visit, status) if wraps and status is not None else 0.0
        detail = self._lines.of(detail_words, width=room if wraps else width) if visit.row.detail else None
        block = max(name.height, head) + (detail.height if detail else 0)
        if below and status is not None:
            block += self._status_height(visit, status)
        return _Laid(time, name, detail, status, below, head, max(px(TIGHT if self.tight else ROOMY), block + px(4)))


class PromiseDelegate(_Rows):
    """Paints promises, each with its box.

    Attributes:
        inset: How far from the edge the boxes stand (scale 1.0), where the list has an edge.
        air: Above the words of a promise and below them (scale 1.0).
    """

    inset, air = 0.0, 2.0

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room a promise takes at the view's width."""
        row = index.data(RowRole.ROW)
        if not isinstance(row, PromiseRow):
            return QSize()
        height = sum(block.height for block in self._blocks(row))
        return QSize(0, max(round(height) + 2 * self._theme.px(self.air), self._theme.px(24)))

    def box(self, rect: QRect) -> QRectF:
        """Return where the box of the row at `rect` is painted."""
        px = self._theme.px
        return _mirrored(
            QRectF(rect.left() + px(1 + self.inset), rect.top() + px(self.air + 3), px(11), px(11)), QRectF(rect)
        )

    def target(self, rect: QRect) -> QRectF:
        """Return where a press ticks the row at `rect`: wide enough for a finger."""
        side = self._theme.px(24)
        box = QRectF(
            rect.left() + self._theme.px(1 + self.inset) - self._theme.px(1), rect.top(), side, max(side, rect.height())
        )
        return _mirrored(box, QRectF(rect))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one promise."""
        row = index.data(RowRole.ROW)
        if not isinstance(row, PromiseRow):
            return
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._view.hasFocus():
            self._ground(painter, option, rect)
        if can_be_ticked(row):
            side = self._theme.px(1)
            painter.fillRect(self.box(rect), self._theme.colour("overdue" if row.overdue else "edge"))
            painter.fillRect(self.box(rect).adjusted(side, side, -side, -side), self._theme.colour("page"))
        left = rect.left() + self._theme.px(BOX_AT + self.inset)
        top = rect.top() + float(self._theme.px(self.air))
        for block in self._blocks(row):
            _draw(painter, block, left, top, QRectF(rect))
            top += block.height
        painter.restore()

    def _blocks(self, row: PromiseRow) -> tuple[TextBlock, ...]:
        key = row, self._width(), self.inset
        blocks: tuple[TextBlock, ...] = self._remembered.of(key, lambda: self._laid_out(row))
        return blocks

    def _laid_out(self, row: PromiseRow) -> tuple[TextBlock, ...]:
        theme = self._theme
        width = max(self._width() - theme.px(BOX_AT + self.inset) - theme.px(EDGE), theme.px(60))
        text = Words(row.task.text, theme.font(13), theme.colour("text"))
        due = theme.font(12, 600 if row.overdue else 400)
        pieces = [Words(row.due_words, due, theme.colour("overdue" if row.overdue else "muted"))]
        rest = [part for part in (_whose(row), row.task.owner_name) if part]
        joined = "".join(f" · {part}" for part in rest) if row.due_words else " · ".join(rest)
        pieces.append(Words(joined, theme.font(12), theme.colour("muted")))
        if not row.detail:
            return self._lines.of(text, width=width), self._lines.of(*pieces, width=width)
        detail = Words(row.detail, theme.font(12), theme.colour("muted"))
        return (
            self._lines.of(text, width=width),
            self._lines.of(*pieces, width=width),
            self._lines.of(detail, width=width),
        )


def can_be_ticked(row: PromiseRow) -> bool:
    """Return whether the promise stands, and is not for a clinician to read."""
    return row.task.is_open and row.task.code is not TaskCode.TELL


def _whose(row: PromiseRow) -> str:
    """Return the patient's name unless the promise itself already says whose it is."""
    said = row.task.text.casefold()
    named = any(part.casefold() in said for part in row.patient_name.split() if len(part) > 1)
    return "" if named else isolate(row.patient_name)


def _mirrored(box: QRectF, within: QRectF) -> QRectF:
    if QGuiApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight:
        return box
    return QRectF(within.left() + within.right() - box.right(), box.top(), box.width(), box.height())


def _draw(painter: QPainter, block: TextBlock, x: float, y: float, within: QRectF) -> None:
    place = _mirrored(QRectF(x, y, block.width, block.height), within)
    block.draw(painter, place.x(), place.y())
