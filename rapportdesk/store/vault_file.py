"""The vault's file: one connection, one transaction at a time, and the rows that hand out keys.

Nobody's key is needed to open it and to read slots, grants and sheets; to write any of them somebody must be signed in,
because the manifest counts these rows too. All of it is called from one thread at a time.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from sqlalchemy import select
from sqlmodel import SQLModel

from rapportdesk.errors import VaultFault
from rapportdesk.store import location
from rapportdesk.store.engine import driver, faults_told, make_engine
from rapportdesk.store.migrating import MIGRATIONS, bring_up_to_date
from rapportdesk.store.tables import (
    AuditRow,
    CliniciansKeyRow,
    GrantRow,
    HeaderRow,
    PatientRow,
    RecordRow,
    SheetRow,
    StaffSlotRow,
    table_of,
)
from rapportdesk.store.transaction import ManifestKeeper, Transaction
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.grants import Grant
from rapportdesk.vault.keys import CliniciansPublic
from rapportdesk.vault.manifest import Manifest
from rapportdesk.vault.sheets import Sheet
from rapportdesk.vault.slot_layers import StaffSlot


class VaultFile:
    """An open vault. Made by `create` or `open`; a context manager that closes.

    Attributes:
        path: Where it lies.
        vault_id: Its random id, bound into every seal.
    """

    def __init__(self, path: Path, migrations: Path) -> None:
        self.path = path
        self.vault_id = ""
        self._keeper: ManifestKeeper | None = None
        self._current: Transaction | None = None
        self._thread = 0
        self._engine = make_engine(path)
        try:
            with faults_told(), self._engine.connect() as connection:
                bring_up_to_date(connection, path, migrations)
        except BaseException:
            self._engine.dispose()
            raise

    @classmethod
    def create(cls, path: Path, *, vault_id: str, migrations: Path = MIGRATIONS) -> Self:
        """Make a new file, readable by its owner alone. It is a vault once `SealedStore.found` has been there.

        Args:
            path: Where nothing lies yet, or a file that was begun this way and never founded.
            vault_id: A new random id.
            migrations: Where the steps to the newest form lie.

        Raises:
            VaultFault: Something lies there already, or the file cannot be made.
            VaultBusy: Another process is making it.
        """
        if path.exists() and cls._was_never_founded(path, migrations):
            location.remove(path)
        location.make_empty(path)
        try:
            file = cls(path, migrations)
        except BaseException:
            location.remove(path)
            raise
        file.vault_id = vault_id
        return file

    @classmethod
    def open(cls, path: Path, *, migrations: Path = MIGRATIONS) -> Self:
        """Open a vault, and bring an older one to the newest form after copying it.

        Raises:
            VaultMissing: There is none at this path, or one that was begun and never founded.
            VaultBusy: Another process has it open.
            NewerFormat: A later version wrote it; it has not been touched.
            VaultFault: It cannot be read or written, or is no vault.
        """
        if location.check_existing(path) == 0 and path.stat().st_size == 0:
            raise location.missing()
        file = cls(path, migrations)
        header = file.one(HeaderRow)
        if header is None or file.is_unfounded():
            file.close()
            raise location.missing()
        file.vault_id = header["vault_id"]
        return file

    @property
    def device_key_id(self) -> str:
        """Which key of the computer's password store opens the slots' outer layer."""
        header = self.one(HeaderRow)
        if header is None:
            raise location.missing()
        return str(header["device_key_id"])

    def set_device_key_id(self, device_key_id: str) -> None:
        """Say which key of the password store is the one from this commit on."""
        with self.transaction() as writing:
            writing.put(HeaderRow, id=1, vault_id=self.vault_id, device_key_id=device_key_id)

    def slots(self) -> tuple[StaffSlot, ...]:
        """Return everybody's slot."""
        return tuple(StaffSlot(**row) for row in self.all_rows(StaffSlotRow))

    def slot(self, staff_id: str) -> StaffSlot | None:
        """Return one person's slot, or None."""
        row = self.one(StaffSlotRow, staff_id=staff_id)
        return None if row is None else StaffSlot(**row)

    def put_slot(self, slot: StaffSlot) -> None:
        """Add or replace a slot."""
        with self.transaction() as writing:
            writing.put(StaffSlotRow, **asdict(slot))

    def remove_slot(self, staff_id: str) -> bool:
        """Take a slot out; False if there is none."""
        with self.transaction() as writing:
            return writing.remove(StaffSlotRow, staff_id=staff_id)

    def grants(self, recipient: str | None = None) -> tuple[Grant, ...]:
        """Return every grant, or those to one person or sheet, by epoch."""
        grants = (Grant(**row) for row in self.all_rows(GrantRow))
        chosen = [grant for grant in grants if recipient is None or grant.recipient == recipient]
        return tuple(sorted(chosen, key=lambda grant: (grant.kind, grant.epoch)))

    def put_grant(self, grant: Grant) -> None:
        """Add or replace a grant."""
        with self.transaction() as writing:
            writing.put(GrantRow, **asdict(grant))

    def remove_grant(self, grant_id: str) -> bool:
        """Take a grant out; False if there is none."""
        with self.transaction() as writing:
            return writing.remove(GrantRow, grant_id=grant_id)

    def remove_grants(self, recipient: str) -> int:
        """Take every grant to one person or sheet out; returns how many."""
        with self.transaction() as writing:
            return sum(writing.remove(GrantRow, grant_id=grant.grant_id) for grant in self.grants(recipient))

    def sheets(self) -> tuple[Sheet, ...]:
        """Return every recovery sheet, by number."""
        return tuple(sorted((Sheet(**row) for row in self.all_rows(SheetRow)), key=lambda sheet: sheet.number))

    def put_sheet(self, sheet: Sheet) -> None:
        """Add or replace a recovery sheet."""
        with self.transaction() as writing:
            writing.put(SheetRow, **asdict(sheet))

    def remove_sheet(self, sheet_id: str) -> bool:
        """Take a sheet out; False if there is none."""
        with self.transaction() as writing:
            return writing.remove(SheetRow, sheet_id=sheet_id)

    def clinicians_chain(self) -> tuple[CliniciansPublic, ...]:
        """Return every generation of the clinicians' public keys, oldest first; not yet verified."""
        generations = (CliniciansPublic(**row) for row in self.all_rows(CliniciansKeyRow))
        return tuple(sorted(generations, key=lambda generation: generation.epoch))

    def put_clinicians(self, generation: CliniciansPublic) -> None:
        """Add or replace one generation of the clinicians' public keys."""
        with self.transaction() as writing:
            writing.put(CliniciansKeyRow, **asdict(generation))

    def attend(self, keeper: ManifestKeeper | None) -> None:
        """Let rows be written under this keeper's manifest; None when nobody is signed in any more."""
        self._keeper = keeper

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
        # A second thread comes to the pool and is refused there.
        with faults_told(), self._engine.connect() as connection, connection.begin():
            writing = Transaction(connection, self._keeper, founding)
            self._current, self._thread = writing, threading.get_ident()
            try:
                yield writing
                if writing.doomed or not driver(connection).in_transaction:
                    raise location.unusable()
                writing.seal()
            finally:
                self._current = None

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

    def is_unfounded(self) -> bool:
        """Whether nobody could ever have signed in or kept anything here."""
        with self.reading() as reading:
            return not any(
                reading.rows(select(table_of(model)).limit(1))
                for model in (StaffSlotRow, PatientRow, RecordRow, AuditRow)
            )

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that what was deleted is in neither.

        Raises:
            VaultFault: It could not be done.
            RuntimeError: Called inside a transaction.
        """
        if self._current is not None:
            raise RuntimeError("a checkpoint inside a transaction does nothing")
        with faults_told(), self._engine.connect() as connection:
            blocked, _pages, _done = driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if blocked:
            raise location.unusable()

    def close(self) -> None:
        """Close the file and let other processes have it; no harm when closed already."""
        self._keeper = None
        self._engine.dispose()

    def discard(self) -> None:
        """Close and delete the file: for a beginning that failed."""
        self.close()
        location.remove(self.path)

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Close the file."""
        self.close()

    @classmethod
    def _was_never_founded(cls, path: Path, migrations: Path) -> bool:
        if location.check_existing(path) == 0 and path.stat().st_size == 0:
            return True
        file = cls(path, migrations)
        try:
            return file.is_unfounded()
        finally:
            file.close()

    def _part_of(self, outer: Transaction) -> Iterator[Transaction]:
        if outer.doomed:
            raise location.unusable()
        before = outer.manifest
        try:
            with faults_told(), outer.connection.begin_nested():
                yield outer
        except BaseException as error:
            outer.manifest = before
            # SQLite may have rolled back everything on a full disk; then no later write may be committed alone.
            outer.doomed = outer.doomed or (isinstance(error, VaultFault) and _is_the_files(outer))
            raise


def _is_the_files(writing: Transaction) -> bool:
    connection = writing.connection
    return connection.closed or connection.invalidated or not driver(connection).in_transaction


def _checked(model: type[SQLModel], row: dict[str, Any]) -> dict[str, Any]:
    for name, column in table_of(model).c.items():
        value, kind = row[name], column.type.python_type
        # SQLModel's string type does not say that it is one.
        if type(value) is not (str if kind is object else kind) and not (value is None and column.nullable):
            raise tampered()
    return row
