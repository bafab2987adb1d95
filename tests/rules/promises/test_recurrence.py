"""A promise that recurs is due again on the right day, always after today, and says how often in words."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.rules.promises.recurrence import FREQUENCIES, Every, next_due, recurrence_words
from tests.rules.invented import TODAY

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))
EVERY = st.builds(
    Every,
    freq=st.sampled_from(sorted(FREQUENCIES.values())),
    interval=st.integers(1, 99),
) | st.builds(
    Every, freq=st.just(FREQUENCIES["week"]), interval=st.integers(1, 9),
    weekdays=st.lists(st.integers(0, 6), min_size=1, unique=True).map(lambda days: tuple(sorted(days))),
)  # fmt: skip


def fridays(every: int = 1, until: dt.date | None = None) -> str:
    return Every(freq=FREQUENCIES["week"], interval=every, weekdays=(4,)).from_on(dt.date(2026, 11, 27), until)


@given(EVERY, DAYS, st.integers(0, 4000))
def test_the_next_one_lies_after_today_and_after_this_one(every: Every, begins: dt.date, days: int) -> None:
    recurs = every.from_on(begins)
    today = begins + dt.timedelta(days=days)
    following = next_due(recurs, begins, today)
    assert following is not None
    assert following > max(begins, today)
    if every.weekdays:
        assert following.weekday() in every.weekdays
    assert next_due(recurs, following, begins) != following


@given(EVERY, DAYS)
def test_putting_one_off_moves_none_that_follow(every: Every, begins: dt.date) -> None:
    recurs = every.from_on(begins)
    second = next_due(recurs, begins, begins)
    assert second is not None
    if second > begins + dt.timedelta(days=1):
        assert next_due(recurs, begins + dt.timedelta(days=1), begins) == second


def test_what_was_late_is_not_made_up_for() -> None:
    assert next_due(fridays(), dt.date(2026, 11, 27), dt.date(2027, 1, 6)) == dt.date(2027, 1, 8)


def test_what_is_ticked_early_is_due_again_after_its_own_day() -> None:
    assert next_due(fridays(2), dt.date(2026, 11, 27), dt.date(2026, 11, 20)) == dt.date(2026, 12, 11)


def test_a_series_ends_and_once_is_once() -> None:
    assert next_due(fridays(until=dt.date(2026, 12, 4)), dt.date(2026, 11, 27), TODAY) == dt.date(2026, 12, 4)
    assert next_due(fridays(until=dt.date(2026, 12, 4)), dt.date(2026, 12, 4), TODAY) is None
    assert next_due("", TODAY, TODAY) is None


def test_the_31st_of_every_month_is_the_last_day_of_shorter_ones() -> None:
    recurs = Every(freq=FREQUENCIES["month"]).from_on(dt.date(2026, 1, 31))
    days = [dt.date(2026, 1, 31)]
    while len(days) < 5:
        following = next_due(recurs, days[-1], days[-1])
        assert following is not None
        days.append(following)
    assert [(day.month, day.day) for day in days] == [(1, 31), (2, 28), (3, 31), (4, 30), (5, 31)]


@pytest.mark.parametrize(
    ("recurs", "words"),
    [
        ("", ""),
        (fridays(), "every Friday"),
        (fridays(2), "every 2 weeks on Friday"),
        (fridays(until=dt.date(2027, 3, 5)), "every Friday until 5 March 2027"),
        (Every(freq=FREQUENCIES["day"]).from_on(TODAY), "every day"),
        (Every(freq=FREQUENCIES["week"], interval=2).from_on(TODAY), "every 2 weeks"),
        (Every(freq=FREQUENCIES["month"], interval=3).from_on(dt.date(2026, 1, 31)), "every 3 months"),
        (Every(freq=FREQUENCIES["year"]).from_on(TODAY), "every year"),
        (Every(freq=FREQUENCIES["week"], weekdays=(0, 1, 2, 3, 4)).from_on(TODAY), "every weekday"),
        (Every(freq=FREQUENCIES["week"], weekdays=(3, 0)).from_on(TODAY), "every Monday and Thursday"),
    ],
)
def test_how_often_is_said_in_words(recurs: str, words: str) -> None:
    assert recurrence_words(recurs, TODAY) == words
