"""Everything in the file is opened and authenticated, and what does not is named by table and id, never by content.

The walk goes on to the end whatever it meets. Rows to which a session has no inner key are authenticated by their outer
seal and by the manifest. The whole walk is one transaction, for the manifest is that of one moment.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlmodel import SQLModel

from rapportdesk.errors import NewerFormat, NotFound, Tampered
from rapportdesk.language import _
from rapportdesk.store.audit_log import AuditLog
from rapportdesk.store.doors_verified import Fault, verify_doors
from rapportdesk.store.identities import Identities
from rapportdesk.store.records import REVISION, Records
from rapportdesk.store.tables import AuditRow, PatientRow, RecordRow, RevisionRow, TombstoneRow, table_of
from rapportdesk.store.tombstones import Tombstones
from rapportdesk.store.transaction import ManifestKeeper, Transaction
from rapportdesk.store.vault_file import VaultFile
from rapportdesk.vault.chain import START, audit_key, link
from rapportdesk.vault.keys import SessionKeys

Progress = Callable[[int, int], None]
"""Told how many rows have been looked at and how many there are."""

_PAGE = 500
_WALKED: tuple[type[SQLModel], ...] = (PatientRow, RecordRow, RevisionRow, AuditRow, TombstoneRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What `verify` found.

    Attributes:
        records: How many things were looked at, without their earlier revisions.
        patients: How many patients.
        audit_lines: How many lines of the audit.
        faults: What does not authenticate; empty when all is well.
    """

    records: int
    patients: int
    audit_lines: int
    faults: tuple[Fault, ...]

    @property
    def clean(self) -> bool:
        """Whether all is well."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Verifier:
    """What opening everything takes."""

    file: VaultFile
    keys: SessionKeys
    keeper: ManifestKeeper
    records: Records
    identities: Identities
    audit: AuditLog
    tombstones: Tombstones

    def report(self, progress: Progress | None = None) -> VerifyReport:
        """Walk through the whole file and return what was found."""
        with self.file.reading() as reading:
            counts = {model: _count(reading, model) for model in _WALKED}
            faults = [*_structure(reading), *verify_doors(self.file, self.keys)]
            total = sum(counts.values())
            for seen, found in enumerate(self._walk(reading), start=1):
                faults += found
                if progress is not None and (seen % _PAGE == 0 or seen == total):
                    progress(seen, total)
            faults += self._manifest(reading)
        return VerifyReport(
            records=counts[RecordRow],
            patients=counts[PatientRow],
            audit_lines=counts[AuditRow],
            faults=tuple(faults),
        )

    def _walk(self, reading: Transaction) -> Iterator[tuple[Fault, ...]]:
        for row in _rows(reading, PatientRow):
            yield _tried(f"patient {row['id']}", self.identities.open_row, row)
        for row in _rows(reading, RecordRow):
            yield _tried(f"record {row['id']}", self._open, reading, row)
        for row in _rows(reading, RevisionRow):
            where = f"record_revision {row['record_id']}/{row['revision']}"
            yield _tried(where, self._open_earlier, reading, row)
        yield from self._audit(reading)
        for row in _rows(reading, TombstoneRow):
            yield self._tombstone(reading, row)

    def _open(self, reading: Transaction, row: dict[str, Any]) -> None:
        self.records.thing(self.records.open_row(reading, row))

    def _open_earlier(self, reading: Transaction, row: dict[str, Any]) -> None:
        self.records.earlier(self.records.open_row(reading, row, table=REVISION))

    def _audit(self, reading: Transaction) -> Iterator[tuple[Fault, ...]]:
        key, previous = audit_key(self.keys.vault_key), START
        for expected, row in enumerate(_rows(reading, AuditRow), start=1):
            sequence = row["sequence"]
            where = f"audit_entry {sequence}"
            faults = _tried(where, self.audit.open_line, sequence, row["sealed"])
            if not faults:
                previous = link(key, previous, sequence, row["sealed"])
                if previous != row["link"] or sequence != expected:
                    faults = (Fault(where=where, what=_("A line of the record before this one is missing.")),)
            # Each later line is measured against what lies here, so that one fault is named once.
            previous = row["link"] if isinstance(row["link"], bytes) else START
            yield faults

    def _tombstone(self, reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        where = f"tombstone {row['id']}"
        if not self.tombstones.is_authentic(row["id"], row["mac"]):
            return (Fault(where=where, what=_not_opening()),)
        for model in (PatientRow, RecordRow):
            table = table_of(model)
            if reading.rows(select(table.c.id).where(table.c.id == row["id"])):
                return (Fault(where=where, what=_("Something that was deleted has come back.")),)
        return ()

    def _manifest(self, reading: Transaction) -> tuple[Fault, ...]:
        try:
            recorded = self.keeper.load(reading.connection)
        except Tampered:
            return (Fault(where="manifest", what=_("The sum over all rows was changed or is missing.")),)
        found, unreadable = self.keeper.count(reading.connection, epoch=recorded.epoch)
        faults = [Fault(where=table, what=_not_opening()) for table in unreadable]
        if not recorded.holds(found):
            faults.append(
                Fault(where="manifest", what=_("A row was changed, doubled, put back or taken away from outside."))
            )
        return tuple(faults)


def _structure(reading: Transaction) -> list[Fault]:
    """Return what SQLite itself finds, and parts of a database that RapportDesk never makes."""
    faults: list[Fault] = []
    checked = reading.connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    if checked != ["ok"]:
        faults.append(Fault(where="file", what=_("The file is damaged.")))
    strange = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
    faults += [
        Fault(where=f"{row.type}", what=_("Something was added to the file that RapportDesk never makes."))
        for row in reading.connection.exec_driver_sql(strange)
    ]
    return faults


def _tried(where: str, opening: Callable[..., object], *arguments: object) -> tuple[Fault, ...]:
    try:
        opening(*arguments)
    except (Tampered, NotFound):
        return (Fault(where=where, what=_not_opening()),)
    except NewerFormat:
        return (Fault(where=where, what=_("A newer RapportDesk wrote this.")),)
    return ()


def _not_opening() -> str:
    return _("This was changed from outside and does not open.")


def _count(reading: Transaction, model: type[SQLModel]) -> int:
    return int(reading.connection.execute(select(func.count()).select_from(table_of(model))).scalar_one())


def _rows(reading: Transaction, model: type[SQLModel]) -> Iterator[dict[str, Any]]:
    table = table_of(model)
    found = reading.connection.execute(
        select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_PAGE)
    )
    for row in found.mappings():
        yield dict(row)
