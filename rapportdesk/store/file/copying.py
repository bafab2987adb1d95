"""A copy of the whole file is made by SQLite itself, so that it holds one moment's state and nothing half written.

In steps, the moment is that of the last one: what the same connection writes between two steps is written to the copy
too (SQLite's online backup), so nothing is copied twice and nobody waits for more than a step.
"""

import os
import sqlite3
import threading
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from rapportdesk.store.file.location import make_empty, unusable
from rapportdesk.store.file.synced_parts import SyncedParts

PAGES = 64
"""Pages of one step: half a megabyte, which takes two or three milliseconds; a letter beside 256 waited for ten."""


def copy_to(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database, as sealed as it is, to a new file that only its owner can read, and wait until the disk has it.

    Args:
        source: Not in a transaction.
        target: Where nothing lies, or something that may go.

    Raises:
        VaultFault: The disk does not let us.
    """
    try:
        target.unlink(missing_ok=True)
        make_empty(target)
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        with target.open("rb+") as copied:
            os.fsync(copied.fileno())
    except OSError:
        raise unusable() from None


class SteppedCopy:
    """A copy under way; made and stepped by the thread that owns the source.

    The standard library makes all steps of an online backup in one call, so that call has a thread of its own, which
    stands still between two steps. The source is used by one of the two threads at a time.

    Args:
        source: Used by nobody else during a step, and in no transaction then.
        target: An empty file of ours. Whether the disk has all of it after the last step is not waited for: it is a
            copy to be read once and thrown away.
    """

    def __init__(self, source: sqlite3.Connection, target: Path) -> None:
        self._source, self._target = source, target
        self._go, self._stands = threading.Semaphore(0), threading.Semaphore(0)
        self._at = (0, 0)
        self._given_up = self._ended = False
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="copying", daemon=True)
        self._thread.start()

    @property
    def at(self) -> tuple[int, int]:
        """How many pages are copied, and how many there are."""
        return self._at

    def step(self) -> bool:
        """Copy some pages; False when all of them are.

        Raises:
            sqlite3.Error: The disk does not let us.
        """
        if not self._ended:
            self._go.release()
            self._stands.acquire()
        if self._error is not None:
            raise self._error
        return not self._ended

    def give_up(self) -> None:
        """Let go of both files; no harm when all is done."""
        if not self._ended:
            self._given_up = True
            self._go.release()
            self._stands.acquire()
        self._thread.join()

    def _run(self) -> None:
        self._go.acquire()
        try:
            if not self._given_up:
                self._copy()
        except BaseException as error:  # noqa: BLE001  # raised again by whoever makes the steps
            self._error = error
        self._ended = True
        self._stands.release()

    def _copy(self) -> None:
        with closing(sqlite3.connect(self._target)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")  # a copy that was cut off is thrown away
            copy.execute("PRAGMA synchronous = OFF")
            self._source.backup(copy, pages=PAGES, progress=self._stand, sleep=0)

    def _stand(self, _status: int, left: int, total: int) -> None:
        self._at = (total - left, total)
        if left:
            self._stands.release()
            self._go.acquire()
        if self._given_up:
            raise _GivenUp


class _GivenUp(Exception):  # no error: it ends a call that knows no other way out
    """Somebody wants the copy no more."""


def copying(source: sqlite3.Connection, target: Path) -> Generator[tuple[int, int], None, None]:
    """Copy a database as `copy_to` does, in steps between which the source's own connection may be written to.

    Yields:
        How many pages are copied, and how many there are.

    Raises:
        VaultFault: The disk does not let us.
        sqlite3.Error: Likewise.
    """
    try:
        target.unlink(missing_ok=True)
        make_empty(target)
    except OSError:
        raise unusable() from None
    (page_size,) = source.execute("PRAGMA page_size").fetchone()
    try:
        with target.open("rb+") as lies:
            parts, copy = SyncedParts(lies), SteppedCopy(source, target)
            try:
                while copy.step():
                    yield copy.at
                    for _waiting in parts.wrote(PAGES * page_size):
                        yield copy.at
            finally:
                copy.give_up()
    except OSError:
        raise unusable() from None
