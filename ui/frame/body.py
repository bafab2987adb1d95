"""Today beside what is open; where there is no room for both, Today is a drawer over it.

Wide is what a workstation has (900 pixels at 100 % text); a 480-pixel column, and 200 % text, are narrow.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from rapportdesk.language import _
from ui.theme import Theme
from ui.widgets.controls import Panel
from ui.widgets.pages import Pages

WIDE_FROM = 900
_GAP = 18


class Body(QWidget):
    """Places Today and the main panels.

    Args:
        theme: Sizes grow with its text.
        side_width: Today's width at scale 1.0 when both are seen.

    Signals:
        narrow_changed: Whether there is room for one column only.
    """

    narrow_changed = Signal(bool)

    def __init__(self, theme: Theme, side_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._side_width = theme, side_width
        self.narrow: bool | None = None
        self.main = Pages(self)
        self.drawer = Panel("page", margins=(0, 0, 0, 0), gap=0, parent=self)
        self.drawer.setAccessibleName(_("Today"))
        self._side: QWidget = self.drawer
        # A border of the drawer itself would leave its margins behind when it is a drawer no more.
        self._edge = QFrame(self.drawer)
        self._edge.setProperty("role", "drawer-edge")
        self._edge.hide()
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.drawer)
        self._line.addWidget(self.main, 1)
        self.drawer_open = False
        theme.changed.connect(self.arrange)

    def put_aside(self, side: QWidget) -> None:
        """Let Today stand in the drawer; its lists scroll by themselves, so that the line of now stays in sight."""
        self._side = side
        self.drawer.add(side)

    def open_drawer(self) -> None:
        """Bring Today in front, where it is a drawer, and give it the keys."""
        if self.narrow:
            self.drawer_open = True
            self._place_drawer()
        self._side.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_drawer(self) -> bool:
        """Put Today away where it is a drawer; return whether it was open."""
        was_open, self.drawer_open = self.drawer_open, False
        if self.narrow:
            self.drawer.hide()
        return was_open

    def arrange(self) -> None:
        """Choose between one column and two for the present width and text."""
        narrow = self.width() < self._theme.px(WIDE_FROM)
        px = self._theme.px
        changed, self.narrow = narrow != self.narrow, narrow
        if narrow:
            self._line.setContentsMargins(10, px(8), 10, px(8))
            if changed:
                self._line.removeWidget(self.drawer)
                self.drawer.setMinimumWidth(0)
                self.drawer.setMaximumWidth(1 << 20)
                self.drawer.hide()
                self.drawer_open = False
            self._place_drawer()
        else:
            self._line.setContentsMargins(px(18), px(14), px(18), px(14))
            self._line.setSpacing(px(_GAP))
            self._edge.hide()
            self.drawer.setFixedWidth(px(self._side_width))
            self.drawer.rows.setContentsMargins(0, 0, 0, 0)
            if changed:
                self._line.insertWidget(0, self.drawer)
                self.drawer.show()
        if changed:
            self.narrow_changed.emit(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the layout anew."""
        super().resizeEvent(event)
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the drawer away."""
        if event.key() == Qt.Key.Key_Escape and self.close_drawer():
            self.main.setFocus()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """A language written the other way mirrors the drawer too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place_drawer()

    def _place_drawer(self) -> None:
        if not self.narrow or not self.drawer_open:
            return
        px = self._theme.px
        width = min(self.width(), px(self._side_width) + 2 * px(14))
        left = self.width() - width if self.isRightToLeft() else 0
        self.drawer.rows.setContentsMargins(px(14), px(8), px(14), px(8))
        self.drawer.setGeometry(left, 0, width, self.height())
        self._edge.setGeometry(0 if self.isRightToLeft() else width - 2, 0, 2, self.height())
        self._edge.show()
        self._edge.raise_()
        self.drawer.show()
        self.drawer.raise_()
