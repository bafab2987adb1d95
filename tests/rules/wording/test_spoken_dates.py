"""Dates are understood as people say them, and nothing that may be something else is taken for one."""

import datetime as dt
import gettext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.language import use_translations
from rapportdesk.rules.wording.spoken_dates import find_date
from tests.rules.invented import TODAY


@pytest.mark.parametrize(
    ("said", "day", "time"),
    [
        ("today", "2026-11-20", None),
        ("tomorrow", "2026-11-21", None),
        ("by Tuesday", "2026-11-24", None),
        ("on friday", "2026-11-27", None),
        ("next Monday at 4pm", "2026-11-23", "16:00"),
        ("by Sat", "2026-11-21", None),
        ("3 March", "2027-03-03", None),
        ("the 3rd of March", "2027-03-03", None),
        ("March 3, 2028", "2028-03-03", None),
        ("20 November", "2026-11-20", None),
        ("19 Nov", "2027-11-19", None),
        ("29 February", "2028-02-29", None),
        ("in 3 days", "2026-11-23", None),
        ("in a week", "2026-11-27", None),
        ("in 2 weeks", "2026-12-04", None),
        ("2026-12-01", "2026-12-01", None),
        ("by 11:00", "2026-11-20", "11:00"),
        ("before 9.30am tomorrow", "2026-11-21", "09:30"),
        ("by 12am", "2026-11-20", "00:00"),
        ("at 12 p.m.", "2026-11-20", "12:00"),
        ("Tuesday, or by Thursday at the latest", "2026-11-26", None),
    ],
)
def test_a_date_is_understood(said: str, day: str, time: str | None) -> None:
    found = find_date(f"send it {said}", TODAY)
    assert found is not None
    assert found.day == dt.date.fromisoformat(day)
    assert found.time == (dt.time.fromisoformat(time) if time else None)


@pytest.mark.parametrize(
    "said",
    ["a chair in the sun", "she sat down", "3/4", "pay 4.30", "ring 01970 555 218", "31 February", "2026-13-01",
     "room 12", "may ring", "Mondayish", "in 0 minutes", ""],
)  # fmt: skip
def test_what_is_no_date_is_left_alone(said: str) -> None:
    assert find_date(said, TODAY) is None


def test_the_words_of_the_date_are_found_with_their_preposition() -> None:
    text = "send the letter by Tuesday at 11:00 please"
    found = find_date(text, TODAY)
    assert found is not None
    assert text[found.start : found.end] == "by Tuesday at 11:00"


PIECES = st.sampled_from(["by", "in", "3", "9999", "weeks", "March", "11:00", "Frİday"])


@settings(max_examples=1000)
@given(st.text() | st.lists(PIECES).map(" ".join), st.dates())
def test_any_text_on_any_day_is_read_without_an_error(text: str, today: dt.date) -> None:
    found = find_date(text, today)
    assert found is None or 0 <= found.start < found.end <= len(text)


def test_dates_are_understood_in_the_language_that_is_spoken() -> None:
    class Welsh(gettext.NullTranslations):
        def info(self) -> dict[str, str]:
            return {"language": "cy"}

        def gettext(self, message: str) -> str:
            return {"by|on|at|before|until": "erbyn|ar", "tomorrow": "yfory"}.get(message, message)

    assert find_date("erbyn dydd Mawrth", TODAY) is None
    use_translations(Welsh())
    try:
        found = find_date("anfon erbyn Dydd Mawrth", TODAY)
        assert found is not None
        assert found.day == dt.date(2026, 11, 24)
        tomorrow = find_date("yfory", TODAY)
        assert tomorrow is not None
        assert tomorrow.day == dt.date(2026, 11, 21)
        assert find_date("by Tuesday", TODAY) is not None
    finally:
        use_translations(gettext.NullTranslations())
