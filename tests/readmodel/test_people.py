"""Whoever stands at the counter is found as typed."""

import pytest

from rapportdesk.readmodel import MemoryIndex
from tests.readmodel.people import index_of, names, person

NIA = person("Nia Prydderch", "1958-03-14", number="4471 208 113", phone="07700 900123", preferred="Nia fach")
TOMASZ = person("Łukasz Tomasz Kowalski", "1984-11-02", number="KW-204", phone="+44 7700 900456")
OBRIEN = person("Siobhán O’Brien-Vance", "1990-04-03", former=("Siobhán Kinsella",))
WANG = person("Wang Xiuying", "1971-07-30", own_script="王秀英")
SINGLE = person("Suharto", "1966-12-01")
ANNE = person("Anne-Marie van der Berg", "2001-02-28")
MOHAMMED = person("Mohammed Al-Rashid", "1979-05-17", own_script="محمد الرشيد")
EVERYBODY = (NIA, TOMASZ, OBRIEN, WANG, SINGLE, ANNE, MOHAMMED)


@pytest.fixture(scope="module")
def index() -> MemoryIndex:
    return index_of(*EVERYBODY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("n", NIA.name),
        ("pr ni", NIA.name),
        ("ni pr", NIA.name),
        ("Prydderch, Nia", NIA.name),
        ("NIA PRYDDERCH", NIA.name),
        ("fach", NIA.name),
        ("lukasz", TOMASZ.name),
        ("Łuk", TOMASZ.name),
        ("kowalski tom", TOMASZ.name),
        ("obrien", OBRIEN.name),
        ("o'brien", OBRIEN.name),
        ("siobhan", OBRIEN.name),
        ("siobhán vance", OBRIEN.name),
        ("kinsella", OBRIEN.name),
        ("王", WANG.name),
        ("秀英", WANG.name),
        ("xiuying", WANG.name),
        ("suharto", SINGLE.name),
        ("annemarie", ANNE.name),
        ("vanderberg", ANNE.name),
        ("van der berg anne", ANNE.name),
        ("محمد", MOHAMMED.name),
    ],
)
def test_a_name_is_found_as_typed(index: MemoryIndex, text: str, name: str) -> None:
    results = index.find_people(text)
    assert names(results) == [name]
    assert results.text == text
    assert results.opens_on_enter


@pytest.mark.parametrize(
    "text",
    [
        "14/3/1958",
        "14.03.58",
        "14-3-1958",
        "14 Mar 1958",
        "14th March 1958",
        "March 14, 1958",
        "14 mawrth 1958",
        "1958-03-14",
        "1958/3/14",
        "140358",
        "14031958",
        "19580314",
        " 14/03/1958 ",
        "١٤/٣/١٩٥٨",
    ],
)
def test_a_birth_date_is_found_however_it_is_written(index: MemoryIndex, text: str) -> None:
    results = index.find_people(text)
    assert names(results) == [NIA.name]
    assert results.opens_on_enter


def test_a_date_that_reads_two_ways_finds_both() -> None:
    march, april = person("Una Fell", "1990-04-03"), person("Piotr Gash", "1990-03-04")
    results = index_of(march, april).find_people("3/4/1990")
    assert set(names(results)) == {march.name, april.name}
    assert not results.opens_on_enter


@pytest.mark.parametrize("text", ["nia 1958", "nia 14/3/1958", "14/3/1958 pryd", "1958 ni"])
def test_a_name_with_a_birth_date_finds_who_has_both(index: MemoryIndex, text: str) -> None:
    assert names(index.find_people(text)) == [NIA.name]


def test_a_name_with_somebody_elses_birth_date_finds_nobody(index: MemoryIndex) -> None:
    assert names(index.find_people("nia 2/11/1984")) == []


@pytest.mark.parametrize("text", ["4471 208 113", "4471208113", "4471-208-113\n", " 4471 208 113 "])
def test_a_pasted_or_scanned_identifier_opens_the_card(index: MemoryIndex, text: str) -> None:
    results = index.find_people(text)
    assert names(results) == [NIA.name]
    assert results.opens_on_enter
    assert results.hits[0].number == "4471 208 113"


def test_the_exact_identifier_comes_before_whatever_else_it_could_be() -> None:
    scanned = person("Zofia Bond", number="900123")
    calling = person("Aled Hughes", phone="07700 900123")
    results = index_of(calling, scanned).find_people("900123")
    assert names(results) == [scanned.name, calling.name]
    assert not results.opens_on_enter


def test_the_beginning_of_an_identifier_finds_without_opening(index: MemoryIndex) -> None:
    results = index.find_people("kw2")
    assert names(results) == [TOMASZ.name]
    assert not results.opens_on_enter


@pytest.mark.parametrize("text", ["0123", "900123", "07700900123", "+44 7700 900123", "(07700) 900-123"])
def test_a_phone_number_is_found_by_its_ending(index: MemoryIndex, text: str) -> None:
    results = index.find_people(text)
    assert names(results) == [NIA.name]
    assert results.opens_on_enter


def test_three_digits_are_no_phone_ending(index: MemoryIndex) -> None:
    assert names(index.find_people("123")) == []


def test_a_shared_phone_number_lists_every_holder_and_opens_none() -> None:
    huw, gwen = person("Huw Parry", phone="01970 555 0199"), person("Gwen Ellis", phone="019705550199")
    results = index_of(huw, gwen).find_people("0199")
    assert set(names(results)) == {huw.name, gwen.name}
    assert not results.opens_on_enter


def test_a_number_that_somebody_else_answers_opens_nobody() -> None:
    results = index_of(person("Huw Parry", phone="01970 555 0199", shared_with="Gwen")).find_people("0199")
    assert names(results) == ["Huw Parry"]
    assert not results.opens_on_enter


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("pryddrech", NIA.name),
        ("prydderhc nia", NIA.name),
        ("pridderch", NIA.name),
        ("kowalsky", TOMASZ.name),
        ("kovalski", TOMASZ.name),
        ("shohn", None),
        ("suhatro", SINGLE.name),
        ("siobhan ovrien", OBRIEN.name),
        ("pyrdd", NIA.name),
        ("kowlsk", TOMASZ.name),
    ],
)
def test_a_typing_error_finds_and_does_not_open(index: MemoryIndex, text: str, name: str | None) -> None:
    results = index.find_people(text)
    assert names(results) == ([name] if name else [])
    assert not results.opens_on_enter


@pytest.mark.parametrize(("text", "said"), [("katherine", "Catherine Wright"), ("stephen fischer", "Steven Fisher")])
def test_a_latin_name_is_found_by_its_sound(text: str, said: str) -> None:
    results = index_of(person(said), person("Bogdan Novak")).find_people(text)
    assert names(results) == [said]
    assert not results.opens_on_enter


@pytest.mark.parametrize("text", ["np", "pn", "NP"])
def test_initials_find_and_do_not_open(index: MemoryIndex, text: str) -> None:
    results = index.find_people(text)
    assert names(results) == [NIA.name]
    assert not results.opens_on_enter


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("llp", {"Llinos Lowri Powell", "Llew Llew Price"}),
        ("plal", {"Llinos Lowri Ann Powell"}),
    ],
)
def test_two_initials_alike_are_two_parts_of_a_name(text: str, found: set[str]) -> None:
    people = ["Llinos Lowri Powell", "Llinos Lowri Ann Powell", "Llew Llew Price", "Lowri Llinos"]
    others = [person("Llinos Powell", former=("Llinos Owen",)), person("Lowri Price")]
    index = index_of(*(person(name) for name in people), *others)
    hits = set(names(index.find_people(text)))
    assert hits >= found
    assert not hits & {"Llinos Powell", "Lowri Price"}


def test_initials_with_a_gap_are_two_beginnings(index: MemoryIndex) -> None:
    assert names(index.find_people("n p")) == [NIA.name]
    assert names(index.find_people("N.P.")) == [NIA.name]


def test_former_names_find_and_are_never_shown(index: MemoryIndex) -> None:
    hit = index.find_people("kinsella").hits[0]
    assert hit.name == OBRIEN.name
    assert "Kinsella" not in repr(hit)


def test_recent_people_come_first_in_their_order() -> None:
    people = [person(f"Ann Person{letter}") for letter in "abcdefgh"]
    index = index_of(*people)
    recent = (people[5].id, people[2].id)
    assert names(index.find_people("ann", recent=recent))[:3] == ["Ann Personf", "Ann Personc", "Ann Persona"]
    assert names(index.find_people("ann"))[:3] == ["Ann Persona", "Ann Personb", "Ann Personc"]


def test_a_recent_person_comes_first_among_more_than_are_listed() -> None:
    people = [person(f"Ann Person{number:03}") for number in range(80)]
    results = index_of(*people).find_people("ann", limit=5, recent=[people[77].id])
    assert names(results) == [people[number].name for number in (77, 0, 1, 2, 3)]
    assert results.more


def test_a_whole_word_comes_before_a_longer_one() -> None:
    index = index_of(person("Annabel Able"), person("Ann Zorn"), person("Anna Miles"))
    assert names(index.find_people("ann")) == ["Ann Zorn", "Anna Miles", "Annabel Able"]


def test_the_limit_is_kept_and_said() -> None:
    index = index_of(*[person(f"Ann Person{number:03}") for number in range(51)])
    assert len(index.find_people("ann").hits) == 50
    assert index.find_people("ann").more
    assert len(index.find_people("ann", limit=51).hits) == 51
    assert not index.find_people("ann", limit=51).more


def test_nothing_typed_finds_nobody(index: MemoryIndex) -> None:
    assert index.find_people("").hits == ()
    assert index.find_people(" \t ").hits == ()
    assert index.find_people("-").hits == ()


def test_a_changed_person_is_found_by_the_new_name_alone() -> None:
    before = person("Nia Prydderch", number="1", phone="07700900123")
    index = index_of(before, person("Pryce Nichols"))
    after = person("Nia Vaughan", number="2")
    index.put_patient(type(before)(id=before.id, name=after.name, identifiers=after.identifiers))
    assert names(index.find_people("nia")) == ["Nia Vaughan"]
    for gone in ("prydderch", "pridderch", "0123"):
        assert names(index.find_people(gone)) == []
    assert index.by_identifier("1") == ()
    assert index.by_identifier("2") == (before.id,)


def test_a_removed_person_is_not_found() -> None:
    index = index_of(NIA, TOMASZ)
    index.remove_patient(NIA.id)
    index.remove_patient(NIA.id)
    for text in ("nia", "pridderch", "14/3/1958", "4471208113", "0123"):
        assert names(index.find_people(text)) == []
    assert names(index.find_people("kow")) == [TOMASZ.name]


def test_an_identifier_is_compared_character_by_character() -> None:
    one, other = person("Ann One", number="1-23"), person("Ann Other", number="12-3")
    index = index_of(one, other)
    assert index.by_identifier("1-23") == (one.id,)
    assert index.by_identifier(" 12-3 ") == (other.id,)
    assert index.by_identifier("123") == ()
    assert not index.find_people("123").opens_on_enter
