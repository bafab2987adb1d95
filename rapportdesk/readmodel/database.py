"""One way to ask either SQLite: the encrypted file's (apsw) and, in memory, the one Python brings.

Whatever is written for the index is plain SQL that both understand; nothing else of either driver is used.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from rapportdesk.readmodel.schema import TABLES, WORDS_MERGED


class Rows(Protocol):
    """The answer to one question, read as it is needed."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """Return the rows one by one."""
        ...


class Database(Protocol):
    """An open database without transactions of its own accord."""

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = (), /) -> Rows:
        """Run one statement."""
        ...

    def executemany(self, sql: str, values: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each of `values`."""
        ...

    def interrupt(self) -> None:
        """Have what another thread runs on it end early."""

    def close(self) -> None:
        """Close it."""


class _Fetched:
    """An answer whose rows are all there."""

    def __init__(self, rows: list[Any]) -> None:
        self._left = iter(rows)

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return next(self._left, None)

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return list(self._left)

    def __iter__(self) -> Iterator[Any]:
        """Return the rows one by one."""
        return self._left


class Fetching:
    """A connection every answer of which is read to its end at once, for whoever writes; see `asking`.

    Args:
        connection: What is asked.
    """

    def __init__(self, connection: Database) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = (), /) -> Rows:
        """Run one statement."""
        return self._end(self._connection.execute(sql, values))

    def executemany(self, sql: str, values: Iterable[Sequence[Any]], /) -> object:
        """Run one statement for each of `values`."""
        return self._connection.executemany(sql, values)

    def interrupt(self) -> None:
        """Have what another thread runs on it end early."""
        self._connection.interrupt()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _end(self, rows: Rows) -> Rows:
        return _Fetched(rows.fetchall())


class _Asking(Fetching):
    """A connection whose answers are read as they are needed, and end together."""

    def __init__(self, connection: Database) -> None:
        super().__init__(connection)
        self._asked: list[Any] = []

    def end(self) -> None:
        """End every statement, also where rows are left that nobody has read."""
        for rows in reversed(self._asked):
            if isinstance(rows, sqlite3.Cursor):
                rows.close()
            else:
                rows.close(True)  # apsw's: whatever is left
        self._asked.clear()

    def _end(self, rows: Rows) -> Rows:
        self._asked.append(rows)
        return rows


@contextmanager
def asking(connection: Database) -> Iterator[Database]:
    """Ask a connection, and end what was asked, whoever still holds it.

    A statement of which rows are left holds its connection to what the file was at that moment: nothing that is written
    afterwards would be found, and what was erased would stay in the write-ahead log. Letting go of it is not enough:
    apsw 3.54 keeps a cursor for good when another one of its connection goes before it.
    """
    asked = _Asking(connection)
    try:
        yield asked
    finally:
        asked.end()


class Shortened(Protocol):
    """What keeps a file's write-ahead log short; see `rapportdesk.readmodel.log`."""

    def shorten(self) -> None:
        """Have what is in the log brought into the file; returns at once."""

    def caught_up(self, within_s: float) -> bool:
        """Wait until nothing is left to be brought into the file, at most so long; returns whether nothing is."""
        ...

    def check(self) -> None:
        """Raise IndexFault where that could not be done."""

    def held(self) -> AbstractContextManager[None]:
        """Keep it from beginning, and wait for one that has begun."""
        ...

    def close(self) -> None:
        """End it."""


class IndexFault(Exception):
    """An index cannot be read or written: it is to be thrown away and made anew."""


@dataclass(frozen=True, slots=True)
class Databases:
    """The connections of one compartment; in memory both are the same.

    Attributes:
        writing: What changes it.
        reading: What searches, while something is being written.
        faults: What is raised when the file or the disk, and not the question, is at fault.
        log: What keeps the write-ahead log short; None in memory.
    """

    writing: Database
    reading: Database
    faults: tuple[type[Exception], ...] = ()
    log: Shortened | None = None

    def close(self) -> None:
        """Close both."""
        if self.log is not None:
            self.log.close()
        self.reading.close()
        self.writing.close()


def in_memory() -> Databases:
    """Return an empty index in memory; temporary results stay in memory as well."""
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.executescript(TABLES)
    have_words_merged(connection)
    return Databases(connection, connection)


def have_words_merged(connection: Database) -> None:
    """See that FTS5 merges its pieces as `WORDS_MERGED` says; writes nothing where it does already."""
    had = dict(connection.execute("SELECT k, v FROM note_words_config").fetchall())
    for setting, value in WORDS_MERGED.items():
        if had.get(setting) != value:
            connection.execute("INSERT INTO note_words (note_words, rank) VALUES (?, ?)", (setting, value))
