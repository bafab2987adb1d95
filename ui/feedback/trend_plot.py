"""The share of good answers by month, as bars; what may not be said exactly is hatched, what may not be said is blank.

It is a picture of the table beside it and shows nothing that the table does not say.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rapportdesk.language import _
from rapportdesk.model.feedback import Share, TrendCell
from ui.feedback.trend_view import AT_LEAST, month_words, number_words
from ui.theme import Theme

MOST_MONTHS = 12
HEIGHT = 210


class TrendPlot(QWidget):
    """Bars for one question.

    Args:
        theme: For fonts and colours.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: tuple[TrendCell, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Good or very good answers by month, as bars; the table says the same"))
        theme.changed.connect(self._changed)

    def show_cells(self, cells: Sequence[TrendCell]) -> None:
        """Show the last year of one question, oldest month first."""
        self._cells = tuple(cells)[-MOST_MONTHS:]
        self._changed()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self._theme.px(320), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow bars can still be told apart."""
        return QSize(self._theme.px(120), self._theme.px(HEIGHT))

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a grid of quarters, and a bar for each month."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(11, 500))
        line = painter.fontMetrics().lineSpacing()
        scale = painter.fontMetrics().horizontalAdvance("100 %") + self._theme.px(8)
        room = QRectF(scale, line * 1.2, self.width() - scale - 2, self.height() - 2.6 * line)
        self._grid(painter, room)
        width = room.width() / max(len(self._cells), 1)
        for number, cell in enumerate(self._cells):
            at = len(self._cells) - 1 - number if self.isRightToLeft() else number
            self._bar(painter, cell, QRectF(room.left() + at * width, room.top(), width, room.height()))
        painter.end()

    def _grid(self, painter: QPainter, room: QRectF) -> None:
        for percent in (0, 50, 100):
            y = room.bottom() - room.height() * percent / 100
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(int(room.left()), int(y), int(room.right()), int(y))
            painter.setPen(self._theme.colour("muted"))
            place = QRectF(0, y - room.top() / 2, room.left() - self._theme.px(6), room.top())
            words = _("{percent} %").format(percent=percent)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _bar(self, painter: QPainter, cell: TrendCell, place: QRectF) -> None:
        accent = self._theme.colour("accent")
        bar = place.adjusted(place.width() * 0.2, 0, -place.width() * 0.2, 0)
        bar.setWidth(min(bar.width(), self._theme.px(56)))
        bar.moveLeft(place.center().x() - bar.width() / 2)
        sure, perhaps = _reach(cell)
        _fill(painter, bar, 0.0, sure, QBrush(accent))
        _fill(painter, bar, sure, perhaps, _hatched(accent))
        self._words(painter, cell, place, top=bar.bottom() - bar.height() * max(sure, perhaps))

    def _words(self, painter: QPainter, cell: TrendCell, place: QRectF, *, top: float) -> None:
        metrics = painter.fontMetrics()
        number = _("< {count}").format(count=AT_LEAST) if cell.answers is None else number_words(cell)
        month = month_words(cell, short=True)
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.setPen(self._theme.colour("text"))
        if metrics.horizontalAdvance(number) <= place.width():
            above = QRectF(place.left(), top - metrics.lineSpacing() - 2, place.width(), metrics.lineSpacing())
            painter.drawText(above, middle, number)
        if metrics.horizontalAdvance(month) > place.width():
            month = month[:1]
        below = QRectF(place.left(), place.bottom() + 2, place.width(), metrics.lineSpacing())
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(below, middle, month)


def _reach(cell: TrendCell) -> tuple[float, float]:
    """Return from where on, and up to where, the share of good answers may lie; nothing where it is not told."""
    number = cell.answers or 0
    match cell.share:
        case Share.EXACT if cell.good is not None:
            return cell.good / number, cell.good / number
        case Share.FEW_OTHERS:
            return (number - AT_LEAST + 1) / number, 1.0
        case Share.FEW_GOOD:
            return 0.0, (AT_LEAST - 1) / number
    return 0.0, 0.0


def _hatched(colour: QColor) -> QBrush:
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)


def _fill(painter: QPainter, bar: QRectF, begin: float, end: float, brush: QBrush) -> None:
    if end <= begin:
        return
    part = QRectF(bar.left(), bar.bottom() - bar.height() * end, bar.width(), bar.height() * (end - begin))
    painter.fillRect(part, brush)
    painter.setPen(QPen(brush.color(), 1.5))
    painter.drawRect(part)
