"""Whatever is on the screen stays off recordings of it, where the platform lets a window say so.

Windows 10 (2004) and later leave such a window out of every picture (SetWindowDisplayAffinity, WDA_EXCLUDEFROMCAPTURE);
earlier ones show it black. macOS leaves it out of what asks the window server (NSWindow sharingType none); recorders
built on ScreenCaptureKit may still see it. X11 and Wayland offer a program nothing of the kind. What holds is said in
the help, never more.
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import c_long, c_void_p
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from ui.guard import objc

WDA_MONITOR = 0x01
WDA_EXCLUDEFROMCAPTURE = 0x11
NS_WINDOW_SHARING_NONE = 0

Exclude = Callable[[int], bool]
"""Takes a window's native id and returns whether the platform keeps it out of pictures."""


class Capture(StrEnum):
    """What becomes of this program's windows in a picture of the screen."""

    EXCLUDED = "excluded"
    MOSTLY = "mostly"
    POSSIBLE = "possible"


def capture_words(capture: Capture) -> str:
    """Return what holds on this computer, plainly."""
    return {
        Capture.EXCLUDED: _("Programs that take pictures of the screen do not see this window."),
        Capture.MOSTLY: _("Most programs that take pictures of the screen do not see this window; some newer ones do."),
        Capture.POSSIBLE: _("Other programs here can take pictures of this window; that cannot be prevented."),
    }[capture]


class CaptureGuard(QObject):
    """Takes every window of ours out of pictures as it comes up: dialogs and menus are windows too.

    Args:
        exclude: The platform's way; None where there is none.
        holds: What holds where it works; where it refuses once, `capture` promises nothing from then on.
    """

    def __init__(self, exclude: Exclude | None, holds: Capture, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exclude = exclude
        self.capture = holds if exclude is not None else Capture.POSSIBLE

    @property
    def can_exclude(self) -> bool:
        """Whether it is worth hearing of windows at all."""
        return self._exclude is not None

    def protect(self, window: QWidget) -> None:
        """Take one window out; where the platform refuses, say so from now on."""
        if self._exclude is not None and not self._exclude(int(window.winId())):
            self.capture = Capture.POSSIBLE

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Protect each window when it comes up, and again when the platform gives it a new id."""
        if (
            isinstance(watched, QWidget)
            and watched.isWindow()
            and event.type() in (QEvent.Type.Show, QEvent.Type.WinIdChange)
            and watched.isVisible()
        ):
            self.protect(watched)
        return False


def platform_guard(parent: QObject | None = None, platform: str = sys.platform) -> CaptureGuard:
    """Return this platform's guard.

    Args:
        parent: Its owner.
        platform: As `sys.platform` names it.
    """
    if platform == "win32":
        return CaptureGuard(_exclude_on_windows, Capture.EXCLUDED, parent)
    if platform == "darwin":
        return CaptureGuard(_exclude_on_macos, Capture.MOSTLY, parent)
    return CaptureGuard(None, Capture.POSSIBLE, parent)


def affinity(set_affinity: Callable[[int, int], object], window: int) -> bool:
    """Leave a window out of pictures, or have it black in them on an older Windows; return whether either was done."""
    return any(bool(set_affinity(window, wanted)) for wanted in (WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR))


def _exclude_on_windows(window: int) -> bool:
    # 64-bit Windows has one calling convention, so the C one of CDLL is the right one.
    user32 = ctypes.CDLL("user32")
    user32.SetWindowDisplayAffinity.argtypes = [c_void_p, ctypes.c_uint32]
    user32.SetWindowDisplayAffinity.restype = ctypes.c_int
    return affinity(user32.SetWindowDisplayAffinity, window)


def _exclude_on_macos(view: int) -> bool:
    """Take the window of a view out: Qt's id of a window is its NSView."""
    try:
        library = objc.runtime()
    except OSError:
        return False
    window = objc.send(library, view, "window")
    if not window:
        return False
    objc.send(library, window, "setSharingType:", c_long(NS_WINDOW_SHARING_NONE), result=None)
    return True
