"""A life event's day is read off its words, and recurs when it is past or said to."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.note import NoteKind
from rapportdesk.rules.card.life_events import when_it_is
from tests.rules.invented import TODAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wedding anniversary, 22 May", (dt.date(2027, 5, 22), True)),
        ("Huw’s day, 4 May 2025", (dt.date(2025, 5, 4), True)),
        ("Moves house on 3 December", (dt.date(2026, 12, 3), False)),
        ("Every year on 3 December she visits the grave", (dt.date(2026, 12, 3), True)),
        ("Has a new grandson", (None, False)),
        ("The school bus comes at 9:30", (None, False)),
    ],
)
def test_the_day_is_read_off_the_words(text: str, expected: tuple[dt.date | None, bool]) -> None:
    assert when_it_is(NoteKind.LIFE_EVENT, text, TODAY) == expected


@given(st.text(), st.sampled_from([kind for kind in NoteKind if kind is not NoteKind.LIFE_EVENT]))
def test_no_other_kind_has_a_day(text: str, kind: NoteKind) -> None:
    assert when_it_is(kind, f"{text} 22 May 2020", TODAY) == (None, False)


@given(st.text())
def test_any_words_are_taken(text: str) -> None:
    day, yearly = when_it_is(NoteKind.LIFE_EVENT, text, TODAY)
    assert day is not None or not yearly
