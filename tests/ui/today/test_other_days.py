"""The week, who runs late and what has to be ready, by keyboard, on the invented clinic at 09:04."""

import datetime as dt

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rapportdesk.clock import StandingClock
from rapportdesk.model.appointment import CALLED_OFF, AppointmentStatus
from tests.ui.counter import Counter
from tests.ui.keys import ALT, CTRL, Key, focused, press, type_in
from ui.rows import Visit
from ui.today.before_they_come import BeforeTheyCome
from ui.today.late import LateDialog
from ui.today.today import EVERY_HALF_MINUTE_MS
from ui.widgets.controls import Label

FRIDAY = dt.date(2026, 11, 20)


def to_today(counter: Counter) -> None:
    counter.settle()
    press(Key.Key_T, CTRL)


def shown(counter: Counter) -> dt.date | None:
    return counter.today.shown_day[0]


def dialog(counter: Counter) -> LateDialog | BeforeTheyCome:
    counter.settle()
    found = QApplication.activeModalWidget()
    assert isinstance(found, LateDialog | BeforeTheyCome)
    return found


def words_in(found: LateDialog | BeforeTheyCome) -> list[str]:
    return [label.accessibleName() for label in found.findChildren(Label) if not label.isHidden()]


def test_alt_w_unfolds_the_week_and_arrows_and_space_turn_to_a_day(counter: Counter) -> None:
    to_today(counter)
    assert counter.today.heading.week.isHidden()
    press(Key.Key_W, ALT)
    assert focused().accessibleName().startswith("today, ")
    press(Key.Key_Left)
    assert focused().accessibleName() == "Thursday 19 November, 0 visits"
    press(Key.Key_Space)
    counter.settle()
    assert shown(counter) == FRIDAY - dt.timedelta(days=1)

    press(Key.Key_Right)
    press(Key.Key_Space)
    counter.settle()
    assert shown(counter) is None, "today is today again, and follows the clock"


def test_the_week_counts_what_is_to_take_place(counter: Counter) -> None:
    to_today(counter)
    press(Key.Key_W, ALT)
    rows = counter.desk.today.day().rows
    expected = sum(row.appointment.status not in CALLED_OFF and not row.deceased for row in rows)
    assert focused().accessibleName() == f"today, {expected} visits"
    assert expected < len(rows), "the control: one was cancelled"


def test_a_week_on_and_back_by_one_key_each(counter: Counter) -> None:
    to_today(counter)
    press(Key.Key_PageDown, ALT)
    counter.settle()
    assert shown(counter) == FRIDAY + dt.timedelta(days=7)
    assert not counter.today.heading.week.isHidden(), "another day brings its week along"
    press(Key.Key_PageUp, ALT)
    counter.settle()
    assert shown(counter) is None
    assert counter.today.heading.week.isHidden()


def waits(counter: Counter) -> str:
    return next(e.status for e in counter.today.list.entries if isinstance(e, Visit) and e.loud)


def test_a_wait_grows_while_one_looks_at_it(counter: Counter, clock: StandingClock) -> None:
    counter.settle()
    assert waits(counter) == "waiting 4 min"
    timer = counter.today._timer
    assert (timer.isActive(), timer.interval()) == (True, EVERY_HALF_MINUTE_MS)

    clock.move_on(120)
    timer.timeout.emit()
    counter.settle()

    assert waits(counter) == "waiting 6 min"


def test_what_is_done_says_when(counter: Counter) -> None:
    to_today(counter)
    while counter.today.list.chosen is None or counter.today.list.chosen.row.name != "Tomasz Wójcik":
        press(Key.Key_Up)
    press(Key.Key_D, ALT)
    counter.settle()
    visits = [e for e in counter.today.list.entries if isinstance(e, Visit)]
    counter.today.fold_earlier()
    visits += [e for e in counter.today.list.entries if isinstance(e, Visit)]
    assert "done 09:04" in {e.status for e in visits if e.row.name == "Tomasz Wójcik"}


def test_who_runs_late_stands_above_the_visits_and_the_sentence_is_copied_as_changed(counter: Counter) -> None:
    to_today(counter)
    assert not counter.today.late.isHidden()
    press(Key.Key_L, ALT)
    late = dialog(counter)
    assert isinstance(late, LateDialog)
    assert late.fields[0].text.startswith("Dr Osei is running about 15 minutes late, and I am sorry to keep you.")
    assert focused() is late.fields[0].field
    type_in(" There is tea.")
    press(Key.Key_Return)
    assert QGuiApplication.clipboard().text().endswith("another time? There is tea.")


def test_nobody_is_late_once_nobody_waits(counter: Counter) -> None:
    for row in counter.desk.today.day().rows:
        if row.appointment.status in {AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN}:
            counter.desk.today.mark(row.appointment.id, AppointmentStatus.FULFILLED)
    counter.today.refresh()
    to_today(counter)
    assert counter.today.late.isHidden()
    press(Key.Key_L, ALT)
    assert "Nobody runs late, as far as the marks here say." in words_in(dialog(counter))


def test_what_has_to_be_ready_is_listed_and_opens_the_card(counter: Counter) -> None:
    to_today(counter)
    press(Key.Key_Q, ALT)
    listed = dialog(counter)
    assert isinstance(listed, BeforeTheyCome)
    assert "Turkish interpreter" in words_in(listed)
    assert "Wheelchair: ramp and the wide room" in words_in(listed)
    first = next(each.row for each in counter.today.list.entries if isinstance(each, Visit) and each.row.needs)
    press(Key.Key_Return)
    counter.settle()
    assert counter.shell.person == first.patient
