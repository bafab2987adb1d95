"""Today by keyboard, on the invented clinic at 09:04."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from rapportdesk.clock import StandingClock
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.shown import TodayRow
from tests.ui.conftest import EnterAs
from tests.ui.counter import Counter
from tests.ui.keys import ALT, CTRL, Key, focused, press
from tests.ui.people import morning, visit
from ui.rows import NowLine, Visit
from ui.theme import Theme
from ui.today.today import TodayScreen
from ui.today.today_list import TodayList


def row_of(counter: Counter, name: str) -> TodayRow:
    counter.settle()
    return next(row for row in counter.desk.today.day().rows if row.name == name)


def stand_on(counter: Counter, name: str) -> None:
    press(Key.Key_T, CTRL)
    while counter.today.list.chosen is None or counter.today.list.chosen.row.name != name:
        before = counter.today.list.currentIndex()
        press(Key.Key_Down)
        assert counter.today.list.currentIndex() != before, f"{name} is not in the list"


def names(counter: Counter) -> list[str]:
    return [entry.row.name for entry in counter.today.list.entries if isinstance(entry, Visit)]


@pytest.mark.parametrize(
    ("key", "status"),
    [
        (Key.Key_A, AppointmentStatus.ARRIVED),
        (Key.Key_R, AppointmentStatus.CHECKED_IN),
        (Key.Key_D, AppointmentStatus.FULFILLED),
        (Key.Key_N, AppointmentStatus.NOSHOW),
        (Key.Key_C, AppointmentStatus.CANCELLED),
    ],
)
def test_alt_and_a_letter_move_a_status_and_undo_moves_it_back(
    counter: Counter, key: Qt.Key, status: AppointmentStatus
) -> None:
    stand_on(counter, "Li Wei")
    press(key, ALT)
    assert row_of(counter, "Li Wei").appointment.status is status
    assert "Li Wei" in counter.said

    counter.shell.run("undo")

    assert row_of(counter, "Li Wei").appointment.status is AppointmentStatus.BOOKED


def test_who_has_arrived_waits_loudly(counter: Counter) -> None:
    stand_on(counter, "Li Wei")
    press(Key.Key_A, ALT)
    counter.settle()

    waiting = next(e for e in counter.today.list.entries if isinstance(e, Visit) and e.row.name == "Li Wei")
    assert (waiting.loud, waiting.status) == (True, "waiting")


def test_enter_opens_the_card_and_the_caret_stands_in_its_quick_line(counter: Counter) -> None:
    stand_on(counter, "Li Wei")
    press(Key.Key_Return)
    counter.settle()

    assert counter.card.patient_id == counter.find("Li Wei")
    assert focused() is counter.card.quick.field
    assert counter.today.list.chosen is not None
    assert counter.today.list.chosen.row.name == "Li Wei"


def test_arrows_pass_over_the_line_of_now(counter: Counter) -> None:
    press(Key.Key_T, CTRL)
    stood = []
    for _step in range(4):
        assert counter.today.list.chosen is not None
        stood.append(counter.today.list.chosen.row.name)
        press(Key.Key_Down)

    assert stood[:3] == ["Tomasz Wójcik", "Nia Prydderch", "Mr Ferreira"]


def test_alt_e_unfolds_what_has_gone_by(counter: Counter) -> None:
    press(Key.Key_T, CTRL)
    folded = names(counter)
    press(Key.Key_E, ALT)
    unfolded = names(counter)
    press(Key.Key_E, ALT)

    assert len(unfolded) == len(folded) + 6
    assert names(counter) == folded


def test_one_practitioner_can_be_picked(counter: Counter) -> None:
    counter.today.pick("Dr Hahn")
    counter.settle()
    theirs = names(counter)
    counter.today.pick("")
    counter.settle()

    assert theirs
    assert set(theirs) < set(names(counter))
    assert all(row_of(counter, name).appointment.practitioner_name == "Dr Hahn" for name in theirs)


def test_another_day_and_back(counter: Counter) -> None:
    press(Key.Key_T, CTRL)
    today = names(counter)
    press(Key.Key_Right, ALT)
    counter.settle()
    assert names(counter) != today
    press(Key.Key_Left, ALT)
    counter.settle()

    assert names(counter) == today


def test_a_promise_is_ticked_with_space_and_comes_back_by_undo(counter: Counter) -> None:
    press(Key.Key_T, CTRL)
    counter.today.promised.list.setFocus()
    before = [row.task.text for row in counter.today.promised.list.promises.rows]
    counter.today.promised.list.setCurrentIndex(counter.today.promised.list.promises.index(0))
    press(Key.Key_Space)
    counter.settle()
    assert [row.task.text for row in counter.today.promised.list.promises.rows] == before[1:]
    assert before[0] in counter.said

    counter.shell.run("undo")
    counter.settle()

    assert [row.task.text for row in counter.today.promised.list.promises.rows] == before


def test_what_is_overdue_stands_first(counter: Counter) -> None:
    counter.settle()
    late = [row.overdue for row in counter.today.promised.list.promises.rows]

    assert late == sorted(late, reverse=True)
    assert late[0]


def test_alt_p_folds_the_ledger_to_its_heading(counter: Counter) -> None:
    press(Key.Key_T, CTRL)
    press(Key.Key_P, ALT)
    assert counter.today.promised.list.isHidden()
    assert not counter.today.promised.isHidden()
    press(Key.Key_P, ALT)
    assert not counter.today.promised.list.isHidden()


def full_day(count: int) -> tuple[TodayRow, ...]:
    start = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
    times = ((start + dt.timedelta(minutes=10 * at)).strftime("%H:%M") for at in range(count))
    return tuple(visit(time, f"Person Number {at}", "Dr Osei · 20 min") for at, time in enumerate(times))


def wholly_seen(shown: TodayList) -> int:
    view = shown.viewport().rect()
    places = [shown.visualRect(shown.model().index(at, 0)) for at in range(len(shown.entries))]
    visits = zip(shown.entries, places, strict=True)
    return sum(isinstance(entry, Visit) and view.contains(place) for entry, place in visits)


def test_fourteen_visits_fit_a_workstation_when_the_ledger_is_folded(counter: Counter) -> None:
    counter.settle()
    counter.shell.window().resize(1366, 690)
    day = dataclasses.replace(morning(), rows=full_day(14))
    counter.today.show_day(day)
    counter.today.promised.fold()
    counter.settle()

    assert wholly_seen(counter.today.list) == 14
    counter.today.show_day(dataclasses.replace(day, rows=full_day(30)))
    counter.settle()
    assert wholly_seen(counter.today.list) < 30, "the control: thirty do not"


def test_the_line_of_now_stays_at_the_edge_when_it_is_scrolled_away(counter: Counter, theme: Theme) -> None:
    counter.settle()
    counter.today.show_day(dataclasses.replace(morning(), rows=full_day(40)))
    counter.settle()
    shown = counter.today.list
    now = next(at for at, entry in enumerate(shown.entries) if isinstance(entry, NowLine))
    shown.scrollToBottom()
    counter.settle()
    assert not shown.viewport().rect().intersects(shown.visualRect(shown.model().index(now, 0)))

    image = shown.viewport().grab().toImage()
    across = [QColor(image.pixel(image.width() // 2, y)).name() for y in range(theme.px(17))]

    assert theme.palette.accent in across


def test_a_clinician_begins_with_their_own_people(enter_as: EnterAs) -> None:
    shell = enter_as("Dr Osei")
    today = shell.screens.today
    assert isinstance(today, TodayScreen)
    visits = [entry.row for entry in today.list.entries if isinstance(entry, Visit)]

    assert visits
    assert {row.appointment.practitioner_name for row in visits} == {"Dr Osei"}


def test_minutes_pass_without_moving_the_keyboard(counter: Counter, clock: StandingClock) -> None:
    stand_on(counter, "Li Wei")
    clock.move_on(240)  # less than what locks the desk that nobody touches
    counter.today.refresh()
    counter.settle()

    assert counter.today.list.chosen is not None
    assert counter.today.list.chosen.row.name == "Li Wei"
    assert focused() is counter.today.list
    assert any(isinstance(entry, NowLine) and entry.time == "09:08" for entry in counter.today.list.entries)
