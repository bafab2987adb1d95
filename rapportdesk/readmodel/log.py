"""The write-ahead log of a compartment's file goes into the file on a thread of its own: no save ever waits for that.

SQLite would do it in whichever commit makes the log long, and that commit would wait for the disk. A log that is being
written all the time never becomes short: whoever writes very much waits for `caught_up` between two transactions.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rapportdesk.readmodel.database import Database, IndexFault

LONG = 8_000
"""Pages of the log, 4 KiB each, from which on it goes into the file: many are then written once for many commits."""


class Log:
    """The log of one file.

    Args:
        connect: Opens a connection of its own, on the thread that uses it.
        faults: What is raised when the file or the disk is at fault.
    """

    def __init__(self, connect: Callable[[], Database], faults: tuple[type[Exception], ...]) -> None:
        self._connect, self._faults = connect, faults
        self._state = threading.Condition()
        self._held = threading.Lock()
        self._thread: threading.Thread | None = None
        self._connection: Database | None = None
        self._wanted = self._closed = self._failed = False

    def committed(self, pages: int) -> None:
        """Take note of how long the log is after a commit."""
        if pages >= LONG:
            self.shorten()

    def shorten(self) -> None:
        """Have what is in the log brought into the file; returns at once."""
        with self._state:
            if self._closed or self._failed:
                return
            self._wanted = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="log", daemon=True)
                self._thread.start()
            self._state.notify_all()

    def caught_up(self, within_s: float) -> bool:
        """Wait until nothing is left to be brought into the file, at most so long; returns whether nothing is."""
        with self._state:
            return self._state.wait_for(lambda: not self._wanted or self._failed, within_s)

    def check(self) -> None:
        """Raise IndexFault where the log could not be brought into the file."""
        if self._failed:
            raise IndexFault("the log")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep it from beginning, and wait for one that has begun."""
        with self._held:
            yield

    def close(self) -> None:
        """End it; what it has not brought into the file stays in the log, where it is found again."""
        with self._state:
            self._closed = True
            self._state.notify_all()
            if self._connection is not None:
                self._connection.interrupt()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            connection = self._connect()
        except self._faults:
            self._ended(failed=True)
            return
        with self._state:
            self._connection = connection
        failed = False
        while not failed and self._is_wanted():
            with self._held:
                failed = not self._shorten(connection)
            self._ended(failed=failed)
        with self._state:
            self._connection = None
        connection.close()

    def _is_wanted(self) -> bool:
        with self._state:
            self._state.wait_for(lambda: self._wanted or self._closed)
            return not self._closed

    def _ended(self, *, failed: bool) -> None:
        with self._state:
            self._wanted, self._failed = False, failed and not self._closed
            self._state.notify_all()

    def _shorten(self, connection: Database) -> bool:
        try:
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        except self._faults:
            return False
        return True
