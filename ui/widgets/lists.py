"""A list is as tall as what it lists, up to the room there is; one column, the keyboard's row always visible.

Tab leaves it, arrows move in it, Enter opens, and letters are handed on instead of hunting through the rows.
"""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QWidget

from ui.rows import RowsModel
from ui.theme import Theme

ROWS_AT_ONCE = 12
"""Rows that are laid out before the first paint, where a list says how tall it will ever be."""


class List(QListView):
    """A column of painted rows.

    Args:
        name: What a screen reader calls it.
        theme: Whose changes lay the rows out anew.
        least: How many pixels (scale 1.0) it keeps when room is short.
        most: How many pixels (scale 1.0) it is ever given: rows below are laid out once the first have been painted.

    Signals:
        opened: The index on which Enter was pressed or the mouse clicked.
        typed: Letters that were typed here and belong elsewhere.
    """

    opened = Signal(QModelIndex)
    typed = Signal(str)

    def __init__(
        self, name: str, theme: Theme, *, least: int = 80, most: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._least, self._most = theme, least, most
        if most:
            self.setLayoutMode(QListView.LayoutMode.Batched)
            self.setBatchSize(ROWS_AT_ONCE)
        self.setProperty("role", "list")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setUniformItemSizes(False)
        self.clicked.connect(self.opened)
        theme.changed.connect(self.lay_out_anew)

    def lay_out_anew(self) -> None:
        """Ask every row again how tall it is; after a change of theme, rows or width."""
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()

    def content_height(self) -> int:
        """Return the height of all rows together at the present width, counted no further than `most`."""
        model = self.model()
        height, most = 0, self._theme.px(self._most) if self._most else None
        for at in range(model.rowCount() if model is not None else 0):
            height += self.height_of_row(at)
            if most is not None and height >= most:
                break
        return height

    def height_of_row(self, at: int) -> int:
        """Return the height of one row."""
        return self.sizeHintForIndex(self.model().index(at, 0)).height()

    def sizeHint(self) -> QSize:
        """As tall as what is listed."""
        return QSize(200, self.content_height())

    def minimumSizeHint(self) -> QSize:
        """A few rows, or all of them where there are fewer."""
        return QSize(self._theme.px(120), min(self.content_height(), self._theme.px(self._least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap differently at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay_out_anew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here by key, there is always a row to stand on."""
        super().focusInEvent(event)
        model = self.model()
        # Qt may have made a row current by now, but has not selected it, and only what is selected is seen.
        chosen = self.currentIndex().isValid() and self.selectionModel().isSelected(self.currentIndex())
        if not chosen and isinstance(model, RowsModel):
            able = (model.index(at) for at in range(model.rowCount()))
            first = next((index for index in able if index.flags() & Qt.ItemFlag.ItemIsEnabled), None)
            if first is not None and event.reason() != Qt.FocusReason.MouseFocusReason:
                self.setCurrentIndex(first)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens once; letters go where they belong; the rest is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat() and self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
            return
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font lays the rows out anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange):
            self.lay_out_anew()
