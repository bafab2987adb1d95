"""A row of a list is painted as blocks of running text, one below the other; names wrap and are never cut."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.look.laid_out import LaidOut
from ui.look.painting import TextBlock
from ui.rows import RowRole
from ui.theme import Theme
from ui.widgets.lists import List

PAD_X = 12
REMEMBERED = 200
"""Rows that stay laid out: more than any list here shows at once."""


class BlockDelegate(QStyledItemDelegate):
    """Paints rows that are data of one kind; a subclass says what stands in the blocks.

    Args:
        theme: For colours and sizes.
        view: The list; rows are laid out at its width.
        pad_y: Room above and below, at scale 1.0.
    """

    def __init__(self, theme: Theme, view: List, pad_y: float) -> None:
        super().__init__(view)
        self.theme, self._view, self._pad_y = theme, view, pad_y
        self._laid = LaidOut[list[TextBlock]](theme, REMEMBERED)

    def blocks(self, row: Any, width: int) -> list[TextBlock]:
        """Return a row laid out at a width."""
        raise NotImplementedError  # abstract: Qt's metaclass and ABC's cannot be one

    def height_of(self, row: Any) -> int:
        """Return the height that a row takes at the view's width."""
        height = sum(block.height for block in self._laid_out(row)) + 2 * self.theme.px(self._pad_y)
        return max(round(height), self.theme.px(24))

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room a row takes at the view's width."""
        return QSize(0, self.height_of(index.data(RowRole.ROW)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row, and mark it where it is chosen."""
        rect: QRect = option.rect
        px = self.theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            # The keys are in the list itself, or in a field above it that chooses from it.
            keys_here = self._view.hasFocus() or self._view.focusPolicy() is Qt.FocusPolicy.NoFocus
            painter.setPen(QPen(self.theme.colour("accent"), 2) if keys_here else Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("selected"))
            painter.drawRoundedRect(QRectF(rect).adjusted(2.5, 1.5, -2.5, -1.5), px(6), px(6))
        y = float(rect.top() + px(self._pad_y))
        for block in self._laid_out(index.data(RowRole.ROW)):
            block.draw(painter, rect.left() + px(PAD_X), y)
            y += block.height
        painter.restore()

    def _laid_out(self, row: Any) -> list[TextBlock]:
        room = self.room()
        return self._laid.of((row, room), lambda: self.blocks(row, room))

    def room(self) -> int:
        """Return the width at which rows are laid out."""
        return max(self._view.viewport().width() - 2 * self.theme.px(PAD_X), 1)
