"""Only regular files are read, and no more of one than fits.

A link, a folder, a pipe or a device is refused before a byte is read, because reading one may never end.
"""

import os
import stat
from pathlib import Path

from rapportdesk.exchange.faults import Fault, Unreadable

BIGGEST = 256 * 1024 * 1024
"""Bytes of one file: four times what 100,000 appointments take."""


def read_bytes(path: Path, *, biggest: int = BIGGEST) -> bytes:
    """Return what the file holds.

    Raises:
        Unreadable: It is absent, no regular file, empty, too big, or may not be read.
    """
    data = read_start(path, most=biggest + 1)
    if len(data) > biggest:
        raise Unreadable(Fault.TOO_BIG)
    if not data.strip():
        raise Unreadable(Fault.EMPTY)
    return data


def read_start(path: Path, *, most: int) -> bytes:
    """Return the first bytes of a file, at most so many.

    Raises:
        Unreadable: It is absent, no regular file, or may not be read.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise Unreadable(Fault.NOT_A_FILE)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # exchanged since it was looked at
                raise Unreadable(Fault.NOT_A_FILE)
            return file.read(most)
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise Unreadable(Fault.ABSENT) from fault
    except (OSError, ValueError) as fault:  # ValueError: a NUL in the path
        raise Unreadable(Fault.NOT_READABLE) from fault
