"""The sealed total lies in the file, and without the vault key it is neither read nor written."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Update, insert, select, update

from rapportdesk.errors import Tampered
from rapportdesk.store.manifest.covered import COVERED
from rapportdesk.store.records.changed import changes_key
from rapportdesk.store.tables import ManifestRow, table_of
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.manifest import Manifest, manifest_key, open_total, seal_total


class ManifestKeeper:
    """Reads and writes the sealed total.

    Args:
        vault_key: The vault key.
        vault_id: The vault's id.
        counting: The former vault key by whose terms the rows are still counted; None when it is the present one.

    Attributes:
        key: For the rows' terms.
        changes_key: For what commits say of themselves.
    """

    def __init__(self, vault_key: bytes, vault_id: str, *, counting: bytes | None = None) -> None:
        self._total_key = manifest_key(vault_key)
        self.key = self._total_key if counting is None else manifest_key(counting)
        self.changes_key = changes_key(vault_key)
        self._vault_id = vault_id

    def has_gone_over(self) -> None:
        """Count by the present key from now on: the file's total has just been committed so."""
        self.key = self._total_key

    def load(self, connection: Connection) -> Manifest:
        """Return what the file should hold.

        Raises:
            Tampered: The total is missing or does not open.
        """
        found = _only(connection)
        if found is None or not isinstance(found.sealed, bytes) or not isinstance(found.epoch, int):
            raise tampered()
        return open_total(self._total_key, found.sealed, found.epoch, self._vault_id)

    def save(self, connection: Connection, manifest: Manifest) -> None:
        """Write what the file should hold."""
        table = table_of(ManifestRow)
        sealed = seal_total(self._total_key, manifest, self._vault_id)
        done = connection.execute(_total(), {"epoch": manifest.epoch, "sealed": sealed})
        if done.rowcount == 0:
            connection.execute(insert(table).values(id=1, epoch=manifest.epoch, sealed=sealed))

    def accept(self, connection: Connection) -> None:
        """Take what the file does hold for what it should hold, under an epoch it has not had.

        A row that cannot even be counted keeps being noticed, by itself.
        """
        found = _only(connection)
        epoch = found.epoch if found is not None and isinstance(found.epoch, int) else 0
        self.save(connection, self.count(connection, epoch=epoch + 1))

    def count(self, connection: Connection, *, epoch: int) -> Manifest:
        """Return what the file does hold; a row that cannot be counted is left out."""
        return Manifest.of(self._macs(connection), epoch=epoch)

    def _macs(self, connection: Connection) -> Iterator[int]:
        for covered in COVERED:
            for row in connection.execute(select(covered.table).execution_options(yield_per=500)).mappings():
                try:
                    yield covered.mac(self.key, dict(row))
                except Tampered:
                    continue


@cache
def _two_rows() -> Select[Any]:
    return select(table_of(ManifestRow)).limit(2)


@cache
def _total() -> Update:
    return update(table_of(ManifestRow))


def _only(connection: Connection) -> Row[Any] | None:
    """Return the row; None also where a damaged page shows more than one."""
    rows = connection.execute(_two_rows()).all()
    return rows[0] if len(rows) == 1 else None
