"""Whom a holder of the vault key let in: keys that rotate are handed on to these alone, whatever else lies in the file.

Somebody who left may still hold a key that signs (a manager the clinic's, a clinician the partner of theirs) and write
rows for a person or a sheet of their own. What they cannot write is this list, which lies under the vault key.
"""

import json

from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sheets import Sheet
from rapportdesk.vault.slots import StaffSlot

_SETTING = "doors"


class Doors:
    """The people and recovery sheets that were let in, each with its public key.

    Args:
        store: Of somebody who holds the vault key.
        file: The vault.

    Raises:
        Tampered: The list was taken out of the file.
    """

    def __init__(self, store: SealedStore, file: VaultFile) -> None:
        self._store = store
        kept = store.setting(_SETTING)
        if kept is not None:
            self._known: dict[str, str] = json.loads(kept)
        elif store.keys.vault_key_epoch > 1:
            raise tampered()
        else:  # a vault from before there was a list, and nobody has left yet
            here: tuple[StaffSlot | Sheet, ...] = (*file.slots(), *file.sheets())
            self._known = dict(map(_named, here))

    def knows(self, door: StaffSlot | Sheet) -> bool:
        """Whether this person or sheet was let in, with this very public key."""
        name, public = _named(door)
        return self._known.get(name) == public

    def put(self, *doors: StaffSlot | Sheet) -> None:
        """Let people or sheets in, or keep what they have become."""
        self._known.update(map(_named, doors))
        self._keep()

    def remove(self, door_id: str) -> None:
        """Let one in no longer."""
        self._known.pop(door_id, None)
        self._keep()

    def _keep(self) -> None:
        self._store.put_setting(_SETTING, json.dumps(self._known, sort_keys=True))


def _named(door: StaffSlot | Sheet) -> tuple[str, str]:
    return (door.sheet_id if isinstance(door, Sheet) else door.staff_id), door.public_key.hex()
