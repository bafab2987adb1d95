"""Answers come back in order, on the window's thread, and only to whoever is still there."""

import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from pytestqt.qtbot import QtBot

from rapportdesk.errors import NotFound, RapportError, VaultFault
from ui.work import LET_GO_AFTER_S, Broken, Work

Settle = Callable[[Work], None]


@pytest.fixture
def work(qtbot: QtBot) -> Iterator[Work]:
    made = Work()
    yield made
    made.close()
    qtbot.waitUntil(lambda: made.idle)


def test_answers_come_in_the_order_of_asking_and_on_the_windows_thread(work: Work, settle: Settle) -> None:
    answers: list[tuple[int, threading.Thread]] = []
    ran: list[threading.Thread] = []

    def run(number: int) -> int:
        ran.append(threading.current_thread())
        return number

    for number in range(50):
        work.submit(work, partial(run, number), lambda n: answers.append((n, threading.current_thread())))
    assert answers == [], "an answer came before asking was over"
    settle(work)
    assert [number for number, _thread in answers] == list(range(50))
    assert {thread for _number, thread in answers} == {threading.main_thread()}
    assert len(set(ran)) == 1
    assert threading.main_thread() not in ran


def test_nothing_waits_for_a_worker_that_has_ended(work: Work, settle: Settle) -> None:
    done: list[str] = []
    work.submit(work, lambda: done.append("before"))
    work.close()
    work.submit(work, lambda: done.append("after"))
    settle(work)
    assert done == ["before"]


def test_an_owner_that_is_gone_gets_no_call(work: Work, settle: Settle) -> None:
    heard: list[str] = []
    gone, there = QObject(), QObject()
    gate = threading.Event()
    work.submit(work, gate.wait)
    work.submit(gone, lambda: "gone", heard.append)
    work.submit(there, lambda: "there", heard.append)
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    gate.set()
    settle(work)
    assert heard == ["there"]


class Box(QObject):
    """One of ours, as every screen is: PySide ends those on whichever thread lets go of them last."""


class Threads:
    """On which threads objects of Qt's ended."""

    def __init__(self) -> None:
        self.seen: list[threading.Thread] = []

    def watch(self, each: QObject) -> None:
        """Note where it ends."""
        each.destroyed.connect(lambda: self.seen.append(threading.current_thread()), Qt.ConnectionType.DirectConnection)


def test_the_control_ends_on_the_thread_that_lets_go_of_it(qtbot: QtBot) -> None:
    threads, held = Threads(), [Box()]
    threads.watch(held[0])
    letting_go = threading.Thread(target=held.clear)
    letting_go.start()
    letting_go.join()
    assert threads.seen == [letting_go]


@pytest.mark.parametrize("way", ["answered", "failed", "bug", "overtaken", "owner gone", "cleared away"])
def test_the_worker_is_never_the_last_to_hold_what_was_asked(work: Work, qtbot: QtBot, way: str) -> None:
    threads, held, box = Threads(), threading.Event(), Box()
    threads.watch(box)

    def on_the_worker(_piece: object) -> None:
        held.wait()  # until the window's thread has dealt with it and let go: the worker's turn comes afterwards

    work._answered.connect(on_the_worker, Qt.ConnectionType.DirectConnection)

    def run(box: Box = box) -> None:
        box.setObjectName("used")
        if way == "failed":
            raise NotFound("not there")
        if way == "bug":
            raise KeyError("a bug")

    def done(*_answer: object, _box: Box = box) -> None:
        """Take the answer."""

    if way == "cleared away":
        work.afterwards(run)
    else:
        work.submit(Box() if way == "owner gone" else box, run, done, done, key="key")
    if way == "overtaken":
        work.submit(work, lambda: None, key="key")
    del box, run, done
    try:
        qtbot.waitUntil(lambda: bool(threads.seen))
    finally:
        held.set()
    qtbot.waitUntil(lambda: work.idle)
    assert threads.seen == [threading.main_thread()]


def test_after_forget_nothing_asked_before_is_answered_and_all_of_it_is_done(work: Work, settle: Settle) -> None:
    done: list[str] = []
    heard: list[str] = []
    work.submit(work, lambda: done.append("before"), lambda _none: heard.append("before"))
    work.forget()
    work.submit(work, lambda: done.append("after"), lambda _none: heard.append("after"))
    settle(work)
    assert done == ["before", "after"]
    assert heard == ["after"]


def test_between_two_pieces_the_window_hears_what_was_pressed(work: Work, settle: Settle) -> None:
    heard: list[str] = []

    class Listens(QObject):
        def customEvent(self, _event: QEvent) -> None:  # noqa: N802  # Qt's own name
            heard.append("a key")

    listens = Listens()

    def first() -> None:
        heard.append("first")
        work.between(work, lambda: heard.append("second"))
        QCoreApplication.postEvent(listens, QEvent(QEvent.Type.User))

    work.between(work, first)
    assert not work.idle, "whoever waits for everything waits for it too"
    settle(work)
    assert heard == ["first", "a key", "second"]


def test_a_piece_is_not_done_when_its_owner_is_gone_or_everything_was_forgotten(work: Work, settle: Settle) -> None:
    heard: list[str] = []
    gone = QObject()
    work.between(gone, lambda: heard.append("gone"))
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    work.between(work, lambda: heard.append("there"))
    settle(work)
    assert heard == ["there"]
    work.between(work, lambda: heard.append("forgotten"))
    work.forget()
    settle(work)
    assert heard == ["there"]


def test_a_request_that_was_overtaken_is_not_answered(work: Work, settle: Settle) -> None:
    gate = threading.Event()
    ran: list[str] = []
    heard: list[str] = []

    def find(text: str) -> str:
        ran.append(text)
        return text

    work.submit(work, gate.wait)
    for letters in ("n", "ni", "nia"):
        work.submit(work, partial(find, letters), heard.append, key="search")
    gate.set()
    settle(work)
    assert ran == heard == ["nia"]


def test_an_error_for_people_comes_as_it_is(work: Work, settle: Settle) -> None:
    told: list[RapportError] = []
    fault = NotFound("Nobody.")

    def fail() -> None:
        raise fault

    work.submit(work, fail, failed=told.append)
    settle(work)
    assert told == [fault]


def test_an_error_that_nobody_takes_goes_to_the_message_bar(work: Work, settle: Settle, qtbot: QtBot) -> None:
    def fail() -> None:
        raise NotFound("Nobody.")

    with qtbot.waitSignal(work.problem) as told:
        work.submit(work, fail)
    assert isinstance(told.args[0], NotFound)
    settle(work)


def test_a_bug_is_told_without_a_word_of_what_it_was_about(work: Work, settle: Settle, qtbot: QtBot) -> None:
    told: list[RapportError] = []

    def fail() -> None:
        raise RuntimeError("Nia said that the leeks took second prize")

    with qtbot.waitSignal(work.bug) as bug:
        work.submit(work, fail, failed=told.append)
    settle(work)
    assert isinstance(bug.args[0], RuntimeError)
    assert [type(error) for error in told] == [Broken]
    assert "leeks" not in str(told[0])


def test_what_a_person_asks_goes_before_the_next_slice_of_long_work(work: Work, settle: Settle) -> None:
    done: list[str] = []
    gate = threading.Event()
    work.submit(work, gate.wait)
    for number in range(3):
        work.submit(work, partial(done.append, f"slice {number}"), long_work=True)
    work.submit(work, partial(done.append, "save"))
    work.submit(work, partial(done.append, "open"))
    gate.set()
    settle(work)
    assert done == ["save", "open", "slice 0", "slice 1", "slice 2"]


def test_what_is_cleared_away_is_done_on_the_worker_and_after_its_end_at_once(qtbot: QtBot) -> None:
    ran: list[threading.Thread] = []
    work = Work()
    work.afterwards(lambda: ran.append(threading.current_thread()))
    work.close()
    work.afterwards(lambda: ran.append(threading.current_thread()))
    assert ran[0] is not threading.main_thread()
    assert ran[1] is threading.main_thread()
    assert work.idle


def test_what_cannot_be_cleared_away_ends_no_worker(work: Work, settle: Settle) -> None:
    bugs: list[BaseException] = []
    answers: list[str] = []
    work.bug.connect(bugs.append)
    fault, bug = VaultFault("The disk gave way."), ValueError("a bug")

    def fail(error: Exception) -> None:
        raise error

    work.afterwards(partial(fail, fault))
    work.afterwards(partial(fail, bug))
    work.submit(work, lambda: "locked", answers.append)
    settle(work)
    assert answers == ["locked"]
    assert bugs == [bug]
    work.close()
    work.afterwards(partial(fail, bug))
    assert bugs == [bug, bug]


def test_beside_a_worker_that_computes_the_window_is_let_in_fifty_times_as_soon_as_python_would(work: Work) -> None:
    del work
    assert sys.getswitchinterval() == pytest.approx(LET_GO_AFTER_S)
    assert sys.getswitchinterval() * 50 == pytest.approx(0.005)


def _a_slice(work: Work, done: list[str], more: Callable[[], bool]) -> None:
    """Have slices of long work done one after the other, as long as there are more."""

    def again(_nothing: None) -> None:
        if more():
            _a_slice(work, done, more)

    work.submit(work, lambda: done.append("slice"), again, long_work=True)


def test_long_work_rests_while_somebody_types_and_goes_on_when_they_stop(
    work: Work, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.work.RESTS_S", 60.0)  # however slow the machine is, the next letter comes before
    monkeypatch.setattr("ui.work.RESTS_AT_MOST_S", 60.0)
    done: list[str] = []
    work.let_long_work_rest()
    _a_slice(work, done, lambda: False)
    for letter in range(20):
        work.let_long_work_rest()
        work.submit(work, partial(done.append, f"letter {letter}"))
        qtbot.waitUntil(lambda: done[-1:] == [f"letter {letter}"])  # noqa: B023  # waited for in its own turn
    assert "slice" not in done
    monkeypatch.setattr("ui.work.RESTS_S", 0.0)
    work.let_long_work_rest()
    work.submit(work, partial(done.append, "the last letter"))
    qtbot.waitUntil(lambda: done[-2:] == ["the last letter", "slice"])


def test_long_work_goes_on_slowly_under_whoever_never_stops_typing(
    work: Work, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.work.RESTS_AT_MOST_S", 0.1)
    done: list[str] = []
    work.let_long_work_rest()
    _a_slice(work, done, lambda: True)

    def letters() -> bool:
        work.let_long_work_rest()
        work.submit(work, partial(done.append, "letter"))
        return done.count("slice") >= 3

    qtbot.waitUntil(letters)
    assert done[0] == "letter"


def test_long_work_that_rests_does_not_keep_a_window_from_closing(work: Work) -> None:
    done: list[str] = []
    work.let_long_work_rest()
    work.submit(work, partial(done.append, "slice"), long_work=True)
    work.close()
    assert done == ["slice"]
