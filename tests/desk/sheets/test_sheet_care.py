"""Who keeps which recovery sheet is known, two people are asked for, and a sheet is tried every quarter."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.sheets.sheets import SheetCode
from rapportdesk.errors import BadInput, NotAllowed, NotFound, RapportError, Tampered, WrongSecret
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.sheet import KeptSheet
from rapportdesk.model.staff import Role
from rapportdesk.rules.rights.sheet_care import drill_due, holders_wanted
from tests.desk.conftest import SECRET, Practice
from tests.desk.leavers import id_of

DAY = dt.date(2026, 11, 20)


def words(desk: Desk) -> str:
    """Everything that waits for the signed-in person."""
    return "\n".join(f"{each.command}: {each.words}" for each in desk.reminders.mine())


def in_the_file(desk: Desk) -> tuple[object, ...]:
    """Every slot, grant, sheet and generation, as they lie in the file."""
    file = desk._file
    return file.slots(), file.grants(), file.sheets(), file.clinicians_chain(), desk.session().store.keys


def test_a_drill_proves_the_sheet_and_changes_no_key_grant_or_sheet(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    before = in_the_file(desk)
    assert drill_due(desk.sheets.list(), DAY)
    proved = desk.sheets.prove(practice.codes.desk.code.lower().replace("-", " "))
    assert (proved.number, proved.proved_on) == (1, DAY)
    assert in_the_file(desk) == before
    assert not drill_due(desk.sheets.list(), DAY)
    (event,) = [each for each in desk.audit.since() if "sheet tried" in each.why]
    assert (event.action, event.outcome, event.who_name) == (AuditAction.KEY_OPERATION, Outcome.SUCCESS, "Ben Morgan")
    assert practice.codes.desk.code not in str(event)
    assert desk.verify().clean


def test_a_drill_that_fails_says_so_is_recorded_and_proves_nothing(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    other = desk.sheets.new_desk_sheet("Ana Ruiz")
    desk.sheets.retire(other.number)
    for code, error in ((other.code, WrongSecret), (practice.codes.desk.code[:-1] + "?", BadInput)):
        with pytest.raises(error):
            desk.sheets.prove(code)
    outcomes = [each.outcome for each in desk.audit.since() if "sheet tried" in each.why]
    assert outcomes == [Outcome.FAILURE, Outcome.FAILURE]
    assert drill_due(desk.sheets.list(), DAY)


def test_a_sheet_that_opens_the_past_or_nothing_does_not_pass_the_drill(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    (sheet,) = desk._file.sheets()
    old = [each for each in desk._file.grants(sheet.sheet_id) if each.kind == "vault-key"]
    desk.staff.remove(id_of(desk, "Ana Ruiz"))
    assert desk.sheets.prove(practice.codes.desk.code).proved_on == DAY
    (new,) = [each for each in desk._file.grants(sheet.sheet_id) if each.kind == "vault-key"]
    with desk.session().transaction():
        desk._file.remove_grant(new.grant_id)
        desk._file.put_grant(old[0])
    with pytest.raises(Tampered):
        desk.sheets.prove(practice.codes.desk.code)


def test_the_clinicians_sheet_is_tried_by_a_clinician_and_the_desk_s_by_a_manager(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    code = desk.sheets.new_clinicians_sheet("Dr Osei")
    assert desk.sheets.prove(code.code, "clinicians").proved_on == DAY
    with pytest.raises(WrongSecret):
        desk.sheets.prove(practice.codes.desk.code)
    with pytest.raises(NotAllowed):
        desk.sheets.prove(practice.codes.desk.code, "desk")
    with pytest.raises(NotAllowed):
        practice.sign_in("Ben Morgan").sheets.prove(code.code, "clinicians")
    desk = practice.sign_in("Ana Ruiz")
    for refused in (desk.sheets.list, lambda: desk.sheets.prove(code.code), lambda: desk.sheets.retire(1)):
        with pytest.raises(NotAllowed):
            refused()
    assert desk.reminders.mine() == ()


def test_a_manager_is_asked_for_two_holders_until_there_are_two_people(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    assert "Two people should each keep" in words(desk)
    desk.sheets.name_holder(1, " Ben  Morgan ")
    assert desk.sheets.list()[0].holder == "Ben Morgan"
    second = desk.sheets.new_desk_sheet("ben morgan")
    assert "Two people should each keep" in words(desk)
    desk.sheets.name_holder(second.number, "Gwen Pugh, at home")
    assert "Two people should each keep" not in words(desk)
    assert [each.made_on for each in desk.sheets.list()] == [DAY, DAY]
    practice.reopen()
    assert "Two people should each keep" not in words(practice.sign_in("Ben Morgan"))
    with pytest.raises(BadInput):
        practice.desk.sheets.name_holder(1, "  ")
    with pytest.raises(NotFound):
        practice.desk.sheets.name_holder(99, "Ben")


def test_the_drill_comes_round_every_quarter(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    assert "it was never tried" in words(desk)
    desk.sheets.prove(practice.codes.desk.code)
    assert "Try the recovery sheet" not in words(desk)
    practice.clock.move_on(91 * 86_400)
    assert "Try the recovery sheet" not in words(practice.sign_in("Ben Morgan"))
    practice.clock.move_on(86_400)
    assert "quarter of a year" in words(practice.sign_in("Ben Morgan"))


def test_the_rule_of_two_holders_and_a_quarter_reads_the_desk_s_sheets_alone() -> None:
    clinicians = KeptSheet(kind="clinicians", number=3, holder="Dr Osei", proved_on=DAY)
    assert holders_wanted([clinicians]) == 2
    assert drill_due([clinicians], DAY)
    one = KeptSheet(kind="desk", number=1, holder="Ben")
    assert holders_wanted([one, KeptSheet(kind="desk", number=2)]) == 1
    assert holders_wanted([one, KeptSheet(kind="desk", number=2, holder="Ana")]) == 0


def opens(practice: Practice, code: SheetCode) -> bool:
    """Whether a sheet brings the desk back when the password store has lost its key."""
    practice.desk.close()
    try:
        practice.desk = recover(practice.path, practice.custody, code.code, practice.clock).desk
    except RapportError:
        practice.reopen()
        return False
    return True


def test_a_sheet_that_is_retired_opens_nothing_and_the_others_go_on(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    with pytest.raises(BadInput):
        desk.sheets.retire(1)  # the last one
    second = desk.sheets.new_desk_sheet("Ana Ruiz")
    epoch = desk.session().store.keys.vault_key_epoch
    desk.sheets.retire(1)
    assert desk.session().store.keys.vault_key_epoch == epoch + 1  # its code opened the one before
    assert [each.number for each in desk.sheets.list()] == [second.number]
    assert desk.verify().clean
    assert not opens(practice, practice.codes.desk)
    assert opens(practice, second)
    assert practice.sign_in("Ben Morgan").verify().clean


def test_the_sheets_that_a_leaver_kept_leave_with_them_but_for_the_desk_s_last(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    assert desk.staff.remove(id_of(desk, "Ana Ruiz")) == ()
    eve = desk.staff.add("Eve", frozenset({Role.MANAGER}), SECRET, must_change=False)
    desk.sheets.name_holder(1, "Eve")
    second = desk.sheets.new_desk_sheet("eve")
    assert desk.staff.remove(eve.id) == (1,)
    assert not opens(practice, practice.codes.desk)
    assert opens(practice, second)
    desk = practice.sign_in("Ben Morgan")
    assert "Two people should each keep" in words(desk)
    assert desk.verify().clean
