"""Password stores that are not well."""

from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import KeyringLocked


class LockedCustody(MemoryCustody):
    """Takes nothing in."""

    def write(self, key_id: str, key: bytes) -> None:
        """Refuse."""
        del key_id, key
        raise KeyringLocked("Your computer's password store is locked.")
