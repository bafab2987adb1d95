"""A staff slot as it lies in the file, and the badge on it: what the device key alone tells of somebody.

The window lists names before it imports anything else, so this imports no more than that needs; for the same reason
these are named tuples, since the module `dataclasses` takes longer to import than all names take to open.
"""

import hmac
import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rapportdesk.errors import Tampered
from rapportdesk.vault.faults import tampered, wrong_device_key
from rapportdesk.vault.framing import frame
from rapportdesk.vault.hkdf import derive
from rapportdesk.vault.sealing import seal_bound, unseal_bound

if TYPE_CHECKING:
    from rapportdesk.vault.kdf import Argon2idParameters


class StaffSlot(NamedTuple):
    """One person's slot, as it lies in the file.

    Attributes:
        staff_id: Random id.
        revision: Counted up at every change.
        public_key: X25519, 32 bytes.
        badge: Name and roles, sealed under the device key.
        memory_kib: Argon2id's memory in KiB.
        iterations: Argon2id's passes.
        lanes: Argon2id's lanes.
        salt: Argon2id's salt.
        sealed_private: The twice-sealed private key with the clinic's pinned public key.
        device_check: Tells whether a device key is this vault's.
        signature: The clinic's, over vault, id, public key, name, roles and last day.
    """

    staff_id: str
    revision: int
    public_key: bytes
    badge: bytes
    memory_kib: int
    iterations: int
    lanes: int
    salt: bytes
    sealed_private: bytes
    device_check: bytes
    signature: bytes

    @property
    def parameters(self) -> "Argon2idParameters":
        """The Argon2id parameters; Tampered if they are out of bounds."""
        from rapportdesk.vault.kdf import Argon2idParameters  # only for a secret, so not while the window starts

        return Argon2idParameters(
            memory_kib=self.memory_kib, iterations=self.iterations, lanes=self.lanes, salt=self.salt
        )


class Badge(NamedTuple):
    """What is known of somebody before they sign in.

    Attributes:
        name: As shown in the list of names.
        roles: "reception", "clinician", "manager".
        pin: Whether the secret is a PIN.
        must_change_secret: Whether somebody else chose the secret.
        ends_on: The last day on which the slot is meant to be used, if any.
    """

    name: str
    roles: frozenset[str]
    pin: bool = False
    must_change_secret: bool = False
    ends_on: date | None = None


def plain_roles(roles: Iterable[str]) -> list[str]:
    """Return the roles' values in one order, whatever kind of string they are."""
    return sorted(str(role) for role in roles)


def seal_badge(device_key: bytes, slot: StaffSlot, badge: Badge, vault_id: str) -> StaffSlot:
    """Return the slot with another badge, and with what tells a right device key from a wrong one."""
    return slot._replace(
        badge=seal_bound(_badge_key(device_key), _encoded(badge), bound("badge", slot.staff_id, vault_id)),
        device_check=_device_check(device_key, slot.staff_id, vault_id),
    )


def open_badge(device_key: bytes, slot: StaffSlot, vault_id: str) -> Badge:
    """Return the badge; KeyWrong or Tampered."""
    check_device(device_key, slot, vault_id)
    return _decoded(unseal_bound(_badge_key(device_key), slot.badge, bound("badge", slot.staff_id, vault_id)))


def check_device(device_key: bytes, slot: StaffSlot, vault_id: str) -> None:
    """Return only if the device key is this slot's; KeyWrong, or Tampered if it is and the check was edited."""
    if hmac.compare_digest(_device_check(device_key, slot.staff_id, vault_id), slot.device_check):
        return
    try:
        unseal_bound(_badge_key(device_key), slot.badge, bound("badge", slot.staff_id, vault_id))
    except Tampered:
        raise wrong_device_key() from None
    raise tampered()


def bound(purpose: str, staff_id: str, vault_id: str, *parts: bytes) -> bytes:
    """Return what a part of a slot is sealed to: this purpose, this vault, this person."""
    return frame("rapportdesk slot", purpose, vault_id, staff_id, *parts)


def _encoded(badge: Badge) -> bytes:
    fields = {
        "name": badge.name,
        "roles": plain_roles(badge.roles),
        "pin": badge.pin,
        "must_change_secret": badge.must_change_secret,
        "ends_on": badge.ends_on.isoformat() if badge.ends_on else None,
    }
    return json.dumps(fields).encode()


def _decoded(content: bytes) -> Badge:
    try:
        fields = json.loads(content)
        return Badge(
            name=str(fields["name"]),
            roles=frozenset(map(str, fields["roles"])),
            pin=bool(fields["pin"]),
            must_change_secret=bool(fields["must_change_secret"]),
            ends_on=date.fromisoformat(fields["ends_on"]) if fields["ends_on"] else None,
        )
    except (ValueError, KeyError, TypeError):
        # Everybody who works here has the device key and could seal anything as a badge.
        raise tampered() from None


def _badge_key(device_key: bytes) -> bytes:
    return derive(device_key, info=frame("rapportdesk slot", "badge key"))


def _device_check(device_key: bytes, staff_id: str, vault_id: str) -> bytes:
    return derive(device_key, info=bound("device check", staff_id, vault_id))
