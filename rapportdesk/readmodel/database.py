"""One way to ask either SQLite: the encrypted file's (apsw) and, in memory, the one Python brings.

Whatever is written for the index is plain SQL that both understand; nothing else of either driver is used.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rapportdesk.readmodel.schema import TABLES


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

    def close(self) -> None:
        """Close it."""


class IndexFault(Exception):
    """An index cannot be read or written: it is to be thrown away and made anew."""


@dataclass(frozen=True, slots=True)
class Databases:
    """The connections of one compartment; in memory both are the same.

    Attributes:
        writing: What changes it.
        reading: What searches, while something is being written.
        faults: What is raised when the file or the disk, and not the question, is at fault.
    """

    writing: Database
    reading: Database
    faults: tuple[type[Exception], ...] = ()

    def close(self) -> None:
        """Close both."""
        self.reading.close()
        self.writing.close()


def in_memory() -> Databases:
    """Return an empty index in memory; temporary results stay in memory as well."""
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.executescript(TABLES)
    return Databases(connection, connection)
