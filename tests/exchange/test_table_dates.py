"""No date is read in an order that nobody said and nothing decides."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.exchange import DateOrder
from rapportdesk.exchange.columns import Field, header_key
from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.table_dates import day_of, moment_of, seen_in, time_of
from tests.exchange.samples import LONDON

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
PATTERNS = {DateOrder.DAY_FIRST: "{d}{s}{m}{s}{y}", DateOrder.MONTH_FIRST: "{m}{s}{d}{s}{y}"}


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from(list(DateOrder)), st.sampled_from("/.- "))
def test_whatever_is_written_in_one_order_is_read_in_it_or_asked(days: list[dt.date], order: DateOrder, s: str) -> None:
    written = [PATTERNS[order].format(d=day.day, m=day.month, y=day.year, s=s) for day in days]
    seen = seen_in(written)
    assert seen.decided in (order, None)
    assert [day_of(cell, order, "x") for cell in written] == days
    if seen.decided is None:
        assert seen.unknown is any(day.day != day.month for day in days)
        for cell, day in zip(written, days, strict=True):
            if day.day != day.month:
                with pytest.raises(Unreadable) as caught:
                    day_of(cell, None, "x")
                assert caught.value.fault is Fault.DATE_ORDER


@given(st.text(max_size=24))
def test_any_cell_is_a_day_nothing_or_a_fault(cell: str) -> None:
    for read in (lambda: day_of(cell, DateOrder.DAY_FIRST, "x"), lambda: time_of(cell, "x")):
        with contextlib.suppress(Unreadable):
            assert read() is None or cell.strip()


@pytest.mark.parametrize(
    "written",
    ["13/25/1958", "31.06.2026", "0/1/2026", "1/2/3/4", "2026-13-01", "14 Foo 1958", "21258", "1958314", "195803"],
)
def test_a_day_in_no_calendar_is_a_fault_in_either_order(written: str) -> None:
    for order in DateOrder:
        with pytest.raises(Unreadable):
            day_of(written, order, "x")


def test_an_order_that_is_said_is_never_turned_round_for_one_date() -> None:
    assert day_of("25/03/1958", DateOrder.DAY_FIRST, "x") == dt.date(1958, 3, 25)
    with pytest.raises(Unreadable):
        day_of("25/03/1958", DateOrder.MONTH_FIRST, "x")


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        ("21/07/2026 09:30", 8, 30),
        ("21/07/2026, 9:30 AM", 8, 30),
        ("Tue 21/07/2026 09.30", 8, 30),
        ("2026-07-21T09:30", 8, 30),
        ("2026-07-21T09:30:00Z", 9, 30),
        ("2026-07-21 09:30:00-04:00", 13, 30),
        ("21 July 2026 at 2:05 pm", 13, 5),
    ],
)
def test_a_moment_is_the_practices_unless_it_says_its_offset(written: str, hour: int, minute: int) -> None:
    assert moment_of(written, DateOrder.DAY_FIRST, LONDON, "x") == dt.datetime(2026, 7, 21, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize("written", ["14", "9.5", "25:00", "9:60", "noon", "09:30 Uhr", "12345", "1"])
def test_what_may_be_no_time_of_day_is_a_fault(written: str) -> None:
    with pytest.raises(Unreadable):
        time_of(written, "x")


@pytest.mark.parametrize(
    ("written", "time"),
    [("930", dt.time(9, 30)), ("0930", dt.time(9, 30)), ("9.30", dt.time(9, 30)), ("2 pm", dt.time(14)), ("", None)],
)
def test_a_time_of_day_is_read_however_it_is_written(written: str, time: dt.time | None) -> None:
    assert time_of(written, "x") == time


def test_a_day_without_a_time_is_no_moment() -> None:
    assert moment_of("2026-07-21", None, LONDON, "x") is None
    assert moment_of("21/07/2026", DateOrder.DAY_FIRST, LONDON, "x") is None


@pytest.mark.parametrize("field", list(Field))
def test_every_field_has_words_for_a_person(field: Field) -> None:
    assert field.words
    assert field.words != field.value


def test_headers_are_compared_without_case_spaces_and_signs() -> None:
    assert header_key("Date_of  BIRTH:") == header_key("date of birth") == "date of birth"
