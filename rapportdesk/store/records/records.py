"""Every kind of thing goes through one seal: put into its envelope, sealed to its place, opened and compared with it.

What a thing says of its own id, patient and revision must be what its row says: somebody who holds keys and moves a
sealed box from one row to another is noticed too.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapportdesk.store.records.envelope import Enveloped, Envelopes
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.records.payload import decode, encode
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sealing import Place, seal, unseal

RECORD = "record"
REVISION = "record_revision"
IDENTITY = "patient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A row that authenticated.

    Attributes:
        record_id: The thing's id.
        patient_id: Whose it is; None for nobody's.
        revision: The row's revision.
        envelope: What lay inside the seal.
        enveloped: The same, taken out as far as this session can.
    """

    record_id: str
    patient_id: str | None
    revision: int
    envelope: bytes
    enveloped: Enveloped


class Records:
    """Seals and opens rows with the keys of one session.

    Args:
        keys: The patients' keys.
        envelopes: The envelopes inside.
    """

    def __init__(self, keys: PatientKeys, envelopes: Envelopes) -> None:
        self.keys = keys
        self.envelopes = envelopes

    def envelope(self, thing: Any) -> bytes:
        """Return the thing in its envelope; raises as `Envelopes.close`."""
        return self.envelopes.close(thing, encode(thing))

    def seal(
        self,
        reading: Transaction,
        envelope: bytes,
        *,
        table: str,
        record_id: str,
        patient_id: str | None,
        revision: int,
    ) -> bytes:
        """Return the envelope sealed to its place."""
        key = self.keys.of(reading, patient_id)
        return seal(key, envelope, place(table, record_id, patient_id, revision))

    def open_row(self, reading: Transaction, row: Mapping[str, Any], *, table: str = RECORD) -> Stored:
        """Authenticate a row of `record` or `record_revision`.

        Raises:
            Tampered: It does not, or a box inside does not open with its own key.
            NotFound: Its patient is not there.
        """
        record_id = row["id"] if table == RECORD else row["record_id"]
        patient_id, revision, sealed = row["patient_id"], row["revision"], row["sealed"]
        if not isinstance(sealed, bytes) or type(revision) is not int:
            raise tampered()
        key = self.keys.of(reading, patient_id)
        envelope = unseal(key, sealed, place(table, record_id, patient_id, revision))
        return Stored(
            record_id=record_id,
            patient_id=patient_id,
            revision=revision,
            envelope=envelope,
            enveloped=self.envelopes.open(envelope),
        )

    def thing(self, stored: Stored) -> Any | None:
        """Return the thing of a current row, or None when it is sealed to somebody else.

        Raises:
            Tampered: It is none, or belongs to another row.
            NewerFormat: A later version of the program wrote it.
        """
        thing = self._decoded(stored)
        if thing is not None and getattr(thing, "patient", None) != stored.patient_id:
            raise tampered()
        return thing

    def earlier(self, stored: Stored) -> Any | None:
        """Return the thing of an earlier revision, or None when it is sealed to somebody else.

        Whoever moved the record may not have been able to open this revision, so the patient is the row's.
        """
        thing = self._decoded(stored)
        return None if thing is None else dataclasses.replace(thing, patient=stored.patient_id)

    def _decoded(self, stored: Stored) -> Any | None:
        if stored.enveloped.content is None:
            return None
        thing = decode(stored.enveloped.content)
        claimed = getattr(thing, "id", None), getattr(thing, "revision", stored.revision)
        author = getattr(thing, "author", "")
        if claimed != (stored.record_id, stored.revision) or author != stored.enveloped.author:
            raise tampered()
        return thing


def place(table: str, record_id: str, patient_id: str | None, revision: int) -> Place:
    """Return the place to which a row's content is sealed; a row of no patient has the patient ""."""
    return Place(table=table, record_id=record_id, patient_id=patient_id or "", revision=revision)
