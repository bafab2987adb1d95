"""This computer's key is replaced in one commit, and the old entry goes only after the new one has opened the vault."""

from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.doorway import read_doorway
from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import KeyMissing, KeyringLocked, NotAllowed, NotSignedIn, WrongSecret
from tests.desk.conftest import SECRET, Practice
from tests.desk.custodies import LockedCustody


def key_id(practice: Practice) -> str:
    return read_doorway(practice.path).device_key_id


def test_everybody_comes_in_with_their_own_secret_and_the_old_entry_goes_at_the_next_cold_start(
    practice: Practice,
) -> None:
    desk = practice.sign_in("Ben Morgan")
    former = desk._file.device_key_id
    desk.replace_device_key(practice.custody)
    with pytest.raises(NotSignedIn):
        desk.viewer.name  # noqa: B018  # asking is what is tried
    practice.sign_in("Ana Ruiz")
    assert practice.custody.read(former), "in this run the new key has opened nothing from cold yet"
    practice.reopen()
    assert practice.custody.read(former), "nobody has signed in yet"
    practice.sign_in("Ana Ruiz")
    with pytest.raises(KeyMissing):
        practice.custody.read(former)
    assert practice.sign_in("Dr Osei").verify().clean


def test_the_recovery_sheet_opens_the_new_key(practice: Practice) -> None:
    practice.sign_in("Ben Morgan").replace_device_key(practice.custody)
    practice.desk.close()
    practice.custody = MemoryCustody()
    with recover(practice.path, practice.custody, practice.codes.desk.code, practice.clock).desk as desk:
        desk.sign_in(desk.door()[0].id, SECRET)
    practice.reopen()
    practice.sign_in("Ana Ruiz")


def test_a_wait_after_wrong_secrets_is_not_shortened(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    ana = next(each.id for each in desk.door() if each.name == "Ana Ruiz")
    for _try in range(5):
        practice.clock.move_on(400)
        with pytest.raises(WrongSecret):
            desk.sign_in(ana, "not this one at all")
    before = desk.wait_before(ana)
    desk.replace_device_key(practice.custody)
    assert desk.wait_before(ana) == before > 0


def test_what_is_restored_beside_a_vault_takes_no_key_of_it_out_of_the_password_store(
    practice: Practice, tmp_path: Path
) -> None:
    practice.sign_in("Ben Morgan").replace_device_key(practice.custody)
    desk = practice.sign_in("Ben Morgan")  # the former key goes at the next cold start, and the backup knows both
    backup, beside = Path(desk.backups.make(tmp_path).path), tmp_path / "beside" / "desk.rapport"
    restore(backup, beside, practice.codes.desk.code, practice.custody, practice.clock)
    desk.close()
    for _start in range(2):
        with Desk.open(beside, practice.custody, practice.clock, cost=practice.cost) as copy:
            copy.sign_in(next(each.id for each in copy.door() if each.name == "Ben Morgan"), SECRET)
            copy.replace_device_key(practice.custody)
    practice.reopen()
    assert practice.sign_in("Ana Ruiz").viewer.name == "Ana Ruiz"


def test_where_the_new_key_cannot_be_kept_nothing_has_changed(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    before = desk._file.device_key_id, desk._file.slots()
    with pytest.raises(KeyringLocked):
        desk.replace_device_key(LockedCustody())
    assert (desk._file.device_key_id, desk._file.slots()) == before
    assert desk.viewer.name == "Ben Morgan"


def test_only_a_manager_replaces_it(practice: Practice) -> None:
    with pytest.raises(NotAllowed):
        practice.sign_in("Ana Ruiz").replace_device_key(practice.custody)


def test_a_former_entry_that_cannot_be_removed_is_tried_again(practice: Practice) -> None:
    class Keeping(MemoryCustody):
        stubborn = True

        def delete(self, key_id: str) -> None:
            if self.stubborn:
                raise KeyringLocked("locked")
            super().delete(key_id)

    desk = practice.sign_in("Ben Morgan")
    former = desk._file.device_key_id
    keeping = Keeping()
    keeping.write(former, practice.custody.read(former))
    practice.custody = keeping
    desk.replace_device_key(keeping)
    practice.reopen()
    practice.sign_in("Ana Ruiz")
    assert keeping.read(former)
    keeping.stubborn = False
    practice.reopen()
    practice.sign_in("Ana Ruiz")
    with pytest.raises(KeyMissing):
        keeping.read(former)
    assert isinstance(practice.desk, Desk)
