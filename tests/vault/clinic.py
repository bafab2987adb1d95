"""An invented clinic for the vault's tests: its keys, and people made with parameters that cost nothing to stretch."""

from dataclasses import dataclass, field

from rapportdesk.vault.kdf import Argon2idParameters
from rapportdesk.vault.recipients import VerifiedRecipient
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.signing import new_signing_key, verifying_key
from rapportdesk.vault.slots import Badge, StaffSlot, create_slot, open_slot, read_badge, verify_slot

SECRET = "gwyrdd fel y bryn"


def cheap() -> Argon2idParameters:
    """Return parameters that take 64 KiB and next to no time."""
    return Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """One clinic's own keys."""

    vault_id: str = "vault-1"
    device_key: bytes = field(default_factory=new_key)
    signing_key: bytes = field(default_factory=new_signing_key)

    @property
    def public(self) -> bytes:
        return verifying_key(self.signing_key)

    def slot(self, staff_id: str = "ana", *roles: str, secret: str = SECRET) -> StaffSlot:
        """Return a new slot for somebody with these roles, reception if none are given."""
        badge = Badge(name=staff_id.title(), roles=frozenset(roles or {"reception"}))
        return create_slot(
            staff_id=staff_id,
            badge=badge,
            secret=secret,
            device_key=self.device_key,
            signing_key=self.signing_key,
            vault_id=self.vault_id,
            parameters=cheap(),
        )

    def private_key(self, slot: StaffSlot, secret: str = SECRET) -> bytes:
        return open_slot(self.device_key, slot, secret, self.vault_id).private_key

    def verified(self, slot: StaffSlot) -> VerifiedRecipient:
        return verify_slot(slot, read_badge(self.device_key, slot, self.vault_id), self.public, self.vault_id)
