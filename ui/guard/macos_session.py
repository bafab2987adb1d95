"""macOS tells of a locked screen by distributed notifications, and of sleep by IOKit, which waits for an answer.

Names as in Apple's CFNotificationCenter and IOPMLib (Technical Q&A QA1340). Everything arrives on the main run loop,
which Qt runs; only the system's own frameworks are called.
"""

import ctypes
from collections.abc import Callable
from ctypes import c_char_p, c_int, c_long, c_uint32, c_void_p

from ui.guard.session_signals import Told

SCREEN_IS_LOCKED = "com.apple.screenIsLocked"
SCREENSAVER_STARTED = "com.apple.screensaver.didstart"
IO_MESSAGE_CAN_SYSTEM_SLEEP = 0xE0000270
IO_MESSAGE_SYSTEM_WILL_SLEEP = 0xE0000280
_UTF8 = 0x08000100
_DELIVER_IMMEDIATELY = 4

_Noticed = ctypes.CFUNCTYPE(None, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
_Powered = ctypes.CFUNCTYPE(None, c_void_p, c_uint32, c_uint32, c_void_p)


class MacSession:
    """Hears the screen lock and the coming sleep."""

    def __init__(self) -> None:
        self._told: Told | None = None
        self._stop: list[Callable[[], object]] = []
        # ctypes frees a callback that nobody holds, and the system would then call into nothing.
        self._noticed = _Noticed(self._on_notice)
        self._powered = _Powered(self._on_power)
        self._root_port = 0
        self._io: ctypes.CDLL | None = None

    def start(self, told: Told) -> bool:
        """Register with both; return whether the frameworks are there."""
        try:
            foundation = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
            io = ctypes.CDLL("/System/Library/Frameworks/IOKit.framework/IOKit")
        except OSError:
            return False
        self._told, self._io = told, io
        self._watch_screen(foundation)
        self._watch_power(foundation, io)
        return True

    def stop(self) -> None:
        """Listen no more."""
        self._told = None
        for stop in self._stop:
            stop()
        self._stop.clear()

    def _watch_screen(self, foundation: ctypes.CDLL) -> None:
        foundation.CFNotificationCenterGetDistributedCenter.restype = c_void_p
        foundation.CFStringCreateWithCString.restype = c_void_p
        foundation.CFStringCreateWithCString.argtypes = [c_void_p, c_char_p, c_uint32]
        foundation.CFNotificationCenterAddObserver.argtypes = [c_void_p, c_void_p, _Noticed, c_void_p, c_void_p, c_long]
        foundation.CFNotificationCenterRemoveEveryObserver.argtypes = [c_void_p, c_void_p]
        center = foundation.CFNotificationCenterGetDistributedCenter()
        for name in (SCREEN_IS_LOCKED, SCREENSAVER_STARTED):
            foundation.CFNotificationCenterAddObserver(
                center,
                id(self),
                self._noticed,
                foundation.CFStringCreateWithCString(None, name.encode(), _UTF8),
                None,
                _DELIVER_IMMEDIATELY,
            )
        self._stop.append(lambda: foundation.CFNotificationCenterRemoveEveryObserver(center, id(self)))

    def _watch_power(self, foundation: ctypes.CDLL, io: ctypes.CDLL) -> None:
        port, notifier = c_void_p(), c_uint32()
        io.IORegisterForSystemPower.restype = c_uint32
        io.IORegisterForSystemPower.argtypes = [c_void_p, c_void_p, _Powered, c_void_p]
        io.IONotificationPortGetRunLoopSource.restype = c_void_p
        io.IONotificationPortGetRunLoopSource.argtypes = [c_void_p]
        io.IOAllowPowerChange.restype = c_int
        io.IOAllowPowerChange.argtypes = [c_uint32, c_long]
        foundation.CFRunLoopGetMain.restype = c_void_p
        foundation.CFRunLoopAddSource.argtypes = [c_void_p, c_void_p, c_void_p]
        self._root_port = io.IORegisterForSystemPower(None, ctypes.byref(port), self._powered, ctypes.byref(notifier))
        if not self._root_port:
            return
        mode = c_void_p.in_dll(foundation, "kCFRunLoopCommonModes")
        source = io.IONotificationPortGetRunLoopSource(port)
        foundation.CFRunLoopAddSource(foundation.CFRunLoopGetMain(), source, mode)
        self._stop.append(lambda: io.IODeregisterForSystemPower(ctypes.byref(notifier)))

    def _on_notice(self, *_arguments: object) -> None:
        if self._told is not None:
            self._told(_go_on)

    def _on_power(self, _context: object, _service: int, message: int, argument: int | None) -> None:
        io, root, told = self._io, self._root_port, self._told
        if io is None:
            return

        def allow() -> None:
            io.IOAllowPowerChange(root, argument or 0)

        if message == IO_MESSAGE_SYSTEM_WILL_SLEEP and told is not None:
            told(allow)
        elif message in {IO_MESSAGE_SYSTEM_WILL_SLEEP, IO_MESSAGE_CAN_SYSTEM_SLEEP}:
            allow()


def _go_on() -> None:
    """Nobody waits for the desk after a lock."""
