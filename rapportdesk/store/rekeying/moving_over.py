"""After a new vault key's commit, what is left under former ones is moved under it in small commits, a page at a time.

First what commits said of themselves under a former key is taken off, for whoever followed them begins anew with the
key; then the patients' keys are wrapped anew; then every row is counted by the new key's terms beside the old one's,
and one commit that holds no row goes over to the new total. Whoever saves waits for one page. Cut off anywhere
everything opens, and the next sign-in goes on: the first two with what is left, the last from its beginning, for
nothing of a count is kept. What others write where the count has been is counted again before the end.
"""

import os
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rapportdesk.errors import Tampered
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import COVERED, Covered, coverage
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.manifest.tally import position
from rapportdesk.store.records.changed import changes_key, is_opened_by
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.rekeying.rekeying import reading_what_is_no_text, write_renewed
from rapportdesk.store.tables import ChangeRow, PatientRow
from rapportdesk.store.transaction import Change, Transaction
from rapportdesk.vault.manifest import Manifest

_TAKEN_OFF = 50
_WRAPPED = 50
_COUNTED = 200


def forget_former_changes(file: VaultFile, present: bytes, former: Sequence[bytes]) -> Iterator[int]:
    """Take off what commits said of themselves under former vault keys; others may write between two steps.

    What opens under none of the keys is left as it is, for `verify` to name.

    Args:
        file: The vault.
        present: The vault key.
        former: Those before it.

    Yields:
        How many were taken off.
    """
    covered, after = coverage(ChangeRow), None
    key, former_keys = changes_key(present), tuple(map(changes_key, former))
    while True:
        with file.transaction() as writing:
            rows = writing.rows(*covered.page(after, _TAKEN_OFF))
            past = [row for row in rows if not is_opened_by((key,), row) and is_opened_by(former_keys, row)]
            for row in past:
                writing.remove(ChangeRow, epoch=row["epoch"])
        if not rows:
            return
        after = covered.key_of(rows[-1])
        yield len(past)


def rewrap(file: VaultFile, present: PatientKeys, any_of_them: PatientKeys) -> Iterator[int]:
    """Wrap every patient's key under the present vault key; others may write between two steps.

    A key that does not open is left as it is, for `verify` to name.

    Args:
        file: The vault.
        present: Opens what lies under the present vault key alone.
        any_of_them: Opens what lies under a former one too.

    Yields:
        How many were looked at.
    """
    covered, after = coverage(PatientRow), None
    while True:
        with file.transaction() as writing, reading_what_is_no_text(writing):
            rows = writing.rows(*covered.page(after, _WRAPPED))
            renewed = [(row, new) for row in rows if (new := _rewrapped(row, present, any_of_them)) is not None]
            write_renewed(writing, covered, renewed)
        if not rows:
            return
        after = covered.key_of(rows[-1])
        yield len(rows)


def _rewrapped(row: dict[str, Any], present: PatientKeys, any_of_them: PatientKeys) -> dict[str, Any] | None:
    try:
        present.unwrap(row)
    except Tampered:
        try:
            return {**row, "wrapped_key": any_of_them.rewrapped(row)}
        except Tampered:
            pass  # named by `verify`
    return None


@dataclass(slots=True, eq=False)
class _Page:
    """The rows of a table after one key and up to another; None for both of its ends."""

    covered: Covered
    after: tuple[Any, ...] | None = None
    last: tuple[Any, ...] | None = None
    old: Manifest = field(default_factory=Manifest)
    new: Manifest = field(default_factory=Manifest)


class Recount:
    """Counts every row by two keys, page by page.

    Args:
        file: The vault.
        old: Who keeps the manifest.
        new: Who is to keep it.
    """

    def __init__(self, file: VaultFile, old: ManifestKeeper, new: ManifestKeeper) -> None:
        self._file, self._new = file, new
        self._old_key, self._new_key = old.key, new.key
        self._pages = {covered.table.name: [_Page(covered)] for covered in COVERED}
        self._ends: dict[str, list[tuple[Any, ...]]] = {name: [] for name in self._pages}  # of all pages but the last
        self._to_count = {page: None for pages in self._pages.values() for page in pages}

    def steps(self) -> Generator[int, None, None]:
        """Count everything, and what is written meanwhile once more; others may write between two steps.

        Yields:
            How many rows were counted.
        """
        with self._file.telling(self._written):
            while self._to_count:
                yield self._count(next(iter(self._to_count)))

    def go_over(self, writing: Transaction) -> None:
        """Let the new keeper keep the manifest, before anything else is written after the last step.

        Where the rows are not those that should be there, they go on not being those.
        """
        recorded, found, counted = writing.recorded(), Manifest(), Manifest()
        for pages in self._pages.values():
            for page in pages:
                found, counted = found.and_all(page.old), counted.and_all(page.new)
        if not recorded.holds(found):
            counted = counted.add(int.from_bytes(os.urandom(31), "big") + 1)
        writing.rekey(self._new, replace(counted, epoch=recorded.epoch))

    def _count(self, page: _Page) -> int:
        """Count the rows of a page; of a long one the first, and the rest becomes a page of its own."""
        covered = page.covered
        with self._file.reading() as reading, reading_what_is_no_text(reading):
            rows = reading.rows(*covered.page(page.after, _COUNTED, upto=page.last))
        del self._to_count[page]
        page.old, page.new = _counted(covered, self._old_key, rows), _counted(covered, self._new_key, rows)
        if len(rows) == _COUNTED and (ends := covered.key_of(rows[-1])) != page.last:
            rest = _Page(covered, ends, page.last)
            at = self._number(covered, page.after)
            page.last = ends
            self._pages[covered.table.name].insert(at + 1, rest)
            self._ends[covered.table.name].insert(at, position(covered, ends))
            self._to_count[rest] = None
        return len(rows)

    def _written(self, changes: Sequence[Change]) -> None:
        for change in changes:
            name = change.covered.table.name
            at = bisect_left(self._ends[name], position(change.covered, change.key))
            self._to_count[self._pages[name][at]] = None

    def _number(self, covered: Covered, after: tuple[Any, ...] | None) -> int:
        return 0 if after is None else bisect_left(self._ends[covered.table.name], position(covered, after)) + 1


def _counted(covered: Covered, key: bytes, rows: Sequence[dict[str, Any]]) -> Manifest:
    terms = []
    for row in rows:
        try:
            terms.append(covered.mac(key, row))
        except Tampered:
            continue  # `verify` names it by itself
    return Manifest.of(terms, epoch=0)
