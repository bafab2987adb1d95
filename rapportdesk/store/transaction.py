"""Rows are written here alone, so that no write forgets the manifest: one term out, one term in, sealed at the commit.

The work for one write does not grow with the vault. A row that was changed from outside and is then overwritten leaves
the total wrong for good: overwriting launders nothing.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Executable, delete, insert, select, update
from sqlmodel import SQLModel

from rapportdesk.errors import Tampered
from rapportdesk.store.covered import COVERED, Covered, coverage
from rapportdesk.store.tables import ManifestRow, table_of
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.manifest import Manifest, manifest_key, open_total, seal_total


class ManifestKeeper:
    """Reads and writes the sealed total.

    Args:
        vault_key: The vault key.
        vault_id: The vault's id.
    """

    def __init__(self, vault_key: bytes, vault_id: str) -> None:
        self.key = manifest_key(vault_key)
        self._vault_id = vault_id

    def load(self, connection: Connection) -> Manifest:
        """Return what the file should hold.

        Raises:
            Tampered: The total is missing or does not open.
        """
        found = connection.execute(select(table_of(ManifestRow))).one_or_none()
        if found is None or not isinstance(found.sealed, bytes) or not isinstance(found.epoch, int):
            raise tampered()
        return open_total(self.key, found.sealed, found.epoch, self._vault_id)

    def save(self, connection: Connection, manifest: Manifest) -> None:
        """Write what the file should hold."""
        table = table_of(ManifestRow)
        sealed = seal_total(self.key, manifest, self._vault_id)
        done = connection.execute(update(table).values(epoch=manifest.epoch, sealed=sealed))
        if done.rowcount == 0:
            connection.execute(insert(table).values(id=1, epoch=manifest.epoch, sealed=sealed))

    def accept(self, connection: Connection) -> None:
        """Take what the file does hold for what it should hold, under an epoch it has not had."""
        found = connection.execute(select(table_of(ManifestRow))).one_or_none()
        epoch = found.epoch if found is not None and isinstance(found.epoch, int) else 0
        manifest, _unreadable = self.count(connection, epoch=epoch + 1)
        self.save(connection, manifest)

    def count(self, connection: Connection, *, epoch: int) -> tuple[Manifest, tuple[str, ...]]:
        """Return what the file does hold, and the tables in which a row cannot even be counted."""
        unreadable: list[str] = []

        def macs() -> Iterator[int]:
            for covered in COVERED:
                for row in connection.execute(select(covered.table).execution_options(yield_per=500)).mappings():
                    try:
                        yield covered.mac(self.key, dict(row))
                    except Tampered:
                        unreadable.append(covered.table.name)

        return Manifest.of(macs(), epoch=epoch), tuple(unreadable)


class Transaction:
    """What is written between BEGIN and COMMIT.

    Args:
        connection: In a transaction.
        keeper: Who keeps the manifest; None while nobody is signed in, and then covered rows cannot be written.
        manifest: The total to start from; None to read it from the file at the first write.

    Attributes:
        manifest: The running total, None until a row is written; whoever rolls a part back sets it back.
        doomed: The file gave way underneath, and nothing may be committed any more.
    """

    def __init__(self, connection: Connection, keeper: ManifestKeeper | None, manifest: Manifest | None = None) -> None:
        self.connection = connection
        self._keeper = keeper
        self.manifest = manifest
        self._before = manifest
        self.doomed = False

    def rows(self, statement: Executable) -> list[dict[str, Any]]:
        """Return every row of a select, by the names of its columns."""
        return [dict(row) for row in self.connection.execute(statement).mappings()]

    def put(self, model: type[SQLModel], **values: Any) -> None:
        """Insert the row, or replace the one with its primary key.

        Raises:
            Tampered: The manifest does not open.
        """
        self.replace(model, self._old(coverage(model), values), **values)

    def replace(self, model: type[SQLModel], old: dict[str, Any] | None, **values: Any) -> None:
        """Put the row in the place of one that was just read in this transaction, or of none; raises as `put`."""
        covered = coverage(model)
        keeper, manifest = self._kept()
        if old is None:
            self.connection.execute(insert(covered.table).values(**values))
        else:
            manifest = manifest.remove(covered.mac(keeper.key, old))
            self.connection.execute(update(covered.table).where(covered.at(values)).values(**values))
        self.manifest = manifest.add(covered.mac(keeper.key, values))

    def remove(self, model: type[SQLModel], **key: Any) -> bool:
        """Take the row with this primary key out; False if there is none."""
        covered = coverage(model)
        keeper, manifest = self._kept()
        old = self._old(covered, key)
        if old is None:
            return False
        self.connection.execute(delete(covered.table).where(covered.at(key)))
        self.manifest = manifest.remove(covered.mac(keeper.key, old))
        return True

    def seal(self) -> None:
        """Write the total for the next epoch, if a row was written; the last thing before the commit."""
        if self._keeper is not None and self.manifest is not None and self.manifest != self._before:
            self._keeper.save(self.connection, self.manifest.next_epoch())

    def _kept(self) -> tuple[ManifestKeeper, Manifest]:
        if self._keeper is None:
            raise RuntimeError("these rows are written with the vault key at hand: sign in first")
        if self.manifest is None:
            self.manifest = self._before = self._keeper.load(self.connection)
        return self._keeper, self.manifest

    def _old(self, covered: Covered, values: dict[str, Any]) -> dict[str, Any] | None:
        found = self.rows(select(covered.table).where(covered.at(values)))
        return found[0] if found else None
