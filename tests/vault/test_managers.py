"""The desk fills the managers' box and cannot open it; nothing is sealed to a key the clinic never signed."""

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.vault.managers import (
    ManagersPublic,
    open_as_colleague,
    open_as_manager,
    seal_to_colleague,
    seal_to_managers,
)
from rapportdesk.vault.signing import new_private_key, new_signing_key, public_key, verifying_key

VAULT, WORDS = "a" * 32, "She fell at the counter"


def test_every_manager_opens_what_was_sealed_to_them_and_nobody_else() -> None:
    signing = new_signing_key()
    box = seal_to_managers(ManagersPublic.of(signing, VAULT), WORDS.encode(), vault_id=VAULT)
    assert open_as_manager(signing, box, vault_id=VAULT).decode() == WORDS
    assert WORDS.encode() not in box
    for key, vault in ((new_signing_key(), VAULT), (signing, "b" * 32)):
        with pytest.raises(Tampered):
            open_as_manager(key, box, vault_id=vault)


def test_the_public_half_is_the_same_each_time_and_no_signing_key() -> None:
    signing = new_signing_key()
    made = ManagersPublic.of(signing, VAULT)
    assert made.x25519 == ManagersPublic.of(signing, VAULT).x25519
    assert made.x25519 not in {signing, verifying_key(signing), public_key(signing)}
    assert made.x25519 != ManagersPublic.of(signing, "b" * 32).x25519


def test_only_what_the_clinic_signed_for_this_vault_is_sealed_to() -> None:
    signing = new_signing_key()
    clinic, made = verifying_key(signing), ManagersPublic.of(signing, VAULT)
    assert ManagersPublic.verified(made.to_bytes(), clinic, VAULT) == made
    forged = ManagersPublic(x25519=public_key(new_private_key()), signature=made.signature)
    with pytest.raises(Tampered):
        ManagersPublic.verified(forged.to_bytes(), clinic, VAULT)
    with pytest.raises(Tampered):
        ManagersPublic.verified(made.to_bytes(), clinic, "b" * 32)
    with pytest.raises(Tampered):
        ManagersPublic.verified(made.to_bytes(), verifying_key(new_signing_key()), VAULT)
    with pytest.raises(Tampered):
        ManagersPublic.verified(b"something else", clinic, VAULT)


def test_a_colleagues_box_is_theirs_alone() -> None:
    private = new_private_key()
    box = seal_to_colleague(public_key(private), WORDS.encode(), vault_id=VAULT, staff_id="1")
    assert open_as_colleague(private, box, vault_id=VAULT, staff_id="1").decode() == WORDS
    for key, staff in ((new_private_key(), "1"), (private, "2")):
        with pytest.raises(Tampered):
            open_as_colleague(key, box, vault_id=VAULT, staff_id=staff)
