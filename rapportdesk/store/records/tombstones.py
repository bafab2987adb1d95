"""What was deleted leaves its id behind, authenticated, so that no backup brings it back; nothing else of it stays."""

import hmac

from rapportdesk.store.tables import TombstoneRow
from rapportdesk.store.transaction import Transaction
from rapportdesk.vault.framing import frame
from rapportdesk.vault.kdf import derive


class Tombstones:
    """The ids of what was deleted.

    Args:
        vault_key: What authenticates them.
    """

    def __init__(self, vault_key: bytes) -> None:
        self._key = derive(vault_key, info=frame("rapportdesk tombstone"))

    def set_up(self, writing: Transaction, deleted_id: str) -> None:
        """Say that a record or a patient was deleted."""
        writing.put(TombstoneRow, id=deleted_id, mac=self.mac(deleted_id))

    def stands_for(self, reading: Transaction, some_id: str) -> bool:
        """Whether this id was deleted."""
        return reading.row(TombstoneRow, id=some_id) is not None

    def is_authentic(self, deleted_id: str, mac: object) -> bool:
        """Whether the program wrote this tombstone."""
        return isinstance(mac, bytes) and hmac.compare_digest(mac, self.mac(deleted_id))

    def mac(self, deleted_id: str) -> bytes:
        """Return what authenticates the tombstone of this id."""
        return hmac.digest(self._key, frame(deleted_id), "sha256")
