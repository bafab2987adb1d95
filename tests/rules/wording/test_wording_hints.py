"""What judges gets a neutral alternative and what is clinical its place, never inside quotation marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.note.wording import LISTS, wording_hints, wording_list
from rapportdesk.model.wording import HintKind, WordingHint
from rapportdesk.rules.wording.wording_hints import WordingHints, WordingList, quoted_spans, with_alternative

ENGLISH = wording_hints("en_GB")
LANGUAGES = sorted(path.stem for path in LISTS.glob("*.json"))
LISTED = wording_list("en")
JUDGING, CLINICAL = sorted(LISTED.judging), sorted(LISTED.clinical)

words = st.sampled_from((*JUDGING, *CLINICAL, *LISTED.unless, "20 mg", "tea", "“", "”", '"', "’", "‘", "😀", "don’t"))
texts = st.lists(words | st.text(max_size=6), max_size=12).map(" ".join) | st.text(max_size=60)


def judging(text: str) -> list[tuple[str, str]]:
    return [(hint.words, hint.instead) for hint in ENGLISH(text) if hint.kind is HintKind.JUDGING]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She claims to be tired", [("claims to be", "says they are")]),
        ("Claims the bus was late", [("Claims", "Says")]),
        ("REFUSES tea", [("REFUSES", "DECLINES")]),
        ("is non-compliant", [("non-compliant", "not following the plan")]),
        ("is noncompliant, non compliant", [("noncompliant", "not following the plan"),
                                            ("non compliant", "not following the plan")]),
        ("didn’t bother to come", [("didn’t bother to come", "did not come")]),
        ("insurance claims and a refuse collection", []),
        ("exclaims, reclaims", []),
        ("#claims @claims", []),
        ("“I refuse” she said", []),
        ("“I refuse to", []),
        ('"claims" and claims', [("claims", "says")]),
        ("‘he don’t claims’ but claims", [("claims", "says")]),
    ],
)  # fmt: skip
def test_what_judges_is_found_with_what_may_stand_in_its_place(text: str, found: list[tuple[str, str]]) -> None:
    assert judging(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("takes 20 mg of Metformin", ["20 mg", "Metformin"]),
        ("1,5ml and 140mmHg", ["1,5ml", "140mmHg"]),
        ("her blood  pressure", ["blood  pressure"]),
        ("the X-Ray, the xray", ["X-Ray", "xray"]),
        ("20 magpies", []),
        ("grandson is a vet, likes 3 sugars", []),
    ],
)
def test_what_is_clinical_is_found_and_has_no_alternative(text: str, found: list[str]) -> None:
    assert [hint.words for hint in ENGLISH(text) if hint.kind is HintKind.CLINICAL] == found
    assert all(not hint.instead for hint in ENGLISH(text))


@given(texts)
def test_hints_stand_in_order_where_they_say(text: str) -> None:
    hints = ENGLISH(text)
    assert all(text[hint.start : hint.end] == hint.words for hint in hints)
    assert all(one.end <= other.start for one, other in pairwise(hints))
    assert all(bool(hint.instead) is (hint.kind is HintKind.JUDGING) for hint in hints)


@given(texts)
def test_nothing_is_said_of_what_stands_in_quotation_marks(text: str) -> None:
    spans = quoted_spans(text)
    assert all(hint.end <= start or end <= hint.start for hint in ENGLISH(text) for start, end in spans)


@given(st.text(alphabet=st.characters(exclude_characters="“”"), max_size=40), st.sampled_from(JUDGING + CLINICAL))
def test_a_whole_quotation_is_left_alone(before: str, phrase: str) -> None:
    assert ENGLISH(f"“{before} {phrase}”") == ()
    assert ENGLISH(f"“{before} {phrase}") == (), "nor one that is not closed yet"
    assert ENGLISH(phrase) != (), "the control: without the marks it is found"


@given(texts, st.data())
def test_an_alternative_changes_nothing_but_its_place(text: str, data: st.DataObject) -> None:
    hints = [hint for hint in ENGLISH(text) if hint.instead]
    if not hints:
        return
    hint = data.draw(st.sampled_from(hints))
    changed = with_alternative(text, hint)
    assert changed[: hint.start] == text[: hint.start]
    assert changed[hint.start :].startswith(hint.instead)
    assert changed[hint.start + len(hint.instead) :] == text[hint.end :]


@given(texts)
def test_a_text_that_was_changed_meanwhile_stays_as_it_is(text: str) -> None:
    hint = WordingHint(kind=HintKind.JUDGING, start=0, end=6, words="claims", instead="says")
    assert with_alternative(f"x{text}", hint) == f"x{text}"
    assert with_alternative(f"claims{text}", hint) == f"says{text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_phrase_is_found_and_no_alternative_is_itself_pointed_out(language: str) -> None:
    listed, hints = wording_list(language), wording_hints(language)
    for phrase, instead in listed.judging.items():
        assert [hint.instead for hint in hints(phrase)] == [instead], phrase
        assert hints(f"“{phrase}”") == ()
        assert hints(instead) == (), f"{instead}: an alternative must not be pointed out"
    for phrase in listed.clinical:
        assert [hint.kind for hint in hints(phrase)] == [HintKind.CLINICAL], phrase
    for unit in listed.units:
        assert [hint.kind for hint in hints(f"20 {unit}")] == [HintKind.CLINICAL], unit
    assert all(hints(phrase) == () for phrase in listed.unless)


def test_a_language_adds_the_lists_it_names_and_one_without_a_list_has_english() -> None:
    welsh = wording_hints("cy")
    assert [hint.instead for hint in welsh("yn gwrthod dod")] == ["ddim yn dymuno"]
    assert [hint.instead for hint in welsh("refuses tea")] == ["declines"]
    assert ENGLISH("yn gwrthod dod") == ()
    assert [hint.instead for hint in wording_hints("pt_BR")("refuses tea")] == ["declines"]


def test_an_empty_list_says_nothing_of_anything() -> None:
    assert WordingHints(WordingList())("claims 20 mg") == ()
