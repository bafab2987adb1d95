"""A new vault key takes the old one's place by one small commit, and the old one is handed out to nobody after it.

Moved at once is what lies under the vault key itself: settings and other records of no patient, tombstones, and the
newest of what commits said of themselves. What the others said is taken off, and the audit's lines (`relinking`), the
patients' keys and the manifest's terms (`moving_over`) follow in steps. What did not authenticate before does not
authenticate after it, and a manifest that did not hold goes on not holding: the manifest is only ever told what was
changed here, so a fault made from outside is never laundered by the way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from rapportdesk.errors import Tampered
from rapportdesk.store.file.engine import driver
from rapportdesk.store.manifest.covered import Covered, coverage
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.records.changed import changes_key, open_changed, seal_changed
from rapportdesk.store.records.records import RECORD, REVISION, place
from rapportdesk.store.records.tombstones import Tombstones
from rapportdesk.store.settings import Settings
from rapportdesk.store.tables import ChangeRow, RecordRow, RevisionRow, TombstoneRow
from rapportdesk.store.transaction import Change, Transaction
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sealing import seal, unseal

_PAGE = 1_000
_SEALED = frozenset({"sealed", "wrapped_key", "link", "mac"})

Row = dict[str, Any]
Renew = Callable[[Row], Row]


def rekey(writing: Transaction, settings: Settings, *, old: bytes, new: bytes, after: ManifestKeeper) -> None:
    """Seal what lies under the vault key `old` itself under `new`; the last thing before the commit.

    Args:
        writing: The outermost transaction, kept by the old key's manifest.
        settings: Under the old key; they are put where the new one looks for them.
        old: The vault key until now.
        new: The vault key from this commit on.
        after: Keeps the manifest under the new key, counting as before.

    Raises:
        Tampered: The manifest does not open.
    """
    with reading_what_is_no_text(writing):  # around all that is read: the settings lie among the records
        renewals = _Renewals(old, new)
        settings.rename(new)
        for model in (RecordRow, RevisionRow, TombstoneRow):
            covered = coverage(model)
            _renew(writing, covered, renewals.of(covered.table.name))
        covered = coverage(ChangeRow)
        newest = select(covered.table).order_by(covered.table.c.epoch.desc()).limit(1)
        _renew_rows(writing, covered, writing.rows(newest), renewals.of(covered.table.name))
        writing.rekey(after, writing.recorded())


@contextmanager
def reading_what_is_no_text(writing: Transaction) -> Iterator[None]:
    """Read a row that was given bytes as text from outside: one damaged row must not keep a leaver's key in place."""
    connection = driver(writing.connection)
    usual = connection.text_factory
    connection.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = usual


def _renew(writing: Transaction, covered: Covered, renew: Renew) -> None:
    after: tuple[Any, ...] | None = None
    while page := writing.rows(*_of_nobody(covered, after)):
        _renew_rows(writing, covered, page, renew)
        after = covered.key_of(page[-1])


def _renew_rows(writing: Transaction, covered: Covered, rows: Sequence[Row], renew: Renew) -> None:
    fresh = [(row, _unless_tampered(renew, row)) for row in rows]
    write_renewed(writing, covered, [(row, new) for row, new in fresh if new is not row])


def _of_nobody(covered: Covered, after: tuple[Any, ...] | None) -> tuple[Select[Any], dict[str, Any]]:
    """Return the question for the next rows of a table that lie under the vault key itself, as `Covered.page` does."""
    page, given = covered.page(after, _PAGE)
    return (page if covered.patient is None else page.where(covered.table.c[covered.patient].is_(None))), given


def _unless_tampered(renew: Renew, row: Row) -> Row:
    try:
        return renew(row)
    except Tampered:
        return row


def write_renewed(writing: Transaction, covered: Covered, renewed: Sequence[tuple[Row, Row]]) -> None:
    """Put rows that were sealed anew in the place of what they were, many by one prepared statement, and count them.

    Args:
        writing: In which they were just read.
        covered: The table.
        renewed: Each as it is, and as it becomes.
    """
    if not renewed:
        return
    at = [covered.table.c[name] == bindparam(f"at_{name}") for name in covered.key]
    # Only what is sealed: SQLite checks a foreign key that is set, and a row's parent may have been taken away.
    # Of that only what was sealed anew: what else is in the row may be of a kind that cannot be written.
    names = [
        name for name in covered.content if name in _SEALED and any(was[name] is not row[name] for was, row in renewed)
    ]
    changed: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
    statement = update(covered.table).where(*at).values(changed)
    values = [
        {**{f"at_{name}": row[name] for name in covered.key}, **{f"to_{name}": row[name] for name in changed}}
        for _was, row in renewed
    ]
    writing.connection.execute(statement, values)
    writing.written_at_once(_counted(covered, renewed, writing.mac_key))


def _counted(covered: Covered, renewed: Sequence[tuple[Row, Row]], mac_key: bytes) -> Iterator[Change]:
    for was, row in renewed:
        try:
            yield Change(covered, covered.key_of(row), covered.mac(mac_key, was), covered.mac(mac_key, row))
        except Tampered:
            continue  # it never could be counted: `verify` names it by itself


class _Renewals:
    """How one row of each table comes from under one vault key to under another; Tampered when it was not under it."""

    def __init__(self, old: bytes, new: bytes) -> None:
        self._old, self._new = old, new
        self._tombstones = Tombstones(old), Tombstones(new)
        self._changes = changes_key(old), changes_key(new)

    def of(self, table: str) -> Renew:
        """Return the renewal for one of the tables in which something lies under the vault key."""
        renewals: Mapping[str, Renew] = {
            "record": lambda row: self._of_no_patient(row, RECORD, "id"),
            "record_revision": lambda row: self._of_no_patient(row, REVISION, "record_id"),
            "tombstone": self._tombstone,
            "change": self._change,
        }
        return renewals[table]

    def _of_no_patient(self, row: Row, table: str, key: str) -> Row:
        if not isinstance(row["sealed"], bytes) or type(row["revision"]) is not int:
            raise tampered()
        where = place(table, row[key], None, row["revision"])
        return {**row, "sealed": seal(self._new, unseal(self._old, row["sealed"], where), where)}

    def _change(self, row: Row) -> Row:
        (old, new), epoch = self._changes, row["epoch"]
        return {**row, "sealed": seal_changed(new, epoch, open_changed(old, epoch, row["sealed"]))}

    def _tombstone(self, row: Row) -> Row:
        old, new = self._tombstones
        if not old.is_authentic(row["id"], row["mac"]):
            raise tampered()
        return {**row, "mac": new.mac(row["id"])}
