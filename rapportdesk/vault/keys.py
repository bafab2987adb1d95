"""The keys somebody holds while signed in; printing one of these never shows a key."""

from dataclasses import dataclass, field
from typing import Self

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame, unframe
from rapportdesk.vault.sealing import KEY_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class CliniciansPublic:
    """One generation of the clinicians' public keys, as it lies in the file.

    Attributes:
        epoch: 1 for the first, counted up without gaps.
        x25519: What notes are sealed to, 32 bytes.
        ed25519: What signs grants of this generation, and the next generation; 32 bytes.
        signature: By the clinic's signing key for epoch 1, by the predecessor's Ed25519 key after that.
    """

    epoch: int
    x25519: bytes
    ed25519: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CliniciansPair:
    """The private halves of one generation of the clinicians' keys.

    Attributes:
        epoch: As in `CliniciansPublic`.
        x25519: Opens what is sealed to the clinicians, 32 bytes.
        ed25519: The partner that signs the next generation and its grants, 32 bytes.
    """

    epoch: int
    x25519: bytes = field(repr=False)
    ed25519: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        """Return the pair in the form in which it is granted."""
        return frame("clinicians", self.epoch, self.x25519, self.ed25519)

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Return the pair that `to_bytes` encoded.

        Raises:
            Tampered: The bytes are no pair.
        """
        purpose, epoch, x25519, ed25519 = unframe(content, 4)
        if purpose != b"clinicians" or len(epoch) != 8 or {len(x25519), len(ed25519)} != {KEY_BYTES}:
            raise tampered()
        return cls(epoch=int.from_bytes(epoch, "big", signed=True), x25519=x25519, ed25519=ed25519)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionKeys:
    """Everything one signed-in person can open.

    Attributes:
        staff_id: Who signed in.
        private_key: Their own X25519 private key; opens what is sealed for them alone.
        vault_key: Opens the patients' keys and the records of no patient.
        signing_key: The clinic's Ed25519 private key; managers alone have it.
        clinicians: The clinicians' pairs, oldest first; empty for whoever is not a clinician.
        clinic_public: The pinned Ed25519 public key that vouches for everybody else's.
        device_key: The key from the computer's password store.
        vault_key_epoch: Which generation of the vault key this is; 1 until somebody leaves.
    """

    staff_id: str
    private_key: bytes = field(repr=False)
    vault_key: bytes = field(repr=False)
    signing_key: bytes | None = field(repr=False)
    clinicians: tuple[CliniciansPair, ...]
    clinic_public: bytes = field(repr=False)
    device_key: bytes = field(repr=False)
    vault_key_epoch: int = 1
