"""A staff slot opens only with this computer's key and this person's secret, and says which of the two was wrong.

The private key is sealed twice: inside under HKDF(Argon2id(secret)), outside under HKDF(device key). So a stolen file
resists guessing, and the device key rotates by renewing the outer layer alone. The clinic's signing key vouches for
the public half.
"""

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.kdf import Argon2idParameters
from rapportdesk.vault.recipients import GrantKind, VerifiedRecipient
from rapportdesk.vault.secrets_policy import check_new_secret
from rapportdesk.vault.signing import new_private_key, public_key, sign, verifying_key
from rapportdesk.vault.slot import Badge, StaffSlot, open_badge, plain_roles
from rapportdesk.vault.slot_layers import OpenedSlot, open_inner, open_outer, seal_inner, seal_outer

__all__ = [
    "Badge",
    "OpenedSlot",
    "StaffSlot",
    "change_badge",
    "change_secret",
    "create_slot",
    "open_slot",
    "read_badge",
    "rewrap_for_device",
    "verify_slot",
]

_PURPOSE = "staff slot"


def create_slot(
    *,
    staff_id: str,
    badge: Badge,
    secret: str,
    device_key: bytes,
    signing_key: bytes,
    vault_id: str,
    parameters: Argon2idParameters | None = None,
    revision: int = 1,
) -> StaffSlot:
    """Make a slot with a new key pair; also how a manager resets a secret, for then nothing old is opened.

    Args:
        staff_id: The person's id; the same again when a secret is reset.
        badge: Name, roles, kind of secret.
        secret: The first passphrase or PIN.
        device_key: This computer's key.
        signing_key: The clinic's Ed25519 private key.
        vault_id: The vault's id.
        parameters: Argon2id's; fresh ones if left out.
        revision: 1, or one more than the slot that this one replaces.

    Raises:
        BadInput: The secret may not be chosen by somebody with these roles.
    """
    check_new_secret(secret, pin=badge.pin, roles=badge.roles)
    parameters = parameters or Argon2idParameters.fresh()
    private = new_private_key()
    opened = OpenedSlot(private_key=private, clinic_public=verifying_key(signing_key))
    public = public_key(private)
    bare = StaffSlot(
        staff_id=staff_id,
        revision=revision,
        public_key=public,
        badge=b"",
        memory_kib=parameters.memory_kib,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        salt=parameters.salt,
        sealed_private=b"",
        device_check=b"",
        signature=sign(signing_key, _PURPOSE, staff_id, public, *_signed(badge, vault_id)),
    )
    inner = seal_inner(bare, opened, secret, badge.pin, vault_id)
    return seal_outer(bare, badge, inner, device_key, vault_id)


def read_badge(device_key: bytes, slot: StaffSlot, vault_id: str) -> Badge:
    """Return name and roles, without a secret and without checking the clinic's signature.

    Raises:
        KeyWrong: The device key is another vault's.
        Tampered: The badge was changed.
    """
    return open_badge(device_key, slot, vault_id)


def open_slot(device_key: bytes, slot: StaffSlot, secret: str, vault_id: str) -> OpenedSlot:
    """Return the private key and the clinic's pinned public key.

    The clinic's signature is for `verify_slot`, with the public key returned here.

    Raises:
        KeyWrong: The device key is another vault's.
        WrongSecret: The passphrase or PIN is wrong.
        Tampered: The slot was changed.
    """
    inner = open_outer(device_key, slot, vault_id)
    opened = open_inner(slot, inner, secret, vault_id)
    if public_key(opened.private_key) != slot.public_key:
        raise tampered()
    return opened


def change_secret(
    device_key: bytes,
    slot: StaffSlot,
    old_secret: str,
    new_secret: str,
    vault_id: str,
    *,
    pin: bool = False,
    parameters: Argon2idParameters | None = None,
) -> StaffSlot:
    """Return the slot under a new secret, with the same key pair and signature, one revision on.

    Args:
        device_key: This computer's key.
        slot: The slot as it is.
        old_secret: Opens it now.
        new_secret: Opens it from then on.
        vault_id: The vault's id.
        pin: Whether the new secret is a PIN.
        parameters: Argon2id's; fresh ones if left out.

    Raises:
        BadInput: The new secret may not be chosen by somebody with these roles.
        KeyWrong: The device key is another vault's.
        WrongSecret: The old secret is wrong.
        Tampered: The slot was changed.
    """
    badge = read_badge(device_key, slot, vault_id)
    check_new_secret(new_secret, pin=pin, roles=badge.roles)
    opened = open_slot(device_key, slot, old_secret, vault_id)
    parameters = parameters or Argon2idParameters.fresh()
    changed = slot._replace(
        revision=slot.revision + 1,
        memory_kib=parameters.memory_kib,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        salt=parameters.salt,
    )
    inner = seal_inner(changed, opened, new_secret, pin, vault_id)
    return seal_outer(changed, badge._replace(pin=pin, must_change_secret=False), inner, device_key, vault_id)


def change_badge(device_key: bytes, slot: StaffSlot, badge: Badge, signing_key: bytes, vault_id: str) -> StaffSlot:
    """Return the slot under another badge that the clinic vouches for, one revision on; nobody's secret is needed.

    Args:
        device_key: This computer's key.
        slot: The slot as it is; its key pair stays.
        badge: The new one; the kind of secret stays.
        signing_key: The clinic's Ed25519 private key.
        vault_id: The vault's id.

    Raises:
        KeyWrong: The device key is another vault's.
        Tampered: The slot was changed, or the clinic never signed it.
    """
    before = read_badge(device_key, slot, vault_id)
    verify_slot(slot, before, verifying_key(signing_key), vault_id)
    inner = open_outer(device_key, slot, vault_id)
    signature = sign(signing_key, _PURPOSE, slot.staff_id, slot.public_key, *_signed(badge, vault_id))
    changed = slot._replace(revision=slot.revision + 1, signature=signature)
    return seal_outer(changed, badge._replace(pin=before.pin), inner, device_key, vault_id)


def rewrap_for_device(old_device_key: bytes, new_device_key: bytes, slot: StaffSlot, vault_id: str) -> StaffSlot:
    """Return the slot for a new device key, one revision on; nobody's secret is needed.

    Raises:
        KeyWrong: The old device key is another vault's.
        Tampered: The slot was changed.
    """
    badge = read_badge(old_device_key, slot, vault_id)
    inner = open_outer(old_device_key, slot, vault_id)
    return seal_outer(slot._replace(revision=slot.revision + 1), badge, inner, new_device_key, vault_id)


def verify_slot(slot: StaffSlot, badge: Badge, clinic_public: bytes, vault_id: str) -> VerifiedRecipient:
    """Return the person as somebody to whom keys may be granted.

    Args:
        slot: The slot.
        badge: What `read_badge` said of it.
        clinic_public: The clinic's Ed25519 public key, from one's own opened slot.
        vault_id: The vault's id.

    Raises:
        Tampered: The clinic never signed this key for this name with these roles.
    """
    may_hold: set[GrantKind] = {"vault-key"}
    if "manager" in badge.roles:
        may_hold |= {"signing-key"}
    if "clinician" in badge.roles:
        may_hold |= {"clinicians"}
    return VerifiedRecipient.vouched(
        recipient=slot.staff_id,
        public_key=slot.public_key,
        may_hold=frozenset(may_hold),
        verifying=clinic_public,
        signature=slot.signature,
        purpose=_PURPOSE,
        parts=_signed(badge, vault_id),
    )


def _signed(badge: Badge, vault_id: str) -> tuple[str, ...]:
    ends_on = badge.ends_on.isoformat() if badge.ends_on else ""
    return (vault_id, badge.name, ends_on, *plain_roles(badge.roles))
