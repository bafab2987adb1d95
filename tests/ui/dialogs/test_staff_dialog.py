"""A manager lets people in until a day and takes access away; a clinician admits clinicians; each says what it does."""

import datetime as dt

from rapportdesk.desk.invention.demo import DEMO_SECRET
from rapportdesk.model.staff import Practitioner, Role
from tests.ui.counter import Counter
from tests.ui.dialogs.conftest import SignIn, on_top, opened, press_named, said
from ui.dialogs.secret_dialog import SecretDialog
from ui.dialogs.staff_dialog import StaffDialog
from ui.dialogs.staff_leaving import EndDialog, RemoveDialog


def person(at: Counter, name: str) -> Practitioner:
    return next(each for each in at.desk.staff.list() if each.name == name)


def test_somebody_is_let_in_until_a_day_and_must_choose_a_passphrase(counter: SignIn) -> None:
    ben = counter("Ben Morgan")
    dialog = opened(ben, "staff", StaffDialog)
    dialog.name.edit.setText("Dr Locum")
    dialog.roles[Role.RECEPTION].setChecked(False)
    dialog.roles[Role.CLINICIAN].setChecked(True)
    dialog.secret.edit.setText("a first passphrase")
    dialog.last_day.edit.setText("some day")
    dialog.add.click()
    ben.settle()
    assert "Write a day" in said(dialog)
    dialog.last_day.edit.setText("1 Jan 2020")
    dialog.add.click()
    ben.settle()
    assert "That day has gone by." in said(dialog)
    dialog.last_day.edit.setText("4 Dec 2026")
    dialog.add.click()
    ben.settle()
    locum = person(ben, "Dr Locum")
    assert (locum.ends_on, locum.must_change_secret) == (dt.date(2026, 12, 4), True)
    assert "until 4 Dec 2026" in said(dialog)
    assert "waits for a clinician to admit them" in said(dialog)
    press_named(dialog, "Last day", "Locum")
    end = on_top(EndDialog)
    end.day.edit.setText("31/12/2026")
    end.save.click()
    ben.settle()
    assert person(ben, "Dr Locum").ends_on == dt.date(2026, 12, 31)


def test_taking_access_away_says_what_stays_readable_and_replaces_the_keys(counter: SignIn) -> None:
    ben = counter("Ben Morgan")
    dialog = opened(ben, "staff", StaffDialog)
    press_named(dialog, "Remove", "Ana Ruiz")
    ask = on_top(RemoveDialog)
    assert "nothing that is written from now on opens for them" in said(ask)
    assert "stays readable to them" in said(ask)
    ask.take.click()
    ben.settle()
    assert "Ana Ruiz" not in {each.name for each in ben.desk.staff.list()}
    assert ben.desk.session().store.keys.vault_key_epoch == 2
    assert "opens nothing any more" in ben.said  # the sheet that she kept
    assert "Ana Ruiz" not in said(dialog)
    ben.qtbot.waitUntil(lambda: idle(ben) and ben.desk.session().store.patient_keys_due() == 0, timeout=20_000)
    assert ben.desk.verify().clean


def idle(at: Counter) -> bool:
    """Whether the worker has nothing to do, so that the desk may be asked here."""
    return at.shell.tools.work.idle


def test_a_clinician_admits_the_next_and_sees_nothing_of_what_a_manager_does(counter: SignIn) -> None:
    ben = counter("Ben Morgan")
    new = ben.desk.staff.add("Dr New", frozenset({Role.CLINICIAN}), DEMO_SECRET, must_change=False)
    osei = counter("Dr Osei")
    assert "Dr New waits to be admitted" in osei.today.reminders.words.accessibleName()
    osei.today.reminders.see.click()
    osei.settle()
    dialog = on_top(StaffDialog)
    assert not dialog.name.isVisible()
    names = [each.accessibleName() for each in dialog.findChildren(type(dialog.add)) if each.isVisible()]
    assert not any("Remove" in name or "New passphrase" in name for name in names)
    press_named(dialog, "Admit", "Dr New")
    osei.settle()
    assert person(osei, new.name).holds_clinicians_keys
    assert "waits" not in said(dialog)
    dialog.close()
    osei.settle()
    assert not osei.today.reminders.isVisible()


def test_ones_own_secret_is_changed_with_the_present_one(counter: SignIn) -> None:
    ana = counter("Ana Ruiz")
    dialog = opened(ana, "secret", SecretDialog)
    for field in (dialog.new.first, dialog.new.second):
        field.edit.setText("four words of mine")
    dialog.old.edit.setText("not it")
    dialog.change.click()
    ana.settle()
    assert "is not right" in said(dialog)
    dialog.old.edit.setText(DEMO_SECRET)
    dialog.change.click()
    ana.settle()
    assert ana.said == "Your new passphrase counts from now on."
