"""The one window. It shows a page at a time, its title never holds a name, and it remembers where it stood."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.start.settings import Settings
from ui.widgets.pages import Pages

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

HOLDS = "holds"
"""The property of what stands in front and lets nobody close the window: it is in a patient's hands."""

FIRST_SIZE = QSize(1366, 690)
LEAST_SIZE = QSize(360, 400)


class Window(QFrame):
    """A stack of pages under one frame.

    Args:
        settings: Where its geometry is kept.

    Signals:
        close_wanted: Somebody closes the window; `let_go` must be called for it to happen.
        painted: It has been seen for the first time.
    """

    close_wanted = Signal()
    painted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._may_close = False
        self._seen = False
        self._page: QWidget | None = None
        self.setWindowTitle("RapportDesk")
        self.setProperty("role", "page")
        self.setMinimumSize(LEAST_SIZE)
        self.pages = Pages()
        self._cover: QWidget | None = None
        self._over: QWidget | None = None
        self._state_before: Qt.WindowState | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.pages)
        if settings.geometry.isEmpty() or not self.restoreGeometry(settings.geometry):
            self.resize(FIRST_SIZE)

    @property
    def page(self) -> QWidget | None:
        """What is shown, or would be without the cover."""
        return self._page

    @property
    def is_covered(self) -> bool:
        """Whether only the cover can be seen."""
        return self._cover is not None and self.pages.currentWidget() is self._cover

    def show_page(self, page: QWidget) -> None:
        """Show `page` in place of the one before, which is deleted; under the cover it waits its turn."""
        self.turn_back()
        before, self._page = self._page, page
        covered = self.is_covered and before is not None
        self.pages.addWidget(page)
        if not covered:
            self.pages.setCurrentWidget(page)
            page.setFocus()
        if before is not None and before is not page:
            self.pages.removeWidget(before)
            before.deleteLater()

    def turn(self, over: QWidget, *, full_screen: bool = False) -> None:
        """Show `over` in front of the page, which stays as it is, until `turn_back` or the next page."""
        self.turn_back()
        self._over = over
        if full_screen:
            from PySide6.QtCore import Qt  # not needed before the first paint, which its enumerations would hold up

            self._state_before = self.windowState()
            self.setWindowState(self._state_before | Qt.WindowState.WindowFullScreen)
        self.pages.addWidget(over)
        if not self.is_covered:
            self.pages.setCurrentWidget(over)
            over.setFocus()

    def turn_back(self) -> None:
        """Take away what stands in front of the page, if anything does."""
        over, self._over = self._over, None
        if over is None:
            return
        if self._state_before is not None:
            self.setWindowState(self._state_before)
            self._state_before = None
        if self._page is not None and not self.is_covered:
            self.pages.setCurrentWidget(self._page)
        self.pages.removeWidget(over)
        over.deleteLater()

    def cover(self) -> None:
        """Show the cover and nothing else, painted before this returns."""
        from ui.guard.cover import CoverPage  # not needed before the first paint

        if self._cover is None:
            self._cover = CoverPage()
            self.pages.addWidget(self._cover)
        self.pages.setCurrentWidget(self._cover)
        self._cover.setFocus()
        self.activateWindow()
        self.repaint()

    def uncover(self) -> None:
        """Show the page again, or what stood in front of it."""
        shown = self._over or self._page
        if shown is not None:
            self.pages.setCurrentWidget(shown)
            shown.setFocus()

    def come_forward(self) -> None:
        """Come to the front: the program was started a second time."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def let_go(self) -> None:
        """Close for good; everything has been put away."""
        self._may_close = True
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and tell of the first time when what stands on it has been painted too."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Have everything put away first; what holds the window lets only the end of the whole session close it."""
        held = self._over is not None and bool(self._over.property(HOLDS))
        if held and not self._may_close and not _session_ends():
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry()
        self._settings.save()
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_wanted.emit()


def _session_ends() -> bool:
    application = QGuiApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()
