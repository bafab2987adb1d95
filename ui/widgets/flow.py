"""Widgets in a line that goes on in the next row when the window is narrow, so that none of them is cut.

After Qt's own "Flow Layout" example, with gaps that are the same in both directions; mirrored where the language is.
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """A layout along the line with as many rows as it takes.

    Args:
        gap: Between neighbours, in pixels.
        row_gap: Between rows, in pixels.
        stand: Where lower ones stand in their row: at its top, in its middle or at its foot.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 8,
        row_gap: int = 6,
        stand: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        self._heights: dict[int, int] = {}
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._row_gap, self._stand = gap, row_gap, stand
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Append an item."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one item, or None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return one item, or None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It never asks for more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at `width`; each layout around it asks several times for the same."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured: something in it is not as large as it was."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Everything in one row."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return self._with_margins(QSize(width, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        """The widest item decides."""
        size = QSize(0, 0)
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return self._with_margins(size)

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        inner = rect.marginsRemoved(self.contentsMargins())
        row: list[tuple[QLayoutItem, QSize]] = []
        x, y, height = inner.x(), inner.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = _wanted(item).boundedTo(QSize(inner.width(), 1 << 20)).expandedTo(item.minimumSize())
            if item.hasHeightForWidth():
                high = item.heightForWidth(size.width())
                size.setHeight(high if _wraps(item) else max(size.height(), high))
            if row and x + size.width() > inner.right() + 1:
                self._place(row, inner, y, height, move=move)
                row, x, y, height = [], inner.x(), y + height + self._row_gap, 0
            row.append((item, size))
            x += size.width() + self._gap
            height = max(height, size.height())
        self._place(row, inner, y, height, move=move)
        return y + height - rect.y() + self.contentsMargins().bottom()

    def _above(self, free: int) -> int:
        if self._stand is Qt.AlignmentFlag.AlignTop:
            return 0
        return free if self._stand is Qt.AlignmentFlag.AlignBottom else free // 2

    def _place(self, row: list[tuple[QLayoutItem, QSize]], inner: QRect, y: int, height: int, *, move: bool) -> None:
        if not move:
            return
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = inner.x()
        for item, size in row:
            left = inner.right() + 1 - (x - inner.x()) - size.width() if mirrored else x
            item.setGeometry(QRect(QPoint(left, y + self._above(height - size.height())), size))
            x += size.width() + self._gap


def _wraps(item: QLayoutItem) -> bool:
    label = item.widget()
    return isinstance(label, QLabel) and label.wordWrap()


def _wanted(item: QLayoutItem) -> QSize:
    """Return how large an item would be; words that may wrap stand on one line as long as there is room for it.

    By itself a label that wraps asks for a block of a pleasing shape, and breaks beside empty ground.
    """
    size, label = item.sizeHint(), item.widget()
    if not _wraps(item) or not isinstance(label, QLabel):
        return size
    label.ensurePolished()
    words = max(map(label.fontMetrics().horizontalAdvance, label.text().split("\n")))
    margins = label.contentsMargins()
    return QSize(max(size.width(), words + 2 + margins.left() + margins.right()), size.height())
