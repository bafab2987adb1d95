"""Who in a file is who here: by number, then by name and birth date, and where it could be either, a person decides."""

import datetime as dt

import pytest

from rapportdesk.desk.bring_in.matching import Doubt, KnownPeople
from rapportdesk.exchange.plan import FHIR_ID, IncomingPatient
from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.patient import Identifier, Patient

BORN, OTHER = dt.date(1958, 3, 14), dt.date(1990, 1, 1)
PAS = Identifier(system="pas", value="1")


def person(name: str = "Nia Prydderch", born: dt.date | None = BORN, *numbers: Identifier) -> Patient:
    return Patient(id=PatientId(new_id()), name=name, birth_date=born, identifiers=numbers)


def match(known: list[Patient], name: str, born: dt.date | None, *numbers: Identifier) -> Patient | Doubt | None:
    people = KnownPeople()
    for each in known:
        people.add(each)
    found = people.match(IncomingPatient(key="k", identifiers=numbers, name=name, birth_date=born))
    assert bool(found.candidates) is (found.doubt is not None)
    return found.same or found.doubt


@pytest.mark.parametrize(
    ("name", "born", "numbers", "came"),
    [
        ("Nia Prydderch", BORN, (PAS,), "same"),
        ("Nia Jones", BORN, (PAS,), "same"),
        ("Nia Pryderch", None, (PAS,), "same"),
        ("Huw Eynon", OTHER, (PAS,), Doubt.NUMBER_OF_ANOTHER),
        ("Huw Eynon", None, (PAS,), Doubt.NUMBER_OF_ANOTHER),
        ("Nia Prydderch", BORN, (), "same"),
        ("NIA PRYDDERCH", BORN, (Identifier(system="hospital", value="9"),), "same"),
        ("Nia Prydderch", BORN, (Identifier(system="pas", value="2"),), Doubt.OTHER_NUMBER),
        ("Nia Pryderch", BORN, (), Doubt.NAME_WRITTEN_OTHERWISE),
        ("Nia Pryderch", BORN, (Identifier(system="pas", value="2"),), None),
        ("Nia Prydderch", None, (), Doubt.BIRTH_DATE_UNKNOWN),
        ("Nia Prydderch", OTHER, (), None),
        ("Huw Eynon", BORN, (), None),
    ],
)
def test_one_who_is_known_is_met(
    name: str, born: dt.date | None, numbers: tuple[Identifier, ...], came: Doubt | str | None
) -> None:
    nia = person("Nia Prydderch", BORN, PAS)
    assert match([nia], name, born, *numbers) == (nia if came == "same" else came)


def test_several_who_are_alike_are_told_apart_by_a_person() -> None:
    two = [person("Mair", BORN, PAS), person("Mair", BORN, Identifier(system="pas", value="2"))]
    assert match(two, "Mair", BORN) is Doubt.SEVERAL_ALIKE
    both = [person("Mair", BORN, PAS), person("Mair", BORN, PAS)]
    assert match(both, "Mair", BORN, PAS) is Doubt.TWO_HAVE_THE_NUMBER


def test_two_without_numbers_of_whom_nothing_new_is_said_are_each_found_once() -> None:
    people, two = KnownPeople(), [person("Mair"), person("Mair")]
    for each in two:
        people.add(each)
    said = IncomingPatient(key="k", identifiers=(), name="Mair", birth_date=BORN)
    met = [people.match(said).same, people.match(said).same]
    assert sorted(map(id, met)) == sorted(map(id, two))
    assert people.match(said).same is None


def test_a_birth_date_that_is_not_here_is_a_doubt_unless_nothing_new_is_said() -> None:
    ng = person("Ng", None)
    assert match([ng], "Ng", None) == ng
    assert match([ng], "Ng", BORN) is Doubt.BIRTH_DATE_UNKNOWN
    assert match([ng], "Ng", None, PAS) is Doubt.BIRTH_DATE_UNKNOWN


def test_a_bare_id_proves_nothing_by_itself() -> None:
    bare = Identifier(system=FHIR_ID, value="1")
    assert match([person("Nia Prydderch", BORN, bare)], "Huw Eynon", OTHER, bare) is None
