"""A sheet opens with its own code, and keys are granted only to a sheet that somebody entitled signed."""

from dataclasses import replace

import pytest

from rapportdesk.errors import BadInput, Tampered, WrongSecret
from rapportdesk.vault.clinicians import first_pair, successor
from rapportdesk.vault.grants import GrantKind, make_grant, open_grant
from rapportdesk.vault.sealing import new_key
from rapportdesk.vault.sheets import (
    Sheet,
    SheetKind,
    create_sheet,
    new_code,
    open_sheet,
    sign_sheet,
    verify_sheet,
)
from rapportdesk.vault.signing import new_private_key, new_signing_key, public_key
from tests.vault.clinic import Clinic
from tests.vault.damage import flipped

CLINIC = Clinic()
CODE = new_code()
FIRST, FIRST_PUBLIC = first_pair(CLINIC.signing_key, CLINIC.vault_id)
SECOND, SECOND_PUBLIC = successor(FIRST, CLINIC.vault_id)


def made(kind: SheetKind = "desk", signing_key: bytes = CLINIC.signing_key) -> Sheet:
    return create_sheet(
        kind=kind,
        number=1,
        code=CODE,
        signing_key=signing_key,
        clinic_public=CLINIC.public,
        vault_id=CLINIC.vault_id,
    )


DESK = made()


def test_a_sheet_opens_with_its_code_however_it_is_typed() -> None:
    for typed in (CODE, CODE.lower().replace("-", " ")):
        opened = open_sheet(DESK, typed, CLINIC.vault_id)
        assert public_key(opened.private_key) == DESK.public_key
        assert opened.clinic_public == CLINIC.public


def test_another_sheets_code_is_told_from_a_mistyped_one() -> None:
    with pytest.raises(WrongSecret):
        open_sheet(DESK, new_code(), CLINIC.vault_id)
    with pytest.raises(BadInput):
        open_sheet(DESK, CODE[:-1], CLINIC.vault_id)


@pytest.mark.parametrize(
    "change", [{"kind": "clinicians"}, {"number": 2}, {"public_key": public_key(new_private_key())}]
)
def test_an_edited_sheet_does_not_open(change: dict[str, object]) -> None:
    with pytest.raises(Tampered):
        open_sheet(replace(DESK, **change), CODE, CLINIC.vault_id)  # type: ignore[arg-type]  # any one field


def test_a_sheet_of_another_vault_does_not_open() -> None:
    with pytest.raises(Tampered):
        open_sheet(DESK, CODE, "vault-2")


@pytest.mark.parametrize("bit", range(0, 8 * len(DESK.sealed_private), 37))
def test_a_flipped_bit_never_opens(bit: int) -> None:
    edited = replace(DESK, sealed_private=flipped(DESK.sealed_private, bit))
    with pytest.raises((Tampered, WrongSecret)):
        open_sheet(edited, CODE, CLINIC.vault_id)


def test_a_key_granted_to_the_sheet_comes_back_from_paper_alone() -> None:
    key = new_key()
    verified = verify_sheet(DESK, CLINIC.public, CLINIC.vault_id)
    grant = make_grant(
        kind="device-key",
        epoch=1,
        key=key,
        recipient=verified,
        signing_key=CLINIC.signing_key,
        vault_id=CLINIC.vault_id,
    )
    sheet = open_sheet(DESK, CODE, CLINIC.vault_id)
    opened = open_grant(
        grant,
        private_key=sheet.private_key,
        recipient=DESK.sheet_id,
        clinic_public=sheet.clinic_public,
        vault_id=CLINIC.vault_id,
    )
    assert opened == key


@pytest.mark.parametrize(
    ("kind", "signing_key", "may_hold"),
    [
        ("desk", CLINIC.signing_key, {"vault-key", "device-key", "signing-key"}),
        ("clinicians", FIRST.ed25519, {"clinicians"}),
    ],
    ids=["desk", "clinicians"],  # not from the keys: they differ in each of the processes that share the tests
)
def test_each_sheet_holds_its_own_keys_alone(kind: SheetKind, signing_key: bytes, may_hold: set[GrantKind]) -> None:
    sheet = made(kind, signing_key)
    assert verify_sheet(sheet, CLINIC.public, CLINIC.vault_id, clinicians=FIRST_PUBLIC).may_hold == may_hold


@pytest.mark.parametrize(
    "change",
    [
        {"public_key": public_key(new_private_key())},
        {"kind": "clinicians"},
        {"kind": "anything"},
        {"number": 2},
        {"sheet_id": "another"},
        {"signature": bytes(64)},
    ],
)
def test_a_swapped_sheet_is_granted_nothing(change: dict[str, object]) -> None:
    edited = replace(DESK, **change)  # type: ignore[arg-type]  # any one field
    with pytest.raises(Tampered):
        verify_sheet(edited, CLINIC.public, CLINIC.vault_id)


def test_a_sheet_somebody_else_signed_is_granted_nothing() -> None:
    with pytest.raises(Tampered):
        verify_sheet(made(signing_key=new_signing_key()), CLINIC.public, CLINIC.vault_id)


def test_a_manager_makes_no_sheet_for_the_clinicians_keys() -> None:
    sheet = made("clinicians", CLINIC.signing_key)
    for current in (None, FIRST_PUBLIC):
        with pytest.raises(Tampered):
            verify_sheet(sheet, CLINIC.public, CLINIC.vault_id, clinicians=current)


def test_the_clinicians_sheet_is_signed_by_their_current_key() -> None:
    sheet = made("clinicians", FIRST.ed25519)
    assert verify_sheet(sheet, CLINIC.public, CLINIC.vault_id, clinicians=FIRST_PUBLIC)
    with pytest.raises(Tampered):
        verify_sheet(sheet, CLINIC.public, CLINIC.vault_id)
    with pytest.raises(Tampered):
        verify_sheet(sheet, CLINIC.public, CLINIC.vault_id, clinicians=SECOND_PUBLIC)
    again = sign_sheet(sheet, SECOND.ed25519, CLINIC.vault_id)
    assert verify_sheet(again, CLINIC.public, CLINIC.vault_id, clinicians=SECOND_PUBLIC)


def test_the_desks_sheet_is_never_signed_by_clinicians() -> None:
    with pytest.raises(Tampered):
        verify_sheet(made("desk", FIRST.ed25519), CLINIC.public, CLINIC.vault_id, clinicians=FIRST_PUBLIC)
