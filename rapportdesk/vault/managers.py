"""A box for the managers alone: who works at the desk can fill it, and holds no key that opens it again.

The managers have one key of their own, the clinic's signing key; the box's X25519 key pair is derived from it (HKDF),
so that it is handed on, recovered and lost together with it. Its public half is signed by the same key.
"""

from dataclasses import dataclass
from typing import Self

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.hpke_box import open_from, seal_to
from rapportdesk.vault.kdf import derive
from rapportdesk.vault.signing import check, public_key, sign

MANAGERS = "managers"
"""The recipient of what is sealed to the managers."""

_PURPOSE = "managers box"
_KIND = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagersPublic:
    """The box's public half with the clinic's signature, as it lies in the file.

    Attributes:
        x25519: What is sealed to, 32 bytes.
        signature: By the clinic's signing key.
    """

    x25519: bytes
    signature: bytes

    @classmethod
    def of(cls, signing_key: bytes, vault_id: str) -> Self:
        """Return the public half that belongs to the clinic's signing key."""
        public = public_key(_private(signing_key, vault_id))
        return cls(x25519=public, signature=sign(signing_key, _PURPOSE, vault_id, public))

    def to_bytes(self) -> bytes:
        """Return it in the form in which it is kept."""
        return frame(_PURPOSE, self.x25519, self.signature)

    @classmethod
    def verified(cls, content: bytes, clinic_public: bytes, vault_id: str) -> Self:
        """Return what `to_bytes` encoded, its signature checked.

        Raises:
            Tampered: The clinic never signed it for this vault.
        """
        purpose, public, signature = unframe(content, 3)
        if purpose != _PURPOSE.encode():
            raise tampered()
        check(clinic_public, signature, _PURPOSE, vault_id, public)
        return cls(x25519=public, signature=signature)


def seal_to_managers(public: ManagersPublic, words: bytes, *, vault_id: str) -> bytes:
    """Return `words` in a box that every manager opens."""
    return seal_to(public.x25519, words, vault_id=vault_id, kind=_KIND, epoch=0, recipient=MANAGERS)


def open_as_manager(signing_key: bytes, box: bytes, *, vault_id: str) -> bytes:
    """Open what `seal_to_managers` returned.

    Raises:
        Tampered: The box was changed or is another clinic's.
    """
    return open_from(_private(signing_key, vault_id), box, vault_id=vault_id, kind=_KIND, epoch=0, recipient=MANAGERS)


def seal_to_colleague(public: bytes, words: bytes, *, vault_id: str, staff_id: str) -> bytes:
    """Return `words` in a box for one colleague, whose public key was vouched for."""
    return seal_to(public, words, vault_id=vault_id, kind=_KIND, epoch=0, recipient=staff_id)


def open_as_colleague(private: bytes, box: bytes, *, vault_id: str, staff_id: str) -> bytes:
    """Open what `seal_to_colleague` returned.

    Raises:
        Tampered: It was changed, or sealed to other keys than these.
    """
    return open_from(private, box, vault_id=vault_id, kind=_KIND, epoch=0, recipient=staff_id)


def _private(signing_key: bytes, vault_id: str) -> bytes:
    return derive(signing_key, info=frame("rapportdesk managers box", vault_id))
