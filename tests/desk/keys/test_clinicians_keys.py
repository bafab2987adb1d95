"""The clinicians' keys go to whom a clinician gave them, whatever a manager or a receptionist writes into the file."""

import dataclasses

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.keyholding import grant, replace_clinicians_keys, verified_staff
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Role
from rapportdesk.vault.clinicians import first_pair
from rapportdesk.vault.sheets import create_sheet, new_code
from tests.desk.conftest import SECRET, Practice


def holders(desk: Desk, epoch: int) -> set[str]:
    """The ids of those to whom one generation was granted."""
    return {each.recipient for each in desk._file.grants() if each.kind == "clinicians" and each.epoch == epoch}


def replaced(desk: Desk) -> None:
    """Replace the clinicians' keys as after a leaver."""
    with desk.session().transaction():
        replace_clinicians_keys(desk.session().store, desk._file)


def id_of(desk: Desk, name: str) -> StaffId:
    """The id of somebody who works here."""
    return next(each.id for each in desk.door() if each.name == name)


def test_a_manager_who_handed_the_first_pair_to_somebody_else_gains_nothing(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    file, keys = desk._file, desk.session().store.keys
    desk.staff.add("Dr Phantom", frozenset({Role.CLINICIAN}), SECRET)
    assert keys.signing_key is not None
    pair, public = first_pair(keys.signing_key, file.vault_id)  # a manager's own program keeps what it makes
    sheet = create_sheet(
        kind="clinicians", number=9, code=new_code(), signing_key=keys.signing_key, clinic_public=keys.clinic_public,
        vault_id=file.vault_id,
    )  # fmt: skip
    with desk.session().transaction():
        for each in file.grants(id_of(desk, "Dr Osei")):
            if each.kind == "clinicians":
                file.remove_grant(each.grant_id)
        file.put_clinicians(public)
        file.put_sheet(sheet)
        for name in ("Dr Osei", "Dr Phantom"):
            slot = file.slot(id_of(desk, name))
            assert slot is not None
            recipient = verified_staff(file, slot, keys)
            grant(file, recipient, "clinicians", pair.to_bytes(), keys.signing_key)
    assert len(holders(desk, 1)) == 2
    desk = practice.sign_in("Dr Osei")
    assert holders(desk, 2) == {desk.viewer.staff}


def test_a_row_that_says_somebody_holds_the_keys_hands_them_nothing_and_keeps_nobody_out(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    waiting = desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    practice.sign_in("Dr Osei")
    desk = practice.sign_in("Ana Ruiz")
    (true,) = [each for each in desk._file.grants() if each.kind == "clinicians" and each.epoch == 2]
    with desk.session().transaction():
        for number, recipient in enumerate((waiting.id, desk.viewer.staff)):
            desk._file.put_grant(dataclasses.replace(true, grant_id=f"{number}", recipient=recipient))
    desk = practice.sign_in("Dr Osei")
    replaced(desk)
    assert holders(desk, 3) == {desk.viewer.staff}


def test_whoever_was_given_the_keys_and_the_sheet_get_the_next_ones_too(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    admitted = desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    desk = practice.sign_in("Dr Osei")
    desk.staff.admit(admitted.id)
    desk.sheets.new_clinicians_sheet()
    (sheet,) = [each for each in desk._file.sheets() if each.kind == "clinicians"]
    replaced(desk)
    assert holders(desk, 3) == {desk.viewer.staff, admitted.id, sheet.sheet_id}
    assert practice.sign_in("Dr Hahn").verify().clean
