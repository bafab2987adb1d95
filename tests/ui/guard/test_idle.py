"""A desk nobody touches locks by itself, by the monotonic clock and by nothing else."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from tests.ui.conftest import WAIT_MS
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


def _wheel(widget: QWidget) -> None:
    here, none = QPointF(5, 5), Qt.MouseButton.NoButton
    scrolled = Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(here, here, QPoint(), QPoint(0, 120), none, Qt.KeyboardModifier.NoModifier, scrolled, False)
    QApplication.sendEvent(widget, wheel)


def _touch(widget: QWidget) -> None:
    QTest.touchEvent(widget, QTest.createTouchDevice()).press(0, QPoint(5, 5), widget).commit()


HANDS: dict[str, tuple[Callable[[QWidget], object], bool]] = {
    "a key": (lambda widget: QTest.keyClick(widget, Qt.Key.Key_A), True),
    "the mouse moved": (lambda widget: QTest.mouseMove(widget, QPoint(7, 7)), True),
    "a click": (lambda widget: QTest.mouseClick(widget, Qt.MouseButton.LeftButton), True),
    "the wheel": (_wheel, True),
    "a finger": (_touch, True),
    "an input method": (lambda widget: QApplication.sendEvent(widget, QInputMethodEvent()), True),
    "painting": (lambda widget: widget.repaint(), False),
    "laying out": (lambda widget: QApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest)), False),
    "another title": (lambda widget: widget.setWindowTitle("x"), False),
}
"""As Qt makes these events, for the class that Python sees of them counts too."""


@pytest.mark.parametrize("what", HANDS)
def test_what_a_hand_does_begins_the_count_anew_and_nothing_else(
    idle: Idle, clock: StandingClock, qapp: QApplication, qtbot: QtBot, what: str
) -> None:
    hand, is_touch = HANDS[what]
    widget = QWidget()
    widget.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    told: list[bool] = []
    idle.idle.connect(lambda: told.append(True))
    idle.watch(300)
    clock.move_on(200)
    qapp.installEventFilter(idle)
    hand(widget)
    qapp.processEvents()
    qapp.removeEventFilter(idle)
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


@pytest.fixture
def other(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_window_that_was_closed_closes_no_other_when_its_time_is_over(
    application: Application, shell: Shell, clock: StandingClock, qtbot: QtBot, other: QWidget
) -> None:
    with qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        application.close()
    clock.move_on(10_000)
    application.idle.look()
    application.lock()
    assert other.isVisible()


def test_an_open_window_closes_every_other_when_its_time_is_over(
    application: Application, shell: Shell, clock: StandingClock, other: QWidget
) -> None:
    clock.move_on(10_000)
    application.idle.look()
    assert not other.isVisible()


def test_nobody_signed_in_means_nothing_to_lock(application: Application, clock: StandingClock) -> None:
    page: QWidget | None = application.sign_in
    clock.move_on(10_000)
    application.idle.look()
    assert application.sign_in is page
