"""Each generation of the clinicians' keys is vouched for by the one before, the first by the clinic.

A manager who is no clinician makes the first pair and forgets it; the first clinician's sign-in replaces it by a
successor, and so does every sign-in after a clinician has left.
"""

from collections.abc import Sequence

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.keys import CliniciansPair, CliniciansPublic
from rapportdesk.vault.signing import check, new_private_key, new_signing_key, public_key, sign, verifying_key

_PURPOSE = "clinicians' keys"


def first_pair(signing_key: bytes, vault_id: str) -> tuple[CliniciansPair, CliniciansPublic]:
    """Return epoch 1, signed by the clinic.

    Args:
        signing_key: The clinic's Ed25519 private key.
        vault_id: The vault's id.
    """
    return _generation(1, signing_key, b"", vault_id)


def successor(pair: CliniciansPair, vault_id: str) -> tuple[CliniciansPair, CliniciansPublic]:
    """Return the next epoch, signed by the partner key of `pair`."""
    return _generation(pair.epoch + 1, pair.ed25519, verifying_key(pair.ed25519), vault_id)


def public_half(pair: CliniciansPair, signature: bytes) -> CliniciansPublic:
    """Return what of a pair lies in the file."""
    return CliniciansPublic(
        epoch=pair.epoch, x25519=public_key(pair.x25519), ed25519=verifying_key(pair.ed25519), signature=signature
    )


def verify_chain(
    chain: Sequence[CliniciansPublic], clinic_public: bytes, vault_id: str, *, at_least: int = 1
) -> CliniciansPublic:
    """Return the current generation.

    Args:
        chain: Every generation, from epoch 1 on, in order.
        clinic_public: The clinic's Ed25519 public key, from one's own opened slot.
        vault_id: The vault's id.
        at_least: The newest epoch the reader knows of; a chain that was cut shorter is refused.

    Raises:
        Tampered: The chain is empty, has a gap, is out of order, too short, or a signature does not hold.
    """
    verifying, previous = clinic_public, b""
    for epoch, generation in enumerate(chain, start=1):
        if generation.epoch != epoch:
            raise tampered()
        check(verifying, generation.signature, _PURPOSE, *_parts(generation, previous, vault_id))
        verifying = previous = generation.ed25519
    if len(chain) < max(1, at_least):
        raise tampered()
    return chain[-1]


def _generation(epoch: int, signer: bytes, previous: bytes, vault_id: str) -> tuple[CliniciansPair, CliniciansPublic]:
    pair = CliniciansPair(epoch=epoch, x25519=new_private_key(), ed25519=new_signing_key())
    signature = sign(signer, _PURPOSE, *_parts(public_half(pair, b""), previous, vault_id))
    return pair, public_half(pair, signature)


def _parts(generation: CliniciansPublic, previous: bytes, vault_id: str) -> tuple[bytes | str | int, ...]:
    return vault_id, generation.epoch, previous, generation.x25519, generation.ed25519
