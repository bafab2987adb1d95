"""Nobody opens the wrong card without noticing: a near namesake anywhere keeps Enter from opening."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import nearness
from rapportdesk.model.patient import Patient
from rapportdesk.readmodel import MemoryIndex
from tests.readmodel.people import index_of, names, person


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nia Prydderch", "Nia Prydderch"),
        ("Nia Prydderch", "Nia Pryderch"),
        ("Nia Prydderch", "Prydderch Nia"),
        ("Nia Prydderch", "Nia Mair Prydderch"),
        ("Catherine Wright", "Katherine Right"),
        ("Stephen Hughes", "Steven Hughes"),
        ("Anne-Marie Jones", "Annemarie Jones"),
        ("Suharto", "Suharto Widodo"),
        ("Ali Ali", "Ali Aly"),
        ("Ann Ann", "Ann Ann Jon"),
        ("Li", "Li Na"),
        ("J. Hughes", "Jonathan Hughes"),
        ("Anne Mair Bowen", "Mair Bowen"),
        ("Abd al-Rahman Ben Haddad", "Abd Rahman Hadad"),
        ("María José García Ibáñez", "Maria Garcia"),
        ("Nguyễn Thị Bích Hằng", "Nguyen Bich Hang"),
    ],
)
def test_a_near_namesake_keeps_enter_from_opening(one: str, other: str) -> None:
    first, second = person(one, "1958-03-14", number="111"), person(other, "1991-08-20", number="222")
    index = index_of(first, second, person("Zbigniew Quirk", "1970-01-01", number="333"))
    for number, name in (("111", one), ("222", other)):
        results = index.find_people(number)
        assert names(results) == [name]
        assert results.hits[0].near_namesake
        assert not results.opens_on_enter
    control = index.find_people("333")
    assert not control.hits[0].near_namesake
    assert control.opens_on_enter


def test_a_shared_name_and_a_transposed_birth_date_are_near() -> None:
    index = index_of(person("Owen Price", "1958-03-14"), person("Owen Tate", "1958-03-14"))
    assert index.find_people("price").hits[0].near_namesake
    index = index_of(person("Owen Price", "1958-03-12"), person("Owen Tate", "1958-12-03"))
    assert index.find_people("price").hits[0].near_namesake
    index = index_of(person("Owen Price", "1958-03-12"), person("Owen Tate", "1961-07-30"))
    assert not index.find_people("price").hits[0].near_namesake


def test_the_namesake_need_not_be_among_the_hits() -> None:
    index = index_of(person("Jon Smith"), person("John Smyth"))
    results = index.find_people("jon smith")
    assert results.hits[0].near_namesake
    assert not results.opens_on_enter


def test_a_namesake_who_comes_or_goes_is_noticed_at_once() -> None:
    one, other = person("Nia Prydderch"), person("Nia Pryderch")
    index = index_of(one)
    assert index.find_people("nia").opens_on_enter
    index.put_patient(other)
    assert not index.find_people("nia prydd").opens_on_enter
    index.remove_patient(other.id)
    assert index.find_people("nia").opens_on_enter


def test_namesakes_are_told_for_somebody_who_is_not_in_yet() -> None:
    index = index_of(person("Nia Pryderch", "1958-03-14"), person("Bogdan Novak"))
    found = index.namesakes(person("Nia Prydderch"))
    assert [(hit.name, hit.birth_date, hit.near_namesake) for hit in found] == [
        ("Nia Pryderch", dt.date(1958, 3, 14), True)
    ]


def test_nobody_is_their_own_namesake() -> None:
    one = person("Nia Prydderch")
    assert index_of(one).namesakes(one) == ()


GIVEN = [
    "J",
    "A.",
    "Ann",
    "Anne",
    "Anna",
    "Jon",
    "John",
    "Jane",
    "Stephen",
    "Steven",
    "Ali",
    "Li",
    "Anne-Marie",
    "Alexandra",
]
FAMILY = ["Smith", "Smyth", "Schmidt", "Ali", "Marie", "Alexandrova", "Aleksandrova", "Ann", "O'Brien", "Obrien", "Wu"]
DATES = [None, dt.date(1958, 3, 12), dt.date(1958, 12, 3), dt.date(1985, 3, 12), dt.date(1958, 3, 21)]


@st.composite
def _patients(draw: st.DrawFn) -> list[Patient]:
    people = []
    for number in range(draw(st.integers(2, 7))):
        parts = draw(st.lists(st.sampled_from(GIVEN + FAMILY), min_size=1, max_size=3))
        people.append(
            Patient(
                id=PatientId(f"{number:032x}"),
                name=" ".join(parts),
                preferred_name=draw(st.sampled_from(["", *GIVEN])),
                birth_date=draw(st.sampled_from(DATES)),
            )
        )
    return people


@given(_patients())
@settings(deadline=None, max_examples=150)
def test_the_index_finds_exactly_the_namesakes_that_comparing_all_would(people: list[Patient]) -> None:
    index = index_of(*people)
    for one in people:
        expected = {other.id for other in people if nearness(one, other) is not None}
        assert {hit.id for hit in index.namesakes(one)} == expected
        for hit in index.find_people(one.name).hits:
            if hit.id == one.id:
                assert hit.near_namesake == bool(expected)


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_whoever_comes_goes_or_is_renamed_the_list_says_who_is_near(data: st.DataObject) -> None:
    index, here = MemoryIndex(), dict[PatientId, Patient]()
    for _turn in range(data.draw(st.integers(1, 5))):
        for each in data.draw(_patients()):
            here[each.id] = each
            index.put_patient(each)
        for gone in data.draw(st.lists(st.sampled_from(sorted(here)), max_size=2, unique=True)):
            del here[gone]
            index.remove_patient(gone)
        for _settled in range(data.draw(st.integers(0, 3))):
            index.settle_namesakes(3)
        expected = {
            each: any(nearness(one, other) is not None for other in here.values() if other is not one)
            for each, one in here.items()
        }
        assert {each: hit.near_namesake for each, hit in index.people_listed(sorted(here)).items()} == expected


def test_once_settled_nobody_is_asked_about_but_those_near_a_name_that_changed() -> None:
    nia, owen, anna = person("Nia Prydderch"), person("Owen Tate"), person("Anna Bowen", phone="01632 960001")
    index = index_of(nia, owen, anna)
    assert _in_doubt(index) == {nia.id, owen.id, anna.id}
    assert not index.settle_namesakes(10)
    assert _in_doubt(index) == set()
    index.put_patient(replace(anna, contact_points=()))
    assert _in_doubt(index) == set()
    came = person("Nia Pryderch")
    index.put_patient(came)
    assert _in_doubt(index) == {nia.id, came.id}


def _in_doubt(index: MemoryIndex) -> set[str]:
    with index.reading() as connection:
        found = connection.execute("SELECT patient FROM person WHERE near IS NULL").fetchall()
    return {patient for (patient,) in found}


COMMON, RARE = (
    ["de", "la", "del", "Maria", "da"],
    ["Cruz", "Krus", "Saenz", "Saens", "Buruaga", "Lopez", "J", "Dela", "le"],
)


@st.composite
def _long_names(draw: st.DrawFn) -> list[Patient]:
    return [
        Patient(
            id=PatientId(f"{number:032x}"),
            name=" ".join(draw(st.lists(st.sampled_from(COMMON + RARE), min_size=1, max_size=6))),
        )
        for number in range(draw(st.integers(2, 9)))
    ]


@given(_long_names())
@settings(deadline=None, max_examples=40)
def test_of_a_name_of_many_common_parts_no_namesake_is_missed(people: list[Patient]) -> None:
    index = index_of(*people)
    for one in people:
        expected = {other.id for other in people if nearness(one, other) is not None}
        assert {hit.id for hit in index.namesakes(one)} == expected
    for letter in "dlmcksbj":
        for hit in index.find_people(letter).hits:
            assert hit.near_namesake == any(
                nearness(people[int(hit.id, 16)], other) is not None for other in people if other.id != hit.id
            )
