"""The one field on top finds people and words, never opens the wrong person, and never tells what may not be seen."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportdesk.desk.desk import Desk
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier, Patient
from rapportdesk.model.shown import SearchResults
from rapportdesk.model.topic import Permission
from tests.desk.conftest import Practice, add_nia

QUERIES = ("nia", "prydderch", "alto", "result", "rent", "1958-03-14", "40218", "waits alone", "HIV", "money", "gwen")


def add(desk: Desk, name: str, born: dt.date | None = None, **more: object) -> PatientId:
    """Keep somebody."""
    return desk.people.add(Patient(id=PatientId(""), name=name, birth_date=born, **more)).id  # type: ignore[arg-type]  # each test's own fields


def answers(desk: Desk) -> list[SearchResults]:
    """What is found for every query."""
    return [desk.search(query, first=first) for query in QUERIES for first in (None, 1)]


@pytest.mark.parametrize(
    ("name", "born", "near"),
    [
        ("Nia Prydderech", dt.date(1985, 4, 3), True),
        ("Nya Prydderch", None, True),
        ("Nia Prydderch", dt.date(2001, 1, 1), True),
        ("Prydderch, Nia", None, True),
        ("Mair Prydderch", dt.date(1958, 3, 14), True),
        ("Nia Evans", dt.date(1985, 3, 14), True),
        ("Somebody Else", dt.date(1958, 3, 14), False),
        ("Mair Evans", None, False),
    ],
)
def test_a_near_namesake_never_opens_by_enter(ana: Desk, name: str, born: dt.date | None, near: bool) -> None:
    nia = add_nia(ana)
    alone = ana.search("nia prydderch")
    assert ([hit.id for hit in alone.hits], alone.opens_on_enter) == ([nia], True)
    add(ana, name, born)
    for query in ("nia prydderch", "40218"):
        with_another = ana.search(query)
        assert with_another.opens_on_enter is not near
        assert next(hit for hit in with_another.hits if hit.id == nia).near_namesake is near


def test_a_shared_number_lists_every_holder_and_opens_none(ana: Desk) -> None:
    phone = (ContactPoint(system=ContactSystem.PHONE, value="07700 900123"),)
    family = {add(ana, name, contact_points=phone) for name in ("Rhys Vaughan", "Mair Thomas")}
    found = ana.search("07700900123")
    assert {hit.id for hit in found.hits} == family
    assert not found.opens_on_enter
    shared = (Identifier(value="777"),)
    assert len({add(ana, name, identifiers=shared) for name in ("Ali Hassan", "Ng")}) == 2
    assert len(ana.search.by_number("777")) == 2
    assert not ana.search("777").opens_on_enter


def test_the_answer_is_for_exactly_what_was_typed(ana: Desk) -> None:
    add_nia(ana)
    for text in ("nia", " nia", "nia ", "NIA"):
        assert ana.search(text).text == text


def test_words_are_found_where_they_stand_and_follow_every_change(ana: Desk) -> None:
    nia = add_nia(ana)
    other = add(ana, "Ali Hassan")
    ana.consents.agree(other)
    note = ana.notes.write(nia, "Sings alto in the choir", kind=NoteKind.HOBBY)
    (hit,) = ana.search("alto").hits
    assert (hit.id, hit.note, hit.snippet, hit.birth_date) == (nia, note.id, note.text, dt.date(1958, 3, 14))
    assert [hit.note for hit in ana.search("al").hits] == [None]  # two letters are looked for in names alone
    ana.notes.edit(note.id, text="Sings bass in the choir")
    assert (ana.search("alto").hits, len(ana.search("bass").hits)) == ((), 1)
    ana.notes.move(note.id, other)
    assert [hit.id for hit in ana.search("bass").hits] == [other]
    ana.notes.retire(note.id)
    assert ana.search("bass").hits == ()
    ana.notes.undo()
    assert [hit.id for hit in ana.search("bass").hits] == [other]


@pytest.mark.parametrize("short", ["al ch", "al", "si al in"])
def test_words_of_two_letters_are_looked_for_in_names_alone(ana: Desk, short: str) -> None:
    ana.notes.write(add_nia(ana), "Sings alto in the choir", kind=NoteKind.HOBBY)
    assert [hit.note for hit in ana.search(short).hits if hit.note] == []


@pytest.mark.parametrize("found", ["alt ch", '"in" al', "花"])
def test_one_longer_word_or_a_phrase_has_notes_looked_through(ana: Desk, found: str) -> None:
    note = ana.notes.write(add_nia(ana), "Sings alto in the choir; 花园", kind=NoteKind.HOBBY)
    assert [hit.note for hit in ana.search(found).hits] == [note.id]


def test_a_long_note_shows_the_words_and_not_all_of_itself(ana: Desk) -> None:
    ana.notes.write(add_nia(ana), "leeks " * 100 + "prizewinning " + "onions " * 100, kind=NoteKind.HOBBY)
    (hit,) = ana.search("prizewinning").hits
    assert "prizewinning" in hit.snippet
    assert len(hit.snippet) < 100
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")


def test_there_is_no_telling_from_reception_s_answers_what_is_for_clinicians(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "Sings alto", kind=NoteKind.HOBBY)
    before = answers(desk)
    desk = practice.sign_in("Dr Osei")
    desk.topics.set(nia, "HIV", Permission.ASK_FIRST)
    desk.notes.write(nia, "Waits for a result", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="HIV")
    desk.notes.write(nia, "Rent is late", kind=NoteKind.ALSO_WORTH_KNOWING, audience=Audience.CLINICIANS)
    assert answers(practice.sign_in("Ana Ruiz")) == before
    assert answers(practice.sign_in("Ben Morgan")) == before
    desk = practice.sign_in("Dr Osei")
    assert answers(desk) == before  # veiled while somebody may be there
    desk.people.set_company(nia, frozenset())
    assert answers(desk) != before


def test_more_than_are_asked_for_is_said(ana: Desk) -> None:
    for number in range(5):
        add(ana, f"Tomos Williams {number}")
    some = ana.search("tomos", limit=3)
    assert (len(some.hits), some.more, some.opens_on_enter) == (3, True, False)
    assert ana.search("tomos", limit=5).more is False


def test_whoever_was_just_looked_at_comes_first(ana: Desk) -> None:
    people = [add(ana, f"Tomos Williams {number}") for number in range(5)]
    ana.people.card(people[3])
    assert ana.search("tomos").hits[0].id == people[3]


def test_a_former_name_finds_and_is_not_shown(ana: Desk) -> None:
    nia = ana.people.get(add_nia(ana))
    ana.people.update(replace(nia, former_names=("Nia Vaughan",)))
    results = ana.search("vaughan")
    assert [hit.id for hit in results.hits] == [nia.id]
    assert "Vaughan" not in str(results.hits)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    practice = Practice(tmp_path_factory.mktemp("searched") / "desk.rapport")
    desk = practice.sign_in("Ana Ruiz")
    desk.notes.write(add_nia(desk), "Sings alto", kind=NoteKind.HOBBY)
    return desk


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=60) | st.sampled_from(['"', "a*", "NEAR(a b)", "a AND", "-", "\x00", "\ud800", "%_"]))
def test_no_text_is_a_fault(desk: Desk, text: str) -> None:
    found = desk.search(text)
    assert found.text == text
    assert len(found.hits) <= 1
