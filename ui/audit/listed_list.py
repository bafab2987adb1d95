"""A hundred thousand lines scroll as ten do: all rows are as tall as the tallest, and nothing of a name is cut.

So no row has to be measured in order to be passed over.
"""

from heapq import nlargest
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from rapportdesk.language import _
from rapportdesk.model.looked import ListedLine
from ui.audit.audit_view import listed_pieces
from ui.audit.listed_model import ListedModel
from ui.look.painting import TextBlock
from ui.theme import Theme
from ui.widgets.block_delegate import BlockDelegate
from ui.widgets.lists import List
from ui.widgets.running import words_of

PAD_Y = 6
MEASURED = 24
"""Of all rows so many of those with the most letters are laid out to find the tallest."""


class ListedDelegate(BlockDelegate):
    """Paints one line of the record; all are given the room that the tallest takes."""

    def __init__(self, theme: Theme, view: "ListedList") -> None:
        super().__init__(theme, view, PAD_Y)
        self._list = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room that every row takes."""
        return QSize(0, self._list.row_height)

    def blocks(self, row: Any, width: int) -> list[TextBlock]:
        """Return what was done, when and by whom."""
        line: ListedLine = row
        return [TextBlock(*words_of(self.theme, pieces), width=width) for pieces in listed_pieces(line)]


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
        """As high as it must be; it is given what is left, and the rest scrolls."""
        return QSize(self._theme.px(400), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few rows."""
        return QSize(self._theme.px(160), self._theme.px(130))

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
        self.row_height = max(map(self._delegate.height_of, self._longest), default=self._theme.px(24))


def _letters(line: ListedLine) -> int:
    """Return about how long the line is; its day and time are as long in every line."""
    parts = (line.who, line.words, line.patient_name, line.about_name, line.why, *line.roles)
    return sum(map(len, parts)) + 12 * line.failed
