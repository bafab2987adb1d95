"""Bulk work is sealed row by row beside the file, and becomes a part of it by one commit, of all of it or of nothing.

Staged rows are sealed like all others and lie in memory (SQLite's temporary tables; `temp_store = MEMORY`), so whoever
saves in between waits for one row at most, and a program that ends leaves nothing behind. The commit copies sealed rows
and adds sums that were worked out ahead: no key is used in it. What somebody else changed meanwhile is told first, and
never overwritten unseen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlmodel import SQLModel

from rapportdesk.errors import VaultFault
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import Patient
from rapportdesk.store.covered import coverage
from rapportdesk.store.identities import Identities
from rapportdesk.store.patient_key_rotation import PatientKeyRotation
from rapportdesk.store.payload import encode
from rapportdesk.store.records import IDENTITY, RECORD, Records, place
from rapportdesk.store.tables import PatientRow, RecordRow, table_of
from rapportdesk.store.transaction import Change, Transaction
from rapportdesk.store.vault_file import VaultFile
from rapportdesk.vault.sealing import seal

_META = MetaData()
_TERMS = ("term_out", "term_in")


def _staged(name: str, *columns: Column[Any]) -> Table:
    terms = (Column("term_out", LargeBinary), Column("term_in", LargeBinary, nullable=False))
    return Table(name, _META, Column("id", String, primary_key=True), *columns, *terms, prefixes=["TEMPORARY"])


_PATIENTS = _staged(
    "staged_patient",
    Column("revision", Integer), Column("key_revision", Integer), Column("wrapped_key", LargeBinary),
    Column("sealed", LargeBinary),
)  # fmt: skip
_RECORDS = _staged(
    "staged_record", Column("patient_id", String), Column("revision", Integer), Column("sealed", LargeBinary)
)
_PAIRS: tuple[tuple[Table, type[SQLModel]], ...] = ((_PATIENTS, PatientRow), (_RECORDS, RecordRow))


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What somebody else has written since it was staged, or taken away; it is to be staged again or dropped."""

    patients: tuple[PatientId, ...]
    records: tuple[RecordId, ...]


class Staging:
    """One piece of bulk work; beginning another drops what was left of it.

    Args:
        file: The vault.
        identities: Opens patients' rows.
        records: Seals and opens records' rows.
        rotation: Replaces a key that a leaver knew before anything is sealed with it.
        mac_key: The manifest's key.
    """

    def __init__(
        self, file: VaultFile, identities: Identities, records: Records, rotation: PatientKeyRotation, mac_key: bytes
    ) -> None:
        self._file, self._identities, self._records = file, identities, records
        self._rotation, self._mac_key = rotation, mac_key
        self._new: set[PatientId] = set()
        self._ended = False
        with file.transaction() as writing:
            _META.drop_all(writing.connection)
            _META.create_all(writing.connection)

    def put_patient(self, patient: Patient) -> None:
        """Stage somebody new, or what is known of somebody from now on; staged again it takes the first one's place."""
        keys = self._records.keys
        with self._file.transaction() as writing:
            self._rotation.before_writing(patient.id)
            row = _row(writing, PatientRow, patient.id)
            staged = _row(writing, _PATIENTS, patient.id)
            if row is not None:
                key, wrapped, key_revision = keys.unwrap(row), row["wrapped_key"], row["key_revision"]
                self._identities.open_row(row)
            elif staged is not None:
                key, wrapped, key_revision = keys.of(writing, patient.id), staged["wrapped_key"], staged["key_revision"]
            else:
                key, wrapped = keys.make(patient.id)
                key_revision = keys.epoch
                keys.remember(patient.id, key)
                self._new.add(patient.id)
            revision = row["revision"] + 1 if row else 1
            sealed = seal(key, encode(patient), place(IDENTITY, patient.id, patient.id, revision))
            self._stage(
                writing, _PATIENTS, PatientRow, row,
                {"id": patient.id, "revision": revision, "key_revision": key_revision, "wrapped_key": wrapped,
                 "sealed": sealed},
            )  # fmt: skip

    def put(self, visit: Appointment) -> None:
        """Stage an appointment of somebody who is there or staged; raises as `Records.open_row`."""
        with self._file.transaction() as writing:
            self._rotation.before_writing(visit.patient)
            row = _row(writing, RecordRow, visit.id)
            if row is not None:
                self._records.open_row(writing, row)
                visit = replace(visit, patient=row["patient_id"])  # it may lie on a part of the card
            revision = row["revision"] + 1 if row else 1
            kept = replace(visit, revision=revision)
            sealed = self._records.seal(
                writing, self._records.envelope(kept), table=RECORD, record_id=visit.id, patient_id=visit.patient,
                revision=revision,
            )  # fmt: skip
            self._stage(
                writing, _RECORDS, RecordRow, row,
                {"id": visit.id, "patient_id": visit.patient, "revision": revision, "sealed": sealed},
            )  # fmt: skip

    def overtaken(self) -> Overtaken:
        """Return what would overwrite something that was written after it was staged."""
        patient, record = table_of(PatientRow), table_of(RecordRow)
        with self._file.reading() as reading:
            run = reading.connection.execute
            patients = run(
                select(_PATIENTS.c.id)
                .outerjoin(patient, patient.c.id == _PATIENTS.c.id)
                .where(
                    or_(
                        func.coalesce(patient.c.revision, 0) != _PATIENTS.c.revision - 1,
                        and_(patient.c.id.is_not(None), patient.c.wrapped_key != _PATIENTS.c.wrapped_key),
                    )
                )
            ).scalars()
            of_those = [PatientId(each) for each in patients]
            records = run(
                select(_RECORDS.c.id)
                .outerjoin(record, record.c.id == _RECORDS.c.id)
                .where(
                    or_(
                        func.coalesce(record.c.revision, 0) != _RECORDS.c.revision - 1,
                        func.coalesce(record.c.patient_id, _RECORDS.c.patient_id) != _RECORDS.c.patient_id,
                    )
                )
            ).scalars()
            return Overtaken(tuple(of_those), tuple(RecordId(each) for each in records))

    def drop(self, overtaken: Overtaken) -> None:
        """Leave these out of what will be published."""
        with self._file.transaction() as writing:
            for table, ids in ((_PATIENTS, overtaken.patients), (_RECORDS, overtaken.records)):
                for each in ids:
                    writing.connection.execute(delete(table).where(table.c.id == each))

    def publish(self) -> None:
        """Make everything staged a part of the vault, in one commit or as a part of the caller's.

        Raises:
            VaultFault: Something was overtaken, or somebody's key was replaced; nothing was written.
        """
        with self._file.transaction() as writing:
            writing.if_undone(self._forget_keys)
            late = self.overtaken()
            if self._ended or late.patients or late.records:
                raise VaultFault(_("Something here was changed meanwhile."), _("Bring the files in again."))
            for staged, model in _PAIRS:
                writing.written_at_once(self._changes(writing, staged, model))
                columns = [column.name for column in staged.c if column.name not in _TERMS]
                rows = select(*(staged.c[name] for name in columns)).where(literal(True))
                copy = upsert(table_of(model)).from_select(columns, rows)
                put = {name: copy.excluded[name] for name in columns if name != "id"}
                writing.connection.execute(copy.on_conflict_do_update(index_elements=["id"], set_=put))
                writing.connection.execute(delete(staged))

    def discard(self) -> None:
        """Forget everything that was staged."""
        self._ended = True
        with self._file.transaction() as writing:
            _META.drop_all(writing.connection)
        self._forget_keys()

    def end(self) -> None:
        """Publish nothing any more: the keys it was sealed with are going."""
        self._ended = True

    def _changes(self, writing: Transaction, staged: Table, model: type[SQLModel]) -> Iterator[Change]:
        covered = coverage(model)
        whose = staged.c.id if staged is _PATIENTS else staged.c.patient_id
        for row in writing.connection.execute(
            select(staged.c.id, whose.label("whose"), staged.c.term_out, staged.c.term_in)
        ):
            out = None if row.term_out is None else int.from_bytes(row.term_out, "big")
            yield Change(covered, (row.id,), out, int.from_bytes(row.term_in, "big"), (row.whose,))

    def _stage(
        self, writing: Transaction, staged: Table, model: type[SQLModel], old: dict[str, Any] | None,
        values: Mapping[str, Any],
    ) -> None:  # fmt: skip
        covered = coverage(model)
        out = None if old is None else covered.mac(self._mac_key, old).to_bytes(32, "big")
        into = covered.mac(self._mac_key, values).to_bytes(32, "big")
        writing.connection.execute(delete(staged).where(staged.c.id == values["id"]))
        writing.connection.execute(insert(staged).values(**values, term_out=out, term_in=into))

    def _forget_keys(self) -> None:
        for patient in self._new:
            self._records.keys.forget(patient)
        self._new.clear()


def _row(writing: Transaction, where: type[SQLModel] | Table, record_id: str) -> dict[str, Any] | None:
    table = where if isinstance(where, Table) else table_of(where)
    rows = writing.rows(select(table).where(table.c.id == record_id))
    return rows[0] if rows else None
