"""What stands before the sign-in: who may sign in here. Imports only what that needs, for the window waits on it."""

from rapportdesk.desk.door.door import Door
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Practitioner, Role, SecretKind
from rapportdesk.store.file.doorway import Doorway, read_doorway
from rapportdesk.vault.slot import Badge, StaffSlot, open_badge

__all__ = ["Door", "Doorway", "open_door", "practitioner", "read_doorway"]


def open_door(doorway: Doorway, device_key: bytes) -> Door:
    """Return who may sign in.

    Args:
        doorway: From `read_doorway(path)`; its `device_key_id` says which key to read.
        device_key: What the password store gave for it.

    Raises:
        KeyWrong: The key is another vault's.
        Tampered: A name was changed from outside.
    """
    people = [practitioner(slot, open_badge(device_key, slot, doorway.vault_id)) for slot in doorway.slots]
    return Door(tuple(sorted(people, key=lambda person: person.name.casefold())), device_key)


def practitioner(slot: StaffSlot, badge: Badge, *, holds_clinicians_keys: bool = False) -> Practitioner:
    """Return one member of staff as the desk lists them."""
    return Practitioner(
        id=StaffId(slot.staff_id),
        name=badge.name,
        roles=frozenset(Role(role) for role in badge.roles),
        ends_on=badge.ends_on,
        holds_clinicians_keys=holds_clinicians_keys,
        must_change_secret=badge.must_change_secret,
        secret_kind=SecretKind.PIN if badge.pin else SecretKind.PASSPHRASE,
    )
