"""Every patient has a key of their own, wrapped under the vault key; what is unwrapped is dropped at lock.

A key's revision is the epoch of the vault key under which it was made: an earlier one was known to somebody who left.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from rapportdesk.errors import NotFound, Tampered
from rapportdesk.language import _
from rapportdesk.store import statements
from rapportdesk.store.tables import PatientRow, table_of
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sealing import Place, new_key, unwrap_key, wrap_key


def no_such_person() -> NotFound:
    """Say that there is no such patient."""
    return NotFound(_("That person is no longer there."))


class PatientKeys:
    """Unwraps patients' keys and remembers them for the session.

    Args:
        vault_key: The vault key.
        epoch: Which generation of it.
        former: Earlier ones under which some may still be wrapped, newest first.
    """

    def __init__(self, vault_key: bytes, epoch: int = 1, former: Sequence[bytes] = ()) -> None:
        self._vault_key = vault_key
        self._former = tuple(former)
        self.epoch = epoch
        self._unwrapped: dict[str, bytes] = {}

    def of(self, reading: Transaction, patient_id: str | None) -> bytes:
        """Return the key for a patient's records; the vault key for records of no patient.

        Raises:
            NotFound: There is no such patient.
            Tampered: The wrapped key does not authenticate.
        """
        if patient_id is None:
            return self._vault_key
        if patient_id not in self._unwrapped:
            self.load(reading, (patient_id,))
        try:
            return self._unwrapped[patient_id]
        except KeyError:
            raise no_such_person() from None

    def load(self, reading: Transaction, patient_ids: Iterable[str]) -> None:
        """Unwrap the keys of several patients with one question to the file; those not there are left out."""
        wanted = {patient_id for patient_id in patient_ids if patient_id not in self._unwrapped}
        if not wanted:
            return
        keys = statements.rows_among(table_of(PatientRow), "id", ("id", "key_revision", "wrapped_key"))
        for row in reading.rows(keys, {"among_id": list(wanted)}):
            self._unwrapped[row["id"]] = self.unwrap(row)

    def unwrap(self, row: Mapping[str, Any]) -> bytes:
        """Return the key out of a patient's row; Tampered if it does not authenticate.

        Under a former vault key lie keys of its own time and before alone: one that says it is of a later time was put
        there by somebody who left, to open what is written from now on.
        """
        if not isinstance(row["wrapped_key"], bytes) or not isinstance(row["key_revision"], int):
            raise tampered()
        wrapped, where = row["wrapped_key"], _place(row["id"], row["key_revision"])
        for generations, vault_key in enumerate((self._vault_key, *self._former)):
            if generations and row["key_revision"] > self.epoch - generations:
                break
            with suppress(Tampered):
                return unwrap_key(vault_key, wrapped, where)
        raise tampered()

    def make(self, patient_id: str) -> tuple[bytes, bytes]:
        """Return a new key for a patient, and the same wrapped, whose key revision is `epoch`."""
        key = new_key()
        return key, wrap_key(self._vault_key, key, _place(patient_id, self.epoch))

    def remember(self, patient_id: str, key: bytes) -> None:
        """Use a key that was just made, before its patient is in the file; `forget` it should they never be."""
        self._unwrapped[patient_id] = key

    def rewrapped(self, row: Mapping[str, Any]) -> bytes:
        """Return the key in a patient's row wrapped under the vault key; raises as `unwrap`."""
        return wrap_key(self._vault_key, self.unwrap(row), _place(row["id"], row["key_revision"]))

    def forget(self, patient_id: str) -> None:
        """Drop one patient's key."""
        self._unwrapped.pop(patient_id, None)


def _place(patient_id: str, key_revision: int) -> Place:
    return Place(table="patient", record_id=patient_id, patient_id=patient_id, revision=key_revision)
