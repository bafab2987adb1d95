"""Who somebody is lies sealed under their own key, beside that key wrapped under the vault key."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import select

from rapportdesk.errors import Tampered
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.store.file.pages import last_key
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records.joins import Joins
from rapportdesk.store.records.open_cards import OpenCards
from rapportdesk.store.records.patient_keys import PatientKeys, no_such_person
from rapportdesk.store.records.payload import decode, encode
from rapportdesk.store.records.records import IDENTITY, place
from rapportdesk.store.records.tombstones import Tombstones
from rapportdesk.store.tables import PatientRow, table_of
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sealing import seal, unseal

_PAGE = 100


class Identities:
    """The patients of one vault.

    Args:
        file: The vault.
        keys: The patients' keys.
        tombstones: The ids that may not come back.
        joins: Which of them are a part of another.
        cards: Those that are worked on.
    """

    def __init__(
        self, file: VaultFile, keys: PatientKeys, tombstones: Tombstones, joins: Joins, cards: OpenCards
    ) -> None:
        self._cards = cards
        self._file = file
        self._joins = joins
        self._keys = keys
        self._tombstones = tombstones

    def put(self, patient: Patient) -> Patient:
        """Add a patient with a new key, or replace what is known of one.

        Raises:
            NotFound: This card became a part of another.
            ValueError: This patient was deleted; ids do not come back.
        """
        if self._joins.is_part(patient.id):
            raise no_such_person()
        with self._file.writing() as writing:
            row = self._row(patient.id)
            if row is None:
                if self._tombstones.stands_for(writing, patient.id):
                    raise ValueError("a deleted patient's id does not come back")
                key, wrapped = self._keys.make(patient.id)
                revision, key_revision = 1, self._keys.epoch
            else:
                key, wrapped = self._keys.unwrap(row), row["wrapped_key"]
                self.open_row(row)
                revision, key_revision = row["revision"] + 1, row["key_revision"]
            sealed = seal(key, encode(patient), place(IDENTITY, patient.id, patient.id, revision))
            writing.replace(
                PatientRow,
                row,
                id=patient.id,
                revision=revision,
                key_revision=key_revision,
                wrapped_key=wrapped,
                sealed=sealed,
            )
        return patient

    def get(self, patient_id: PatientId) -> Patient:
        """Return a patient: of a card that became a part of another, that one's.

        Raises:
            NotFound: There is none with this id.
            Tampered: The row does not authenticate.
        """
        return self.itself(self._joins.whole(patient_id))

    def itself(self, patient_id: PatientId) -> Patient:
        """Return who a card itself says it is, whatever it is a part of; raises as `get`."""
        return self._cards.of(patient_id, "identity", lambda: self._opened(patient_id))

    def _opened(self, patient_id: PatientId) -> Patient:
        row = self._row(patient_id)
        if row is None:
            raise no_such_person()
        return self.open_row(row)

    def all(self, after: str = "") -> Iterator[Patient]:
        """Return every patient in the order of their random ids, or those after one, in pages; Tampered as `get`."""
        table = table_of(PatientRow)
        while True:
            page = select(table).where(table.c.id > after).order_by(table.c.id).limit(_PAGE)
            with self._file.reading() as reading:
                rows = reading.rows(page)
                with suppress(Tampered):  # that is said of the one whom it is about
                    self._keys.load(reading, [row["id"] for row in rows])  # for whoever reads on about them
            if not rows:
                return
            for row in rows:
                if not self._joins.is_part(row["id"]):
                    yield self.open_row(row)
            after = last_key(rows, after)

    def ids(self, most: int) -> tuple[PatientId, ...]:
        """Return the ids of some cards, parts of one person's among them, at most so many; opens none of them."""
        with self._file.reading() as reading:
            rows = reading.rows(select(table_of(PatientRow).c.id).limit(most))
        return tuple(PatientId(row["id"]) for row in rows)

    def open_row(self, row: Mapping[str, Any]) -> Patient:
        """Return the patient of a row; Tampered if it does not authenticate."""
        if not isinstance(row["sealed"], bytes) or type(row["revision"]) is not int:
            raise tampered()
        key = self._keys.unwrap(row)
        patient = decode(unseal(key, row["sealed"], place(IDENTITY, row["id"], row["id"], row["revision"])))
        if not isinstance(patient, Patient) or patient.id != row["id"]:
            raise tampered()
        return patient

    def remove(self, patient_id: PatientId) -> None:
        """Take the patient and their key out; records must be gone. NotFound if there is none."""
        with self._file.writing() as writing:
            if not writing.remove(PatientRow, id=patient_id):
                raise no_such_person()
            self._tombstones.set_up(writing, patient_id)
        self._keys.forget(patient_id)

    def require(self, patient_id: str) -> None:
        """Return only if there is such a patient; else NotFound."""
        if self._row(patient_id) is None:
            raise no_such_person()

    def _row(self, patient_id: str) -> dict[str, Any] | None:
        with self._file.reading() as reading:
            return reading.row(PatientRow, id=patient_id)
