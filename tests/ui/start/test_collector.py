"""Garbage is collected on the window's thread, and not while somebody types."""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from tests.ui.conftest import WAIT_MS, Copy, MakeApplication
from ui.guard.idle import Idle
from ui.start import collector
from ui.start.beginning import Beginning
from ui.start.collector import Collector
from ui.work import Work

Told = list[tuple[int, threading.Thread]]


class Knot:
    """Holds itself, so that nothing but the collector lets it go."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """Ends what was begun."""
    made = QObject()
    yield made
    made.deleteLater()
    qapp.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)  # its collector's timer with it


@pytest.fixture
def work(owner: QObject) -> Iterator[Work]:
    """A worker."""
    made = Work(owner)
    yield made
    made.close()


@pytest.fixture
def idle(clock: StandingClock, owner: QObject) -> Idle:
    """Touched when the test says so."""
    return Idle(clock, owner)


@pytest.fixture
def collected() -> Iterator[Told]:
    """Which generations were collected, and by which thread."""
    told: Told = []

    def note(phase: str, about: dict[str, int]) -> None:
        if phase == "stop":
            told.append((about["generation"], threading.current_thread()))

    gc.callbacks.append(note)
    yield told
    gc.callbacks.remove(note)


@pytest.fixture
def begun(work: Work, idle: Idle, owner: QObject, monkeypatch: pytest.MonkeyPatch) -> Collector:
    """A collector that looks when the test says so."""
    monkeypatch.setattr(collector, "LOOKS_EVERY_MS", 100_000_000)
    gc.collect()
    made = Collector(work, idle, lambda: False, owner)
    made.begin()
    return made


def make_garbage(objects: int) -> None:
    for _time in range(objects):
        Knot()


def test_what_the_worker_makes_is_collected_by_the_windows_thread(
    begun: Collector, work: Work, owner: QObject, collected: Told, settle: Callable[[Work], None]
) -> None:
    work.submit(owner, lambda: make_garbage(2 * collector.ENOUGH))
    settle(work)
    assert not collected
    begun.look()
    assert collected == [(1, threading.main_thread())]
    begun.look()
    assert len(collected) == 1, "there was nothing more to look through"


def test_its_timer_looks(
    work: Work, idle: Idle, owner: QObject, collected: Told, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "LOOKS_EVERY_MS", 1)
    Collector(work, idle, lambda: False, owner).begin()
    make_garbage(2 * collector.ENOUGH)
    qtbot.waitUntil(lambda: bool(collected), timeout=WAIT_MS)


def test_nothing_is_collected_while_somebody_types(begun: Collector, work: Work, collected: Told) -> None:
    make_garbage(2 * collector.ENOUGH)
    work.let_long_work_rest()
    begun.look()
    assert not collected


def test_too_much_is_collected_all_the_same(begun: Collector, work: Work, collected: Told) -> None:
    make_garbage(2 * collector.TOO_MANY)
    work.let_long_work_rest()
    begun.look()
    assert [generation for generation, _thread in collected] == [1]


def test_everything_is_looked_through_once_nobody_touches_anything(
    begun: Collector, idle: Idle, clock: StandingClock, collected: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "ALL_EVERY_S", 0.0)
    monkeypatch.setattr(collector, "WORTH_ALL", 1)
    monkeypatch.setattr(collector, "MOST_THINGS", 10 * len(gc.get_objects(2)))  # of the tests, too
    idle.touched()
    make_garbage(2 * collector.ENOUGH)
    begun.look()
    begun.look()
    assert [generation for generation, _thread in collected] == [1], "somebody was there a moment ago"
    clock.move_on(collector.QUIET_S)
    begun.look()
    begun.look()
    assert [generation for generation, _thread in collected] == [1, 2], "and once, until there is something new"


def test_more_than_can_be_looked_through_in_one_piece_waits_until_somebody_has_left(
    begun: Collector, idle: Idle, clock: StandingClock, collected: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "ALL_EVERY_S", 0.0)
    monkeypatch.setattr(collector, "WORTH_ALL", 0)
    monkeypatch.setattr(collector, "MOST_THINGS", len(gc.get_objects(2)) - 1)
    clock.move_on(collector.QUIET_S)
    begun.look()
    assert not collected
    monkeypatch.setattr(collector, "MOST_THINGS", 10 * len(gc.get_objects(2)))
    begun.look()
    assert [generation for generation, _thread in collected] == [2], "the control: so many may be"


@pytest.mark.parametrize("is_left", [True, False])
def test_what_was_somebodys_is_let_go_once_they_have_left_and_nobody_has_come(
    work: Work, idle: Idle, owner: QObject, monkeypatch: pytest.MonkeyPatch, is_left: bool
) -> None:
    monkeypatch.setattr(collector, "QUIET_S", 0.0)
    made = Collector(work, idle, lambda: is_left, owner)
    theirs: list[object] = [Knot()]
    gone = weakref.ref(theirs[0])
    gc.collect()  # it has outlived this, and is not young any more
    theirs.clear()
    make_garbage(2 * collector.ENOUGH)
    made.look()
    assert gone() is not None, "the control: what is young alone was looked through"
    made.somebody_left()
    made.look()
    assert (gone() is None) is is_left


def test_a_window_is_collected_behind_from_its_first_painting_on(
    make_application: MakeApplication, demo_copy: Copy, clock: StandingClock, qtbot: QtBot, collected: Told
) -> None:
    gc.enable()
    made = make_application(Beginning(vault=demo_copy.path, custody=demo_copy.custody), lambda _: demo_copy.open(clock))
    made.start()
    with qtbot.waitSignal(made.painted, timeout=WAIT_MS):
        pass
    assert not gc.isenabled()
    collected.clear()
    made.work.submit(made, lambda: make_garbage(2 * collector.ENOUGH))
    qtbot.waitUntil(lambda: bool(collected), timeout=WAIT_MS)
    assert {thread for _generation, thread in collected} == {threading.main_thread()}
