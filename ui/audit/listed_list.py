"""A hundred thousand lines scroll as ten do: all rows are as tall as the tallest, and nothing of a name is cut.

So no row has to be measured in order to be passed over.
"""

from heapq import nlargest

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rapportdesk.language import _
from rapportdesk.model.looked import ListedLine
from ui.audit.audit_view import listed_pieces
from ui.audit.listed_model import ListedModel
from ui.look.painting import TextBlock
from ui.rows import RowRole
from ui.theme import Theme
from ui.widgets.lists import List
from ui.widgets.running import words_of

PAD_X, PAD_Y = 12, 6
MEASURED = 24
"""Of all rows so many of those with the most letters are laid out to find the tallest."""


class ListedDelegate(QStyledItemDelegate):
    """Paints one line of the record."""

    def __init__(self, theme: Theme, view: "ListedList") -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room that every row takes."""
        return QSize(0, self._view.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        line = index.data(RowRole.ROW)
        if not isinstance(line, ListedLine):
            return
        rect: QRect = option.rect
        px = self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            keys_here = self._view.hasFocus()
            painter.setPen(QPen(self._theme.colour("accent"), 2) if keys_here else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("selected"))
            painter.drawRoundedRect(QRectF(rect).adjusted(2.5, 1.5, -2.5, -1.5), px(6), px(6))
        y = float(rect.top() + px(PAD_Y))
        for block in self.blocks(line):
            block.draw(painter, rect.left() + px(PAD_X), y)
            y += block.height
        painter.restore()

    def blocks(self, line: ListedLine) -> list[TextBlock]:
        """Return the line laid out at the view's width."""
        width = max(self._view.viewport().width() - 2 * self._theme.px(PAD_X), 1)
        return [TextBlock(*words_of(self._theme, pieces), width=width) for pieces in listed_pieces(line)]


class ListedList(List):
    """The record's lines."""

    def __init__(self, theme: Theme, model: ListedModel, parent: QWidget | None = None) -> None:
        super().__init__(_("The record, newest first"), theme, parent=parent)
        self.row_height = theme.px(24)
        self._longest: list[ListedLine] = []
        self._lines = model
        self._delegate = ListedDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        model.rowsInserted.connect(self._inserted)
        model.modelReset.connect(self._reset)

    def content_height(self) -> int:
        """Return the height of all rows together."""
        return self._lines.rowCount() * self.row_height

    def sizeHint(self) -> QSize:
        """A page of it; the rest scrolls."""
        return QSize(self._theme.px(400), self._theme.px(320))

    def minimumSizeHint(self) -> QSize:
        """Four rows or so."""
        return QSize(self._theme.px(160), self._theme.px(220))

    def lay_out_anew(self) -> None:
        """Find the tallest row again."""
        self._measure()
        super().lay_out_anew()

    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._longest = nlargest(MEASURED, (*self._longest, *self._lines.rows[first : last + 1]), key=_letters)
        before = self.row_height
        self._measure()
        if self.row_height != before:
            super().lay_out_anew()

    def _reset(self) -> None:
        self._longest = []
        self.row_height = self._theme.px(24)

    def _measure(self) -> None:
        heights = (sum(block.height for block in self._delegate.blocks(line)) for line in self._longest)
        tallest = max(heights, default=0.0) + 2 * self._theme.px(PAD_Y)
        self.row_height = max(round(tallest), self._theme.px(24))


def _letters(line: ListedLine) -> int:
    """Return about how long the line is; its day and time are as long in every line."""
    parts = (line.who, line.words, line.patient_name, line.about_name, line.why, *line.roles)
    return sum(map(len, parts)) + 12 * line.failed
