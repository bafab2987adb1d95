"""Nothing that can be typed, pasted or scanned makes the search fail."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.readmodel import MemoryIndex
from tests.readmodel.people import index_of, person
from tests.readmodel.test_words import note

NASTY = [
    '"',
    "'",
    "*",
    '""*',
    "nia AND OR NOT",
    "NEAR(nia, 5)",
    "words:nia",
    "^nia",
    "nia*",
    "(nia",
    "{nia}",
    "-nia",
    "nia\x00",
    "\x00",
    "\ud800",
    "nia \udfff",
    "😀",
    "👩‍👩‍👧",
    "\u202enia",
    "%_[]\\",
    "'; DROP TABLE person; --",
    "٠١٢٣٤٥٦٧٨٩",
    "²³¹½",
    "0/0/0",
    "31/2/1999",
    "99/99/9999",
    "0000-00-00",
    "1 " * 300,
    "a" * 1_048_576,
    "0" * 1_048_576,
    "{" * 50,
]
TYPED = st.one_of(
    st.text(st.characters(), max_size=40), st.sampled_from(NASTY[:-4]), st.text("nia0123456789/.-+ \"*'()")
)


@pytest.fixture(scope="module")
def index() -> MemoryIndex:
    index = index_of(
        person("Nia Prydderch", "1958-03-14", number="KW-204", phone="07700900123"),
        person("\ud800 Lone\x00 Surrogate", own_script="\udfff", number="\ud800-7"),
        person("😀"),
        person(""),
    )
    index.put_note(note("nia grows 'roses' AND \"tulips\"; nia"), hidden=False)
    return index


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nasty_text_is_answered(index: MemoryIndex, text: str) -> None:
    assert index.find_people(text).text == text
    assert index.find_words(text).text == text
    index.by_identifier(text)


@given(TYPED)
@settings(deadline=None, max_examples=300)
def test_any_text_is_answered(index: MemoryIndex, text: str) -> None:
    people = index.find_people(text)
    assert people.text == text
    assert not people.opens_on_enter or (len(people.hits) == 1 and not people.hits[0].near_namesake)
    index.find_words(text)
    index.by_identifier(text)


@given(st.text(st.characters(), max_size=60), st.dates(min_value=dt.date(1850, 1, 1), max_value=dt.date(2150, 1, 1)))
@settings(deadline=None, max_examples=150)
def test_whoever_was_put_is_found_by_their_birth_date_and_any_name_can_be_put(name: str, born: dt.date) -> None:
    index = MemoryIndex()
    kept = person(name, born.isoformat(), number=name, phone=name, own_script=name, former=(name,))
    index.put_patient(kept)
    assert [hit.id for hit in index.find_people(born.isoformat()).hits] == [kept.id]
    index.remove_patient(kept.id)
    assert index.find_people(born.isoformat()).hits == ()
    assert index.find_people(name).hits == ()


PARTS = ["Nia", "Mair", "Prydderch", "Łukasz", "Kowalski", "Smith", "王秀英", "محمد"]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3))
@settings(deadline=None, max_examples=150)
def test_every_beginning_of_a_name_finds_it(parts: list[str]) -> None:
    name = " ".join(parts)
    index = index_of(person(name), person("Zbigniew Quirk"))
    for length in range(1, len(name) + 1):
        assert name in [hit.name for hit in index.find_people(name[:length]).hits], name[:length]
