"""Another time for a visit that was called off, by keyboard, on the invented clinic at 09:04."""

import datetime as dt

from PySide6.QtWidgets import QApplication

from rapportdesk.model.appointment import AppointmentStatus
from tests.ui.counter import Counter
from tests.ui.keys import ALT, CTRL, Key, focused, press, type_in
from ui.rows import Visit
from ui.today.another_time import AnotherTime
from ui.today.rearrange import RearrangeDialog
from ui.widgets.controls import Label

SAMIRA = "Samira Haddad"


def opened(counter: Counter) -> RearrangeDialog:
    counter.settle()
    press(Key.Key_T, CTRL)
    press(Key.Key_F, ALT)
    counter.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RearrangeDialog)
    return dialog


def find(counter: Counter, name: str) -> AnotherTime:
    while name not in focused().accessibleName():
        press(Key.Key_Tab)
    press(Key.Key_Return)
    counter.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AnotherTime)
    return dialog


def test_a_visit_is_booked_anew_from_the_list_and_the_row_says_where_it_went(counter: Counter) -> None:
    listed = opened(counter)
    find(counter, SAMIRA)
    type_in("27 Nov 2026")
    press(Key.Key_Tab)
    type_in("9.20")
    press(Key.Key_Return)
    counter.settle()

    assert (
        counter.said.replace("\u2068", "").replace("\u2069", "") == "Booked: Samira Haddad, Friday 27 November, 09:20."
    )
    assert not any(SAMIRA in label.accessibleName() for label in listed.findChildren(Label) if label.isVisible())
    (row,) = counter.desk.today.day(dt.date(2026, 11, 27)).rows
    assert (row.name, row.appointment.status) == (SAMIRA, AppointmentStatus.BOOKED)
    entry = next(e for e in counter.today.list.entries if isinstance(e, Visit) and e.row.name == SAMIRA)
    assert entry.status == "moved to Friday 27 November, 09:20"


def test_a_free_time_is_taken_by_key(counter: Counter) -> None:
    opened(counter)
    dialog = find(counter, SAMIRA)
    press(Key.Key_Tab)
    assert focused().accessibleName().startswith("Take ")
    wanted = focused().accessibleName().removeprefix("Take ")
    press(Key.Key_Return)
    assert dialog.time.text == wanted
    press(Key.Key_Return)
    counter.settle()
    assert f"Friday 20 November, {wanted}." in counter.said


def test_a_time_that_is_taken_needs_a_second_press(counter: Counter) -> None:
    opened(counter)
    dialog = find(counter, SAMIRA)
    dialog.time.edit.setText("10:00")
    dialog.book.click()
    counter.settle()
    assert dialog.isVisible()
    assert dialog.book.text() == "Book beside it"
    dialog.time.edit.setText("10:01")
    assert dialog.book.text() == "Book", "another time is another question"
    dialog.book.click()
    counter.settle()
    dialog.book.click()
    counter.settle()
    assert "10:01" in counter.said


def test_what_is_no_day_or_no_time_is_said(counter: Counter) -> None:
    opened(counter)
    dialog = find(counter, SAMIRA)
    for day, time in (("whenever", "9:20"), ("27 Nov 2026", "later")):
        dialog.date.edit.setText(day)
        dialog.time.edit.setText(time)
        dialog.book.click()
        counter.settle()
        assert dialog.isVisible()
    assert counter.desk.today.day(dt.date(2026, 11, 27)).rows == ()


def test_none_is_wanted_and_undo_brings_it_back(counter: Counter) -> None:
    listed = opened(counter)
    before = len(counter.desk.rearranging.waiting())
    while not focused().accessibleName().startswith("None is wanted"):
        press(Key.Key_Tab)
    press(Key.Key_Return)
    counter.settle()
    assert len(counter.desk.rearranging.waiting()) == before - 1
    listed.reject()
    counter.come_back()
    counter.shell.run("undo")
    counter.settle()
    assert len(counter.desk.rearranging.waiting()) == before
