"""A desk opens with its key, lets people in with their secrets, and forgets everything at lock."""

import dataclasses

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import (
    BadInput,
    KeyMissing,
    KeyWrong,
    NotAllowed,
    NotSignedIn,
    VaultBusy,
    VaultFault,
    WrongSecret,
)
from rapportdesk.model.identity import StaffId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.staff import Role
from tests.desk.conftest import SECRET, Practice, add_nia


def test_a_closed_vault_opens_again_and_holds_what_was_kept(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    practice.reopen()
    assert practice.sign_in("Dr Osei").people.get(nia).name == "Nia Prydderch"
    assert practice.desk.clinic_name == "Cwm Road"
    assert practice.desk.verify().faults == ()


def test_after_the_lock_nothing_answers(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    store = desk.session().store
    desk.lock()
    with pytest.raises(NotSignedIn):
        desk.people.get(nia)
    with pytest.raises(NotSignedIn):
        store.patient(nia)


def test_a_second_opening_is_refused_while_the_first_is_there(practice: Practice) -> None:
    with pytest.raises(VaultBusy):
        Desk.open(practice.path, practice.custody, practice.clock)


def test_a_vault_is_never_made_over_another(practice: Practice) -> None:
    from rapportdesk.desk.door.founding import Founder

    practice.desk.close()
    founder = Founder(clinic_name="x", name="Eve", roles=frozenset({Role.MANAGER}), secret=SECRET)
    before = practice.path.read_bytes()
    with pytest.raises(VaultFault):
        Desk.create(practice.path, MemoryCustody(), founder, practice.clock)
    assert practice.path.read_bytes() == before


def test_a_missing_key_beside_a_file_is_no_first_run(practice: Practice) -> None:
    practice.desk.close()
    with pytest.raises(KeyMissing):
        Desk.open(practice.path, MemoryCustody(), practice.clock)


def test_the_desks_sheet_seats_the_key_again_and_everybodys_secret_works(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    practice.desk.close()
    empty = MemoryCustody()
    recovered = recover(practice.path, empty, practice.codes.desk.code.lower(), practice.clock)
    assert recovered.kept
    practice.desk = recovered.desk
    assert practice.sign_in("Ana Ruiz").people.get(nia).called == "Nia"
    practice.custody = empty
    practice.reopen()
    assert practice.sign_in("Dr Osei").viewer.is_clinician


def test_a_wrong_key_in_the_store_is_left_alone_and_the_right_one_kept_beside_it(practice: Practice) -> None:
    key_id = practice.desk._file.device_key_id
    practice.desk.close()
    other = MemoryCustody()
    other.write(key_id, bytes(32))
    with pytest.raises(KeyWrong):
        Desk.open(practice.path, other, practice.clock)
    recovered = recover(practice.path, other, practice.codes.desk.code, practice.clock)
    recovered.desk.close()
    assert other.read(key_id) == bytes(32)
    practice.custody = other
    practice.reopen()
    assert practice.sign_in("Ana Ruiz").verify().faults == ()


@pytest.mark.parametrize("spoil", [lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"), lambda _code: "ABC"])
def test_a_mistyped_code_says_so_and_changes_nothing(practice: Practice, spoil: object) -> None:
    practice.desk.close()
    before = practice.path.read_bytes()
    with pytest.raises(BadInput):
        recover(practice.path, MemoryCustody(), spoil(practice.codes.desk.code), practice.clock)  # type: ignore[operator]  # a lambda of the table above
    assert practice.path.read_bytes() == before


def test_the_clinicians_first_sign_in_replaces_the_pair_the_manager_made(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "Alone, please", kind=NoteKind.ALSO_WORTH_KNOWING, audience=Audience.CLINICIANS)
    assert len(desk._file.clinicians_chain()) == 1
    desk = practice.sign_in("Dr Osei")
    assert len(desk._file.clinicians_chain()) == 2
    practice.sign_in("Ben Morgan")
    desk = practice.sign_in("Dr Osei")
    assert len(desk._file.clinicians_chain()) == 2
    assert desk.verify().faults == ()


def test_the_next_clinician_waits_until_a_clinician_admits_them(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    note = desk.notes.write(nia, "Alone, please", kind=NoteKind.ALSO_WORTH_KNOWING, audience=Audience.CLINICIANS)
    desk = practice.sign_in("Ben Morgan")
    hahn = desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    assert not hahn.holds_clinicians_keys
    with pytest.raises(NotAllowed):
        desk.staff.admit(hahn.id)
    assert not any(
        getattr(thing, "id", "") == note.id for thing in practice.sign_in("Dr Hahn").session().store.things(nia)
    )
    desk = practice.sign_in("Dr Osei")
    assert [each.name for each in desk.staff.waiting_for_admission()] == ["Dr Hahn"]
    desk.staff.admit(hahn.id)
    assert any(getattr(thing, "id", "") == note.id for thing in practice.sign_in("Dr Hahn").session().store.things(nia))


def test_wrong_secrets_make_the_next_try_wait_also_after_a_restart(practice: Practice) -> None:
    desk = practice.desk
    ana = next(each.id for each in desk.door() if each.name == "Ana Ruiz")
    for _ in range(3):
        with pytest.raises(WrongSecret):
            desk.sign_in(ana, "not it, not at all")
    assert desk.wait_before(ana) > 0
    with pytest.raises(WrongSecret):
        desk.sign_in(ana, SECRET)
    desk = practice.reopen()
    assert desk.wait_before(ana) > 0
    practice.clock.move_on(301)
    desk.sign_in(ana, SECRET)
    assert desk.wait_before(ana) == 0


def test_who_has_waited_is_let_in_by_a_program_that_was_started_later(practice: Practice) -> None:
    """Each command of the command line is one: none of them runs as long as the wait."""
    ana = next(each.id for each in practice.desk.door() if each.name == "Ana Ruiz")
    for _try in range(4):
        with pytest.raises(WrongSecret):
            practice.desk.sign_in(ana, "not it, not at all")
        practice.clock.seconds += 1
    practice.clock.seconds += 2 * 86_400
    with pytest.raises(WrongSecret):
        practice.reopen().sign_in(ana, "not it, not at all")
    waits = practice.reopen().wait_before(ana)
    assert waits == 4
    practice.clock.seconds += waits - 1
    assert practice.reopen().wait_before(ana) == 1, "the control: it is not let in before"
    practice.clock.seconds += 1
    practice.sign_in("Ana Ruiz")


def test_the_wait_begins_anew_with_the_computer_and_only_once(practice: Practice) -> None:
    ana = next(each.id for each in practice.desk.door() if each.name == "Ana Ruiz")
    practice.clock.seconds = 30 * 86_400
    for _try in range(3):
        with pytest.raises(WrongSecret):
            practice.desk.sign_in(ana, "not it, not at all")
    practice.clock.seconds = 50  # started a minute ago
    assert practice.reopen().wait_before(ana) == 2
    practice.clock.seconds += 2
    assert practice.reopen().wait_before(ana) == 0


def test_nobody_is_signed_out_by_a_colleagues_wrong_secret(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    osei = next(each.id for each in desk.door() if each.name == "Dr Osei")
    with pytest.raises(WrongSecret):
        desk.sign_in(osei, "not it, not at all")
    assert desk.viewer.name == "Ana Ruiz"


def test_a_changed_secret_works_from_then_on_and_the_old_one_does_not(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    ana = desk.viewer.staff
    with pytest.raises(WrongSecret):
        desk.staff.change_secret("not it, not at all", "sheepdogs and choirs")
    desk.staff.change_secret(SECRET, "sheepdogs and choirs")
    with pytest.raises(WrongSecret):
        desk.sign_in(ana, SECRET)
    assert desk.sign_in(ana, "sheepdogs and choirs").name == "Ana Ruiz"


def test_a_removed_colleague_cannot_come_back(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    ana = next(each.id for each in desk.door() if each.name == "Ana Ruiz")
    desk.staff.remove(ana)
    assert "Ana Ruiz" not in {each.name for each in desk.door()}
    with pytest.raises(BadInput):
        desk.staff.remove(desk.viewer.staff)
    assert desk.verify().faults == ()


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.CLINICIAN])
def test_only_managers_admit_and_remove(practice: Practice, role: Role) -> None:
    desk = practice.sign_in({Role.RECEPTION: "Ana Ruiz", Role.CLINICIAN: "Dr Osei"}[role])
    with pytest.raises(NotAllowed):
        desk.staff.add("Eve", frozenset({Role.MANAGER}), SECRET)
    with pytest.raises(NotAllowed):
        desk.staff.remove(StaffId("nobody"))


def test_keys_are_never_printed(practice: Practice) -> None:
    keys = practice.sign_in("Ben Morgan").session().store.keys
    shown = repr(keys)
    for field in dataclasses.fields(keys):
        value = getattr(keys, field.name)
        if isinstance(value, bytes) and field.name not in {"clinic_public"}:
            assert repr(value) not in shown
            assert value.hex() not in shown


def test_a_clinicians_sheet_goes_on_working_after_their_keys_were_replaced(practice: Practice) -> None:
    from rapportdesk.desk.keys.keyholding import replace_clinicians_keys

    desk = practice.sign_in("Dr Osei")
    sheet = desk.sheets.new_clinicians_sheet()
    store = desk.session().store
    with store.transaction():
        keys = replace_clinicians_keys(store, desk._file)
    store.reseal_clinicians(keys.clinicians)
    assert desk.verify().faults == ()
    assert desk.sheets.check(sheet.code, "clinicians") == sheet.number
    practice.reopen()
    assert practice.sign_in("Dr Osei").verify().faults == ()
