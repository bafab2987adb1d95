"""From a key to another key, quickly: HKDF-SHA256 (RFC 5869). From a secret to a key it is `kdf`'s slow way."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_BYTES = 32


def derive(key: bytes, *, info: bytes, salt: bytes = b"") -> bytes:
    """Return the 32-byte key for one purpose (HKDF-SHA256).

    Args:
        key: Input key material of full entropy.
        info: The purpose; other purposes give unrelated keys.
        salt: Optional, public.
    """
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=salt or None, info=info).derive(key)
