"""A save waits for one step of long work at most; long work that is left clears away after itself, on the worker."""

import threading
from collections.abc import Callable, Generator, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from tests.store.clinic import MORNING
from ui.bring_in.stepping import MOST_STEPS, Aside, Stepping
from ui.work import Work

Settle = Callable[[Work], None]


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    made = Work()
    yield made
    made.close()
    qtbot.waitUntil(lambda: made.idle)


class LongWork:
    """Counts its own steps; at one of them somebody saves."""

    def __init__(self, work: Work, *, saves_at: int, steps: int = 10 * MOST_STEPS, yields: bool = True) -> None:
        self.work, self.saves_at, self.steps, self.yields = work, saves_at, steps, yields
        self.done = 0
        self.saved_after = -1
        self.closed_on: threading.Thread | None = None

    def begin(self) -> Generator[tuple[int, int], None, int]:
        try:
            for _ in range(self.steps):
                self.done += 1
                if self.done == self.saves_at:
                    self.work.submit(self.work, self.save)
                if self.yields:
                    yield self.done, self.steps
            return self.done
        finally:
            self.closed_on = threading.current_thread()

    def save(self) -> None:
        self.saved_after = self.done


def run(work: Work, long: LongWork, settle: Settle) -> list[int]:
    answers: list[int] = []
    Stepping(work, StandingClock(MORNING), work, long.begin, answers.append, lambda _error: None)
    settle(work)
    return answers


def test_a_save_waits_for_the_step_in_which_it_came(work: Work, settle: Settle) -> None:
    long = LongWork(work, saves_at=100)
    assert run(work, long, settle) == [long.steps]
    assert long.saved_after == 100


def test_control_work_that_never_yields_keeps_a_save_waiting_to_its_end(work: Work, settle: Settle) -> None:
    long = LongWork(work, saves_at=100, yields=False)
    assert run(work, long, settle) == [long.steps]
    assert long.saved_after == long.steps


def test_two_pieces_of_long_work_take_turns_and_a_save_goes_before_both(work: Work, settle: Settle) -> None:
    first, second = LongWork(work, saves_at=70), LongWork(work, saves_at=-1)
    for long in (first, second):
        Stepping(work, StandingClock(MORNING), work, long.begin, lambda _done: None, lambda _error: None)
    settle(work)
    assert first.saved_after == 70


@pytest.mark.parametrize("by_leaving", [True, False])
def test_left_at_any_moment_it_takes_no_step_more_and_clears_away_on_the_worker(
    work: Work, settle: Settle, by_leaving: bool
) -> None:
    long, owner = LongWork(work, saves_at=-1), QObject()
    running = Stepping(work, StandingClock(MORNING), owner, long.begin, lambda _done: None, lambda _error: None)
    heard: list[int] = []

    def leave(done: int, _total: int) -> None:
        heard.append(done)
        if by_leaving:
            running.leave()
        else:
            owner.deleteLater()
            QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete)

    running.progressed.connect(leave)
    settle(work)
    assert heard == [MOST_STEPS]
    assert long.done <= 2 * MOST_STEPS
    assert long.closed_on is not None
    assert long.closed_on is not threading.main_thread()


def test_left_before_its_first_slice_it_never_begins(work: Work, settle: Settle) -> None:
    long, gate = LongWork(work, saves_at=-1), threading.Event()
    work.submit(work, gate.wait)
    running = Stepping(work, StandingClock(MORNING), work, long.begin, lambda _done: None, lambda _error: None)
    running.leave()
    gate.set()
    settle(work)
    assert long.done == 0


def test_what_waits_aside_ends_on_the_windows_thread_though_nobody_wants_to_know_any_more(qtbot: QtBot) -> None:
    ended: list[threading.Thread] = []
    gate = threading.Event()
    aside = Aside(lambda: _end_with(None if gate.wait() else KeyError("never")))
    aside.destroyed.connect(lambda: ended.append(threading.current_thread()), Qt.ConnectionType.DirectConnection)
    aside.begin()
    del aside
    assert ended == []
    gate.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.main_thread()]


def test_whoever_waits_aside_is_told_how_it_ended(qtbot: QtBot) -> None:
    told: list[object] = []
    for each in (None, KeyError("a bug")):
        aside = Aside(partial(_end_with, each))
        aside.came.connect(told.append)
        with qtbot.waitSignal(aside.came):
            aside.begin()
        assert told.pop() is each


def _end_with(error: Exception | None) -> None:
    if error is not None:
        raise error
