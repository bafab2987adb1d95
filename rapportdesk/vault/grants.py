"""A key is handed out in a signed box, and the signature is checked before the box is opened.

Keys of the clinic are signed by its signing key. The clinicians' keys are signed by their own partner key of the same
epoch, or for the first epoch by the clinic's, because a manager makes that one.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from rapportdesk.errors import Tampered
from rapportdesk.vault.clinicians import public_half, verify_chain
from rapportdesk.vault.faults import tampered
from rapportdesk.vault.hpke_box import open_from, seal_to
from rapportdesk.vault.keys import CliniciansPair, CliniciansPublic
from rapportdesk.vault.recipients import GrantKind, VerifiedRecipient
from rapportdesk.vault.sealing import KEY_BYTES
from rapportdesk.vault.signing import check, public_key, sign

__all__ = ["Grant", "GrantKind", "make_grant", "open_grant", "signed_by_clinic"]

_PURPOSE = "grant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One key handed to one recipient, as it lies in the file.

    Attributes:
        grant_id: Random id.
        kind: What is in the box.
        epoch: Which generation of that key.
        recipient: The staff member's or the sheet's id.
        sealed: The box.
        signature: Over all of this and the recipient's public key.
    """

    grant_id: str
    kind: GrantKind
    epoch: int
    recipient: str
    sealed: bytes
    signature: bytes


def make_grant(
    *, kind: GrantKind, epoch: int, key: bytes, recipient: VerifiedRecipient, signing_key: bytes, vault_id: str
) -> Grant:
    """Hand a key to a recipient.

    Args:
        kind: What is handed out.
        epoch: Which generation of it.
        key: 32 bytes; for "clinicians" what `CliniciansPair.to_bytes` returned.
        recipient: From `verify_slot` or `verify_sheet`.
        signing_key: The clinic's Ed25519 private key; for "clinicians" the partner key of that epoch, or the
            clinic's for epoch 1.
        vault_id: The vault's id.

    Raises:
        ValueError: The recipient's roles, or the kind of sheet, do not entitle to this kind of key.
    """
    if kind not in recipient.may_hold:
        raise ValueError(f"{recipient!r} may not hold {kind}")
    box = seal_to(recipient.public_key, key, vault_id=vault_id, kind=kind, epoch=epoch, recipient=recipient.recipient)
    bare = Grant(
        grant_id=str(uuid.uuid4()),
        kind=kind,
        epoch=epoch,
        recipient=recipient.recipient,
        sealed=box,
        signature=b"",
    )
    return Grant(
        grant_id=bare.grant_id,
        kind=kind,
        epoch=epoch,
        recipient=bare.recipient,
        sealed=box,
        signature=sign(signing_key, _PURPOSE, *_parts(bare, recipient.public_key, vault_id)),
    )


def open_grant(
    grant: Grant,
    *,
    private_key: bytes,
    recipient: str,
    clinic_public: bytes,
    vault_id: str,
    chain: Sequence[CliniciansPublic] = (),
) -> bytes:
    """Check the signature, then open the box.

    Args:
        grant: What lies in the file.
        private_key: The recipient's X25519 private key.
        recipient: The recipient's own id.
        clinic_public: The clinic's Ed25519 public key, pinned in the recipient's own slot or sheet.
        vault_id: The vault's id.
        chain: Every generation of the clinicians' public keys; needed for grants of kind "clinicians".

    Returns:
        The key, as it was given to `make_grant`.

    Raises:
        Tampered: Nobody entitled signed this for this recipient, or it does not hold the key it says.
    """
    if grant.recipient != recipient:
        raise tampered()
    generation = _generation(grant, chain, clinic_public, vault_id)
    _check_signature(grant, public_key(private_key), clinic_public, generation, vault_id)
    key = open_from(
        private_key, grant.sealed, vault_id=vault_id, kind=grant.kind, epoch=grant.epoch, recipient=recipient
    )
    if generation is None:
        if len(key) != KEY_BYTES:
            raise tampered()
    elif public_half(CliniciansPair.from_bytes(key), generation.signature) != generation:
        raise tampered()
    return key


def verify_grant(
    grant: Grant,
    *,
    recipient: VerifiedRecipient,
    clinic_public: bytes,
    vault_id: str,
    chain: Sequence[CliniciansPublic] = (),
) -> None:
    """Check the signature of somebody else's grant, without opening the box.

    Args:
        grant: What lies in the file.
        recipient: Whose it is, from `verify_slot` or `verify_sheet`.
        clinic_public: The clinic's Ed25519 public key, pinned in one's own slot.
        vault_id: The vault's id.
        chain: Every generation of the clinicians' public keys; needed for grants of kind "clinicians".

    Raises:
        Tampered: Nobody entitled signed this for this recipient, or the recipient may not hold this kind of key.
    """
    if grant.recipient != recipient.recipient or grant.kind not in recipient.may_hold:
        raise tampered()
    generation = _generation(grant, chain, clinic_public, vault_id)
    _check_signature(grant, recipient.public_key, clinic_public, generation, vault_id)


def signed_by_clinic(grant: Grant, *, private_key: bytes, clinic_public: bytes, vault_id: str) -> bool:
    """Return whether the clinic's signing key, not the clinicians' own partner key, signed a grant to oneself.

    The clinicians' first keys are so signed when a manager made them; their holder then replaces them.
    """
    try:
        check(clinic_public, grant.signature, _PURPOSE, *_parts(grant, public_key(private_key), vault_id))
    except Tampered:
        return False
    return True


def _generation(
    grant: Grant, chain: Sequence[CliniciansPublic], clinic_public: bytes, vault_id: str
) -> CliniciansPublic | None:
    if grant.kind != "clinicians":
        return None
    verify_chain(chain, clinic_public, vault_id, at_least=grant.epoch)
    if grant.epoch < 1:
        raise tampered()
    return chain[grant.epoch - 1]


def _check_signature(
    grant: Grant, own_public: bytes, clinic_public: bytes, generation: CliniciansPublic | None, vault_id: str
) -> None:
    parts = _parts(grant, own_public, vault_id)
    if generation is None:
        check(clinic_public, grant.signature, _PURPOSE, *parts)
        return
    try:
        check(generation.ed25519, grant.signature, _PURPOSE, *parts)
    except Tampered:
        if generation.epoch != 1:
            raise
        check(clinic_public, grant.signature, _PURPOSE, *parts)


def _parts(grant: Grant, recipient_public: bytes, vault_id: str) -> tuple[bytes | str | int, ...]:
    return vault_id, grant.grant_id, grant.kind, grant.epoch, grant.recipient, recipient_public, grant.sealed
