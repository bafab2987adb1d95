"""New people come in many at a time with everything that is known of them: sealed like all others, in one commit.

Written one by one, each row would first be looked for. A new random id is nobody's yet; should it be, nothing of the
commit is written. Rows go in by the order of their ids, which is the order of the file, so that a commit touches each
of the file's pages once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from rapportdesk.model.own import Own
from rapportdesk.model.patient import Patient
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import coverage
from rapportdesk.store.records.payload import Thing, encode
from rapportdesk.store.records.records import IDENTITY, RECORD, Records, place
from rapportdesk.store.tables import PatientRow, RecordRow
from rapportdesk.store.transaction import Change, Transaction
from rapportdesk.vault.sealing import seal

NewPerson = tuple[Patient, Sequence[Thing]]
"""Somebody with a new id, and things of theirs with new ids, all of revision 1."""


@dataclass(slots=True)
class _Rows:
    model: type[SQLModel]
    rows: list[dict[str, Any]] = field(default_factory=list)

    def write(self, writing: Transaction) -> None:
        """Put every row in, counted by the manifest."""
        if not self.rows:
            return
        covered, mac_key = coverage(self.model), writing.mac_key
        self.rows.sort(key=lambda row: str(row["id"]))
        writing.connection.execute(insert(covered.table), self.rows)
        writing.written_at_once(
            Change(covered, (row["id"],), None, covered.mac(mac_key, row), covered.about(None, row))
            for row in self.rows
        )


class Adding:
    """Adds people to one vault with the keys of one session.

    Args:
        file: The vault.
        records: Makes the patients' keys, and puts things into their envelopes.
    """

    def __init__(self, file: VaultFile, records: Records) -> None:
        self._file, self._records = file, records

    def add(self, people: Iterable[NewPerson]) -> int:
        """Add people with everything that is known of them, in one commit or as a part of the caller's.

        Args:
            people: As many as may lie in memory at once.

        Returns:
            How many rows were written.

        Raises:
            NotAllowed: Something is for clinicians, and there is none yet.
            VaultFault: An id is there already, or the file could not be written; nothing was.
            ValueError: A thing is another patient's, is sealed for its author alone, or is no new one.
        """
        patients, things = _Rows(PatientRow), _Rows(RecordRow)
        keys = self._records.keys
        with self._file.transaction() as writing:
            for patient, theirs in people:
                key, wrapped = keys.make(patient.id)
                sealed = seal(key, encode(patient), place(IDENTITY, patient.id, patient.id, 1))
                patients.rows.append(
                    {"id": patient.id, "revision": 1, "key_revision": keys.epoch, "wrapped_key": wrapped,
                     "sealed": sealed}
                )  # fmt: skip
                things.rows += (self._row(patient, key, thing) for thing in theirs)
            patients.write(writing)
            things.write(writing)
        return len(patients.rows) + len(things.rows)

    def _row(self, patient: Patient, key: bytes, thing: Thing) -> dict[str, Any]:
        if thing.patient != patient.id or isinstance(thing, Own) or getattr(thing, "revision", 1) != 1:
            raise ValueError("what is added with a person is new, theirs, and for everybody who may know it")
        sealed = seal(key, self._records.envelope(thing), place(RECORD, thing.id, patient.id, 1))
        return {"id": thing.id, "patient_id": patient.id, "revision": 1, "sealed": sealed}
