"""Names that could be taken for one another are noticed, and different ones are told apart."""

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.names import (
    Nearness,
    fold,
    initials,
    may_be_one_person,
    name_parts,
    nearness,
    profile,
    sort_key,
    sounds_like,
)
from rapportdesk.model.patient import Patient

WORDS = st.sampled_from(["Nia", "Mia", "John", "Jon", "Jane", "Smith", "Smyth", "Li", "Wei", "Łukasz", "O’Brien", "J"])
NAMES = st.lists(WORDS, min_size=0, max_size=4).map(" ".join) | st.text(max_size=30)
DATES = st.none() | st.dates(dt.date(1950, 1, 1), dt.date(1960, 12, 31))
PEOPLE = st.builds(
    Patient, id=st.uuids().map(lambda u: PatientId(u.hex)), name=NAMES, preferred_name=NAMES, birth_date=DATES
)


def person(name: str, born: str | None = None, called: str = "", own: str = "") -> Patient:
    birth_date = dt.date.fromisoformat(born) if born else None
    return Patient(id=PatientId(new_id()), name=name, preferred_name=called, own_script_name=own, birth_date=birth_date)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz", "lukasz"),
        ("Ørsted", "orsted"),
        ("Straße", "strasse"),
        ("  María\tJosé ", "maria jose"),
        ("Prydderch", "prydderch"),
        ("Владимир", "vladimir"),
        ("ﬁne", "fine"),
        ("İpek", "ipek"),
        ("", ""),
    ],
)
def test_names_of_all_scripts_fold_to_plain_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(max_examples=500)
@given(st.text())
def test_folding_is_ascii_and_final_for_any_text(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_fold_as_if_they_were_of_any_script(text: str) -> None:
    assert fold(text) == fold(text + " é").removesuffix("e").rstrip()


def test_a_lone_surrogate_folds_without_an_error() -> None:
    assert fold("a\ud800b").isascii()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Nia Prydderch", "NP"),
        ("María José García-Llorente", "MG"),
        ("Sukarno", "S"),
        ("王小明", "王"),
        ("“Łukasz” (Nowak)", "ŁN"),
        ("", ""),
        ("— —", ""),
    ],
)
def test_initials_are_the_first_letters_of_first_and_last_word(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_names_sort_beside_their_folded_neighbours() -> None:
    names = ["Zoe", "Ødegård", "Olsen", "Łukasz", "Lund"]
    assert sorted(names, key=sort_key) == ["Łukasz", "Lund", "Ødegård", "Olsen", "Zoe"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nia Prydderch", "nia prydderch"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Li Wei", "Wei Li"),
        ("Owen O'Brien", "Owen O’Brien"),
    ],
)
def test_the_same_name_is_noticed_however_it_is_written(one: str, other: str) -> None:
    assert nearness(person(one), person(other)) is Nearness.SAME_NAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nia Prydderch", "Mia Prydderch"),
        ("Nia Prydderch", "Nia Pryderch"),
        ("John Smith", "Jon Smyth"),
        ("María José García-Llorente", "Maria Garcia"),
        ("Anne-Marie Jones", "Annemarie Jones"),
        ("J Smith", "John Smith"),
    ],
)
def test_nearly_the_same_spelling_is_noticed(one: str, other: str) -> None:
    assert nearness(person(one), person(other)) is Nearness.SPELLING


@pytest.mark.parametrize(
    ("one", "other"), [("Catherine Lee", "Kathryn Leigh"), ("Stephen Reid", "Steven Reade"), ("Philippa", "Filipa")]
)
def test_names_that_sound_alike_are_noticed(one: str, other: str) -> None:
    assert nearness(person(one), person(other)) is Nearness.SOUND
    assert sounds_like(one, other)


def test_a_shared_birth_date_counts_only_with_a_shared_part_of_the_name() -> None:
    gwen = person("Gwen Prydderch", "1958-03-14")
    assert nearness(gwen, person("Nia Prydderch", "1958-03-14")) is Nearness.SAME_BIRTH_DATE
    assert nearness(gwen, person("Tomasz Wójcik", "1958-03-14")) is None
    assert nearness(gwen, person("Nia Prydderch", "1961-07-02")) is None


@pytest.mark.parametrize("born", ["1958-05-03", "1985-03-05"])
def test_a_transposed_birth_date_is_noticed(born: str) -> None:
    gwen, nia = person("Gwen Prydderch", "1958-03-05"), person("Nia Prydderch", born)
    assert nearness(gwen, nia) is Nearness.TRANSPOSED_BIRTH_DATE
    assert nearness(person("Tomasz Wójcik", "1958-03-05"), nia) is None


def test_the_preferred_name_and_the_own_script_count_too() -> None:
    assert nearness(person("Margaret Jones", called="Peggy"), person("Peggy Jones")) is Nearness.SAME_NAME
    assert nearness(person("Wang Xiaoming", own="王小明"), person("王小明")) is Nearness.SAME_NAME


@pytest.mark.parametrize(
    ("one", "other"),
    [("John Smith", "Jane Smith"), ("Nia Prydderch", "Tomasz Wójcik"), ("Grace Okafor", "Grace Haddad"), ("", "")],
)
def test_different_people_are_told_apart(one: str, other: str) -> None:
    assert nearness(person(one), person(other)) is None


def test_nobody_is_near_themselves() -> None:
    nia = person("Nia Prydderch", "1958-03-14")
    assert nearness(nia, nia) is None


def test_former_names_leave_no_trace_in_nearness() -> None:
    former = Patient(id=PatientId(new_id()), name="Nia Prydderch", former_names=("Gareth Hughes",))
    assert nearness(former, person("Gareth Hughes")) is None


@settings(max_examples=2000)
@given(PEOPLE, PEOPLE)
def test_nearness_is_symmetric(one: Patient, other: Patient) -> None:
    assert nearness(one, other) is nearness(other, one)


@settings(max_examples=500)
@given(PEOPLE)
def test_everybody_is_near_a_second_record_of_themselves(one: Patient) -> None:
    again = Patient(id=PatientId(new_id()), name=one.name, preferred_name=one.preferred_name, birth_date=one.birth_date)
    expected = Nearness.SAME_NAME if profile(one).forms else None
    assert nearness(one, again) is expected


def test_a_pasted_page_is_compared_within_bounds() -> None:
    assert len(name_parts("ab " * 400_000)) < 100


def test_reading_the_model_loads_none_of_the_comparing_libraries() -> None:
    probe = "import sys, rapportdesk.model.patient; print(any(m in sys.modules for m in ('rapidfuzz', 'jellyfish')))"
    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nia Prydderch", "PRYDDERCH, Nia"),
        ("Nia Prydderch", "Nia Mair Prydderch"),
        ("Nia Prydderch", "N. Prydderch"),
        ("Siân O’Brien", "Sian Obrien"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("李伟", "李伟"),
        ("👑", "👑"),
        ("", ""),
    ],
)
def test_a_name_written_otherwise_may_be_one_person_s(one: str, other: str) -> None:
    assert may_be_one_person(one, other)
    assert may_be_one_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nia Prydderch", "Huw Jones"), ("Nia Prydderch", "Huw Prydderch"), ("Nia Prydderch", ""), ("👑", "Nia")],
)
def test_another_name_is_somebody_else_s(one: str, other: str) -> None:
    assert not may_be_one_person(one, other)
    assert not may_be_one_person(other, one)
