"""One connection and one transaction at a time, whose commit seals the manifest.

A transaction inside a transaction of the same thread is a part of it. Another thread is refused, and so is whoever
comes after `close`.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, event, select
from sqlmodel import SQLModel

from rapportdesk.errors import VaultFault
from rapportdesk.store.file import location
from rapportdesk.store.file.copying import copy_to, copying
from rapportdesk.store.file.engine import driver, faults_told, make_engine
from rapportdesk.store.file.migrating import bring_up_to_date
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.records.open_cards import OpenCards
from rapportdesk.store.tables import table_of
from rapportdesk.store.transaction import Change, Transaction
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.manifest import Manifest


class OneConnection:
    """An open file; a context manager that closes it.

    Args:
        path: Where it lies.
        migrations: Where the steps to the newest form lie; those it has not seen are applied.
        keeps_former: Whether it is copied before that.

    Attributes:
        cut_short: Whether it had lost a part of its end when it was opened. SQLite says nothing of it where that part
            held nothing, and makes the page whole at its next write.
    """

    def __init__(self, path: Path, migrations: Path, *, keeps_former: bool = True) -> None:
        self.path = path
        self._keeper: ManifestKeeper | None = None
        self._cards: OpenCards | None = None
        self._sqlite: sqlite3.Connection | None = None
        self._current: Transaction | None = None
        self._thread = 0
        self._closed = False
        self.commits = 0  # that wrote anybody's records
        self._told: list[Callable[[Sequence[Change]], None]] = []
        at_rest = _bytes_at_rest(path)
        self._engine = make_engine(path)
        event.listen(self._engine, "connect", self._connected)
        try:
            with faults_told(), self._engine.connect() as connection:
                self.cut_short = 0 < at_rest < _bytes_by_header(connection)  # before a step to a newer form adds pages
                bring_up_to_date(connection, path, migrations, keeps_former=keeps_former)
        except BaseException:
            self._engine.dispose()
            raise

    def attend(self, keeper: ManifestKeeper | None, cards: OpenCards | None = None) -> None:
        """Let rows be written under this keeper's manifest; None when nobody is signed in any more.

        Args:
            keeper: Theirs.
            cards: Those that they work on: told of whom anything is written or taken back.
        """
        self._keeper, self._cards = keeper, cards

    @property
    def rows_changed(self) -> int:
        """How many rows were changed since the file was opened, by SQLite's own count, whoever had it done."""
        return -1 if self._sqlite is None or self._closed else self._sqlite.total_changes

    @contextmanager
    def transaction(self, *, founding: Manifest | None = None) -> Iterator[Transaction]:
        """Commit everything written inside together, or nothing.

        Inside another transaction of the same thread it is a part of that one: failing, it alone is rolled back.

        Args:
            founding: The manifest to begin with, in the very first transaction of a vault.

        Raises:
            VaultFault: The file could not be written; nothing was.
        """
        outer = self._current
        if outer is not None and self._thread == threading.get_ident():
            yield from self._part_of(outer)
            return
        if self._closed:
            # The pool would quietly open the file again.
            raise RuntimeError("the vault's file was closed")
        # A second thread comes to the pool and is refused there.
        with faults_told(), self._engine.connect() as connection, connection.begin():
            writing = Transaction(connection, self._keeper, founding, self._cards)
            self._current, self._thread = writing, threading.get_ident()
            try:
                yield writing
                if writing.doomed or not driver(connection).in_transaction:
                    raise location.unusable()
                writing.seal()
            except BaseException:
                writing.undone()
                raise
            finally:
                self._current = None
        self.commits += bool(writing.about)
        for told in self._told:
            told(writing.changes)

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is inside a transaction."""
        return self._current is not None and self._thread == threading.get_ident()

    @contextmanager
    def telling(self, told: Callable[[Sequence[Change]], None]) -> Iterator[None]:
        """Tell somebody who reads in several steps what each commit in between has changed."""
        self._told.append(told)
        try:
            yield
        finally:
            self._told.remove(told)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Write one thing: by itself, or as a part of the transaction that is open.

        Cheaper there than a transaction within it: failing before the first row it leaves everything well, and failing
        after it the whole transaction cannot be committed any more.
        """
        if self._current is None or self._thread != threading.get_ident():
            with self.transaction() as writing:
                yield writing
            return
        joined = self._current
        if joined.doomed:
            raise location.unusable()
        before = joined.manifest
        try:
            with faults_told():
                yield joined
        except BaseException as error:
            joined.doomed = joined.manifest is not before or (isinstance(error, VaultFault) and _gave_way(joined))
            raise

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Read one moment's state: inside a transaction, that one's."""
        if self._current is not None and self._thread == threading.get_ident():
            yield self._current
            return
        with self.transaction() as reading:
            yield reading

    def all_rows(self, model: type[SQLModel]) -> list[dict[str, Any]]:
        """Return a small table whole, its values checked for their kinds."""
        with self.reading() as reading:
            rows = reading.rows(select(table_of(model)))
        return [_checked(model, row) for row in rows]

    def one(self, model: type[SQLModel], **key: Any) -> dict[str, Any] | None:
        """Return the row with this key, its values checked for their kinds, or None."""
        table = table_of(model)
        with self.reading() as reading:
            rows = reading.rows(select(table).where(*(table.c[name] == value for name, value in key.items())))
        return _checked(model, rows[0]) if rows else None

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that what was deleted is in neither.

        Raises:
            VaultFault: It could not be done.
            RuntimeError: Called inside a transaction, or after `close`.
        """
        if self._closed or self._current is not None:
            raise RuntimeError("a checkpoint needs an open file and no transaction")
        with faults_told(), self._engine.connect() as connection:
            blocked, _pages, _done = driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if blocked:
            raise location.unusable()

    def compact(self) -> None:
        """Write the whole file anew without what is no longer used in it, so that no trace of its pages is left.

        Raises:
            VaultFault: It could not be done; the file is as it was.
            RuntimeError: Called inside a transaction, or after `close`.
        """
        if self._closed or self._current is not None:
            raise RuntimeError("a file is compacted by itself")
        with faults_told(), self._engine.connect() as connection:
            driver(connection).execute("VACUUM")

    def copy_to(self, target: Path) -> None:
        """Write a copy of this moment's state, as sealed as the file is.

        Raises:
            VaultFault: The disk does not let us.
            RuntimeError: Called inside a transaction, or after `close`.
        """
        if self._closed or self._current is not None:
            raise RuntimeError("a copy needs an open file and no transaction")
        with faults_told(), self._engine.connect() as connection:
            copy_to(driver(connection), target)

    def copy_in_steps(self, target: Path) -> Generator[tuple[int, int], None, None]:
        """Write a copy of the state at the last step, as sealed as the file is; others may write between two steps.

        Args:
            target: Where nothing lies, or something that may go. The disk may not have it yet after the last step.

        Yields:
            How many pages are copied, and how many there are.

        Raises:
            VaultFault: The disk does not let us.
            RuntimeError: A step was made inside a transaction, or after `close`.
        """
        with faults_told(), self._engine.connect() as connection:
            source = driver(connection)
        with contextlib.closing(copying(source, target)) as steps:
            while True:
                if self._closed or self._current is not None:
                    raise RuntimeError("a copy needs an open file and no transaction")
                with faults_told():
                    at = next(steps, None)
                if at is None:
                    return
                yield at

    def close(self) -> None:
        """Close the file and let other processes have it; no harm when closed already."""
        self._keeper, self._cards, self._closed = None, None, True
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Close the file."""
        self.close()

    def _connected(self, sqlite: sqlite3.Connection, _record: object) -> None:
        self._sqlite = sqlite

    def _part_of(self, outer: Transaction) -> Iterator[Transaction]:
        if outer.doomed:
            raise location.unusable()
        before, changes, about = outer.manifest, len(outer.changes), len(outer.about)
        try:
            with faults_told(), outer.connection.begin_nested():
                yield outer
                if outer.doomed:
                    raise location.unusable()
        except BaseException:
            outer.manifest = before
            outer.undone()
            del outer.changes[changes:], outer.about[about:]
            outer.doomed = _gave_way(outer)
            raise


def _bytes_at_rest(path: Path) -> int:
    """Return how long a file is, or 0 while a log beside it may still make its last page whole."""
    log = path.with_name(path.name + "-wal")
    return 0 if log.exists() and log.stat().st_size else path.stat().st_size


def _bytes_by_header(connection: Connection) -> int:
    """Return how long a file is by its own header; what lies behind that is no part of it."""
    ask = connection.exec_driver_sql
    return int(ask("PRAGMA page_size").scalar_one()) * int(ask("PRAGMA page_count").scalar_one())


def _gave_way(writing: Transaction) -> bool:
    """Whether SQLite rolled everything back by itself, as on a full disk: no later write may then be committed."""
    connection = writing.connection
    return connection.closed or connection.invalidated or not driver(connection).in_transaction


def _checked(model: type[SQLModel], row: dict[str, Any]) -> dict[str, Any]:
    for name, column in table_of(model).c.items():
        value, kind = row[name], column.type.python_type
        # SQLModel's string type does not say that it is one.
        if type(value) is not (str if kind is object else kind) and not (value is None and column.nullable):
            raise tampered()
    return row
