"""What other programs could get hold of: the clipboard, and pictures of the screen."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui.guard.capture import platform_guard
from ui.guard.clipboard import ClipboardGuard


class Outside(QObject):
    """Both guards of one run, begun once the first page has been painted.

    Args:
        app: Qt's application.
        window: The main window, already shown.
    """

    def __init__(self, app: QApplication, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._window = app, window
        self.clipboard = ClipboardGuard(app.clipboard(), self)
        self.pictures = platform_guard(self)

    def begin(self) -> None:
        """Protect the window and every one that comes up; where the platform has no way, no event is listened to."""
        if self.pictures.can_exclude:
            self._app.installEventFilter(self.pictures)
            self.pictures.protect(self._window)

    def clear(self) -> None:
        """Take out of the clipboard what was copied here: the desk locks or closes."""
        self.clipboard.clear()
