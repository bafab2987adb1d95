"""Everything in the file is opened and authenticated, and what does not is named by table and id, never by content.

The walk goes on to the end whatever it meets, a page at a time, and others may write between two pages. Rows to which a
session has no inner key are authenticated by their outer seal and by the manifest. SQLite's own look at the structure
of a file is one call that takes as long as the file is big: beside other work it is made of small files and of copies.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError

from rapportdesk.errors import Tampered, VaultFault
from rapportdesk.language import _
from rapportdesk.steps import in_one_go
from rapportdesk.store.checking.doors_verified import verify_doors
from rapportdesk.store.checking.findings import Fault, VerifyReport, damaged, not_opening
from rapportdesk.store.checking.row_checks import Check, RowChecks
from rapportdesk.store.file.beside import beside
from rapportdesk.store.file.by_index import lost_by_an_index
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import COVERED, Covered
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.manifest.tally import Tally
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.keys import SessionKeys

Progress = Callable[[int, int], None]
"""Told how many rows have been looked at and how many there are."""

_PAGE = 25  # rows: 1.5 to 4 ms of processor time; of twice as many an eighth less in all, but a letter waits

_SMALL = 16 << 20
"""Bytes of a file whose structure SQLite looks through in some milliseconds."""

__all__ = ["Fault", "Progress", "Verifier", "VerifyReport"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """One walk through one vault, with one session's keys."""

    file: VaultFile
    keys: SessionKeys
    keeper: ManifestKeeper
    checks: RowChecks

    def report(self, progress: Progress | None = None) -> VerifyReport:
        """Walk through the whole file and return what was found."""
        return in_one_go(self.steps(alone=True), None if progress is None else lambda step: progress(*step))

    def steps(self, *, alone: bool = False) -> Generator[tuple[int, int], None, VerifyReport]:
        """Do the same in steps of some milliseconds, between which others may read and write.

        Args:
            alone: Nobody does, so the structure of a big file is looked through too.

        Yields:
            How many rows have been looked at, and how many there are.
        """
        tally = Tally()
        seen = dict.fromkeys((covered.table.name for covered in COVERED), 0)
        with self.file.telling(tally.committed):
            faults, total = self._around()
            yield 0, total
            faults += yield from self._structure(total, alone=alone)
            for covered in COVERED:
                after: tuple[Any, ...] | None = None
                rows: list[dict[str, Any]] | None
                check = self.checks.of(covered.table.name)
                rows = None
                # A short page is the last, or somebody who writes at every step would keep the walk going for ever.
                while rows is None or len(rows) == _PAGE:
                    rows, found = self._page(covered, after, check, tally)
                    faults += found
                    if len(rows) < _PAGE:
                        tally.left(covered)
                    if rows:
                        after = covered.key_of(rows[-1])
                        seen[covered.table.name] += len(rows)
                        yield sum(seen.values()), max(total, sum(seen.values()))
            faults += self._manifest(tally)
        return VerifyReport(
            records=seen["record"],
            patients=seen["patient"],
            audit_lines=seen["audit_entry"],
            faults=tuple(faults),
        )

    def _around(self) -> tuple[list[Fault], int]:
        """Return what is wrong around the rows, and about how many rows there are: counting them would read them."""
        faults = [damaged("file")] if self.file.cut_short else []
        try:
            with self.file.reading() as reading:
                faults += [*_strangers(reading), *verify_doors(self.file, self.keys)]
                return faults, self.keeper.load(reading.connection).count
        except Tampered:
            return faults, 0  # the manifest is named at the end
        except (DBAPIError, VaultFault):
            return [*faults, damaged("file")], 0

    def _structure(self, total: int, *, alone: bool) -> Generator[tuple[int, int], None, list[Fault]]:
        def look() -> list[Fault]:
            try:
                with self.file.reading() as reading:
                    checked = reading.connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
            except (DBAPIError, VaultFault):
                return [damaged("file")]
            return [] if list(checked) == ["ok"] else [damaged("file")]

        if not alone:
            return look() if self.file.path.stat().st_size < _SMALL else []
        looking = beside(look)
        while True:
            try:
                next(looking)
            except StopIteration as seen:
                found: list[Fault] = seen.value
                return found
            yield 0, total

    def _page(
        self, covered: Covered, after: tuple[Any, ...] | None, check: Check, tally: Tally
    ) -> tuple[list[dict[str, Any]], list[Fault]]:
        faults: list[Fault] = []
        try:
            with self.file.reading() as reading:
                rows = reading.rows(*covered.page(after, _PAGE))
                self.checks.get_keys(reading, covered, rows)
                for row in rows:
                    found = check(reading, row)
                    mac = self._mac(covered, row)
                    if mac is None and not found:
                        found = (not_opening(covered.table.name),)
                    tally.met(covered, covered.key_of(row), mac)
                    faults += found
                if lost_by_an_index(reading, covered, rows):
                    faults.append(damaged(covered.table.name))
        except (DBAPIError, VaultFault):
            return [], [damaged(covered.table.name)]
        return rows, faults

    def _mac(self, covered: Covered, row: dict[str, Any]) -> int | None:
        try:
            return covered.mac(self.keeper.key, row)
        except Tampered:
            return None

    def _manifest(self, tally: Tally) -> list[Fault]:
        try:
            with self.file.reading() as reading:
                recorded = self.keeper.load(reading.connection)
        except Tampered:
            return [Fault(where="manifest", what=_("The sum over all entries was changed or is missing."))]
        except (DBAPIError, VaultFault):
            return [damaged("manifest")]
        if recorded.holds(tally.found):
            return []
        what = _("An entry was changed, doubled, put back or taken away from outside.")
        return [Fault(where="manifest", what=what)]


def _strangers(reading: Transaction) -> list[Fault]:
    """Return parts of a database that RapportDesk never makes."""
    strange = reading.connection.exec_driver_sql("SELECT type FROM sqlite_master WHERE type IN ('trigger', 'view')")
    what = _("Something was added to the file that RapportDesk never makes.")
    return [Fault(where=str(row.type), what=what) for row in strange]
