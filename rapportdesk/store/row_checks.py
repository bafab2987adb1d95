"""What makes one row of each table a good one; the walk through all of them is `verification`'s."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from rapportdesk.errors import NewerFormat, NotFound, Tampered
from rapportdesk.language import _
from rapportdesk.store.audit_log import AuditLog
from rapportdesk.store.findings import Fault, not_opening
from rapportdesk.store.identities import Identities
from rapportdesk.store.records import REVISION, Records
from rapportdesk.store.tables import PatientRow, RecordRow, table_of
from rapportdesk.store.tombstones import Tombstones
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.chain import START, audit_key, link

Check = Callable[[Transaction, dict[str, Any]], tuple[Fault, ...]]


@dataclass(slots=True, kw_only=True)
class RowChecks:
    """Checks rows with one session's keys; one object for one walk, because the audit is a chain."""

    vault_key: bytes = field(repr=False)
    records: Records
    identities: Identities
    audit: AuditLog
    tombstones: Tombstones
    _lines: int = 0
    _link: bytes = START

    def of(self, table: str) -> Check:
        """Return the check for one table; tables that are checked as a whole elsewhere have none to fail."""
        checks: dict[str, Check] = {
            "patient": self._patient,
            "record": self._record,
            "record_revision": self._revision,
            "audit_entry": self._line,
            "tombstone": self._tombstone,
        }
        return checks.get(table, lambda _reading, _row: ())

    def _patient(self, _reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        return _tried(f"patient {row['id']}", self.identities.open_row, row)

    def _record(self, reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        def opening() -> None:
            self.records.thing(self.records.open_row(reading, row))

        return _tried(f"record {row['id']}", opening)

    def _revision(self, reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        def opening() -> None:
            self.records.earlier(self.records.open_row(reading, row, table=REVISION))

        return _tried(f"record_revision {row['record_id']}/{row['revision']}", opening)

    def _line(self, _reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        sequence, sealed, linked = row["sequence"], row["sealed"], row["link"]
        where = f"audit_entry {sequence}"
        previous, self._lines = self._link, self._lines + 1
        # The next line is measured against what lies here, so that one fault is not named by all after it.
        self._link = linked if isinstance(linked, bytes) else START
        faults = _tried(where, self.audit.open_line, sequence, sealed)
        if faults or not isinstance(linked, bytes):
            return (not_opening(where),)
        holds = hmac.compare_digest(link(audit_key(self.vault_key), previous, sequence, sealed), linked)
        if holds and sequence == self._lines:
            return ()
        self._lines = sequence
        return (Fault(where=where, what=_("A line of the record before this one was changed or taken away.")),)

    def _tombstone(self, reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        where = f"tombstone {row['id']}"
        if not self.tombstones.is_authentic(row["id"], row["mac"]):
            return (not_opening(where),)
        for table in (table_of(PatientRow), table_of(RecordRow)):
            if reading.rows(select(table.c.id).where(table.c.id == row["id"])):
                return (Fault(where=where, what=_("Something that was deleted has come back.")),)
        return ()


def _tried(where: str, opening: Callable[..., object], *arguments: object) -> tuple[Fault, ...]:
    try:
        opening(*arguments)
    except (Tampered, NotFound):
        return (not_opening(where),)
    except NewerFormat:
        return (Fault(where=where, what=_("A newer RapportDesk wrote this.")),)
    return ()
