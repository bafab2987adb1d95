"""A patient's file goes out and comes back whole, and what reception hands out tells nothing that it may not know."""

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.rights.patient_file_parts import everything
from rapportdesk.desk.rights.patient_files import PatientFiles
from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.exchange.patient_file_json import read_file_json
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind, Source
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, Patient, RelatedPerson
from rapportdesk.model.patient_file import PatientFile
from rapportdesk.model.staff import Role
from rapportdesk.model.topic import Permission
from tests.desk.conftest import SECRET, Practice, add_nia, looks
from tests.paper.reading import text_of

Form = Literal["json", "fhir"]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, founded: Practice) -> Iterator[tuple[Practice, Practice]]:
    """Two practices with a manager who treats as well, and so opens everything."""
    folder = tmp_path_factory.mktemp("two")
    made = []
    for name in ("here", "there"):
        one = Practice(folder / name / "desk.rapport", founded=founded)
        eve = one.desk.staff.add("Eve Lloyd", frozenset({Role.MANAGER, Role.CLINICIAN}), SECRET, must_change=False)
        one.sign_in("Dr Osei").staff.admit(eve.id)
        one.sign_in("Eve Lloyd")
        made.append(one)
    yield made[0], made[1]
    for one in made:
        one.desk.close()


def whole(desk: Desk, patient: PatientId) -> PatientFile:
    """Everything about a patient, in an order of its own; how often a promise was changed is not a part of it."""
    file = everything(desk.session(), patient)
    lists: dict[str, Any] = {
        name: tuple(sorted((replace(each, revision=1) if hasattr(each, "revision") else each for each in things),
                           key=lambda each: (each.id, repr(each))))
        for name in PatientFile.__dataclass_fields__
        if name != "patient"
        for things in [getattr(file, name)]
    }  # fmt: skip
    return replace(file, **lists)


def said_by_a_carer(desk: Desk, patient: PatientId) -> None:
    """Write down what somebody else said."""
    note = desk.notes.write(patient, "Fond of dogs", kind=NoteKind.ALSO_WORTH_KNOWING)
    desk.session().store.put(replace(note, text="Drinks at night", source=Source.SAID_BY_CARER))


def live(desk: Desk, patient: PatientId, did: str) -> None:
    """Do one of the things that a day at the desk brings."""
    match did:
        case "note":
            desk.notes.write(patient, "Leeks for the show", kind=NoteKind.HOBBY)
        case "changed":
            note = desk.notes.write(patient, "Tea", kind=NoteKind.PREFERENCE)
            desk.notes.edit(note.id, text="Tea, no milk")
        case "for clinicians":
            desk.notes.write(patient, "Worried about the lump", kind=NoteKind.FEELING_NAMED,
                             audience=Audience.CLINICIANS)  # fmt: skip
        case "topic":
            desk.topics.set(patient, "HIV", Permission.CLINICIAN_ONLY)
            desk.topics.set(patient, "money", Permission.ASK_FIRST)
        case "note on a topic":
            desk.notes.write(patient, "Lost the shop", kind=NoteKind.LIFE_EVENT, topic_code="money")
        case "retired":
            desk.notes.retire(desk.notes.write(patient, "Sings alto", kind=NoteKind.HOBBY).id)
        case "promise":
            desk.tasks.add(patient, "Send the form")
        case "visit":
            desk.today.add_appointment(patient, desk.clock.now() + dt.timedelta(days=3), practitioner="Dr Osei")
        case "consent":
            desk.consents.record(patient, Covers.PHONE, ConsentStatus.ACTIVE)
        case "withdrawn":
            desk.consents.record(patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
        case "form":
            event = desk.consents.record(patient, Covers.POST, ConsentStatus.ACTIVE)
            desk.consent_forms.attach(patient, event.id, b"%PDF-1.7 signed")
        case "carer":
            said_by_a_carer(desk, patient)
        case "put right":
            desk.people.update(replace(desk.people.get(patient), say="NEE-ah"))
            desk.people.update(replace(desk.people.get(patient), say="NEE-a"))


FORMS = st.sampled_from(("json", "fhir"))
DONE = ("note", "changed", "for clinicians", "topic", "note on a topic", "retired", "promise", "visit", "consent",
        "form", "carer", "put right")  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    done=st.lists(st.sampled_from(DONE), max_size=8), withdrawn=st.booleans(), form=st.sampled_from(["json", "fhir"])
)
def test_a_whole_file_comes_back_whole(
    two: tuple[Practice, Practice], tmp_path: Path, done: list[str], withdrawn: bool, form: Form
) -> None:
    here, there = two
    patient = add_nia(here.desk)
    for each in (*done, *(["withdrawn"] if withdrawn else [])):
        live(here.desk, patient, each)
    out = tmp_path / "file.json"
    out.write_bytes(here.desk.patient_files.export(patient, form, whole=True))
    assert here.desk.patient_files.holds_one(out)
    there.desk.patient_files.bring_back(out)
    assert whole(there.desk, patient) == whole(here.desk, patient)
    assert there.desk.search("Prydderch").hits


def test_a_file_brings_nobody_back_who_is_here(two: tuple[Practice, Practice], tmp_path: Path) -> None:
    here, there = two
    out = tmp_path / "file.json"
    patient = add_nia(here.desk)
    out.write_bytes(here.desk.patient_files.export(patient, "json", whole=True))
    with pytest.raises(BadInput):
        here.desk.patient_files.bring_back(out)
    assert there.desk.patient_files.look_into(out).patient.id == patient
    with pytest.raises(NotFound):
        there.desk.people.get(patient)  # looking kept nothing


def test_a_pipe_is_no_patients_file_and_nobody_waits_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "link.json").symlink_to(tmp_path / "pipe.json")
    assert not PatientFiles.holds_one(tmp_path / "pipe.json")
    assert not PatientFiles.holds_one(tmp_path / "link.json")


def exported(desk: Desk, patient: PatientId) -> PatientFile:
    return read_file_json(desk.patient_files.export(patient, "json"))


def test_what_waits_for_a_clinician_is_in_no_answer_and_is_not_mentioned(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    plain = add_nia(desk)
    desk.notes.write(plain, "Leeks", kind=NoteKind.HOBBY)
    before = text_of(desk.patient_files.pages(plain).pdf)
    patient = desk.people.get(plain)
    barred = RelatedPerson(id="", name="Rhodri Barred", authority=Authority.BARRED)
    number = ContactPoint(system=ContactSystem.PHONE, value="01632 960999", safety=ContactSafety.UNSAFE)
    desk.people.update(replace(patient, people=(*patient.people, barred), contact_points=(number,)))
    said_by_a_carer(desk, plain)
    after = text_of(desk.patient_files.pages(plain).pdf)
    assert "Leeks" in before
    assert _without_serial(after) == _without_serial(before)
    whole_copy = practice.sign_in("Ben Morgan").patient_files.export(plain, "json", whole=True)
    assert all(word in whole_copy for word in (b"Drinks at night", b"Rhodri", b"960999"))


@pytest.mark.parametrize("then", ["nothing", "taken back", "rests"])
def test_who_is_not_safe_is_named_by_no_answer_even_when_the_card_shows_nobody(practice: Practice, then: str) -> None:
    desk = practice.sign_in("Ana Ruiz")
    karl = RelatedPerson(id="", name="Karl Voss", relation="stepfather", authority=Authority.PARENTAL)
    child = desk.people.add(Patient(id=PatientId(""), name="Mali Rees", birth_date=dt.date(2016, 1, 2), people=(karl,)))
    (karl,) = child.people
    desk.consents.someone_else(child.id, karl.id, dt.date(2027, 1, 1))
    desk.consents.record(child.id, Covers.TALK_WITH, ConsentStatus.REJECTED, person=karl.id)
    assert "Karl Voss" in text_of(desk.patient_files.pages(child.id).pdf)
    desk.people.update(replace(child, people=(replace(karl, unsafe_since=practice.clock.now()),)))
    if then == "taken back":
        desk.consents.record(child.id, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    elif then == "rests":
        desk.rights.restrict(child.id, "")
    written = desk.patient_files.export(child.id, "json")
    assert b"Karl" not in written
    assert karl.id.encode() not in written
    assert "Karl" not in text_of(desk.patient_files.pages(child.id).pdf)


def _without_serial(text: str) -> list[str]:
    return [word for word in text.split() if "-" not in word]


def test_what_is_for_clinicians_reaches_no_answer_of_the_desk_and_the_clinicians(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    before = exported(desk, patient)
    live(desk, patient, "for clinicians")
    live(desk, patient, "topic")
    after = exported(desk, patient)
    assert after.notes == before.notes
    assert [topic.code for topic in after.topics] == ["money"]
    clinicians = exported(practice.sign_in("Dr Osei"), patient)
    assert [note.text for note in clinicians.notes] == ["Worried about the lump"]
    assert {topic.code for topic in clinicians.topics} == {"HIV", "money"}


def test_only_a_manager_makes_the_practices_own_copy(practice: Practice) -> None:
    patient = add_nia(practice.sign_in("Ana Ruiz"))
    for name in ("Ana Ruiz", "Dr Osei"):
        with pytest.raises(NotAllowed):
            practice.sign_in(name).patient_files.export(patient, "json", whole=True)
    assert practice.sign_in("Ben Morgan").patient_files.export(patient, "json", whole=True)


def test_a_patient_learns_that_a_copy_was_made(ana: Desk) -> None:
    patient = add_nia(ana)
    ana.patient_files.export(patient, "fhir")
    assert looks(ana, patient)[-1].why == "patient's file fhir"


def test_it_is_in_the_patients_language_and_the_window_goes_on_in_its_own(ana: Desk) -> None:
    patient = add_nia(ana)
    ana.people.update(replace(ana.people.get(patient), languages=("Cymraeg",)))
    assert ana.patient_files.pages(patient).tagged
    assert "What we keep about you" in text_of(ana.patient_files.pages(add_nia(ana)).pdf)
