"""What has changed since: from any place in the vault's history that is still known to the newest.

A place is a commit's epoch with a mark of its row, so that a file that was brought back from a backup and written on is
never taken for the same history. The newest rows are kept; whoever was last here before them begins anew.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select

from rapportdesk.errors import Tampered
from rapportdesk.model.identity import PatientId
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.changed import changes_key, open_changed
from rapportdesk.store.tables import ChangeRow, table_of

KEPT = 20_000
"""Commits that are known."""

_TAKEN_OFF = 500  # at a time


@dataclass(frozen=True, slots=True)
class Changes:
    """Whose records were written since a place, each once, and the place up to which that is said."""

    patients: tuple[PatientId, ...]
    position: str


class ChangeLog:
    """Reads what commits say of themselves.

    Args:
        file: The vault.
        vault_key: Opens it.
    """

    def __init__(self, file: VaultFile, vault_key: bytes) -> None:
        self._file = file
        self._key = changes_key(vault_key)
        self._trimmed_at = -1

    @property
    def commits(self) -> int:
        """How many commits since the file was opened have written anybody's records: to look no further when none."""
        return self._file.commits

    def position(self) -> str:
        """Return the newest place; a history that has none begins with this.

        Raises:
            VaultFault: It could not begin.
        """
        table = table_of(ChangeRow)
        newest = select(table).order_by(table.c.epoch.desc()).limit(1)
        with self._file.transaction() as writing:
            if not (found := writing.rows(newest)):
                writing.also_about()
        if not found:
            with self._file.reading() as reading:
                found = reading.rows(newest)
        return _place(found[0]["epoch"], found[0]["sealed"])

    def since(self, position: str) -> Changes | None:
        """Return what has changed since a place; None where everything is to be read anew."""
        epoch = int(position.partition(":")[0])
        table = table_of(ChangeRow)
        with self._file.reading() as reading:
            rows = reading.rows(select(table).where(table.c.epoch >= epoch).order_by(table.c.epoch))
        if not rows or _place(rows[0]["epoch"], rows[0]["sealed"]) != position:
            return None
        patients = dict[str, None]()
        for row in rows[1:]:
            try:
                changed = open_changed(self._key, row["epoch"], row["sealed"])
            except Tampered:
                return None  # `verify` names it
            if changed is None:
                return None
            patients.update(dict.fromkeys(changed))
        newest = _place(rows[-1]["epoch"], rows[-1]["sealed"])
        return Changes(tuple(PatientId(each) for each in patients), newest)

    def trim(self) -> None:
        """Take some of the oldest rows off when there are more than are kept."""
        if self._trimmed_at == self.commits:
            return
        table = table_of(ChangeRow)
        with self._file.transaction() as writing:
            rows = writing.rows(select(func.count().label("rows")).select_from(table))
            if rows[0]["rows"] < KEPT + _TAKEN_OFF:
                self._trimmed_at = self.commits
                return
            oldest = writing.rows(select(table.c.epoch).order_by(table.c.epoch).limit(_TAKEN_OFF))
            for row in oldest:
                writing.remove(ChangeRow, epoch=row["epoch"])


def _place(epoch: int, sealed: object) -> str:
    content = sealed if isinstance(sealed, bytes) else b""
    return f"{epoch}:{hashlib.sha256(content).hexdigest()[:32]}"
