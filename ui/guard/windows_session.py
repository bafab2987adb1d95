"""Windows tells a window of lock, disconnect and suspend: WM_WTSSESSION_CHANGE and WM_POWERBROADCAST.

From Microsoft's WTSRegisterSessionNotification and WM_POWERBROADCAST pages. A suspend message is handled before
Windows goes on, so nothing has to be held.
"""

import ctypes
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.guard.session_signals import Told

WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1
PBT_APMSUSPEND = 0x0004
WTS_CONSOLE_DISCONNECT = 0x2
WTS_REMOTE_DISCONNECT = 0x4
WTS_SESSION_LOGOFF = 0x6
WTS_SESSION_LOCK = 0x7
_NOTIFY_FOR_THIS_SESSION = 0
_LEFT = frozenset({WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT, WTS_SESSION_LOGOFF, WTS_SESSION_LOCK})


def says_left(message: int, w_param: int) -> bool:
    """Return whether a window message means that the session is being left."""
    return (message == WM_WTSSESSION_CHANGE and w_param in _LEFT) or (
        message == WM_POWERBROADCAST and w_param == PBT_APMSUSPEND
    )


class WindowsSession(QAbstractNativeEventFilter):
    """Hears the messages that Windows sends to the main window.

    Args:
        window: The main window, already shown.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._told: Told | None = None

    def start(self, told: Told) -> bool:
        """Register the window; return whether Windows will tell it."""
        self._told = told
        application = QCoreApplication.instance()
        if application is None or not _register(int(self._window.winId())):
            return False
        application.installNativeEventFilter(self)
        return True

    def stop(self) -> None:
        """Listen no more."""
        self._told = None
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)
            _unregister(int(self._window.winId()))

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Look at each message and keep none."""
        if event_type == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if self._told is not None and says_left(int(told.message), int(told.wParam)):
                self._told(_go_on)
        return False, 0


def _register(window: int) -> bool:
    return bool(_terminal_services().WTSRegisterSessionNotification(wintypes.HWND(window), _NOTIFY_FOR_THIS_SESSION))


def _unregister(window: int) -> None:
    _terminal_services().WTSUnRegisterSessionNotification(wintypes.HWND(window))


def _terminal_services() -> ctypes.CDLL:
    # 64-bit Windows has one calling convention, so the C one of CDLL is the right one.
    return ctypes.CDLL("wtsapi32")


def _go_on() -> None:
    """Windows goes on by itself."""
