"""What the file shows is random ids, padded sizes and revision numbers; everything else in a row is sealed or public.

Tables whose rows stand for something a person did have no rowid, so that their order in the file is that of their
random ids and not of time. Migrations never look here: they say for themselves what they change.
"""

from typing import Any

from sqlalchemy import LargeBinary, Table, inspect
from sqlmodel import Field, SQLModel

_BY_RANDOM_ID: dict[str, Any] = {"sqlite_with_rowid": False}


class HeaderRow(SQLModel, table=True):
    """Which vault this is; one row, once the vault is founded."""

    __tablename__ = "header"

    id: int = Field(primary_key=True)
    vault_id: str
    device_key_id: str


class ManifestRow(SQLModel, table=True):
    """The running total over every covered row; one row, once the vault is founded."""

    __tablename__ = "manifest"

    id: int = Field(primary_key=True)
    epoch: int
    sealed: bytes = Field(sa_type=LargeBinary)


class StaffSlotRow(SQLModel, table=True):
    """One `rapportdesk.vault.slot.StaffSlot`."""

    __tablename__ = "staff_slot"
    __table_args__ = _BY_RANDOM_ID

    staff_id: str = Field(primary_key=True)
    revision: int
    public_key: bytes = Field(sa_type=LargeBinary)
    badge: bytes = Field(sa_type=LargeBinary)
    memory_kib: int
    iterations: int
    lanes: int
    salt: bytes = Field(sa_type=LargeBinary)
    sealed_private: bytes = Field(sa_type=LargeBinary)
    device_check: bytes = Field(sa_type=LargeBinary)
    signature: bytes = Field(sa_type=LargeBinary)


class GrantRow(SQLModel, table=True):
    """One `rapportdesk.vault.grants.Grant`."""

    __tablename__ = "key_grant"
    __table_args__ = _BY_RANDOM_ID

    grant_id: str = Field(primary_key=True)
    kind: str
    epoch: int
    recipient: str
    sealed: bytes = Field(sa_type=LargeBinary)
    signature: bytes = Field(sa_type=LargeBinary)


class SheetRow(SQLModel, table=True):
    """One `rapportdesk.vault.sheets.Sheet`."""

    __tablename__ = "recovery_sheet"
    __table_args__ = _BY_RANDOM_ID

    sheet_id: str = Field(primary_key=True)
    kind: str
    number: int
    public_key: bytes = Field(sa_type=LargeBinary)
    sealed_private: bytes = Field(sa_type=LargeBinary)
    signature: bytes = Field(sa_type=LargeBinary)


class CliniciansKeyRow(SQLModel, table=True):
    """One `rapportdesk.vault.keys.CliniciansPublic`."""

    __tablename__ = "clinicians_key"

    epoch: int = Field(primary_key=True)
    x25519: bytes = Field(sa_type=LargeBinary)
    ed25519: bytes = Field(sa_type=LargeBinary)
    signature: bytes = Field(sa_type=LargeBinary)


class PatientRow(SQLModel, table=True):
    """One patient: the patient's key wrapped under the vault key, and the identity sealed under the patient's key."""

    __tablename__ = "patient"
    __table_args__ = _BY_RANDOM_ID

    id: str = Field(primary_key=True)
    revision: int
    key_revision: int
    wrapped_key: bytes = Field(sa_type=LargeBinary)
    sealed: bytes = Field(sa_type=LargeBinary)


class RecordRow(SQLModel, table=True):
    """One thing, its kind inside the seal; under the vault key where it is about no patient."""

    __tablename__ = "record"
    __table_args__ = _BY_RANDOM_ID

    id: str = Field(primary_key=True)
    patient_id: str | None = Field(foreign_key="patient.id", index=True)
    revision: int
    sealed: bytes = Field(sa_type=LargeBinary)


class RevisionRow(SQLModel, table=True):
    """What a record was before it was changed."""

    __tablename__ = "record_revision"
    __table_args__ = _BY_RANDOM_ID

    record_id: str = Field(primary_key=True, foreign_key="record.id")
    revision: int = Field(primary_key=True)
    patient_id: str | None = Field(foreign_key="patient.id", index=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class AuditRow(SQLModel, table=True):
    """One line of the audit, sealed under the vault key and linked to the line before it."""

    __tablename__ = "audit_entry"

    sequence: int = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)
    link: bytes = Field(sa_type=LargeBinary)


class TombstoneRow(SQLModel, table=True):
    """The id of something deleted, so that no backup brings it back."""

    __tablename__ = "tombstone"
    __table_args__ = _BY_RANDOM_ID

    id: str = Field(primary_key=True)
    mac: bytes = Field(sa_type=LargeBinary)


class ChangeRow(SQLModel, table=True):
    """Whose records the commit of one epoch wrote; sealed, see `rapportdesk.store.records.changed`."""

    __tablename__ = "change"

    epoch: int = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class ArrivalRow(SQLModel, table=True):
    """Somebody whose identity or appointments come in with an import, until that is told in the audit."""

    __tablename__ = "arrival"
    __table_args__ = _BY_RANDOM_ID

    patient_id: str = Field(primary_key=True)


class ArrivingPatientRow(SQLModel, table=True):
    """A row of `patient` as an import leaves it, until it is moved there."""

    __tablename__ = "arriving_patient"
    __table_args__ = _BY_RANDOM_ID

    id: str = Field(primary_key=True)
    revision: int
    key_revision: int
    wrapped_key: bytes = Field(sa_type=LargeBinary)
    sealed: bytes = Field(sa_type=LargeBinary)


class ArrivingRecordRow(SQLModel, table=True):
    """A row of `record` as an import leaves it, until it is moved there."""

    __tablename__ = "arriving_record"
    __table_args__ = _BY_RANDOM_ID

    id: str = Field(primary_key=True)
    patient_id: str = Field(index=True)
    revision: int
    sealed: bytes = Field(sa_type=LargeBinary)


class FailedSignInRow(SQLModel, table=True):
    """One person's wrong secrets, which nobody has the vault key for: sealed under the device key."""

    __tablename__ = "failed_sign_in"
    __table_args__ = _BY_RANDOM_ID

    staff_id: str = Field(primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)


def table_of(model: type[SQLModel]) -> Table:
    """Return the model's table."""
    table = inspect(model).local_table
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is no table")
    return table
