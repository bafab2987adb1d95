"""A box that everyone can fill and one private key opens (HPKE, RFC 9180, base mode).

X25519, HKDF-SHA256, AES-256-GCM. HPKE does not say who sent: what arrives in a box is believed only beside a signature
(grants) or as anybody's word (a note that reception sealed to the clinicians). The library binds `info` and has no AAD,
so everything a box is bound to goes into `info`.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.padding import pad, unpad

CLINICIANS = "clinicians"
"""The recipient of notes sealed to the clinicians."""

_FORMAT = 1


def seal_to(public_key: bytes, plaintext: bytes, *, vault_id: str, kind: str, epoch: int, recipient: str) -> bytes:
    """Seal padded `plaintext` to the holder of a private key.

    Args:
        public_key: 32 bytes, X25519. Its signature must have been checked before.
        plaintext: What the recipient alone may read.
        vault_id: The vault in which the box opens.
        kind: What the box holds, such as "vault-key" or "note".
        epoch: Which generation of the sealed thing, or of the recipient's key.
        recipient: Who opens it: a staff member's id, a sheet's id, or `CLINICIANS`.

    Raises:
        Tampered: The public key is no point that a key pair can have.
    """
    try:
        key = X25519PublicKey.from_public_bytes(public_key)
        return _suite().encrypt(pad(plaintext), key, info=_info(vault_id, kind, epoch, recipient))
    except ValueError:
        raise tampered() from None


def open_from(private_key: bytes, box: bytes, *, vault_id: str, kind: str, epoch: int, recipient: str) -> bytes:
    """Open what `seal_to` returned, with the same vault, kind, epoch and recipient.

    Args:
        private_key: 32 bytes, X25519.
        box: What `seal_to` returned.
        vault_id: As given to `seal_to`; so are the rest.
        kind: What the box holds.
        epoch: Its generation.
        recipient: Whose box it is.

    Raises:
        Tampered: The box was changed, was meant for something or somebody else, or belongs to another key.
    """
    key = X25519PrivateKey.from_private_bytes(private_key)
    try:
        padded = _suite().decrypt(box, key, info=_info(vault_id, kind, epoch, recipient))
    except (InvalidTag, ValueError):
        raise tampered() from None
    return unpad(padded)


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _info(vault_id: str, kind: str, epoch: int, recipient: str) -> bytes:
    return frame("rapportdesk hpke", _FORMAT, vault_id, kind, epoch, recipient)
