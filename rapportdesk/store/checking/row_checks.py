"""What makes one row of each table a good one; the walk through all of them is `verification`'s."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from rapportdesk.errors import NewerFormat, NotFound, Tampered
from rapportdesk.language import _
from rapportdesk.store.audit.audit_log import AuditLog
from rapportdesk.store.audit.audit_retention import AuditStart
from rapportdesk.store.checking.findings import Fault, not_opening
from rapportdesk.store.manifest.covered import Covered
from rapportdesk.store.records.changed import changes_key, is_opened_by
from rapportdesk.store.records.identities import Identities
from rapportdesk.store.records.records import REVISION, Records
from rapportdesk.store.records.tombstones import Tombstones
from rapportdesk.store.tables import AuditRow, PatientRow, RecordRow, table_of
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.chain import START

Check = Callable[[Transaction, dict[str, Any]], tuple[Fault, ...]]


@dataclass(slots=True, kw_only=True)
class RowChecks:
    """Checks rows with one session's keys; one object for one walk, because the audit is a chain.

    Attributes:
        former_keys: Returns the former vault keys under which something may still lie.
    """

    vault_key: bytes = field(repr=False)
    former_keys: Callable[[], tuple[bytes, ...]]
    records: Records
    identities: Identities
    audit: AuditLog
    audit_start: Callable[[], AuditStart]
    tombstones: Tombstones
    _last: AuditStart | None = None

    def get_keys(self, reading: Transaction, covered: Covered, rows: list[dict[str, Any]]) -> None:
        """Have the keys of the patients of some rows at hand, by one question for all of them."""
        if covered.patient is not None:
            with suppress(Tampered):  # each row is named by itself
                whose = {row[covered.patient] for row in rows}
                self.records.keys.load(reading, (each for each in whose if isinstance(each, str)))

    def of(self, table: str) -> Check:
        """Return the check for one table; tables that are checked as a whole elsewhere have none to fail."""
        checks: dict[str, Check] = {
            "patient": self._patient,
            "record": self._record,
            "record_revision": self._revision,
            "audit_entry": self._line,
            "tombstone": self._tombstone,
            "change": self._change,
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

    def _line(self, reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        sequence, sealed, linked = row["sequence"], row["sealed"], row["link"]
        where = f"audit_entry {sequence}"
        last = self._last or self._start()
        # The next line is measured against what lies here, so that one fault is not named by all after it.
        self._last = AuditStart(sequence, linked if isinstance(linked, bytes) else START)
        faults = _tried(where, self.audit.open_line, sequence, sealed)
        if faults or not isinstance(linked, bytes):
            return (not_opening(where),)
        # Between two pages of the walk the oldest lines may have been taken off by rule, and those that were met moved
        # under a new vault key.
        if (
            self._follows(last, sequence, sealed, linked)
            or self._follows(self._start(), sequence, sealed, linked)
            or self._follows(_as_it_lies(reading, last), sequence, sealed, linked)
        ):
            return ()
        return (Fault(where=where, what=_("A line of the record before this one was changed or taken away.")),)

    def _follows(self, last: AuditStart, sequence: int, sealed: bytes, linked: bytes) -> bool:
        return self.audit.follows((last.sequence, last.link), sequence, sealed, linked)

    def _start(self) -> AuditStart:
        try:
            return self.audit_start()
        except (Tampered, NewerFormat):
            return AuditStart()  # the setting is named by itself, and the first line by this

    def _change(self, _reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        keys = map(changes_key, (self.vault_key, *self.former_keys()))
        return () if is_opened_by(keys, row) else (not_opening(f"change {row['epoch']}"),)

    def _tombstone(self, reading: Transaction, row: dict[str, Any]) -> tuple[Fault, ...]:
        where = f"tombstone {row['id']}"
        if not self.tombstones.is_authentic(row["id"], row["mac"]):
            return (not_opening(where),)
        for table in (table_of(PatientRow), table_of(RecordRow)):
            if reading.rows(select(table.c.id).where(table.c.id == row["id"])):
                return (Fault(where=where, what=_("Something that was deleted has come back.")),)
        return ()


def _as_it_lies(reading: Transaction, last: AuditStart) -> AuditStart:
    """Return a line of the audit that was met before, with the link that it has now."""
    table = table_of(AuditRow)
    found = reading.rows(select(table.c.link).where(table.c.sequence == last.sequence))
    now = found[0]["link"] if found else None
    return AuditStart(last.sequence, now) if isinstance(now, bytes) else last


def _tried(where: str, opening: Callable[..., object], *arguments: object) -> tuple[Fault, ...]:
    try:
        opening(*arguments)
    except (Tampered, NotFound):
        return (not_opening(where),)
    except NewerFormat:
        return (Fault(where=where, what=_("A newer RapportDesk wrote this.")),)
    return ()
