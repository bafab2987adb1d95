"""What of each row the manifest counts. It names values, not columns in their order, so that a migration may add some.

Left out are the manifest itself and failed sign-ins, which are written before anybody has the vault key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, Select, Table, Text, cast, literal, select, tuple_
from sqlmodel import SQLModel

from rapportdesk.store import tables
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.manifest import row_mac


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One table's share in the manifest.

    Attributes:
        table: The table.
        key: The columns of its primary key.
        patient: The column saying whose row it is, if any.
        revision: The column counting its changes, if any.
        content: All other columns, in the order in which they are MACed for ever.
    """

    table: Table
    key: tuple[str, ...]
    patient: str | None = None
    revision: str | None = None
    content: tuple[str, ...]

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the row's primary key."""
        return tuple(values[name] for name in self.key)

    def about(self, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> tuple[str, ...]:
        """Return the patients of whom a row told or tells from now on: none when it was only sealed anew."""
        column = "id" if self.table.name == "patient" else self.patient
        if column is None or self.revision is None:
            return ()
        if old is not None and new is not None and old[column] == new[column]:
            if old[self.revision] == new[self.revision]:
                return ()
            new = None
        return tuple(str(row[column]) for row in (old, new) if row is not None and row[column] is not None)

    def page(self, after: tuple[Any, ...] | None, limit: int, *, upto: tuple[Any, ...] | None = None) -> Select[Any]:
        """Return the question for the next `limit` rows in the order of their keys; `after` None for the first.

        Args:
            after: The key before them.
            limit: How many at most.
            upto: The last key that may be among them; None for any.
        """
        columns = [self.table.c[name] for name in self.key]
        question = select(self.table).order_by(*columns).limit(limit)
        if after is not None:
            question = question.where(tuple_(*columns) > tuple_(*map(_bound, after)))
        return question if upto is None else question.where(tuple_(*columns) <= tuple_(*map(_bound, upto)))

    def mac(self, key: bytes, row: Mapping[str, Any]) -> int:
        """Return the row's term in the manifest's total.

        Raises:
            Tampered: A column holds a kind of value that RapportDesk never writes.
        """
        patient = row[self.patient] if self.patient else None
        revision = row[self.revision] if self.revision else 0
        try:
            # An absent patient is "": ids are never empty.
            return row_mac(
                key,
                self.table.name,
                "/".join(str(row[name]) for name in self.key),
                patient or "",
                revision,
                frame(*(row[name] for name in self.content)),
            )
        except (TypeError, AttributeError, OverflowError):
            raise tampered() from None


def _bound(value: Any) -> Any:
    """Return part of a key as SQLite can be given it: text that is none, put there from outside, byte by byte."""
    if not isinstance(value, str) or value.isascii():
        return value
    return cast(literal(value.encode("utf-8", "surrogateescape"), LargeBinary), Text)


def _covered(
    model: type[SQLModel], *content: str, key: str | tuple[str, ...] = "id", patient: str = "", revision: str = ""
) -> Covered:
    return Covered(
        table=tables.table_of(model),
        key=(key,) if isinstance(key, str) else key,
        patient=patient or None,
        revision=revision or None,
        content=content,
    )


COVERED: tuple[Covered, ...] = (
    _covered(tables.HeaderRow, "vault_id", "device_key_id"),
    _covered(
        tables.StaffSlotRow,
        "public_key", "badge", "memory_kib", "iterations", "lanes", "salt", "sealed_private", "device_check",
        "signature", key="staff_id", revision="revision",
    ),
    _covered(tables.GrantRow, "kind", "epoch", "recipient", "sealed", "signature", key="grant_id"),
    _covered(tables.SheetRow, "kind", "number", "public_key", "sealed_private", "signature", key="sheet_id"),
    _covered(tables.CliniciansKeyRow, "x25519", "ed25519", "signature", key="epoch"),
    _covered(tables.PatientRow, "key_revision", "wrapped_key", "sealed", revision="revision"),
    _covered(tables.RecordRow, "sealed", patient="patient_id", revision="revision"),
    _covered(tables.RevisionRow, "sealed", key=("record_id", "revision"), patient="patient_id", revision="revision"),
    _covered(tables.AuditRow, "sealed", "link", key="sequence"),
    _covered(tables.TombstoneRow, "mac"),
    _covered(tables.ChangeRow, "sealed", key="epoch"),
    _covered(tables.ArrivalRow, key="patient_id"),
    _covered(tables.ArrivingPatientRow, "key_revision", "wrapped_key", "sealed", revision="revision"),
    _covered(tables.ArrivingRecordRow, "sealed", patient="patient_id", revision="revision"),
)  # fmt: skip


def coverage(model: type[SQLModel]) -> Covered:
    """Return what the manifest counts of the model's table."""
    return _BY_TABLE[tables.table_of(model).name]


_BY_TABLE = {covered.table.name: covered for covered in COVERED}
