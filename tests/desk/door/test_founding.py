"""A vault begins whole or not at all, and what failed leaves neither a file nor a key behind."""

from pathlib import Path

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder, found
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import BadInput, CustodyFault, KeyringLocked, KeyWrong, RapportError, VaultFault
from rapportdesk.model.staff import Role
from tests.desk.conftest import SECRET, Practice


class Counting(MemoryCustody):
    """A password store that tells which keys it has."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()

    def write(self, key_id: str, key: bytes) -> None:
        super().write(key_id, key)
        self.ids.add(key_id)

    def delete(self, key_id: str) -> None:
        super().delete(key_id)
        self.ids.remove(key_id)


class Refusing(Counting):
    """A password store that takes no key."""

    def write(self, key_id: str, key: bytes) -> None:
        raise KeyringLocked(f"Locked for {len(key)} bytes under {key_id}.")


class Forgetful(Counting):
    """A password store that takes a key and gives another one back."""

    def read(self, key_id: str) -> bytes:
        return bytes(len(super().read(key_id)))


class Clinging(Forgetful):
    """One that does not take anything back either."""

    def delete(self, key_id: str) -> None:
        raise KeyringLocked(f"Locked for {key_id}.")


def founder(**about: object) -> Founder:
    """The first person, but for what a test says of them."""
    usual = {"clinic_name": "Cwm Road", "name": "Ben Morgan", "roles": frozenset({Role.MANAGER}), "secret": SECRET}
    return Founder(**{**usual, **about})  # type: ignore[arg-type]  # each test's own fields


@pytest.mark.parametrize("custody", [Refusing, Forgetful, Clinging])
def test_a_store_that_does_not_keep_the_key_makes_no_vault(
    tmp_path: Path, practice: Practice, custody: type[Counting]
) -> None:
    path = tmp_path / "new" / "desk.rapport"
    store = custody()
    with pytest.raises(CustodyFault) as told:
        found(path, store, founder(), practice.clock, cost=practice.cost)
    assert told.type in {KeyringLocked, KeyWrong}
    assert list(tmp_path.glob("new/*")) == []
    assert store.ids == set() or custody is Clinging
    desk, _codes = Desk.create(path, MemoryCustody(), founder(), practice.clock, cost=practice.cost)
    desk.close()


@pytest.mark.parametrize(
    "about",
    [
        {"secret": "short"},
        {"secret": ""},
        {"secret": "x" * 2000},
        {"name": " "},
        {"name": "x" * 501},
        {"name": "\ud800"},
        {"roles": frozenset({Role.CLINICIAN})},
        {"roles": frozenset()},
        {"clinic_name": "x" * 501},
    ],
    ids=str,
)
def test_a_beginning_that_cannot_be_leaves_nothing(
    tmp_path: Path, practice: Practice, about: dict[str, object]
) -> None:
    path, store = tmp_path / "new" / "desk.rapport", Counting()
    with pytest.raises(BadInput):
        found(path, store, founder(**about), practice.clock, cost=practice.cost)
    assert list(tmp_path.glob("new/*")) == []
    assert store.ids == set()


def test_what_lies_there_already_is_left_and_gets_no_key(tmp_path: Path, practice: Practice) -> None:
    path, store = tmp_path / "desk.rapport", Counting()
    path.write_text("somebody's shopping", encoding="utf-8")
    with pytest.raises(VaultFault):
        found(path, store, founder(), practice.clock, cost=practice.cost)
    assert path.read_text(encoding="utf-8") == "somebody's shopping"
    assert store.ids == set()


def test_a_clinic_without_a_name_and_a_founder_of_every_role_begin(tmp_path: Path, practice: Practice) -> None:
    store = Counting()
    desk, codes = Desk.create(
        tmp_path / "desk.rapport", store, founder(clinic_name="", roles=frozenset(Role)), practice.clock,
        cost=practice.cost,
    )  # fmt: skip
    with desk:
        assert (desk.clinic_name, desk.viewer.roles) == ("", frozenset(Role))
        assert codes.clinicians is not None
        assert desk.sheets.check(codes.desk.code) == 1
        assert desk.sheets.check(codes.clinicians.code, "clinicians") == 2
        assert desk.verify().faults == ()
    assert len(store.ids) == 1
    assert codes.desk.code not in repr(codes)
    assert SECRET not in repr(founder())


def test_nothing_a_founding_says_holds_a_secret(tmp_path: Path, practice: Practice) -> None:
    secret = "a secret that is far too long" * 50
    with pytest.raises(RapportError) as told:
        found(tmp_path / "desk.rapport", MemoryCustody(), founder(secret=secret), practice.clock)
    assert "far too" not in str(told.value)
