"""What is written for patients is measured by a published figure, and hard words are named with plainer ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.reach.plain_words import _syllables, hard_words
from rapportdesk.rules.wording.plain_words import FEWEST_WORDS, reading_help

EN = hard_words("en")
PLAIN = "This tablet thins your blood. Take one each day with food. Ring us if you bleed a lot or feel ill."
HARD = (
    "Anticoagulant medication is contraindicated in patients with hepatic deterioration, and subsequent monitoring of "
    "coagulation parameters is consequently a fundamental therapeutic requirement."
)


def ease(text: str) -> int | None:
    return reading_help(text, hard=EN, syllables=_syllables()).ease


def test_plain_words_read_easily_and_a_clinical_sentence_does_not() -> None:
    plain, hard = ease(PLAIN), ease(HARD)
    assert plain is not None
    assert hard is not None
    assert plain >= 90
    assert hard <= 10


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("The cat sat on the mat. The cat sat on the mat.", 116),  # 6 words a sentence, 1 syllable a word
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 37),
    ],
)
def test_the_figure_is_near_what_is_published_for_well_known_sentences(text: str, published: int) -> None:
    measured = ease(text)
    assert measured is not None
    assert abs(measured - min(published, 100)) <= 14  # syllables are counted by patterns


def test_hard_words_are_named_once_with_plainer_ones_in_the_order_of_the_text() -> None:
    found = reading_help(HARD, hard=EN).hard
    assert [(each.word, each.plainer) for each in found[:3]] == [
        ("Anticoagulant", "blood thinner"), ("medication", "medicine"), ("contraindicated", "not safe for you"),
    ]  # fmt: skip
    assert reading_help("Renal, renal and RENAL", hard=EN).hard == reading_help("Renal", hard=EN).hard
    assert [each.word for each in reading_help("two stents", hard=EN).hard] == ["stents"]
    assert reading_help(PLAIN, hard=EN).hard == ()


def test_a_word_inside_another_is_not_taken_for_it_and_the_longest_phrase_counts() -> None:
    assert reading_help("adrenal", hard={"renal": "of the kidneys"}).hard == ()
    two = {"in": "x", "in the event of": "if"}
    assert [each.plainer for each in reading_help("in the event of pain", hard=two).hard] == ["if"]


def test_a_few_words_have_no_figure_and_neither_has_a_language_nobody_measured() -> None:
    few = "anticoagulant " * (FEWEST_WORDS - 1)
    assert ease(few) is None
    assert ease(few + "anticoagulant") is not None
    assert reading_help(PLAIN, hard={}).ease is None
    assert hard_words("../en") == {}
    assert hard_words("xx") == {}


def test_the_longest_sentence_is_counted_in_words() -> None:
    assert reading_help("One two. One two three four! Five", hard={}).longest_sentence == 4
    assert reading_help("a line\nanother line of text", hard={}).longest_sentence == 4


def test_no_plainer_word_of_the_list_is_hard_itself() -> None:
    again = {word: reading_help(plainer, hard=EN).hard for word, plainer in EN.items()}
    assert {word: found for word, found in again.items() if found} == {}


@given(st.text())
def test_any_text_has_an_answer_within_bounds(text: str) -> None:
    found = reading_help(text, hard=EN, syllables=_syllables())
    assert found.ease is None or 0 <= found.ease <= 100
    assert found.longest_sentence <= found.words
    assert all(each.plainer for each in found.hard)
