"""A name alone is nobody's; whose an appointment is, is certain or a person's to say."""

import datetime as dt

import pytest

from rapportdesk.desk.bring_in.clues import KnownByName
from rapportdesk.exchange import ClueSource, PatientClue
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import ContactPoint, ContactSystem, Patient


def person(id: str, name: str, email: str = "", born: int = 0, sort_name: str = "") -> Patient:
    points = (ContactPoint(system=ContactSystem.EMAIL, value=email),) if email else ()
    day = dt.date(born, 3, 14) if born else None
    return Patient(id=PatientId(id), name=name, sort_name=sort_name, contact_points=points, birth_date=day)


NIA = person("nia", "Nia Prydderch", "nia@example.org", 1958)
OTHER_NIA = person("other", "Nia Prydderch", "", 1990)
HUW = person("huw", "Huw Parry", "parrys@example.org")


def known(*people: Patient) -> KnownByName:
    found = KnownByName()
    for each in people:
        found.add(each)
    return found


def guest(name: str, email: str = "", born: int = 0) -> PatientClue:
    day = dt.date(born, 3, 14) if born else None
    return PatientClue(source=ClueSource.ATTENDEE, name=name, email=email, birth_date=day)


def summary(text: str) -> PatientClue:
    return PatientClue(source=ClueSource.SUMMARY, name=text)


@pytest.mark.parametrize(
    "clue",
    [
        guest("Nia Prydderch", "Nia@Example.org"),
        guest("Prydderch, Nia", "nia@example.org"),
        guest("Nia Prydderch", born=1958),
    ],
)
def test_a_name_with_an_address_or_birth_date_that_both_fit_one_person_is_certain(clue: PatientClue) -> None:
    assert known(NIA, HUW).whose([clue]).certain == NIA.id


@pytest.mark.parametrize(
    ("clue", "candidates"),
    [
        (guest("Nia Prydderch"), ("nia",)),
        (guest("Nia Prydderch", "somebody@example.org"), ("nia",)),
        (guest("Nia Prydderch", born=1959), ("nia",)),
        (guest("Gwen Parry", "parrys@example.org"), ("huw",)),
        (guest("", "parrys@example.org"), ("huw",)),
        (summary("Nia Prydderch - bloods"), ("nia",)),
        (summary("09:30 PRYDDERCH, Nia (review)"), ("nia",)),
        (guest("Mair Puw", "mair@example.org"), ()),
    ],
)
def test_anything_less_is_a_persons_to_say(clue: PatientClue, candidates: tuple[str, ...]) -> None:
    whose = known(NIA, HUW).whose([clue])
    assert (whose.certain, whose.candidates) == (None, candidates)
    assert whose.described is not None
    assert whose.described.name in (clue.name, clue.email)
    assert whose.described.contact_points == ()


def test_a_namesake_makes_what_was_certain_a_question() -> None:
    clue = guest("Nia Prydderch", "nia@example.org")
    assert known(NIA).whose([clue]).certain == NIA.id
    assert known(NIA, OTHER_NIA).whose([clue]).certain is None


def test_two_guests_who_are_both_here_are_a_question_and_a_stranger_beside_one_is_not() -> None:
    nia, huw = guest("Nia Prydderch", "nia@example.org"), guest("Huw Parry", "parrys@example.org")
    assert known(NIA, HUW).whose([nia, huw]).candidates == ("nia", "huw")
    assert known(NIA, HUW).whose([nia, huw]).certain is None
    assert known(NIA, HUW).whose([nia, guest("Stranger", "s@example.org")]).certain == NIA.id


def test_what_names_nobody_who_is_here_takes_nobodys_time() -> None:
    for clues in ([summary("Practice meeting")], [guest("Dr Hahn"), guest("Dr Lind")], [summary("Nia")], []):
        whose = known(NIA, HUW).whose(clues)
        assert (whose.certain, whose.candidates, whose.described) == (None, (), None)
