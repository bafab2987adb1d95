"""Everything in the file is opened and authenticated, and what does not is named by table and id, never by content.

The walk goes on to the end whatever it meets. Rows to which a session has no inner key are authenticated by their outer
seal and by the manifest. The whole walk is one transaction, for the manifest is that of one moment.
"""

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
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
            faults = [*_structure(reading), *self._doors()]
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

    def _doors(self) -> tuple[Fault, ...]:
        try:
            return tuple(verify_doors(self.file, self.keys))
        except DBAPIError:
            return (_damaged("keys"),)

    def _walk(self, reading: Transaction) -> Iterator[tuple[Fault, ...]]:
        walks = (self._patients, self._records, self._revisions, self._audit, self._tombstones)
        for walk in walks:
            try:
                yield from walk(reading)
            except DBAPIError:
                yield (_damaged(walk.__name__.strip("_")),)

    def _patients(self, reading: Transaction) -> Iterator[tuple[Fault, ...]]:
        for row in _rows(reading, PatientRow):
            yield _tried(f"patient {row['id']}", self.identities.open_row, row)

    def _records(self, reading: Transaction) -> Iterator[tuple[Fault, ...]]:
        for row in _rows(reading, RecordRow):
            yield _tried(f"record {row['id']}", self._open, reading, row)

    def _revisions(self, reading: Transaction) -> Iterator[tuple[Fault, ...]]:
        for row in _rows(reading, RevisionRow):
            where = f"record_revision {row['record_id']}/{row['revision']}"
            yield _tried(where, self._open_earlier, reading, row)

    def _open(self, reading: Transaction, row: dict[str, Any]) -> None:
        self.records.thing(self.records.open_row(reading, row))

    def _open_earlier(self, reading: Transaction, row: dict[str, Any]) -> None:
        self.records.earlier(self.records.open_row(reading, row, table=REVISION))

    def _audit(self, reading: Transaction) -> Iterator[tuple[Fault, ...]]:
        key, previous = audit_key(self.keys.vault_key), START
        for expected, row in enumerate(_rows(reading, AuditRow), start=1):
            sequence, linked = row["sequence"], row["link"]
            where = f"audit_entry {sequence}"
            faults = _tried(where, self.audit.open_line, sequence, row["sealed"])
            if not isinstance(linked, bytes):
                faults, linked = (Fault(where=where, what=_not_opening()),), START
            if not faults:
                holds = hmac.compare_digest(link(key, previous, sequence, row["sealed"]), linked)
                if not holds or sequence != expected:
                    faults = (Fault(where=where, what=_("A line of the record before this one was changed or taken.")),)
            # The next line is measured against what lies here, so that one fault is not named by all after it.
            previous = linked
            yield faults

    def _tombstones(self, reading: Transaction) -> Iterator[tuple[Fault, ...]]:
        for row in _rows(reading, TombstoneRow):
            where = f"tombstone {row['id']}"
            faults: tuple[Fault, ...] = ()
            if not self.tombstones.is_authentic(row["id"], row["mac"]):
                faults = (Fault(where=where, what=_not_opening()),)
            elif any(_holds(reading, model, row["id"]) for model in (PatientRow, RecordRow)):
                faults = (Fault(where=where, what=_("Something that was deleted has come back.")),)
            yield faults

    def _manifest(self, reading: Transaction) -> tuple[Fault, ...]:
        try:
            recorded = self.keeper.load(reading.connection)
            found, unreadable = self.keeper.count(reading.connection, epoch=recorded.epoch)
        except Tampered:
            return (Fault(where="manifest", what=_("The sum over all rows was changed or is missing.")),)
        except DBAPIError:
            return (_damaged("manifest"),)
        faults = [Fault(where=table, what=_not_opening()) for table in unreadable]
        if not recorded.holds(found):
            what = _("A row was changed, doubled, put back or taken away from outside.")
            faults.append(Fault(where="manifest", what=what))
        return tuple(faults)


def _structure(reading: Transaction) -> list[Fault]:
    """Return what SQLite itself finds, and parts of a database that RapportDesk never makes."""
    faults: list[Fault] = []
    try:
        checked = reading.connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
        strange = reading.connection.exec_driver_sql(
            "SELECT type FROM sqlite_master WHERE type IN ('trigger', 'view')"
        ).all()
    except DBAPIError:
        return [_damaged("file")]
    if list(checked) != ["ok"]:
        faults.append(_damaged("file"))
    what = _("Something was added to the file that RapportDesk never makes.")
    return [*faults, *(Fault(where=str(row.type), what=what) for row in strange)]


def _tried(where: str, opening: Callable[..., object], *arguments: object) -> tuple[Fault, ...]:
    try:
        opening(*arguments)
    except (Tampered, NotFound):
        return (Fault(where=where, what=_not_opening()),)
    except NewerFormat:
        return (Fault(where=where, what=_("A newer RapportDesk wrote this.")),)
    return ()


def _damaged(where: str) -> Fault:
    return Fault(where=where, what=_("The file is damaged here."))


def _not_opening() -> str:
    return _("This was changed from outside and does not open.")


def _holds(reading: Transaction, model: type[SQLModel], some_id: str) -> bool:
    table = table_of(model)
    return bool(reading.rows(select(table.c.id).where(table.c.id == some_id)))


def _count(reading: Transaction, model: type[SQLModel]) -> int:
    try:
        return int(reading.connection.execute(select(func.count()).select_from(table_of(model))).scalar_one())
    except DBAPIError:
        return 0


def _rows(reading: Transaction, model: type[SQLModel]) -> Iterator[dict[str, Any]]:
    table = table_of(model)
    found = reading.connection.execute(
        select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_PAGE)
    )
    for row in found.mappings():
        yield dict(row)
