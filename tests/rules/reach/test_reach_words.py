"""A template is words with five fields and no program; what is merged into it stays text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.errors import BadInput
from rapportdesk.model.message import TemplateWords
from rapportdesk.rules.reach.reach_words import FIELDS, fields_of, merge, values_for, words_for
from tests.rules.invented import appointment, person

EVERY = {name: f"<{name}>" for name in FIELDS}
START = dt.datetime(2026, 11, 24, 14, 30, tzinfo=dt.UTC)
ENGLISH, WELSH = (TemplateWords(language=each, subject="s", text="t") for each in ("en", "cy"))


def test_fields_are_filled_and_doubled_braces_are_braces() -> None:
    assert merge("Dear {called}, {{no field} {clinic}", EVERY) == "Dear <called>, {no field} <clinic>"


@pytest.mark.parametrize(
    "text",
    ["{name}", "{called", "{ called}", "{called!r}", "{called.__class__}", "{called[0]}", "{0}", "{}", "{CALLED}"],
)
def test_whatever_else_stands_in_a_brace_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        fields_of(text)
    with pytest.raises(BadInput):
        merge(text, EVERY)


@given(called=st.text(), clinic=st.text())
def test_what_is_merged_is_never_merged_into_again(called: str, clinic: str) -> None:
    assert merge("{called}|{clinic}", {"called": called, "clinic": clinic}) == f"{called}|{clinic}"


@given(text=st.text(alphabet="{}abcdeiltcn $%#<>&\n", max_size=40))
def test_no_text_does_anything_but_merge_or_be_refused(text: str) -> None:
    try:
        fields = fields_of(text)
    except BadInput:
        return
    assert set(fields) <= set(FIELDS)
    merged = merge(text, EVERY)
    assert all(f"<{name}>" in merged for name in fields)


def test_a_message_about_a_visit_is_not_written_without_one() -> None:
    values = values_for(person(), None, "Cwm Road", "en", dt.UTC)
    with pytest.raises(BadInput, match="names a visit"):
        merge("on {day}", values)


@pytest.mark.parametrize(
    ("language", "day", "time"),
    [("en", "Tuesday 24 November 2026", "14:30"), ("de", "Dienstag, 24. November 2026", "14:30"),
     ("cy", "Dydd Mawrth, 24 Tachwedd 2026", "14:30"), ("xx", "Tuesday 24 November 2026", "14:30")],
)  # fmt: skip
def test_dates_are_written_as_the_language_writes_them(language: str, day: str, time: str) -> None:
    values = values_for(person(), appointment(START), "Cwm Road", language, dt.UTC)
    assert (values["day"].replace("Tuesday,", "Tuesday"), values["time"]) == (day, time)


@pytest.mark.parametrize(
    ("spoken", "words", "theirs"),
    [
        (("Welsh", "English"), WELSH, True),
        (("Cymraeg",), WELSH, True),
        (("cy",), WELSH, True),
        (("Arabic", "Welsh"), WELSH, True),
        (("Arabic",), ENGLISH, False),
        ((), ENGLISH, True),
    ],
)
def test_the_words_are_in_the_language_they_like_best(
    spoken: tuple[str, ...], words: TemplateWords, theirs: bool
) -> None:
    assert words_for(person(languages=spoken), (ENGLISH, WELSH)) == (words, theirs)
