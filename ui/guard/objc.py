"""The few messages that are sent to Objective-C objects on macOS, through the system's own runtime library.

Functions and calling as in Apple's Objective-C Runtime reference: `objc_msgSend` is called with the exact types of the
method it stands for, because the processor passes arguments by type.
"""

import ctypes
from ctypes import c_char_p, c_void_p
from typing import Any


def runtime() -> ctypes.CDLL:
    """Return the runtime with AppKit loaded.

    Raises:
        OSError: This is not macOS.
    """
    ctypes.CDLL("/System/Library/Frameworks/AppKit.framework/AppKit")
    library = ctypes.CDLL("/usr/lib/libobjc.dylib")
    library.objc_getClass.restype = c_void_p
    library.objc_getClass.argtypes = [c_char_p]
    library.sel_registerName.restype = c_void_p
    library.sel_registerName.argtypes = [c_char_p]
    return library


def send(library: ctypes.CDLL, receiver: int | None, message: str, *arguments: Any, result: Any = c_void_p) -> Any:
    """Send `message` to `receiver` and return what it answers; nothing is sent to nil, which answers None.

    Args:
        library: From `runtime`.
        receiver: An object or a class.
        message: The selector ("setSharingType:").
        arguments: ctypes values, so that their types are known.
        result: The ctypes type of the answer.
    """
    if not receiver:
        return None
    method = ctypes.CFUNCTYPE(result, c_void_p, c_void_p, *(type(argument) for argument in arguments))
    call = method(("objc_msgSend", library))
    return call(receiver, library.sel_registerName(message.encode()), *arguments)


def class_named(library: ctypes.CDLL, name: str) -> int | None:
    """Return a class by its name."""
    found: int | None = library.objc_getClass(name.encode())
    return found


def string(library: ctypes.CDLL, text: str) -> c_void_p:
    """Return an autoreleased NSString."""
    made = send(library, class_named(library, "NSString"), "stringWithUTF8String:", c_char_p(text.encode()))
    return c_void_p(made)
