"""Slots, grants, sheets and public keys come back as they were put, and the manifest counts them."""

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.vault.clinicians import successor
from tests.store.clinic import Clinic
from tests.store.outsider import outside


def test_the_rows_that_hand_out_keys_come_back_as_they_were_put(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        assert file.slot(clinic.manager.slot.staff_id) == clinic.manager.slot
        assert file.slot("nobody") is None
        assert {(each.kind, each.recipient) for each in file.grants()} == {
            ("vault-key", clinic.manager.slot.staff_id),
            ("vault-key", clinic.receptionist.slot.staff_id),
            ("vault-key", clinic.clinician.slot.staff_id),
            ("clinicians", clinic.clinician.slot.staff_id),
        }
        assert [each.kind for each in file.grants(clinic.clinician.slot.staff_id)] == ["clinicians", "vault-key"]
        assert [sheet.kind for sheet in file.sheets()] == ["desk"]
        second = successor(clinic.pair, clinic.vault_id)[1]
        file.put_clinicians(second)
        assert [each.epoch for each in file.clinicians_chain()] == [1, 2]
        assert file.clinicians_chain()[1] == second
        assert store.verify().clean


def test_each_change_of_them_is_counted(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        changed = clinic.receptionist.slot._replace(revision=2)
        file.put_slot(changed)
        assert file.slot(changed.staff_id) == changed
        assert file.remove_grants(clinic.receptionist.slot.staff_id) == 1
        assert file.remove_slot(changed.staff_id)
        assert not file.remove_slot(changed.staff_id)
        (sheet,) = file.sheets()
        assert file.remove_sheet(sheet.sheet_id)
        file.set_device_key_id("key-2")
        assert (file.device_key_id, file.slot(changed.staff_id), file.sheets()) == ("key-2", None, ())
        assert store.verify().clean


def test_several_changes_are_kept_together_or_not_at_all(clinic: Clinic) -> None:
    def half_done(file: VaultFile) -> None:
        with file.transaction():
            file.remove_slot(clinic.receptionist.slot.staff_id)
            file.set_device_key_id("key-2")
            raise ZeroDivisionError

    with clinic.file_and_store() as (file, store):
        with pytest.raises(ZeroDivisionError):
            half_done(file)
        assert file.device_key_id == "key-1"
        assert len(file.slots()) == 3
        assert store.verify().clean


def test_a_row_with_another_kind_of_value_is_noticed(clinic: Clinic) -> None:
    with outside(clinic) as connection:
        connection.execute("UPDATE key_grant SET epoch = 'many'")
    with VaultFile.open(clinic.path) as file:
        assert len(file.slots()) == 3
        with pytest.raises(Tampered):
            file.grants()
