"""A key is handed out only to somebody whose public key was vouched for.

`VerifiedRecipient` exists for that: checking a signature is the only way to come by one, and grants take nothing else.
"""

from typing import Literal, Self, final

from rapportdesk.vault.signing import check

GrantKind = Literal["vault-key", "device-key", "signing-key", "clinicians"]
"""What can be handed out."""


@final
class VerifiedRecipient:
    """Somebody, or a recovery sheet, whose public key carries a signature that was checked."""

    __slots__ = ("_may_hold", "_public_key", "_recipient")

    _recipient: str
    _public_key: bytes
    _may_hold: frozenset[GrantKind]

    def __init__(self) -> None:
        """Refuse: see `vouched`."""
        raise TypeError("a recipient is verified, not made")

    @classmethod
    def vouched(
        cls,
        *,
        recipient: str,
        public_key: bytes,
        may_hold: frozenset[GrantKind],
        verifying: bytes,
        signature: bytes,
        purpose: str,
        parts: tuple[bytes | str | int, ...],
    ) -> Self:
        """Return the recipient, whose id and public key are signed together with `parts`.

        Args:
            recipient: The id; it is the statement's first part.
            public_key: The key; it is the statement's second part.
            may_hold: What the signed parts entitle to.
            verifying: The Ed25519 public key that must have signed.
            signature: What it signed with.
            purpose: What kind of statement it signed.
            parts: The rest of the statement.

        Raises:
            Tampered: The signature does not hold.
        """
        check(verifying, signature, purpose, recipient, public_key, *parts)
        verified = object.__new__(cls)
        verified._recipient = recipient
        verified._public_key = public_key
        verified._may_hold = may_hold
        return verified

    @property
    def recipient(self) -> str:
        """A staff member's id or a sheet's id."""
        return self._recipient

    @property
    def public_key(self) -> bytes:
        """The X25519 public key, 32 bytes."""
        return self._public_key

    @property
    def may_hold(self) -> frozenset[GrantKind]:
        """The kinds of keys this recipient may be given."""
        return self._may_hold

    def __repr__(self) -> str:
        return f"VerifiedRecipient({self._recipient!r})"
