"""How often, said in a promise, makes it recur from the right day on; what only sounds like it does not."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.rules.promises.recurrence import next_due
from rapportdesk.rules.wording.quick_line import Promise, read_line
from rapportdesk.rules.wording.spoken_recurrence import find_recurrence
from tests.rules.invented import GWEN, TODAY

COLLEAGUES = ("Ana Ruiz", "Ben Morgan", "Dr Osei", "Gwen Lloyd")
WEEK = dt.timedelta(days=7)


def promise(text: str) -> Promise:
    made = read_line(f"promise: {text}", people=(GWEN,), colleagues=COLLEAGUES, today=TODAY).promise
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "kept", "due", "words"),
    [
        ("ring her every Friday", "ring her", TODAY + WEEK, "every Friday"),
        ("ring her every two weeks", "ring her", TODAY + 2 * WEEK, "every 2 weeks"),
        ("ring her every 2 weeks.", "ring her", TODAY + 2 * WEEK, "every 2 weeks"),
        ("ring her fortnightly", "ring her", TODAY + 2 * WEEK, "every 2 weeks"),
        ("ring every other Tuesday", "ring", dt.date(2026, 11, 24), "every 2 weeks on Tuesday"),
        (
            "post the list every Monday and Thursday",
            "post the list",
            dt.date(2026, 11, 23),
            "every Monday and Thursday",
        ),
        ("look in on him each weekday", "look in on him", dt.date(2026, 11, 23), "every weekday"),
        ("call monthly", "call", dt.date(2026, 12, 20), "every month"),
        ("call every week from 1 December", "call", dt.date(2026, 12, 1), "every week"),
        ("call every Friday from 1 December", "call", dt.date(2026, 12, 4), "every Friday"),
        ("call daily until 3 December", "call", dt.date(2026, 11, 21), "every day until 3 December"),
        ("every Friday send the menu", "every Friday send the menu", TODAY + WEEK, "every Friday"),
    ],
)
def test_how_often_is_understood(text: str, kept: str, due: dt.date, words: str) -> None:
    made = promise(text)
    assert (made.text, made.due, made.recurs_words) == (kept, due, words)
    assert next_due(made.recurs, due, TODAY) is not None


def test_the_time_of_day_stays_with_it() -> None:
    made = promise("ring every Friday at 9:30")
    assert (made.text, made.due, made.due_time, made.recurs_words) == (
        "ring", TODAY + WEEK, dt.time(9, 30), "every Friday",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["ask every time she comes", "everyday things", "ring every 0 weeks", "the weekly-paper", "each of them", "every"],
)
def test_what_only_sounds_like_it_makes_nothing_recur(text: str) -> None:
    assert promise(text).recurs == ""
    assert promise(text).text == text


def test_an_end_before_the_first_one_leaves_it_for_once() -> None:
    made = promise("ring fortnightly until Monday")
    assert (made.due, made.recurs) == (dt.date(2026, 11, 23), "")


@given(st.text(), st.integers(0, 999))
def test_any_text_is_read(text: str, count: int) -> None:
    for words in (text, f"every {text}", f"every {count} {text}", f"{text} every {count} weeks"):
        found = find_recurrence(words)
        assert found is None or 0 <= found.start < found.end <= len(words)
        read_line(f"promise: {words}", today=TODAY)


def test_an_at_name_of_one_colleague_makes_it_theirs() -> None:
    assert promise("ring about parking @ben by Tuesday").owner_name == "Ben Morgan"
    assert promise("ring about parking @ben by Tuesday").due == dt.date(2026, 11, 24)
    assert promise("ring about parking @nobody").owner_name == ""
    assert promise("ring @Gwen").owner_name == ""  # she is on the card, and that is who is meant
