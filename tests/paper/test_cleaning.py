"""Text stays as typed, and stays in its place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.paper.cleaning import PageText, clean, clean_paragraphs, shorten, without_surrogates

ANY_TEXT = st.text(st.characters(), max_size=80)  # surrogates included
DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    "text", ["# <b>$x$</b> @you *a* _b_ `c` \\", "Łukasz Nguyễn Thị Ệ ŵŷ", "علي حسن", "שרה", "李伟 🐕"]
)
def test_what_can_be_printed_stays_as_typed(text: str) -> None:
    assert clean(text) == text
    assert PageText().typed(text).strip("\u2068\u2069") == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\tb\r\nc\x0bd\u2028e\x85f", "a b c d e f"),
        ("bell\x07 nul\x00 escape\x1b[31m", "bell nul escape[31m"),
        ("half \ud83d character", "half \ufffd character"),
        ("\ufeffmark \ufffe none \U0001ffff", "mark none"),
        ("turn \u202egnihtyna\u202c back", "turn gnihtyna back"),
        ("plain marks\u200e stay\u200f", "plain marks\u200e stay\u200f"),
        ("z" + "\u0301" * 50 + "!", "z" + "\u0301" * 8 + "!"),
    ],
)
def test_what_a_page_cannot_hold_is_taken_out(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(ANY_TEXT)
def test_cleaned_text_can_be_encoded_and_turns_nothing(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert not set(cleaned) & set(DIRECTION)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in cleaned)
    assert clean(cleaned) == cleaned


@given(ANY_TEXT, st.booleans())
def test_every_isolate_that_opens_closes(text: str, rtl: bool) -> None:
    placed = PageText(rtl=rtl).typed(text)
    assert placed.count("\u2068") == placed.count("\u2069") <= 1
    assert placed.find("\u2068") <= 0
    assert placed.find("\u2069") in {-1, len(placed) - 1}


def test_only_what_could_pull_its_neighbours_along_is_isolated() -> None:
    assert PageText().typed("Nia") == "Nia"
    assert PageText().typed("علي") == "\u2068علي\u2069"
    assert PageText(rtl=True).typed("Nia") == "\u2068Nia\u2069"
    assert PageText(rtl=True).typed("") == ""
    assert PageText().around("Gwen, daughter") == ("", "")
    assert PageText().around("Gwen, ابنة") == ("\u2068", "\u2069")


def test_an_endless_word_may_break_and_an_ordinary_one_may_not() -> None:
    assert "\u200b" not in PageText().typed("Llanfairpwllgwyngyll is long")
    pieces = PageText().typed("x" * 100).split("\u200b")
    assert "".join(pieces) == "x" * 100
    assert max(map(len, pieces)) == 30
    assert max(map(len, PageText().typed("x" * 40, longest_word=12).split("\u200b"))) == 12


def test_a_break_never_parts_a_letter_from_its_marks() -> None:
    for piece in PageText().typed("e\u0301\u0323" * 40).split("\u200b"):
        assert not unicodedata.combining(piece[0])


@given(st.text(max_size=60), st.integers(min_value=8, max_value=40))
def test_shortened_text_is_no_longer_than_asked_and_says_that_it_goes_on(text: str, longest: int) -> None:
    short = shorten(text, longest)
    assert len(short) <= longest
    assert short == text if len(text) <= longest else short.endswith("…")


def test_a_cut_falls_between_words() -> None:
    assert shorten("one two three four", 16) == "one two three…"


def test_paragraphs_are_kept_and_empty_lines_are_not() -> None:
    assert clean_paragraphs("one\n\n  two\u2028three ") == ("one", "two", "three")


@given(ANY_TEXT)
def test_only_half_characters_change_on_the_way_into_json(text: str) -> None:
    written = without_surrogates(text)
    written.encode()
    if not any(unicodedata.category(char) == "Cs" for char in text):
        assert written == text


def test_half_a_character_is_seen_to_be_missing() -> None:
    assert without_surrogates("a\ud83db") == "a\ufffdb"
