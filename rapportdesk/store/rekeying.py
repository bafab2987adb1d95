"""A new vault key takes the old one's place in every row, within one transaction: the old one opens nothing after it.

What did not authenticate before does not authenticate after it, and a manifest that did not hold goes on not holding:
a fault made from outside is never laundered by the way.
"""

import hmac
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, update

from rapportdesk.errors import NewerFormat, Tampered
from rapportdesk.store.audit_log import line_place
from rapportdesk.store.audit_retention import read_start
from rapportdesk.store.changed import changes_key, open_changed, seal_changed
from rapportdesk.store.covered import COVERED, Covered
from rapportdesk.store.engine import driver
from rapportdesk.store.manifest_keeper import ManifestKeeper
from rapportdesk.store.patient_keys import PatientKeys
from rapportdesk.store.records import RECORD, REVISION, place
from rapportdesk.store.settings import Settings
from rapportdesk.store.tombstones import Tombstones
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.chain import START, audit_key, link
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.manifest import Manifest
from rapportdesk.vault.sealing import seal, unseal

_PAGE = 1_000
_SEALED = frozenset({"sealed", "wrapped_key", "link", "mac"})

Row = dict[str, Any]
Renew = Callable[[Row], Row]


def rekey(writing: Transaction, settings: Settings, *, vault_id: str, old: bytes, new: bytes) -> None:
    """Seal everything that lies under the vault key `old` under `new`; the last thing before the commit.

    Args:
        writing: The outermost transaction, kept by the old key's manifest.
        settings: Under the old key; they are put where the new one looks for them.
        vault_id: The vault's id.
        old: The vault key until now.
        new: The vault key from this commit on.

    Raises:
        Tampered: The manifest does not open.
    """
    before, after = ManifestKeeper(old, vault_id), ManifestKeeper(new, vault_id)
    with _reading_what_is_no_text(writing):  # around all that is read: the settings lie among the records
        renewals = _Renewals(old, new, _chain_begins_after(settings))
        settings.rename(new)
        recorded = writing.recorded()
        found, counted = _walk(writing, renewals, before.key, after.key)
    if not recorded.holds(found):
        counted = counted.add(int.from_bytes(os.urandom(31), "big") + 1)
    writing.rekey(after, replace(counted, epoch=recorded.epoch))


def _chain_begins_after(settings: Settings) -> bytes:
    """Return the link of the last line of the audit that was taken off by rule."""
    try:
        return read_start(settings).link
    except (Tampered, NewerFormat):
        return START  # `verify` names the setting, and the first line by it


def _walk(writing: Transaction, renewals: "_Renewals", old: bytes, new: bytes) -> tuple[Manifest, Manifest]:
    """Renew every row; returns what the old manifest's key counts before it and the new one's after it."""
    found = counted = Manifest()
    for covered in COVERED:
        for was, becomes in _renewed(writing, covered, renewals.of(covered.table.name)):
            found = _counted(found, old, covered, was)
            counted = _counted(counted, new, covered, becomes)
    return found, counted


@contextmanager
def _reading_what_is_no_text(writing: Transaction) -> Iterator[None]:
    """Read a row that was given bytes as text from outside: one damaged row must not keep a leaver's key in place."""
    connection = driver(writing.connection)
    usual = connection.text_factory
    connection.text_factory = lambda content: content.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = usual


def _counted(manifest: Manifest, key: bytes, covered: Covered, row: Row) -> Manifest:
    try:
        return manifest.add(covered.mac(key, row))
    except Tampered:
        return manifest  # `verify` names it by itself


def _renewed(writing: Transaction, covered: Covered, renew: Renew | None) -> Iterator[tuple[Row, Row]]:
    """Give every row as it was and as it is from now on, once it has been written so."""
    after: tuple[Any, ...] | None = None
    while page := writing.rows(covered.page(after, _PAGE)):
        fresh = [(row, row if renew is None else _unless_tampered(renew, row)) for row in page]
        _write(writing, covered, [(row, new) for row, new in fresh if new is not row])
        yield from fresh
        after = covered.key_of(page[-1])


def _unless_tampered(renew: Renew, row: Row) -> Row:
    try:
        return renew(row)
    except Tampered:
        return row


def _write(writing: Transaction, covered: Covered, renewed: list[tuple[Row, Row]]) -> None:
    """Change many rows by one prepared statement: some thousands of audit lines are usual."""
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


class _Renewals:
    """How one row of each table comes from under one vault key to under another; Tampered when it was not under it."""

    def __init__(self, old: bytes, new: bytes, chain_begins_after: bytes) -> None:
        self._old, self._new = old, new
        self._patient_keys = PatientKeys(old)
        self._tombstones = Tombstones(old), Tombstones(new)
        self._links = audit_key(old), audit_key(new)
        self._changes = changes_key(old), changes_key(new)
        self._previous = chain_begins_after, chain_begins_after

    def of(self, table: str) -> Renew | None:
        """Return the renewal for a table; None for one whose rows lie under other keys."""
        renewals: Mapping[str, Renew] = {
            "patient": self._patient,
            "record": lambda row: self._of_no_patient(row, RECORD, "id"),
            "record_revision": lambda row: self._of_no_patient(row, REVISION, "record_id"),
            "audit_entry": self._line,
            "tombstone": self._tombstone,
            "change": self._change,
        }
        return renewals.get(table)

    def _patient(self, row: Row) -> Row:
        return {**row, "wrapped_key": self._patient_keys.rewrapped(row, self._new)}

    def _of_no_patient(self, row: Row, table: str, key: str) -> Row:
        if row["patient_id"] is not None:
            return row
        if not isinstance(row["sealed"], bytes) or type(row["revision"]) is not int:
            raise tampered()
        where = place(table, row[key], None, row["revision"])
        return {**row, "sealed": seal(self._new, unseal(self._old, row["sealed"], where), where)}

    def _line(self, row: Row) -> Row:
        """Return a line linked anew; a link that was broken stays broken."""
        sequence, sealed, linked = row["sequence"], row["sealed"], row["link"]
        (old_key, new_key), (old_link, new_link) = self._links, self._previous
        if not isinstance(linked, bytes):
            self._previous = START, START
            raise tampered()
        if not isinstance(sealed, bytes):
            self._previous = linked, linked
            raise tampered()
        holds = hmac.compare_digest(link(old_key, old_link, sequence, sealed), linked)
        try:
            fresh = seal(self._new, unseal(self._old, sealed, line_place(sequence)), line_place(sequence))
        except Tampered:
            self._previous = linked, linked
            raise
        relinked = link(new_key, new_link if holds else os.urandom(len(START)), sequence, fresh)
        self._previous = linked, relinked
        return {**row, "sealed": fresh, "link": relinked}

    def _change(self, row: Row) -> Row:
        (old, new), epoch = self._changes, row["epoch"]
        return {**row, "sealed": seal_changed(new, epoch, open_changed(old, epoch, row["sealed"]))}

    def _tombstone(self, row: Row) -> Row:
        old, new = self._tombstones
        if not old.is_authentic(row["id"], row["mac"]):
            raise tampered()
        return {**row, "mac": new.mac(row["id"])}
