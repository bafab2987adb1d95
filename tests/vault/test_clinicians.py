"""The clinicians' current key is the end of a chain that starts at the clinic's."""

from dataclasses import replace

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.vault.clinicians import first_pair, public_half, successor, verify_chain
from rapportdesk.vault.keys import CliniciansPair, CliniciansPublic
from rapportdesk.vault.signing import new_private_key, new_signing_key, public_key, sign, verifying_key

VAULT = "vault-1"
CLINIC = new_signing_key()
PUBLIC = verifying_key(CLINIC)


def generations(count: int) -> tuple[list[CliniciansPair], list[CliniciansPublic]]:
    pair, public = first_pair(CLINIC, VAULT)
    pairs, publics = [pair], [public]
    for _epoch in range(1, count):
        pair, public = successor(pair, VAULT)
        pairs.append(pair)
        publics.append(public)
    return pairs, publics


PAIRS, CHAIN = generations(4)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_last_generation_is_the_current_one(count: int) -> None:
    current = verify_chain(CHAIN[:count], PUBLIC, VAULT)
    assert current == CHAIN[count - 1]
    assert current.epoch == count
    assert current.x25519 == public_key(PAIRS[count - 1].x25519)


@pytest.mark.parametrize(
    "chain",
    [
        [],
        CHAIN[1:],
        [CHAIN[0], CHAIN[2], CHAIN[3]],
        [CHAIN[0], CHAIN[2], CHAIN[1], CHAIN[3]],
        [CHAIN[0], CHAIN[0], CHAIN[1]],
        [CHAIN[0], replace(CHAIN[2], epoch=2)],
        [*CHAIN, CHAIN[3]],
    ],
)
def test_a_gap_or_another_order_is_refused(chain: list[CliniciansPublic]) -> None:
    with pytest.raises(Tampered):
        verify_chain(chain, PUBLIC, VAULT)


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("name", ["x25519", "ed25519", "signature"])
def test_a_swapped_key_is_refused_wherever_it_stands(at: int, name: str) -> None:
    foreign = generations(4)[1]
    chain = list(CHAIN)
    chain[at] = replace(chain[at], **{name: getattr(foreign[at], name)})
    with pytest.raises(Tampered):
        verify_chain(chain, PUBLIC, VAULT)


def test_a_generation_that_nobody_before_signed_is_refused() -> None:
    """A receptionist can write to the file and make key pairs, and has no key that signs."""
    mine = new_signing_key()
    pair = CliniciansPair(epoch=5, x25519=new_private_key(), ed25519=new_signing_key())
    bare = public_half(pair, b"")
    parts = (VAULT, 5, verifying_key(PAIRS[3].ed25519), bare.x25519, bare.ed25519)
    forged = replace(bare, signature=sign(mine, "clinicians' keys", *parts))
    with pytest.raises(Tampered):
        verify_chain([*CHAIN, forged], PUBLIC, VAULT)
    control = replace(bare, signature=sign(PAIRS[3].ed25519, "clinicians' keys", *parts))
    assert verify_chain([*CHAIN, control], PUBLIC, VAULT) == control


def test_an_older_clinicians_partner_key_cannot_sign_the_next_generation() -> None:
    pair = replace(PAIRS[1], epoch=4)  # who held epoch 2 and left before epoch 4
    _pair, forged = successor(pair, VAULT)
    with pytest.raises(Tampered):
        verify_chain([*CHAIN, forged], PUBLIC, VAULT)


def test_a_chain_cut_shorter_than_the_reader_knows_is_refused() -> None:
    assert verify_chain(CHAIN[:2], PUBLIC, VAULT).epoch == 2
    with pytest.raises(Tampered):
        verify_chain(CHAIN[:2], PUBLIC, VAULT, at_least=3)


def test_a_chain_of_another_vault_or_clinic_is_refused() -> None:
    with pytest.raises(Tampered):
        verify_chain(CHAIN, PUBLIC, "vault-2")
    with pytest.raises(Tampered):
        verify_chain(CHAIN, verifying_key(new_signing_key()), VAULT)


def test_a_predecessor_cannot_skip_an_epoch() -> None:
    _pair, skipping = successor(replace(PAIRS[3], epoch=7), VAULT)
    assert skipping.epoch == 8
    with pytest.raises(Tampered):
        verify_chain([*CHAIN, skipping], PUBLIC, VAULT)
