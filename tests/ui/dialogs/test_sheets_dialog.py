"""Recovery sheets at the window: who keeps them, a drill, a lost one, a new one, and the clinicians' way back."""

from pathlib import Path

import pytest

from rapportdesk.desk.invention.demo import DEMO_SECRET
from rapportdesk.model.note import Note
from tests.ui.conftest import WAIT_MS
from tests.ui.dialogs.conftest import SignIn, on_top, opened, press_named, said
from ui.dialogs.clinicians_sheet import CliniciansSheetDialog
from ui.dialogs.sheet_row import RetireDialog
from ui.dialogs.sheets_dialog import SheetsDialog


def test_a_drill_is_asked_for_on_today_and_done_with_the_code_from_the_paper(
    counter: SignIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = counter("Ben Morgan")
    code = ben.desk.sheets.new_desk_sheet("Gwen Pugh").code
    assert "Say where backups go" in ben.today.reminders.words.accessibleName()
    monkeypatch.setattr("rapportdesk.desk.backup.backups.on_one_disk", lambda _place, _vault: False)
    ben.desk.backups.choose_folder(tmp_path)
    ben.desk.backups.make()
    ben.today.reminders.refresh()
    ben.settle()
    assert "Try the recovery sheet" in ben.today.reminders.words.accessibleName()
    ben.today.reminders.see.click()
    ben.settle()
    dialog = on_top(SheetsDialog)
    dialog.try_it.click()
    assert "Type the code" in said(dialog)
    dialog.code.edit.setText(code[:-1])
    dialog.try_it.click()
    ben.settle()
    assert "code" in said(dialog).casefold()
    dialog.code.edit.setText(code.lower())
    dialog.try_it.click()
    ben.settle()
    assert "Sheet 4 opens what it should." in said(dialog)
    assert "tried on 20 November 2026" in said(dialog)
    assert dialog.code.text == ""
    dialog.close()
    ben.settle()
    assert not ben.today.reminders.see.isVisible()


def test_who_keeps_a_sheet_is_changed_and_a_lost_one_opens_nothing(counter: SignIn) -> None:
    ben = counter("Ben Morgan")
    dialog = opened(ben, "sheets", SheetsDialog)
    first = dialog.sheet_rows[0]
    first.keeper.click()
    first.who.edit.setText("Gwen Pugh")
    first.keeper.click()
    ben.settle()
    assert "kept by ⁨Gwen Pugh⁩" in said(dialog)
    press_named(dialog, "Lost", "sheet 2")
    ask = on_top(RetireDialog)
    ask.take.click()
    ben.settle()
    assert [sheet.number for sheet in ben.desk.sheets.list() if sheet.kind == "desk"] == [1]
    assert not any("Lost" in each.accessibleName() for each in dialog.findChildren(type(dialog.try_it)))
    assert "Two people should each keep" in "".join(each.words for each in ben.desk.reminders.mine())


def test_a_new_sheet_comes_with_a_backup_is_given_to_somebody_and_typed_back(
    counter: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ben = counter("Ben Morgan")
    made: list[str] = []
    new_desk_sheet = ben.desk.sheets.new_desk_sheet

    def remembered(holder: str = "") -> object:
        code = new_desk_sheet(holder)
        made.append(code.code)
        return code

    monkeypatch.setattr(ben.desk.sheets, "new_desk_sheet", remembered)
    dialog = opened(ben, "sheets", SheetsDialog)
    dialog.desk_sheet.click()
    assert "Type who will keep it." in said(dialog)
    dialog.holder.edit.setText("Gwen Pugh")
    dialog.desk_sheet.click()
    ben.settle()
    assert "there is no place for one now" in said(dialog)
    assert made == []
    assert dialog.without.hasFocus()
    stick = tmp_path / "stick"
    stick.mkdir()
    ben.desk.backups.choose_folder(stick)
    dialog.desk_sheet.click()
    ben.qtbot.waitUntil(lambda: dialog.step is not None, timeout=WAIT_MS)
    ben.settle()
    (backup,) = stick.glob("*.rapport-backup")
    last = ben.desk.backups.last()
    assert last is not None
    assert (last.path, len(last.sheets)) == (str(backup), len([x for x in ben.desk.sheets.list() if x.kind == "desk"]))
    step = dialog.step
    assert step is not None
    step.code.edit.setText(made[0])
    dialog.check.click()
    ben.settle()
    assert ben.said == "The new sheet works. Put it in a safe place."
    newest = ben.desk.sheets.list()[-1]
    assert (newest.holder, newest.proved_on is not None) == ("Gwen Pugh", True)


def test_the_only_clinician_comes_back_to_what_is_for_clinicians_by_their_sheet(counter: SignIn) -> None:
    osei = counter("Dr Osei")
    code = osei.desk.sheets.new_clinicians_sheet("Gwen Pugh").code
    store = osei.desk.session().store
    before = {thing.id for thing in store.all_things() if isinstance(thing, Note)}
    ben = counter("Ben Morgan")
    ids = {each.name: each.id for each in ben.desk.staff.list()}
    ben.desk.staff.remove(ids["Dr Hahn"])
    ben.desk.staff.reset_secret(ids["Dr Osei"], "a one-time secret")
    ben.desk.sign_in(ids["Dr Osei"], "a one-time secret")
    ben.desk.staff.change_secret("a one-time secret", DEMO_SECRET)
    osei = counter("Dr Osei")
    now = {thing.id for thing in osei.desk.session().store.all_things() if isinstance(thing, Note)}
    assert now < before
    assert "a colleague admits you, or a sheet" in osei.today.reminders.words.accessibleName()
    osei.today.reminders.see.click()
    osei.settle()
    dialog = on_top(CliniciansSheetDialog)
    dialog.use.click()
    assert "Type the code" in said(dialog)
    dialog.code.edit.setText(code[:-2])
    dialog.use.click()
    osei.settle()
    assert dialog.isVisible()
    dialog.code.edit.setText(code)
    dialog.use.click()
    osei.settle()
    assert osei.said == "You read again what is for clinicians only."
    assert {thing.id for thing in osei.desk.session().store.all_things() if isinstance(thing, Note)} == before
    assert osei.desk.verify().clean
    again = opened(osei, "clinicians-sheet", CliniciansSheetDialog)
    assert not again.code.isVisible()
    assert "You read already" in said(again)


def test_reception_has_none_of_it(counter: SignIn) -> None:
    ana = counter("Ana Ruiz")
    for command in ("sheets", "clinicians-sheet", "staff"):
        ana.shell.run(command)
        ana.settle()
        assert "Your role does not include this." in ana.said
    assert not ana.today.reminders.isVisible()
