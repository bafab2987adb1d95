"""The day is asked for a card at a time: nobody who types, turns on or leaves waits for the whole of it."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from rapportdesk.desk.search.search import Search
from rapportdesk.desk.session import Session
from rapportdesk.errors import RapportError, VaultFault
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Day, SearchResults
from rapportdesk.rules.known import Known
from tests.ui.counter import Counter
from tests.ui.keys import CTRL, Key, press, type_in
from ui.start.application import Application
from ui.today.today import TodayScreen
from ui.work import Work


class Cards:
    """Stops the worker in the first card of a day until `go_on`; notes what was asked of the desk, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self._reached, self._go = threading.Event(), threading.Event()
        known, search = Session.known, Search.__call__

        def stopped(session: Session, patient: PatientId) -> Known:
            self.asked.append("card")
            self._reached.set()
            assert self._go.wait(10)
            return known(session, patient)

        def noted(desk_search: Search, text: str, **how: Any) -> SearchResults:
            self.asked.append("search")
            return search(desk_search, text, **how)

        monkeypatch.setattr(Session, "known", stopped)
        monkeypatch.setattr(Search, "__call__", noted)

    def first(self) -> None:
        """Wait until the worker is in the first card."""
        assert self._reached.wait(10)

    def go_on(self) -> None:
        """Stop nobody any more."""
        self._go.set()


@pytest.fixture
def cards(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cards]:
    counter.settle()
    made = Cards(monkeypatch)
    yield made
    made.go_on()


def test_a_letter_waits_for_one_card_of_the_day(counter: Counter, cards: Cards) -> None:
    press(Key.Key_K, CTRL)
    counter.today.refresh()
    cards.first()
    type_in("x")
    cards.go_on()
    counter.settle()
    assert cards.asked[:2] == ["card", "search"]
    assert len(cards.asked) > len(counter.desk.today.day().rows), "the day was not asked for to its end"


def test_another_day_does_not_wait_for_the_one_before(
    counter: Counter, cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Day] = []
    show_day = TodayScreen.show_day

    def noted(today: TodayScreen, day: Day) -> None:
        shown.append(day)
        show_day(today, day)

    monkeypatch.setattr(TodayScreen, "show_day", noted)
    counter.today.refresh()
    cards.first()
    counter.today.go(1)
    tomorrow = counter.today.date
    cards.go_on()
    counter.settle()
    assert [day.date for day in shown] == [tomorrow]


def test_a_day_that_is_asked_for_comes_though_the_one_before_is_painted_anew(counter: Counter, cards: Cards) -> None:
    counter.today.refresh()
    cards.first()
    counter.today.go(1)
    counter.today.fold_earlier()
    cards.go_on()
    counter.settle()
    assert counter.today.day is not None
    assert counter.today.day.date == counter.today.date


def test_the_error_of_a_day_is_said_once_unless_it_was_left_and_the_next_one_comes(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.settle()
    work, problems = counter.shell.tools.work, list[RapportError]()
    work.problem.connect(problems.append)
    known = Session.known
    reached, go = threading.Event(), threading.Event()

    def fails(_session: Session, _patient: PatientId) -> Known:
        reached.set()
        assert go.wait(10)
        raise VaultFault("It cannot be read.")

    monkeypatch.setattr(Session, "known", fails)
    counter.today.refresh()
    assert reached.wait(10)
    monkeypatch.setattr(Session, "known", known)
    counter.today.go(1)
    go.set()
    counter.settle()
    assert problems == []
    assert counter.today.day is not None
    assert counter.today.day.date == counter.today.date
    monkeypatch.setattr(Session, "known", fails)
    counter.today.refresh()
    counter.settle()
    assert [str(each) for each in problems] == ["It cannot be read."]
    monkeypatch.setattr(Session, "known", known)
    counter.today.go_to_today()
    counter.settle()
    clock = counter.shell.tools.clock
    assert counter.today.day.date == clock.local(clock.now()).date()


def test_whoever_locks_in_the_middle_of_it_has_no_further_card_opened(
    counter: Counter, cards: Cards, application: Application, settle: Callable[[Work], None]
) -> None:
    counter.today.refresh()
    cards.first()
    application.lock()
    cards.go_on()
    settle(application.work)
    assert application.shell is None
    assert cards.asked == ["card"]
