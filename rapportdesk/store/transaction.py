"""Rows are written here alone, so that no write forgets the manifest: one term out, one term in, sealed at the commit.

The work for one write does not grow with the vault. A row that was changed from outside and is then overwritten leaves
the total wrong for good: overwriting launders nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, update
from sqlmodel import SQLModel

from rapportdesk.errors import Tampered
from rapportdesk.store import statements
from rapportdesk.store.manifest.covered import Covered, coverage
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.records.changed import seal_changed
from rapportdesk.store.records.open_cards import OpenCards
from rapportdesk.store.tables import ChangeRow
from rapportdesk.vault.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Change:
    """One row that was written: where, the term that left the manifest and the term that came, and about whom.

    Nobody where it was sealed anew and says what it said.
    """

    covered: Covered
    key: tuple[Any, ...]
    out: int | None
    into: int | None
    about: tuple[str, ...] = ()

    def applied_to(self, manifest: Manifest) -> Manifest:
        """Return the manifest after this change."""
        if self.out is not None:
            manifest = manifest.remove(self.out)
        return manifest if self.into is None else manifest.add(self.into)


class Transaction:
    """What is written between BEGIN and COMMIT.

    Args:
        connection: In a transaction.
        keeper: Who keeps the manifest; None while nobody is signed in, and then covered rows cannot be written.
        manifest: The total to start from; None to read it from the file at the first write.
        cards: Told of whom anything is written, and of whom it is taken back.

    Attributes:
        manifest: The running total, None until a row is written; whoever rolls a part back sets it back.
        changes: What was written so far, set back likewise.
        about: The patients whose records that changed, each as often as it did; set back likewise.
        doomed: The file gave way underneath, and nothing may be committed any more.
    """

    def __init__(
        self,
        connection: Connection,
        keeper: ManifestKeeper | None,
        manifest: Manifest | None = None,
        cards: OpenCards | None = None,
    ) -> None:
        self.connection = connection
        self._cards = cards
        self._keeper = keeper
        self.manifest = manifest
        self._before = manifest
        self.changes: list[Change] = []
        self.doomed = False
        self.about: list[str] = []
        self._says_so = False
        self._undone: list[Callable[[], None]] = []

    @property
    def mac_key(self) -> bytes:
        """By which the manifest counts rows in this transaction; raises as `put`."""
        return self._ready()

    def rows(self, statement: Executable, given: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return every row of a select, by the names of its columns; `given` is what it is asked with."""
        found = self.connection.execute(statement, given)
        names = tuple(found.keys())
        return [dict(zip(names, row, strict=True)) for row in found.all()]

    def row(self, model: type[SQLModel], **key: Any) -> dict[str, Any] | None:
        """Return the row with this primary key, or None."""
        return self._old(coverage(model), key)

    def put(self, model: type[SQLModel], **values: Any) -> None:
        """Insert the row, or replace the one with its primary key.

        Raises:
            Tampered: The manifest does not open.
        """
        self.replace(model, self._old(coverage(model), values), **values)

    def replace(self, model: type[SQLModel], old: dict[str, Any] | None, **values: Any) -> None:
        """Put the row in the place of one that was just read in this transaction, or of none; raises as `put`."""
        covered = coverage(model)
        key = self._ready()
        into = covered.mac(key, values)
        if old is None:
            self.connection.execute(statements.put_row(covered.table), values)
            self._note(Change(covered, covered.key_of(values), None, into, covered.about(None, values)))
        else:
            out = covered.mac(key, old)
            here = statements.at(covered.table, values)
            self.connection.execute(statements.replace_at(covered.table), {**values, **here})
            self._note(Change(covered, covered.key_of(values), out, into, covered.about(old, values)))

    def reseal(self, model: type[SQLModel], rows: Sequence[tuple[dict[str, Any], bytes]]) -> None:
        """Put what was sealed anew in rows that were just read in this transaction, many by one statement; as `put`.

        Args:
            model: Whose column `sealed` it is.
            rows: Each as it is, with what is sealed in it from now on; it says what it said.
        """
        if not rows:
            return
        covered, key = coverage(model), self._ready()
        changes = [
            Change(covered, covered.key_of(row), covered.mac(key, row), covered.mac(key, {**row, "sealed": sealed}))
            for row, sealed in rows
        ]
        at = [covered.table.c[name] == bindparam(f"at_{name}") for name in covered.key]
        self.connection.execute(
            update(covered.table).where(*at).values(sealed=bindparam("to_sealed")),
            [{**{f"at_{name}": row[name] for name in covered.key}, "to_sealed": sealed} for row, sealed in rows],
        )
        self.written_at_once(changes)

    def remove(self, model: type[SQLModel], **key: Any) -> bool:
        """Take the row with this primary key out; False if there is none."""
        covered = coverage(model)
        mac_key = self._ready()
        old = self._old(covered, key)
        if old is None:
            return False
        try:
            out = covered.mac(mac_key, old)
        except Tampered:
            # It can be deleted, and the total stays wrong for good.
            out = None
        self.connection.execute(statements.remove_at(covered.table), statements.at(covered.table, key))
        self._note(Change(covered, covered.key_of(key), out, None, covered.about(old, None)))
        return True

    def also_about(self, *patients: str) -> None:
        """Say that a row changes what is known of these patients too, whose rows it is none of."""
        self._ready()
        self._writes_about(patients)
        self._says_so = True

    def written_at_once(self, changes: Iterable[Change]) -> None:
        """Count rows that a statement of its own has written in this transaction; raises as `put`.

        Args:
            changes: Every one of them, with the terms that were worked out ahead.
        """
        self._ready()
        for change in changes:
            self._note(change)

    def if_undone(self, forget: Callable[[], None]) -> None:
        """Have `forget` called should this be rolled back: for what was remembered of rows that then never were."""
        self._undone.append(forget)

    def undone(self) -> None:
        """It was rolled back, or a part of it: nothing that was remembered of it counts."""
        if self._cards is not None:
            self._cards.forget(self.about)
        for forget in self._undone:
            forget()

    def recorded(self) -> Manifest:
        """Return what the file should hold at this moment; Tampered if the manifest does not open."""
        self._ready()
        if self.manifest is None:
            raise RuntimeError("a manifest is loaded by whoever is ready to write")
        return self.manifest

    def rekey(self, keeper: ManifestKeeper, manifest: Manifest) -> None:
        """Go on under another keeper's manifest, whose total somebody has just counted; it is sealed at the commit."""
        self._keeper, self.manifest, self._before = keeper, manifest, None

    def seal(self) -> None:
        """Write the total for the next epoch, if a row was written; the last thing before the commit."""
        self._say_what_changed()
        if self._keeper is not None and self.manifest is not None and self.manifest != self._before:
            self._keeper.save(self.connection, self.manifest.next_epoch())
            if self._cards is not None:
                self._cards.told(())

    def _say_what_changed(self) -> None:
        if self._keeper is None or self.manifest is None or not (self.about or self._says_so):
            return
        epoch = self.manifest.next_epoch().epoch
        self.put(ChangeRow, epoch=epoch, sealed=seal_changed(self._keeper.changes_key, epoch, self.about))

    def _ready(self) -> bytes:
        if self._keeper is None:
            raise RuntimeError("these rows are written with the vault key at hand: sign in first")
        if self.manifest is None:
            self.manifest = self._before = self._keeper.load(self.connection)
        if self._cards is not None:
            self._cards.look()
        return self._keeper.key

    def _note(self, change: Change) -> None:
        if self.manifest is not None:
            self.manifest = change.applied_to(self.manifest)
        self.changes.append(change)
        self._writes_about(change.about)

    def _writes_about(self, patients: Sequence[str]) -> None:
        self.about += patients
        if self._cards is not None:
            self._cards.told(patients)

    def _old(self, covered: Covered, values: dict[str, Any]) -> dict[str, Any] | None:
        found = self.rows(statements.row_at(covered.table), statements.at(covered.table, values))
        return found[0] if found else None
