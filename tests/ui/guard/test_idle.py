"""A desk nobody touches locks by itself, by the monotonic clock and by nothing else."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from tests.ui.keys import CTRL, SHIFT, Key, press, type_in
from ui.frame.shell import Shell
from ui.guard.idle import Idle
from ui.start.application import Application
from ui.work import Work


@pytest.fixture
def idle(clock: StandingClock, qapp: QApplication) -> Idle:
    return Idle(clock)


def test_it_tells_once_the_time_is_over(idle: Idle, clock: StandingClock) -> None:
    told: list[bool] = []
    idle.idle.connect(lambda: told.append(True))
    idle.watch(300)
    clock.move_on(299)
    idle.look()
    assert told == []
    clock.move_on(1)
    idle.look()
    idle.look()
    assert told == [True]


def test_setting_the_date_neither_hurries_nor_delays_it(idle: Idle, clock: StandingClock) -> None:
    told: list[bool] = []
    idle.idle.connect(lambda: told.append(True))
    idle.watch(300)
    clock.moment += dt.timedelta(days=400)
    idle.look()
    assert told == []
    clock.moment -= dt.timedelta(days=4000)
    clock.seconds += 300
    idle.look()
    assert told == [True]


@pytest.mark.parametrize(
    ("kind", "is_touch"),
    [
        (QEvent.Type.KeyPress, True),
        (QEvent.Type.MouseMove, True),
        (QEvent.Type.MouseButtonPress, True),
        (QEvent.Type.Wheel, True),
        (QEvent.Type.TouchBegin, True),
        (QEvent.Type.Timer, False),
        (QEvent.Type.Paint, False),
        (QEvent.Type.UpdateRequest, False),
    ],
)
def test_what_a_hand_does_begins_the_count_anew_and_nothing_else(
    idle: Idle, clock: StandingClock, kind: QEvent.Type, is_touch: bool
) -> None:
    told: list[bool] = []
    idle.idle.connect(lambda: told.append(True))
    idle.watch(300)
    clock.move_on(200)
    assert idle.eventFilter(idle, QEvent(kind)) is False
    clock.move_on(200)
    idle.look()
    assert told == ([] if is_touch else [True])


def test_the_timer_looks_by_itself(idle: Idle, clock: StandingClock, qtbot: QtBot) -> None:
    idle.watch(300)
    clock.move_on(300)
    with qtbot.waitSignal(idle.idle, timeout=5000):
        pass


def test_an_idle_desk_locks_and_keeps_what_was_typed(
    application: Application, shell: Shell, clock: StandingClock, settle: Callable[[Work], None]
) -> None:
    press(Key.Key_K, CTRL, on=application.window)
    type_in("Nia")
    clock.move_on(299)
    application.idle.look()
    assert application.sign_in is None
    type_in("x")
    clock.move_on(299)
    application.idle.look()
    assert application.sign_in is None, "a key did not count as a touch"
    clock.move_on(1)
    application.idle.look()
    settle(application.work)
    assert application.shell is None
    assert application.desk is not None
    assert not application.desk.is_signed_in


def test_a_clinician_who_switched_in_is_locked_after_a_minute(
    application: Application,
    shell: Shell,
    clock: StandingClock,
    settle: Callable[[Work], None],
    enter_as: Callable[[str], Shell],
) -> None:
    press(Key.Key_L, CTRL | SHIFT, on=application.window)
    settle(application.work)
    assert application.sign_in is not None
    entered = enter_as("Dr Osei")
    settle(application.work)
    assert entered.person is not None, "their next brief is not open"
    clock.move_on(60)
    application.idle.look()
    assert application.shell is None


def test_nobody_signed_in_means_nothing_to_lock(application: Application, clock: StandingClock) -> None:
    page: QWidget | None = application.sign_in
    clock.move_on(10_000)
    application.idle.look()
    assert application.sign_in is page
