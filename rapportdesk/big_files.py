"""A big file is gone at once, and the disk takes its time to give the room back where nobody waits for it.

Unlinking a gigabyte held whoever did it for 0.5 s of processor time in the kernel, and a save behind it for 1.7. Given
back in one piece by another thread, it kept the disk's journal: a small file synced beside it waited up to 41 ms, and 3
beside pieces; to make two new files beside it took 27 ms, and 7 before it. But whoever reads a file meanwhile, as a
backup that is copied elsewhere, would find it shortened: what others may read goes in one piece.
"""

import os
import sys
import threading
import time
from pathlib import Path

BIG = 16 * 1024 * 1024
"""Bytes from which the room is given back on a thread of its own; smaller ones take six milliseconds."""

PIECE = 8 * 1024 * 1024
"""Bytes of room that are given back at a time."""

LATER_S = 0.5
"""Seconds before that begins: whoever takes a file away mostly makes another in its stead, and would wait for it."""


def unlink(path: Path, *, missing_ok: bool = False, others_read: bool = False) -> threading.Thread | None:
    """Take a file away as `Path.unlink` does; a link is taken away and not followed.

    Args:
        path: Which; nobody here has it open.
        missing_ok: It need not be there.
        others_read: It may be open elsewhere, and whoever reads it is to find all of it.

    Returns:
        Who still gives its room back; None where that is done. Should the program end first, the system does it.

    Raises:
        OSError: It cannot be taken away.
    """
    held = _held(path, os.O_RDONLY if others_read else os.O_RDWR)
    if held is None:
        path.unlink(missing_ok=missing_ok)
        return None
    try:
        path.unlink(missing_ok=missing_ok)  # the name alone: what it stood for is ours until it is closed
    except BaseException:
        os.close(held)
        raise
    give_back = os.close if others_read else _give_back
    giving = threading.Thread(target=give_back, args=(held,), name="room given back", daemon=True)
    try:
        giving.start()
    except RuntimeError:  # the system has no more threads to give, or Python is ending
        os.close(held)
        return None
    return giving


def _give_back(held: int) -> None:
    """Close a file, and shorten it piece by piece before that if it has no name left."""
    try:
        time.sleep(LATER_S)
        now = os.fstat(held)
        if now.st_nlink == 0:  # by another name it is somebody's file, whole
            for left in range(now.st_size - PIECE, 0, -PIECE):
                os.ftruncate(held, left)
    except OSError:  # some disks cannot, and give all of it back at once
        return
    finally:
        os.close(held)


def _held(path: Path, access: int) -> int | None:
    """Return a big file, open; None for any other, and where nothing that is open can be taken away."""
    if sys.platform == "win32":
        return None
    try:
        if path.lstat().st_size < BIG:
            return None
        return os.open(path, access | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None
