"""What a leaver knew of a patient's key opens nothing written later: the key is replaced before the next write.

One patient is one transaction, so that a receptionist's save waits for one at most, and whoever is cut off goes on with
those that are left: a key is due when its revision is older than the vault key, and nothing else is remembered.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlmodel import SQLModel

from rapportdesk.errors import Tampered, VaultFault
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.records.records import IDENTITY, RECORD, REVISION, place
from rapportdesk.store.tables import PatientRow, RecordRow, RevisionRow, table_of
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.sealing import seal, unseal

_PAGE = 200


class PatientKeyRotation:
    """Replaces patients' keys that are older than the vault key.

    Args:
        file: The vault.
        keys: The patients' keys.
    """

    def __init__(self, file: VaultFile, keys: PatientKeys) -> None:
        self._file = file
        self._keys = keys

    def due(self) -> int:
        """Return how many patients' keys are to be replaced."""
        table = table_of(PatientRow)
        with self._file.reading() as reading:
            count = select(func.count()).where(table.c.key_revision < self._keys.epoch)
            return int(reading.connection.execute(count).scalar_one())

    def steps(self) -> Iterator[int]:
        """Replace them one after the other; others may read and write between two steps.

        A patient whose key or rows cannot be read is left as it is, for `verify` to name and a later sign-in to try.

        Yields:
            How many keys this step replaced: one, or none when it looked for more.
        """
        if self._keys.epoch == 1:
            return
        table, after = table_of(PatientRow), ""
        while True:
            page = select(table.c.id, table.c.key_revision).where(table.c.id > after).order_by(table.c.id).limit(_PAGE)
            with self._file.reading() as reading:
                rows = reading.rows(page)
            if not rows:
                return
            for row in rows:
                if row["key_revision"] < self._keys.epoch:
                    try:
                        self.before_writing(row["id"])
                    except VaultFault:
                        continue
                    yield 1
            after = rows[-1]["id"]
            yield 0

    def before_writing(self, patient_id: str | None) -> None:
        """Replace one patient's key if it is older than the vault key; nothing for an unknown patient or none.

        Raises:
            Tampered: The key does not open.
        """
        if patient_id is None or self._keys.epoch == 1:
            return
        table = table_of(PatientRow)
        with self._file.writing() as writing:
            rows = writing.rows(select(table).where(table.c.id == patient_id))
            if rows and rows[0]["key_revision"] < self._keys.epoch:
                self._replace(writing, rows[0])

    def _replace(self, writing: Transaction, patient: dict[str, Any]) -> None:
        patient_id, old = patient["id"], self._keys.unwrap(patient)
        new, wrapped = self._keys.make(patient_id)
        self._keys.forget(patient_id)
        writing.if_undone(lambda: self._keys.forget(patient_id))
        becomes = {**patient, "key_revision": self._keys.epoch, "wrapped_key": wrapped}
        identity = _resealed(old, new, patient, IDENTITY, patient_id, patient_id)
        writing.replace(PatientRow, patient, **{**becomes, "sealed": identity})
        models: tuple[tuple[type[SQLModel], str, str], ...] = (
            (RecordRow, RECORD, "id"),
            (RevisionRow, REVISION, "record_id"),
        )
        for model, name, key in models:
            table = table_of(model)
            mine = select(table).where(table.c.patient_id == patient_id)
            if model is RevisionRow:  # one whose record was taken away could not be written
                mine = mine.where(table.c.record_id.in_(select(table_of(RecordRow).c.id)))
            renewed = [(row, _resealed(old, new, row, name, row[key], patient_id)) for row in writing.rows(mine)]
            writing.reseal(model, [(row, sealed) for row, sealed in renewed if sealed is not row["sealed"]])


def _resealed(old: bytes, new: bytes, row: dict[str, Any], table: str, record_id: str, patient_id: str) -> Any:
    """Return what lies in the row under the new key; what does not open stays as it is and goes on not opening."""
    sealed, where = row["sealed"], place(table, record_id, patient_id, row["revision"])
    if not isinstance(sealed, bytes):
        return sealed
    try:
        return seal(new, unseal(old, sealed, where), where)
    except Tampered:
        return sealed
