"""The layers of a staff slot: the secret's inside, the device key's outside, and the badge beside them.

What tells a wrong secret from an edited slot lies under the outer layer, so that a stolen file gives nothing to guess
at; it also commits to the inner key, which AES-GCM by itself does not. Argon2id's parameters are bound to the outer
layer, so that edited ones are noticed before any memory is taken for them.
"""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from rapportdesk.errors import Tampered
from rapportdesk.vault.faults import tampered, wrong_device_key, wrong_secret
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.kdf import Argon2idParameters, derive, stretch
from rapportdesk.vault.sealing import KEY_BYTES, seal_bound, unseal_bound


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSlot:
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
    def parameters(self) -> Argon2idParameters:
        """The Argon2id parameters; Tampered if they are out of bounds."""
        return Argon2idParameters(
            memory_kib=self.memory_kib, iterations=self.iterations, lanes=self.lanes, salt=self.salt
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSlot:
    """What a slot gives to whoever opens it.

    Attributes:
        private_key: X25519, opens this person's grants.
        clinic_public: The clinic's Ed25519 public key, pinned when the slot was made.
    """

    private_key: bytes = field(repr=False)
    clinic_public: bytes = field(repr=False)


def plain_roles(roles: Iterable[str]) -> list[str]:
    """Return the roles' values in one order, whatever kind of string they are."""
    return sorted(str(role) for role in roles)


def seal_inner(slot: StaffSlot, opened: OpenedSlot, secret: str, pin: bool, vault_id: str) -> bytes:
    """Return the inner layer: what tells a right secret, and the payload under it."""
    stretched = stretch(secret, slot.parameters)
    payload = frame(opened.private_key, opened.clinic_public, "pin" if pin else "passphrase")
    bound = _bound("inner", slot.staff_id, vault_id, slot.public_key)
    return frame(_secret_check(stretched), seal_bound(_inner_key(stretched), payload, bound))


def open_inner(slot: StaffSlot, inner: bytes, secret: str, vault_id: str) -> OpenedSlot:
    """Return the payload of the inner layer; WrongSecret or Tampered."""
    secret_check, sealed = unframe(inner, 2)
    stretched = stretch(secret, slot.parameters)
    if not hmac.compare_digest(_secret_check(stretched), secret_check):
        raise wrong_secret()
    bound = _bound("inner", slot.staff_id, vault_id, slot.public_key)
    private, clinic_public, _kind = unframe(unseal_bound(_inner_key(stretched), sealed, bound), 3)
    if {len(private), len(clinic_public)} != {KEY_BYTES}:
        raise tampered()
    return OpenedSlot(private_key=private, clinic_public=clinic_public)


def seal_outer(slot: StaffSlot, badge: Badge, inner: bytes, device_key: bytes, vault_id: str) -> StaffSlot:
    """Return the slot with everything that lies under the device key."""
    return replace(
        slot,
        badge=seal_bound(_badge_key(device_key), _encoded(badge), _bound("badge", slot.staff_id, vault_id)),
        sealed_private=seal_bound(_outer_key(device_key), inner, _bound_outer(slot, vault_id)),
        device_check=_device_check(device_key, slot.staff_id, vault_id),
    )


def open_outer(device_key: bytes, slot: StaffSlot, vault_id: str) -> bytes:
    """Return the inner layer; KeyWrong or Tampered."""
    check_device(device_key, slot, vault_id)
    return unseal_bound(_outer_key(device_key), slot.sealed_private, _bound_outer(slot, vault_id))


def open_badge(device_key: bytes, slot: StaffSlot, vault_id: str) -> Badge:
    """Return the badge; KeyWrong or Tampered."""
    check_device(device_key, slot, vault_id)
    return _decoded(unseal_bound(_badge_key(device_key), slot.badge, _bound("badge", slot.staff_id, vault_id)))


def check_device(device_key: bytes, slot: StaffSlot, vault_id: str) -> None:
    """Return only if the device key is this slot's; KeyWrong, or Tampered if it is and the check was edited."""
    if hmac.compare_digest(_device_check(device_key, slot.staff_id, vault_id), slot.device_check):
        return
    try:
        unseal_bound(_badge_key(device_key), slot.badge, _bound("badge", slot.staff_id, vault_id))
    except Tampered:
        raise wrong_device_key() from None
    raise tampered()


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


def _bound(purpose: str, staff_id: str, vault_id: str, *parts: bytes) -> bytes:
    return frame("rapportdesk slot", purpose, vault_id, staff_id, *parts)


def _bound_outer(slot: StaffSlot, vault_id: str) -> bytes:
    parameters = slot.parameters
    costs = frame(parameters.memory_kib, parameters.iterations, parameters.lanes, parameters.salt)
    return _bound("outer", slot.staff_id, vault_id, slot.public_key, costs)


def _badge_key(device_key: bytes) -> bytes:
    return derive(device_key, info=frame("rapportdesk slot", "badge key"))


def _outer_key(device_key: bytes) -> bytes:
    return derive(device_key, info=frame("rapportdesk slot", "outer key"))


def _device_check(device_key: bytes, staff_id: str, vault_id: str) -> bytes:
    return derive(device_key, info=_bound("device check", staff_id, vault_id))


def _inner_key(stretched: bytes) -> bytes:
    return derive(stretched, info=frame("rapportdesk slot", "inner key"))


def _secret_check(stretched: bytes) -> bytes:
    return derive(stretched, info=frame("rapportdesk slot", "secret check"))
