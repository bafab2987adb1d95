"""What of each row the manifest counts. It names values, not columns in their order, so that a migration may add some.

Left out are the manifest itself and failed sign-ins, which are written before anybody has the vault key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    select,
    tuple_,
)
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

    def page(
        self, after: tuple[Any, ...] | None, limit: int, *, upto: tuple[Any, ...] | None = None
    ) -> tuple[Select[Any], dict[str, Any]]:
        """Return the question for the next `limit` rows in the order of their keys, and what it is asked with.

        Args:
            after: The key before them; None for the first.
            limit: How many at most.
            upto: The last key that may be among them; None for any.
        """
        ends = {name: key for name, key in (("after", after), ("upto", upto)) if key is not None}
        given = {f"{end}_{name}": part for end, key in ends.items() for name, part in zip(self.key, key, strict=True)}
        odd = frozenset(each for each, part in given.items() if isinstance(part, str) and not part.isascii())
        # Text that is none, put there from outside, can be given to SQLite byte by byte alone.
        given |= {each: given[each].encode("utf-8", "surrogateescape") for each in odd}
        return _page(self.table, self.key, tuple(ends), odd), {**given, "limit": limit}

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


@cache
def _page(table: Table, key: tuple[str, ...], ends: tuple[str, ...], odd: frozenset[str]) -> Select[Any]:
    """Build what `Covered.page` asks, once: building it for each page left two thousand knots of objects in a check."""
    columns = [table.c[name] for name in key]
    question = select(table).order_by(*columns).limit(bindparam("limit"))
    for end in ends:
        parts = [_given(f"{end}_{column.name}", column, odd) for column in columns]
        here, there = tuple_(*columns), tuple_(*parts)
        question = question.where(here > there if end == "after" else here <= there)
    return question


def _given(name: str, column: Column[Any], odd: frozenset[str]) -> ColumnElement[Any]:
    if name in odd:
        return cast(bindparam(name, type_=LargeBinary), Text)
    return bindparam(name, type_=column.type)


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
