"""What people type is kept as typed, or refused with a sentence; it is never turned into something else."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.note.text import LONGEST_LINE, LONGEST_TEXT, clean_line, clean_name, clean_text
from rapportdesk.errors import BadInput

KEPT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(text=KEPT)
def test_a_text_loses_its_outer_white_space_and_nothing_else(text: str) -> None:
    kept = clean_text(text)
    assert kept == unicodedata.normalize("NFC", text.strip())
    assert clean_text(kept) == kept


@given(text=KEPT)
def test_a_line_is_one_line_with_the_same_letters(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert not any(unicodedata.category(char) in {"Cc", "Zl", "Zp"} for char in line)
    assert clean_line(line) == line
    control = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text)
    assert line.split() == unicodedata.normalize("NFC", control).split()


@pytest.mark.parametrize(("clean", "longest"), [(clean_text, LONGEST_TEXT), (clean_line, LONGEST_LINE)])
def test_as_much_as_fits_is_kept_and_one_more_is_refused_with_the_numbers(
    clean: Callable[[str], str], longest: int
) -> None:
    assert clean("x" * longest) == "x" * longest
    assert clean("x" * longest + "\r\n") == "x" * longest
    with pytest.raises(BadInput, match=f"{longest:,}"):
        clean("x" * (longest + 1))


@pytest.mark.parametrize("clean", [clean_text, clean_line])
@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "😀\ud83d"])
def test_half_a_character_is_refused_in_words(clean: Callable[[str], str], text: str) -> None:
    with pytest.raises(BadInput, match="broken characters"):
        clean(text)


@pytest.mark.parametrize("text", ["a\u202eb", "👩‍👩‍👧", "עברית (English)", "a\u00adb", "<b>&amp;", "C:\\new", "%s {0}"])
def test_what_looks_odd_is_kept_faithfully(text: str) -> None:
    assert clean_text(text) == clean_line(text) == text


@given(text=KEPT)
def test_a_name_is_a_line_that_nothing_turns_round(text: str) -> None:
    name = clean_name(text)
    assert not set(name) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert clean_name(name) == clean_line(name) == name


def test_a_name_looks_like_nobody_else_s_and_keeps_its_own_script_and_marks() -> None:
    assert clean_name("Nia Pry\u202ehcredd\u202c") == "Nia Pryhcredd"
    assert clean_name("\u2068Nia Prydderch\u2069") == "Nia Prydderch", "as it is copied from the screen"
    assert clean_name("רחל\u200f כהן") == "רחל\u200f כהן"


def test_two_ways_to_write_one_letter_are_one() -> None:
    assert clean_text("e\u0301") == clean_line("e\u0301") == "é"
