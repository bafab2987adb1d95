"""Any text is a query: what is no filter is words, and nothing that is typed raises."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.search.query import Promised, Query, parse
from rapportdesk.desk.search.query_names import filter_names, read_query
from rapportdesk.model.note import NoteKind

TODAY = dt.date(2026, 11, 20)
HOBBY, WITH_LEEKS = (NoteKind.HOBBY,), ("leeks",)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Query()),
        ("nia prydderch", Query(words=("nia", "prydderch"))),
        ("hobby:leeks", Query(kinds=HOBBY, words=WITH_LEEKS)),
        ("kind:hobby leeks", Query(kinds=HOBBY, words=WITH_LEEKS)),
        ("leeks kind:hob", Query(kinds=HOBBY, words=WITH_LEEKS)),
        ("Hobby:", Query(kinds=HOBBY)),
        ('hobby:"table tennis"', Query(kinds=HOBBY, words=("table tennis",))),
        ("please-dont:huw", Query(kinds=(NoteKind.PLEASE_DONT,), words=("huw",))),
        ('kind:"Please don’t"', Query(kinds=(NoteKind.PLEASE_DONT,))),
        ("kind:please", Query(kinds=(NoteKind.PLEASE_DO, NoteKind.PLEASE_DONT))),
        ("kind:hobby kind:question", Query(kinds=(NoteKind.HOBBY, NoteKind.QUESTION))),
        ('"large print"', Query(phrases=("large print",))),
        ("“large print” letters", Query(phrases=("large print",), words=("letters",))),
        ('"large pri', Query(phrases=("large pri",))),
        ("topic:money rent", Query(topics=("money",), words=("rent",))),
        ("person:nia @prydderch", Query(people=("nia", "prydderch"))),
        ('person:"van der Berg"', Query(people=("van der Berg",))),
        ("since:1/3/2026", Query(since=dt.date(2026, 3, 1))),
        ('until:"1 March 2026"', Query(until=dt.date(2026, 3, 1))),
        ("on:14/3", Query(since=dt.date(2026, 3, 14), until=dt.date(2026, 3, 14))),
        ("on:24/12", Query(since=dt.date(2025, 12, 24), until=dt.date(2025, 12, 24))),
        ("on:yesterday", Query(since=dt.date(2026, 11, 19), until=dt.date(2026, 11, 19))),
        ("on:2025", Query(since=dt.date(2025, 1, 1), until=dt.date(2025, 12, 31))),
        ("on:03/2025", Query(since=dt.date(2025, 3, 1), until=dt.date(2025, 3, 31))),
        ("promised:overdue", Query(promised=Promised.OVERDUE)),
        ("promised:Open letter", Query(promised=Promised.OPEN, words=("letter",))),
        # no filters, and so words
        ("promised:never", Query(words=("promised:never",))),
        ("kind:xyz", Query(words=("kind:xyz",))),
        ("since:soon", Query(words=("since:soon",))),
        ("on:31/2/2025", Query(words=("on:31/2/2025",))),
        ("https://example.org", Query(words=("https://example.org",))),
        ("nia@example.org", Query(words=("nia@example.org",))),
        ("9:30", Query(words=("9:30",))),
        ("kind: topic:", Query(words=("kind:", "topic:"))),
        ('""', Query()),
        ("@", Query(words=("@",))),
    ],
)
def test_a_text_is_read_as_it_was_meant(text: str, asked: Query) -> None:
    assert read_query(text, TODAY) == asked


PIECES = st.sampled_from(
    ['"', "“", "hobby:", "kind:", "kind:hobby", "topic:", "@", "person:", "since:", "on:", "until:1/3/2026",
     "promised:", "promised:kept", ":", "::", "leeks", "large", " ", "-", "\x00", "\ud800", "9999", "0/0/0",
     "31/12/9999", "Ł"]
)  # fmt: skip
TYPED = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))


@given(TYPED)
def test_no_text_raises_and_the_same_text_is_read_the_same(text: str) -> None:
    asked = read_query(text, TODAY)
    assert read_query(text, TODAY) == asked
    assert len(asked.words) <= 16
    assert all(asked.words)
    assert asked.since is None or asked.since <= dt.date(2101, 1, 1)


@given(st.lists(st.text("abcdefgłøé", min_size=1, max_size=8), max_size=6))
def test_words_without_a_colon_a_quote_or_an_at_are_words(words: list[str]) -> None:
    assert parse(" ".join(words), filter_names(), TODAY) == Query(words=tuple(words))


@given(TYPED, st.sampled_from(["hobby:", "kind:question", "promised:open", "@nia", "on:1/3/2026"]))
def test_a_filter_stays_one_whatever_stands_before_it(text: str, last: str) -> None:
    closed = text.replace('"', "").translate(str.maketrans("“”„«»", "     "))
    assert read_query(f"{closed[:300]} {last}", TODAY).has_filter
