"""Room is kept beside the vault for the day the disk is full: without it nobody could sign in or erase any more.

Half of it is given up to let people in, all of it to erase; it is taken again when the disk has room. A file that
other programs fill the disk beside cannot do without: SQLite needs room to write down what it is about to delete.
"""

import contextlib
import os
import shutil
from pathlib import Path

from rapportdesk.store.file.location import make_empty, remove

SUFFIX = ".ballast"

_PIECE = 1 << 16


class Ballast:
    """The room that is kept for one vault.

    Nothing here fails: a disk that keeps no room is told of by whoever writes to it.

    Args:
        vault: The vault's file.
        size: Bytes; some hundred records are deleted in as many.
    """

    def __init__(self, vault: Path, size: int = 4 << 20) -> None:
        self.path = vault.with_name(f"{vault.name}{SUFFIX}")
        self.size = size

    def make(self) -> None:
        """Keep room from now on, where the disk has enough of it."""
        with contextlib.suppress(Exception):  # VaultFault and OSError of every kind: see the class
            if self.path.is_symlink():
                return
            if not self.path.exists():
                make_empty(self.path)
            self._fill()

    def refill(self) -> None:
        """Take room again that was given up before; a vault that never had any is left alone."""
        with contextlib.suppress(OSError):
            if self.path.is_file() and not self.path.is_symlink() and self.path.stat().st_size < self.size:
                self._fill()

    def give_up(self, *, all_of_it: bool) -> None:
        """Give up half of it, or all, if the disk has less room than is kept here.

        Args:
            all_of_it: For erasing; half of it lets somebody sign in, and leaves the rest for whoever erases.
        """
        with contextlib.suppress(OSError):
            if not self.path.is_symlink() and shutil.disk_usage(self.path.parent).free < self.size:
                keep = 0 if all_of_it else min(self.size // 2, self.path.stat().st_size)
                os.truncate(self.path, keep)

    def discard(self) -> None:
        """Take the file away."""
        with contextlib.suppress(Exception):
            remove(self.path)

    def _fill(self) -> None:
        if shutil.disk_usage(self.path.parent).free < 4 * self.size:
            return
        with self.path.open("rb+") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, self.size)
                return
            file.truncate(0)
            for _piece in range(self.size // _PIECE):  # random: some disks keep no room for what is all alike
                file.write(os.urandom(_PIECE))
