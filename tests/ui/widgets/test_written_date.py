"""Days as they are typed at a counter."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.look.dates import long_date, short_date
from ui.widgets.written_date import read_date

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    "typed",
    ["14/3/1958", "14.3.58", "14 Mar 1958", "14th March 1958", "March 14 1958", "march 14, 1958", "1958-03-14",
     "140358", "14031958", "19580314", " 14 / 03 / 1958 ", "14-3-58", "14 3 1958", "03/14/1958"],
)  # fmt: skip
def test_a_day_is_taken_however_it_was_typed(typed: str) -> None:
    assert read_date(typed, TODAY) == dt.date(1958, 3, 14)


@pytest.mark.parametrize(
    "typed", ["", "hello", "14/3", "31/2/1958", "14 M 1958", "99/99/99", "1958", "1/2/345", "0/0/0"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_date(typed, TODAY) is None


def test_where_both_orders_are_possible_the_readers_own_decides() -> None:
    assert read_date("3/4/1958", TODAY) == dt.date(1958, 4, 3)


def test_nobody_is_born_after_today() -> None:
    assert read_date("1/1/26", TODAY) == dt.date(2026, 1, 1)
    assert read_date("1/1/27", TODAY) == dt.date(1927, 1, 1)
    assert read_date("1/1/27", TODAY, future=True) == dt.date(2027, 1, 1)


@given(st.dates(dt.date(1900, 1, 1), TODAY))
def test_what_the_window_writes_it_reads_back(day: dt.date) -> None:
    assert read_date(long_date(day), TODAY) == day
    assert read_date(short_date(day), TODAY) == day


@given(st.text(max_size=80))
def test_any_text_is_taken_or_left(text: str) -> None:
    read = read_date(text, TODAY)
    assert read is None or isinstance(read, dt.date)
