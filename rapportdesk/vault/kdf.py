"""From a secret to a key, slowly; from a key to another key, quickly. Hostile parameters never take memory.

Argon2id (RFC 9106) for what people can remember, HKDF-SHA256 (RFC 5869) for what is random already.
"""

import os
import unicodedata
from dataclasses import dataclass
from typing import Self

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.hkdf import derive

__all__ = ["Argon2idParameters", "derive", "stretch"]

_KEY_BYTES = 32
_MEMORY_KIB_MOST = 1 << 20  # 1 GiB
_WORK_MOST = 1 << 22  # KiB times iterations: some seconds on a slow machine, never minutes
_LANES_MOST = 16
_SALT_BYTES = range(16, 65)


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2idParameters:
    """How a secret is stretched; kept in the slot, so an edited file may hold anything here.

    Attributes:
        memory_kib: Memory in KiB, at least 8 per lane, at most 1 GiB.
        iterations: Passes over the memory; with `memory_kib` bounded to some seconds of work.
        lanes: Parallel lanes, 1 to 16.
        salt: 16 to 64 random bytes.

    Raises:
        Tampered: A value is out of bounds, which RapportDesk never writes. No memory has been taken then.
    """

    memory_kib: int
    iterations: int
    lanes: int
    salt: bytes

    def __post_init__(self) -> None:
        """Refuse what could only come from an edited file."""
        whole = all(type(value) is int for value in (self.memory_kib, self.iterations, self.lanes))
        if not (
            whole
            and 1 <= self.lanes <= _LANES_MOST
            and 8 * self.lanes <= self.memory_kib <= _MEMORY_KIB_MOST
            and 1 <= self.iterations <= _WORK_MOST // self.memory_kib
            and type(self.salt) is bytes
            and len(self.salt) in _SALT_BYTES
        ):
            raise tampered()

    @classmethod
    def fresh(cls, *, memory_kib: int = 65536, iterations: int = 3, lanes: int = 4) -> Self:
        """Return parameters with a new salt; the defaults are RFC 9106's second recommended option (section 4)."""
        return cls(memory_kib=memory_kib, iterations=iterations, lanes=lanes, salt=os.urandom(16))


def stretch(secret: str, parameters: Argon2idParameters) -> bytes:
    """Return the 32 bytes that Argon2id makes of a passphrase or PIN.

    The secret is brought to Unicode's NFKC first (NIST SP 800-63B-4, 3.1.1.2), so that one passphrase typed on a
    keyboard that composes accents, one that does not, or an input method in full-width mode is the same passphrase.
    """
    # Only needed after the names are listed, so not while the window starts.
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    normalised = unicodedata.normalize("NFKC", secret).encode("utf-8", "surrogatepass")
    return Argon2id(
        salt=parameters.salt,
        length=_KEY_BYTES,
        iterations=parameters.iterations,
        lanes=parameters.lanes,
        memory_cost=parameters.memory_kib,
    ).derive(normalised)
