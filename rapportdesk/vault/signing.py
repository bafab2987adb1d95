"""Nothing is encrypted to an unsigned key: Ed25519 signatures (RFC 8032) over framed statements.

Each statement starts with its purpose, so that a signature for one thing never passes for another.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame

_FORMAT = 1


def new_signing_key() -> bytes:
    """Return a new Ed25519 private key, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def verifying_key(signing_key: bytes) -> bytes:
    """Return the public half of an Ed25519 private key, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).public_key().public_bytes_raw()


def new_private_key() -> bytes:
    """Return a new X25519 private key, 32 bytes."""
    return X25519PrivateKey.generate().private_bytes_raw()


def public_key(private_key: bytes) -> bytes:
    """Return the public half of an X25519 private key, 32 bytes."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def sign(signing_key: bytes, purpose: str, *parts: bytes | str | int) -> bytes:
    """Sign the parts for one purpose; returns 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(signing_key).sign(_statement(purpose, parts))


def check(verifying: bytes, signature: bytes, purpose: str, *parts: bytes | str | int) -> None:
    """Return only if the signature is this key's over these parts for this purpose.

    Raises:
        Tampered: It is not, or the public key is none.
    """
    try:
        Ed25519PublicKey.from_public_bytes(verifying).verify(signature, _statement(purpose, parts))
    except (InvalidSignature, ValueError):
        raise tampered() from None


def _statement(purpose: str, parts: tuple[bytes | str | int, ...]) -> bytes:
    return frame("rapportdesk signature", _FORMAT, purpose, *parts)
