"""Two, three or more beginnings find exactly those who have a word with each: by the letters in their rows."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.patient import Patient
from rapportdesk.readmodel.database import in_memory
from rapportdesk.readmodel.guesses import two_or_more_begin
from rapportdesk.readmodel.name_pairs import letters_of
from rapportdesk.readmodel.rows import put_person, remove_person
from tests.readmodel.people import person

PARTS = st.sampled_from(["Ana", "Abe", "Bo", "Bea", "Cai", "Dov"])
NAMES = st.lists(PARTS, min_size=2, max_size=4).map(" ".join)
PEOPLE = st.lists(
    st.builds(lambda name, former: person(name, former=tuple(former)), NAMES, st.lists(NAMES, max_size=1)),
    min_size=1, max_size=6,
)  # fmt: skip
LETTERS = st.lists(st.sampled_from("abcde"), min_size=2, max_size=4, unique=True)
BEGINNINGS = st.lists(
    st.sampled_from(["a", "an", "b", "be", "c", "ca", "d"]), min_size=2, max_size=4, unique_by=lambda each: each[0]
)


def words_of(patient: Patient) -> set[str]:
    return {word for name in (patient.name, *patient.former_names) for word in name.lower().split()}


def has_all(patient: Patient, beginnings: list[str]) -> bool:
    return all(any(word.startswith(each) for word in words_of(patient)) for each in beginnings)


def has_twice(patient: Patient, letter: str) -> bool:
    parts = [part for part in patient.name.lower().split() if part.startswith(letter)]
    return len(parts) > 1 or len([word for word in words_of(patient) if word.startswith(letter)]) > 1


def ids_of(found: Iterable[int], people: list[Patient]) -> list[str]:
    return sorted({people[number - 1].id for number in found})


@given(people=PEOPLE, letters=LETTERS, is_twice=st.booleans())
def test_initials_find_whoever_has_a_word_with_each(people: list[Patient], letters: list[str], is_twice: bool) -> None:
    connection = in_memory().writing
    for each in people:
        put_person(connection, each)
    twice = letters[0] if is_twice else ""
    meant = [each for each in people if has_all(each, letters) and (not twice or has_twice(each, twice))]
    found = two_or_more_begin(connection, letters, twice)
    assert ids_of(found, people) == sorted(each.id for each in meant)


@given(people=PEOPLE, beginnings=BEGINNINGS)
def test_beginnings_find_whoever_has_a_word_with_each(people: list[Patient], beginnings: list[str]) -> None:
    connection = in_memory().writing
    for each in people:
        put_person(connection, each)
    meant = [each for each in people if has_all(each, beginnings)]
    found = two_or_more_begin(connection, beginnings)
    assert ids_of(found, people) == sorted(each.id for each in meant)


def test_whoever_is_taken_away_leaves_no_pair() -> None:
    connection = in_memory().writing
    ana = person("Ana Abe Bo")
    put_person(connection, ana)
    assert connection.execute("SELECT DISTINCT letters FROM name_pair").fetchall() == [("aab",)]
    remove_person(connection, ana.id)
    assert connection.execute("SELECT * FROM name_pair").fetchall() == []


def test_the_same_part_twice_in_a_name_and_two_parts_alike_stand_twice() -> None:
    assert letters_of(["ali"], [["ali", "ali"]]) == "aa"
    assert letters_of(["ali", "abdul"], [["ali", "abdul", "amin"]]) == "aa"
    assert letters_of(["ali", "bo"], [["ali", "bo"]]) == "ab"
