"""The layers of a staff slot: the secret's inside, the device key's outside. The badge beside them is in `slot`.

What tells a wrong secret from an edited slot lies under the outer layer, so that a stolen file gives nothing to guess
at; it also commits to the inner key, which AES-GCM by itself does not. Argon2id's parameters are bound to the outer
layer, so that edited ones are noticed before any memory is taken for them.
"""

import hmac
from dataclasses import dataclass, field

from rapportdesk.vault.faults import tampered, wrong_secret
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.hkdf import derive
from rapportdesk.vault.kdf import stretch
from rapportdesk.vault.sealing import KEY_BYTES, seal_bound, unseal_bound
from rapportdesk.vault.slot import Badge, StaffSlot, bound, check_device, seal_badge


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSlot:
    """What a slot gives to whoever opens it.

    Attributes:
        private_key: X25519, opens this person's grants.
        clinic_public: The clinic's Ed25519 public key, pinned when the slot was made.
    """

    private_key: bytes = field(repr=False)
    clinic_public: bytes = field(repr=False)


def seal_inner(slot: StaffSlot, opened: OpenedSlot, secret: str, pin: bool, vault_id: str) -> bytes:
    """Return the inner layer: what tells a right secret, and the payload under it."""
    stretched = stretch(secret, slot.parameters)
    payload = frame(opened.private_key, opened.clinic_public, "pin" if pin else "passphrase")
    bound_to = bound("inner", slot.staff_id, vault_id, slot.public_key)
    return frame(_secret_check(stretched), seal_bound(_inner_key(stretched), payload, bound_to))


def open_inner(slot: StaffSlot, inner: bytes, secret: str, vault_id: str) -> OpenedSlot:
    """Return the payload of the inner layer; WrongSecret or Tampered."""
    secret_check, sealed = unframe(inner, 2)
    stretched = stretch(secret, slot.parameters)
    if not hmac.compare_digest(_secret_check(stretched), secret_check):
        raise wrong_secret()
    bound_to = bound("inner", slot.staff_id, vault_id, slot.public_key)
    private, clinic_public, _kind = unframe(unseal_bound(_inner_key(stretched), sealed, bound_to), 3)
    if {len(private), len(clinic_public)} != {KEY_BYTES}:
        raise tampered()
    return OpenedSlot(private_key=private, clinic_public=clinic_public)


def seal_outer(slot: StaffSlot, badge: Badge, inner: bytes, device_key: bytes, vault_id: str) -> StaffSlot:
    """Return the slot with everything that lies under the device key."""
    sealed = seal_bound(_outer_key(device_key), inner, _bound_outer(slot, vault_id))
    return seal_badge(device_key, slot, badge, vault_id)._replace(sealed_private=sealed)


def open_outer(device_key: bytes, slot: StaffSlot, vault_id: str) -> bytes:
    """Return the inner layer; KeyWrong or Tampered."""
    check_device(device_key, slot, vault_id)
    return unseal_bound(_outer_key(device_key), slot.sealed_private, _bound_outer(slot, vault_id))


def _bound_outer(slot: StaffSlot, vault_id: str) -> bytes:
    parameters = slot.parameters
    costs = frame(parameters.memory_kib, parameters.iterations, parameters.lanes, parameters.salt)
    return bound("outer", slot.staff_id, vault_id, slot.public_key, costs)


def _outer_key(device_key: bytes) -> bytes:
    return derive(device_key, info=frame("rapportdesk slot", "outer key"))


def _inner_key(stretched: bytes) -> bytes:
    return derive(stretched, info=frame("rapportdesk slot", "inner key"))


def _secret_check(stretched: bytes) -> bytes:
    return derive(stretched, info=frame("rapportdesk slot", "secret check"))
