"""That somebody has died is said once more, reversible, and told to the cards that name them; by keyboard."""

import datetime as dt

from PySide6.QtWidgets import QApplication

from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from tests.ui.counter import Counter
from tests.ui.keys import ALT, CTRL, Key, press, type_in
from ui.person.died import DiedDialog
from ui.rows import Visit
from ui.widgets.controls import Button, Label


def died(counter: Counter) -> DiedDialog:
    press(Key.Key_D, CTRL | ALT)
    counter.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DiedDialog)
    return dialog


def words(dialog: DiedDialog) -> str:
    return "\n".join(label.accessibleName() for label in dialog.findChildren(Label))


def mark(counter: Counter, day: str = "") -> DiedDialog:
    dialog = died(counter)
    type_in(day)
    press(Key.Key_Tab)
    press(Key.Key_Space)
    press(Key.Key_Tab)
    press(Key.Key_Space)
    counter.settle()
    return dialog


def test_nothing_is_kept_before_somebody_has_made_sure(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    dialog = died(counter)
    assert "Nia’s results letter in large print" in words(dialog), "it says what stops"
    assert not dialog.keep.isEnabled()
    press(Key.Key_Escape)
    counter.settle()
    assert not counter.desk.people.get(nia).deceased


def test_a_wrong_day_is_said_and_nothing_is_kept(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    for wrong in ("yesterday-ish", "4 May 2099", "4 May 1900"):
        dialog = mark(counter, wrong)
        assert dialog.isVisible()
        assert not counter.desk.people.get(nia).deceased
        dialog.reject()
        counter.come_back()


def test_it_stops_promises_and_the_wait_and_undo_brings_them_back(counter: Counter) -> None:
    nia = counter.open("Nia Prydderch")
    before = counter.desk.today.day()
    mark(counter, "19 November 2026").reject()
    counter.settle()

    patient = counter.desk.people.get(nia)
    assert (patient.deceased, patient.deceased_on) == (True, dt.date(2026, 11, 19))
    row = next(e for e in counter.today.list.entries if isinstance(e, Visit) and e.row.patient == nia)
    assert (row.loud, row.grey, row.row.detail) == (False, True, "Dr Osei · has died")
    assert all(each.task.patient != nia for each in counter.today.promised.list.promises.rows)

    counter.come_back()
    counter.shell.run("undo")
    counter.settle()
    assert counter.desk.today.day() == before


def test_the_cards_that_name_them_are_listed_and_can_know_it_too(counter: Counter) -> None:
    counter.settle()
    huw = counter.desk.people.add(Patient(id=PatientId(""), name="Gwen Prydderch"))
    counter.shell.open_person(huw.id, "card")
    counter.settle()
    dialog = mark(counter)
    assert "among their people: Gwen, daughter" in words(dialog).replace("\u2068", "").replace("\u2069", "")
    there = next(b for b in dialog.findChildren(Button) if b.accessibleName().startswith("Mark there too"))
    there.click()
    counter.settle()
    nia = counter.desk.people.get(counter.find("Nia Prydderch"))
    assert next(each.deceased for each in nia.people if each.name == "Gwen")


def test_it_is_taken_back_by_one_press(counter: Counter) -> None:
    gareth = counter.open("Gareth Bevan")
    dialog = died(counter)
    assert dialog.keep.isHidden()
    dialog.back.click()
    counter.settle()
    assert not counter.desk.people.get(gareth).deceased
    assert "is alive" in counter.said
