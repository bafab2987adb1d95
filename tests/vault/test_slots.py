"""A slot tells a wrong computer from a wrong secret from an edited file, and vouches for its public key."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.errors import BadInput, KeyWrong, Tampered, WrongSecret
from rapportdesk.vault.kdf import derive, stretch
from rapportdesk.vault.sealing import new_key, unseal_bound
from rapportdesk.vault.signing import new_private_key, new_signing_key, public_key
from rapportdesk.vault.slot_layers import open_inner, open_outer, seal_outer
from rapportdesk.vault.slots import (
    Badge,
    StaffSlot,
    change_secret,
    create_slot,
    open_slot,
    read_badge,
    rewrap_for_device,
    verify_slot,
)
from tests.vault.clinic import SECRET, Clinic, cheap
from tests.vault.damage import bits, flipped

CLINIC = Clinic()
SLOT = CLINIC.slot("ana", "reception")
SEALED_FIELDS = ("badge", "sealed_private", "device_check")


def sign_in(slot: StaffSlot) -> Badge:
    """Do with a slot what signing in does."""
    badge = read_badge(CLINIC.device_key, slot, CLINIC.vault_id)
    open_slot(CLINIC.device_key, slot, SECRET, CLINIC.vault_id)
    return badge


@given(
    name=st.text(max_size=40), ends_on=st.none() | st.dates(), roles=st.sets(st.sampled_from(["clinician", "manager"]))
)
@settings(deadline=None, max_examples=50)
def test_a_badge_is_read_without_a_secret(name: str, ends_on: date | None, roles: set[str]) -> None:
    badge = Badge(name=name, roles=frozenset(roles), must_change_secret=True, ends_on=ends_on)
    slot = create_slot(
        staff_id="s",
        badge=badge,
        secret=SECRET,
        device_key=CLINIC.device_key,
        signing_key=CLINIC.signing_key,
        vault_id="v",
        parameters=cheap(),
    )
    assert read_badge(CLINIC.device_key, slot, "v") == badge
    assert verify_slot(slot, badge, CLINIC.public, "v").public_key == slot.public_key


def test_a_name_with_a_lone_surrogate_is_kept_faithfully() -> None:
    assert read_badge(CLINIC.device_key, CLINIC.slot("\ud800"), CLINIC.vault_id).name == "\ud800"


def test_the_right_key_and_secret_open() -> None:
    opened = open_slot(CLINIC.device_key, SLOT, SECRET, CLINIC.vault_id)
    assert public_key(opened.private_key) == SLOT.public_key
    assert opened.clinic_public == CLINIC.public


def test_a_wrong_device_key_is_told_from_a_wrong_secret() -> None:
    with pytest.raises(KeyWrong):
        open_slot(new_key(), SLOT, SECRET, CLINIC.vault_id)
    with pytest.raises(KeyWrong):
        read_badge(new_key(), SLOT, CLINIC.vault_id)
    with pytest.raises(WrongSecret):
        open_slot(CLINIC.device_key, SLOT, SECRET + ".", CLINIC.vault_id)
    with pytest.raises(KeyWrong):
        open_slot(new_key(), SLOT, SECRET + ".", CLINIC.vault_id)


@given(st.sampled_from(SEALED_FIELDS), bits)
@settings(deadline=None)
def test_one_flipped_bit_is_never_taken_for_a_wrong_secret(name: str, bit: int) -> None:
    edited = SLOT._replace(**{name: flipped(getattr(SLOT, name), bit)})  # type: ignore[arg-type]  # all are bytes
    with pytest.raises(Tampered):
        sign_in(edited)


@pytest.mark.parametrize(
    "change",
    [{"memory_kib": 72}, {"iterations": 2}, {"lanes": 2}, {"salt": bytes(16)}, {"public_key": bytes(32)}],
)
def test_edited_parameters_are_noticed(change: dict[str, object]) -> None:
    edited = SLOT._replace(**change)  # type: ignore[arg-type]  # any one field
    with pytest.raises(Tampered):
        open_slot(CLINIC.device_key, edited, SECRET, CLINIC.vault_id)


@pytest.mark.parametrize("change", [{"memory_kib": 1 << 32}, {"lanes": 0}, {"iterations": 0}, {"salt": b""}])
def test_hostile_parameters_are_refused(change: dict[str, object]) -> None:
    edited = SLOT._replace(**change)  # type: ignore[arg-type]  # any one field
    with pytest.raises(Tampered):
        open_slot(CLINIC.device_key, edited, SECRET, CLINIC.vault_id)


@pytest.mark.parametrize("name", ["badge", "sealed_private"])
def test_layers_of_two_people_cannot_be_exchanged(name: str) -> None:
    other = CLINIC.slot("ben", "reception")
    edited = SLOT._replace(**{name: getattr(other, name)})
    with pytest.raises(Tampered):
        sign_in(edited)


def test_a_slot_of_another_vault_is_refused() -> None:
    with pytest.raises(KeyWrong):
        open_slot(CLINIC.device_key, SLOT, SECRET, "vault-2")


def test_without_the_device_key_a_stolen_file_gives_nothing_to_guess_at() -> None:
    """Even the right secret opens no layer and confirms nothing; the control has the device key too."""
    stretched = stretch(SECRET, SLOT.parameters)
    check = derive(stretched, info=b"anything")  # whatever a thief derives from the right guess
    stolen = b"".join(value for value in SLOT if isinstance(value, bytes))
    assert check not in stolen
    with pytest.raises(Tampered):
        unseal_bound(stretched, SLOT.sealed_private, b"")
    with pytest.raises(Tampered):
        open_inner(SLOT, SLOT.sealed_private, SECRET, CLINIC.vault_id)
    inner = open_outer(CLINIC.device_key, SLOT, CLINIC.vault_id)
    assert open_inner(SLOT, inner, SECRET, CLINIC.vault_id).clinic_public == CLINIC.public


def test_somebody_with_the_device_key_alone_cannot_seal_a_badge_that_breaks_the_program() -> None:
    for content in (b"", b"[]", b"{}", b'{"name": 1, "roles": 2, "pin": 0, "must_change_secret": 0, "ends_on": 3}'):
        edited = SLOT._replace(badge=_badge_of(content))
        with pytest.raises(Tampered):
            read_badge(CLINIC.device_key, edited, CLINIC.vault_id)


def _badge_of(content: bytes) -> bytes:
    from rapportdesk.vault import slot
    from rapportdesk.vault.sealing import seal_bound

    return seal_bound(slot._badge_key(CLINIC.device_key), content, slot.bound("badge", SLOT.staff_id, CLINIC.vault_id))


class TestChangingTheSecret:
    """The same key pair and signature under another secret."""

    def test_the_new_secret_opens_and_the_old_one_does_not(self) -> None:
        changed = change_secret(CLINIC.device_key, SLOT, SECRET, "a new sentence", CLINIC.vault_id, parameters=cheap())
        opened = open_slot(CLINIC.device_key, changed, "a new sentence", CLINIC.vault_id)
        assert opened == open_slot(CLINIC.device_key, SLOT, SECRET, CLINIC.vault_id)
        with pytest.raises(WrongSecret):
            open_slot(CLINIC.device_key, changed, SECRET, CLINIC.vault_id)
        assert changed.revision == SLOT.revision + 1
        assert changed.salt != SLOT.salt
        assert CLINIC.verified(changed).recipient == "ana"

    def test_a_wrong_old_secret_changes_nothing(self) -> None:
        with pytest.raises(WrongSecret):
            change_secret(CLINIC.device_key, SLOT, "not this one", "a new sentence", CLINIC.vault_id)

    def test_a_secret_somebody_else_chose_is_the_persons_own_afterwards(self) -> None:
        badge = Badge(name="Ana", roles=frozenset({"reception"}), must_change_secret=True)
        slot = create_slot(
            staff_id="ana",
            badge=badge,
            secret=SECRET,
            device_key=CLINIC.device_key,
            signing_key=CLINIC.signing_key,
            vault_id="v",
            parameters=cheap(),
        )
        changed = change_secret(CLINIC.device_key, slot, SECRET, "604825", "v", pin=True, parameters=cheap())
        after = read_badge(CLINIC.device_key, changed, "v")
        assert after == badge._replace(must_change_secret=False, pin=True)

    def test_a_clinician_cannot_change_to_a_pin(self) -> None:
        slot = CLINIC.slot("cai", "clinician")
        with pytest.raises(BadInput):
            change_secret(CLINIC.device_key, slot, SECRET, "604825", CLINIC.vault_id, pin=True)


class TestRotatingTheDeviceKey:
    """The outer layer alone is renewed, so nobody's secret is needed."""

    def test_everybodys_own_secret_works_again(self) -> None:
        new = new_key()
        moved = rewrap_for_device(CLINIC.device_key, new, SLOT, CLINIC.vault_id)
        assert open_slot(new, moved, SECRET, CLINIC.vault_id).clinic_public == CLINIC.public
        with pytest.raises(KeyWrong):
            open_slot(CLINIC.device_key, moved, SECRET, CLINIC.vault_id)
        assert moved.revision == SLOT.revision + 1

    def test_the_inner_layer_is_the_same_to_the_byte(self) -> None:
        new = new_key()
        moved = rewrap_for_device(CLINIC.device_key, new, SLOT, CLINIC.vault_id)
        assert open_outer(new, moved, CLINIC.vault_id) == open_outer(CLINIC.device_key, SLOT, CLINIC.vault_id)

    def test_a_wrong_old_key_is_refused(self) -> None:
        with pytest.raises(KeyWrong):
            rewrap_for_device(new_key(), new_key(), SLOT, CLINIC.vault_id)


class TestTheClinicsSignature:
    """What everybody with the device key could edit, the clinic's signature still notices."""

    def resealed(self, **change: object) -> None:
        badge = read_badge(CLINIC.device_key, SLOT, CLINIC.vault_id)
        edited_badge = badge._replace(**change)  # type: ignore[arg-type]  # any one field
        inner = open_outer(CLINIC.device_key, SLOT, CLINIC.vault_id)
        edited = seal_outer(SLOT, edited_badge, inner, CLINIC.device_key, CLINIC.vault_id)
        assert read_badge(CLINIC.device_key, edited, CLINIC.vault_id) == edited_badge
        verify_slot(edited, edited_badge, CLINIC.public, CLINIC.vault_id)

    def test_an_unchanged_badge_passes(self) -> None:
        self.resealed()

    @pytest.mark.parametrize(
        "change",
        [
            {"roles": frozenset({"reception", "manager"})},
            {"roles": frozenset({"clinician"})},
            {"name": "Somebody Else"},
            {"ends_on": date(2099, 1, 1)},
        ],
    )
    def test_a_badge_resealed_by_a_colleague_is_refused(self, change: dict[str, object]) -> None:
        with pytest.raises(Tampered):
            self.resealed(**change)

    def test_a_swapped_public_key_is_refused(self) -> None:
        manager = CLINIC.slot("mia", "manager")
        badge = read_badge(CLINIC.device_key, manager, CLINIC.vault_id)
        mine = public_key(new_private_key())
        assert verify_slot(manager, badge, CLINIC.public, CLINIC.vault_id)
        for edited in (manager._replace(public_key=mine), manager._replace(public_key=SLOT.public_key)):
            with pytest.raises(Tampered):
                verify_slot(edited, badge, CLINIC.public, CLINIC.vault_id)

    def test_another_clinics_signature_is_refused(self) -> None:
        other = Clinic(device_key=CLINIC.device_key, signing_key=new_signing_key())
        slot = other.slot("mia", "manager")
        badge = read_badge(CLINIC.device_key, slot, CLINIC.vault_id)
        assert verify_slot(slot, badge, other.public, CLINIC.vault_id)
        with pytest.raises(Tampered):
            verify_slot(slot, badge, CLINIC.public, CLINIC.vault_id)

    def test_a_signature_of_another_vault_is_refused(self) -> None:
        badge = read_badge(CLINIC.device_key, SLOT, CLINIC.vault_id)
        with pytest.raises(Tampered):
            verify_slot(SLOT, badge, CLINIC.public, "vault-2")
