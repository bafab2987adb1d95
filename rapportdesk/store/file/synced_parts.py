"""A large file goes to the disk while it is written, a few megabytes at a time, and never all of it at once.

Whoever syncs a small file waits until the disk has taken what was handed to it before, whichever file that is of:
behind a gigabyte in one sync a commit of the vault waited for 0.8 s, and behind four megabytes for 20 ms.
"""

import os
from collections.abc import Generator
from functools import partial
from typing import BinaryIO

from rapportdesk.store.file.beside import beside

PART = 4 * 1024 * 1024
"""Bytes after which the disk is waited for. With 16 MB a commit waited up to 42 ms in place of 22."""


class SyncedParts:
    """Brings to the disk what is written to a file, by whoever writes it.

    Args:
        file: The file, open for writing; it may be written to by somebody else.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._written = 0

    def wrote(self, length: int) -> Generator[None, None, None]:
        """Take note of so many bytes more, and wait for the disk where that makes a part of the file.

        Raises:
            OSError: The disk does not let us.
        """
        self._written += length
        if self._written >= PART:
            yield from self.rest()

    def rest(self) -> Generator[None, None, None]:
        """Wait until the disk has everything that was written, in short steps; errors as for `wrote`."""
        self._written = 0
        self._file.flush()
        yield from beside(partial(os.fsync, self._file.fileno()))
