"""What was looked for is marked where it stands, and nothing beside it."""

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.search.snippets import SNIPPET, Sought, holds_all, snippet_of


def marked(text: str, *words: str, phrases: tuple[str, ...] = ()) -> list[str]:
    """Return the marked pieces."""
    snippet, marks = snippet_of(text, Sought(words, phrases))
    return [snippet[first:last] for first, last in marks]


def test_words_are_marked_whatever_their_accents_and_case() -> None:
    assert marked("Grows Leeks; a LEEK and Ørsted’s leaks", "leek") == ["Leeks", "LEEK"]
    assert marked("Grows Leeks; a LEEK and Ørsted’s leaks", "orst") == ["Ørsted’s"]
    assert marked("她喜欢园艺", "园") == ["园"]
    assert marked("Large print, never small print", phrases=("large print",)) == ["Large", "print", "print"]
    assert marked("Nothing of the kind", "leek") == []


def test_a_long_text_is_cut_around_the_first_word() -> None:
    snippet, marks = snippet_of("onions " * 60 + "prizewinning leeks " + "onions " * 60, Sought(("prize", "leek")))
    assert [snippet[first:last] for first, last in marks] == ["prizewinning", "leeks"]
    assert snippet.startswith("…onions")
    assert snippet.endswith("…")
    assert len(snippet) <= SNIPPET + 2


def test_a_promise_holds_all_words_and_phrases() -> None:
    text = "Send Huw’s results letter"
    assert holds_all(text, Sought(("lett", "huw")))
    assert holds_all(text, Sought((), ("results letter",)))
    assert not holds_all(text, Sought((), ("letter results",)))
    assert not holds_all(text, Sought(("letter", "gwen")))
    assert holds_all(text, Sought(()))


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_marks_lie_within_the_piece_in_order(text: str, words: list[str]) -> None:
    snippet, marks = snippet_of(text, Sought(tuple(words)))
    places = [place for mark in marks for place in mark]
    assert places == sorted(places)
    assert all(0 <= place <= len(snippet) for place in places)
    assert all(snippet[first:last].strip() for first, last in marks)
