"""What is printed about consent is recorded, and a young person's own never reaches whoever decides for them."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotAllowed, NotFound
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Authority, ContactPoint, ContactSystem, Patient, RelatedPerson
from rapportdesk.model.topic import Permission
from tests.desk.conftest import MORNING, Practice, add_nia
from tests.paper.reading import text_of

PRIVATE = ("Sam", "they / them", "07700 900123", "Fears the needle", "Smokes behind the gym", "Meets Jo after school")


def young_person(practice: Practice) -> PatientId:
    """Keep a fifteen-year-old on their mother's word, with notes that are theirs in every way."""
    desk = practice.sign_in("Ana Ruiz")
    mother = RelatedPerson(id="mother", name="Angharad Wyn", relation="mother", authority=Authority.PARENTAL)
    patient = desk.people.add(
        Patient(
            id=PatientId(""), name="Elin Wyn", preferred_name="Sam", pronouns="they / them", people=(mother,),
            birth_date=MORNING.date().replace(year=2011),
            contact_points=(ContactPoint(system=ContactSystem.PHONE, value="07700 900123"),),
        )
    )  # fmt: skip
    desk.consents.someone_else(patient.id, "mother", MORNING.date() + dt.timedelta(days=90))
    desk.notes.write(patient.id, "Plays the harp", kind=NoteKind.HOBBY)
    desk.notes.write(patient.id, "Fears the needle", kind=NoteKind.PREFERENCE, audience=Audience.CLINICIANS)
    desk.topics.set(patient.id, "smoking", Permission.NOT_IN_FRONT_OF, person="mother")
    desk.notes.write(patient.id, "Smokes behind the gym", kind=NoteKind.ALSO_WORTH_KNOWING, topic_code="smoking")
    desk.consents.record(patient.id, Covers.KEEP_NOTES, ConsentStatus.ACTIVE)
    practice.clock.move_on(60)
    desk.notes.write(patient.id, "Meets Jo after school", kind=NoteKind.HOBBY)
    practice.clock.move_on(60)
    desk.consents.someone_else(patient.id, "mother", MORNING.date() + dt.timedelta(days=90))
    return patient.id


@pytest.mark.parametrize("name", ["Ana Ruiz", "Dr Osei"])
def test_whoever_decides_gets_what_they_agreed_to_and_nothing_private_whoever_prints_it(
    practice: Practice, name: str
) -> None:
    elin = young_person(practice)
    desk = practice.sign_in(name)
    page = text_of(desk.consent_sheets.for_guardian(elin, "mother").pdf)
    assert "Elin Wyn" in page
    assert "Plays the harp" in page
    assert [each for each in PRIVATE if each in page] == []
    assert [event.why for event in desk.audit.of(elin) if event.action is AuditAction.EXPORTED] == [
        "for who decides printed"
    ]


def test_the_same_words_are_on_the_young_persons_own_card(practice: Practice) -> None:
    """The control: what is kept from the guardian is there to be kept from them."""
    elin = young_person(practice)
    desk = practice.sign_in("Dr Osei")
    desk.people.set_company(elin, frozenset())
    shown = str(desk.people.card(elin)) + str(desk.session().known(elin).notes)
    assert [each for each in PRIVATE if each not in shown] == []


def test_nobody_gets_a_page_on_whose_word_nothing_is_kept(practice: Practice) -> None:
    elin = young_person(practice)
    desk = practice.sign_in("Ana Ruiz")
    for person in ("nobody", ""):
        with pytest.raises(NotAllowed):
            desk.consent_sheets.for_guardian(elin, person)
    patient = desk.people.get(elin)
    desk.people.update(replace(patient, birth_date=MORNING.date().replace(year=2010)))
    with pytest.raises(NotAllowed):
        desk.consent_sheets.for_guardian(elin, "mother")
    with pytest.raises(NotFound):
        desk.consent_sheets.for_guardian(PatientId("0" * 32), "mother")


def test_a_printed_form_is_recorded_and_says_the_practices_own_days(ana: Desk) -> None:
    nia = add_nia(ana)
    page = text_of(ana.consent_sheets.sheet(nia).pdf)
    assert "Nia Prydderch" in page
    assert "erased after 30 days" in page
    assert "Cwm Road" in page
    assert [event.why for event in ana.audit.of(nia) if event.action is AuditAction.EXPORTED] == [
        "consent form printed"
    ]
