"""What a leaver knew of a patient's key opens nothing written later: the key is replaced before the next write.

Some patients are one transaction, as many as take some milliseconds: a receptionist's save waits for no longer, and
the disk is waited for once for them all. Whoever is cut off goes on with those that are left: a key is due when its
revision is older than the vault key, and nothing else is remembered.
"""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlmodel import SQLModel

from rapportdesk.errors import Tampered, VaultFault
from rapportdesk.store.file.pages import last_key
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import coverage
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.records.records import IDENTITY, RECORD, REVISION, place
from rapportdesk.store.tables import PatientRow, RecordRow, RevisionRow, table_of
from rapportdesk.store.transaction import Change, Transaction
from rapportdesk.vault.sealing import seal, unseal

_PAGE = 200
STEP_S = 0.005
"""Seconds of the worker's processor time that one transaction is to take."""

_MOST_TOGETHER = 40  # patients in one transaction, however little there is about each


class PatientKeyRotation:
    """Replaces patients' keys that are older than the vault key.

    Args:
        file: The vault.
        keys: The patients' keys.
    """

    def __init__(self, file: VaultFile, keys: PatientKeys) -> None:
        self._file = file
        self._keys = keys

    @property
    def needed(self) -> bool:
        """Whether there may be such keys: not while nobody has ever left."""
        return self._keys.epoch > 1

    def due(self) -> int:
        """Return how many patients' keys are to be replaced."""
        table = table_of(PatientRow)
        with self._file.reading() as reading:
            count = select(func.count()).where(table.c.key_revision < self._keys.epoch)
            return int(reading.connection.execute(count).scalar_one())

    def steps(self) -> Iterator[int]:
        """Replace them, some at a time; others may read and write between two steps.

        A patient whose key or rows cannot be read is left as it is, for `verify` to name and a later sign-in to try.

        Yields:
            How many keys this step replaced; none when it looked for more.
        """
        if not self.needed:
            return
        table, after, together = table_of(PatientRow), "", 1
        while True:
            page = select(table.c.id, table.c.key_revision).where(table.c.id > after).order_by(table.c.id).limit(_PAGE)
            with self._file.reading() as reading:
                rows = reading.rows(page)
            if not rows:
                return
            due = [row["id"] for row in rows if row["key_revision"] < self._keys.epoch]
            while due:
                began, some = time.thread_time(), due[:together]
                replaced = self._some(some)
                took = time.thread_time() - began
                del due[:together]
                together = max(1, min(_MOST_TOGETHER, 2 * together, int(len(some) * STEP_S / max(took, 1e-6))))
                if replaced:
                    yield replaced
            after = last_key(rows, after)
            yield 0

    def before_writing(self, patient_id: str | None) -> None:
        """Replace one patient's key if it is older than the vault key; nothing for an unknown patient or none.

        Raises:
            Tampered: The key does not open.
        """
        if patient_id is not None and self.needed:
            self._replace([patient_id])

    def _some(self, patients: Sequence[str]) -> int:
        """Replace the keys of these patients in one transaction, or one by one where one of them cannot be read."""
        try:
            return self._replace(patients)
        except VaultFault:
            if len(patients) == 1:
                return 0
        return sum(self._some([each]) for each in patients)

    def _replace(self, patients: Sequence[str]) -> int:
        """Replace those of these patients' keys that are due, whole or not at all; returns how many."""
        table = table_of(PatientRow)
        with self._file.writing() as writing:
            found = writing.rows(select(table).where(table.c.id.in_(patients)))
            due = [row for row in found if row["key_revision"] < self._keys.epoch]
            if not due:
                return 0
            old = {row["id"]: self._keys.unwrap(row) for row in due}
            new = {row["id"]: self._made_anew(writing, row["id"]) for row in due}
            self._write_patients(writing, due, old, new)
            models: tuple[tuple[type[SQLModel], str, str], ...] = (
                (RecordRow, RECORD, "id"),
                (RevisionRow, REVISION, "record_id"),
            )
            for model, name, key in models:
                rows = table_of(model)
                theirs = select(rows).where(rows.c.patient_id.in_(list(old)))
                if model is RevisionRow:  # one whose record was taken away could not be written
                    theirs = theirs.where(rows.c.record_id.in_(select(table_of(RecordRow).c.id)))
                renewed = [
                    (row, _resealed(old[whose], new[whose][0], row, name, row[key], whose))
                    for row in writing.rows(theirs)
                    for whose in [row["patient_id"]]
                ]
                writing.reseal(model, [(row, sealed) for row, sealed in renewed if sealed is not row["sealed"]])
            return len(due)

    def _made_anew(self, writing: Transaction, patient_id: str) -> tuple[bytes, bytes]:
        """Return a new key, and it wrapped."""
        made = self._keys.make(patient_id)
        self._keys.forget(patient_id)
        writing.if_undone(lambda: self._keys.forget(patient_id))
        return made

    def _write_patients(
        self,
        writing: Transaction,
        patients: Sequence[dict[str, Any]],
        old: dict[str, bytes],
        new: dict[str, tuple[bytes, bytes]],
    ) -> None:
        """Put the new keys in the patients' rows, with who they are sealed under them."""
        covered, mac_key = coverage(PatientRow), writing.mac_key
        becomes = [
            {
                **row,
                "key_revision": self._keys.epoch,
                "wrapped_key": new[row["id"]][1],
                "sealed": _resealed(old[row["id"]], new[row["id"]][0], row, IDENTITY, row["id"], row["id"]),
            }
            for row in patients
        ]
        changes = [
            Change(covered, covered.key_of(row), covered.mac(mac_key, was), covered.mac(mac_key, row))
            for was, row in zip(patients, becomes, strict=True)
        ]
        columns = ("key_revision", "wrapped_key", "sealed")
        writing.connection.execute(
            update(covered.table)
            .where(covered.table.c.id == bindparam("at_id"))
            .values({name: bindparam(f"to_{name}") for name in columns}),
            [{"at_id": row["id"], **{f"to_{name}": row[name] for name in columns}} for row in becomes],
        )
        writing.written_at_once(changes)


def _resealed(old: bytes, new: bytes, row: dict[str, Any], table: str, record_id: str, patient_id: str) -> Any:
    """Return what lies in the row under the new key; what does not open stays as it is and goes on not opening."""
    sealed, where = row["sealed"], place(table, record_id, patient_id, row["revision"])
    if not isinstance(sealed, bytes):
        return sealed
    try:
        return seal(new, unseal(old, sealed, where), where)
    except Tampered:
        return sealed
