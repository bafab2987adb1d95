"""What the platform says about its own session: locked, going to sleep, disconnected. Each of them locks the desk.

Told by logind on Linux, by window messages on Windows and by Darwin and IOKit notifications on macOS. Where the
platform tells nothing, `watching` says so, and the idle lock stands alone.
"""

import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

Finished = Callable[[], None]
"""Called when the desk is locked: a platform that waits before it sleeps may go on."""

Told = Callable[[Finished], None]
"""Called from any thread when the session is being left."""


class Watcher(Protocol):
    """One platform's way of telling."""

    def start(self, told: Told) -> bool:
        """Begin; return whether the platform will tell."""

    def stop(self) -> None:
        """End; `told` is not called any more."""


class SessionSignals(QObject):
    """Brings the platform's news to the window's thread.

    Args:
        watcher: The platform's way of telling; `platform_watcher` chooses.

    Signals:
        left: The session is being left; lock now and then call `locked`.
    """

    left = Signal()
    _told = Signal(object)

    def __init__(self, watcher: Watcher | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = watcher
        self._waiting: list[Finished] = []
        self.watching = False
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin to listen; `watching` tells whether there is anything to hear."""
        self.watching = self._watcher is not None and self._watcher.start(lambda finished: self._told.emit(finished))

    def locked(self) -> None:
        """Let a platform that waits for the desk, before it sleeps, go on."""
        waiting, self._waiting = self._waiting, []
        for finished in waiting:
            finished()

    def stop(self) -> None:
        """Listen no more."""
        self.locked()
        if self._watcher is not None:
            self._watcher.stop()

    def _take(self, finished: Finished) -> None:
        self._waiting.append(finished)
        self.left.emit()


def platform_watcher(window: QWidget, platform: str = sys.platform) -> Watcher | None:
    """Return this platform's way of telling, or None where there is none.

    Args:
        window: The main window; Windows tells a window, not a program.
        platform: As `sys.platform` names it.
    """
    if platform == "win32":
        from ui.guard.windows_session import WindowsSession

        return WindowsSession(window)
    if platform == "darwin":
        from ui.guard.macos_session import MacSession

        return MacSession()
    if platform == "linux":
        from ui.guard.logind import Logind

        return Logind()
    return None
