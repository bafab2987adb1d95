"""Who somebody is, put right, keeps what the card said before, for whoever may read it, and goes when they go."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from rapportdesk.desk.desk import Desk
from rapportdesk.exchange.patient_file_json import read_file_json
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.identity_change import IdentityChange
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, RelatedPerson
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.tables import RecordRow, table_of
from tests.desk.conftest import Practice, add_nia
from tests.paper.reading import text_of


def told(desk: Desk, patient: PatientId) -> list[tuple[str, str, str]]:
    """Every line that said something else before, newest change first."""
    versions = desk.people.identity_history(patient)
    return [(each.label, each.before, each.after) for version in versions for each in version.differences]


def moved(desk: Desk) -> PatientId:
    """Somebody whose name, birth date, phone and daughter were put right."""
    phone = ContactPoint(system=ContactSystem.PHONE, value="01248 1")
    sian = RelatedPerson(id="", name="Sian", relation="daughter")
    nia = desk.people.update(replace(desk.people.get(add_nia(desk)), contact_points=(phone,), people=(sian,)))
    desk.people.update(
        replace(nia, name="Nia Prydderch-Jones", birth_date=dt.date(1958, 3, 15),
                contact_points=(replace(phone, value="01248 2"),), people=(replace(nia.people[0], name="Siân"),))
    )  # fmt: skip
    return nia.id


def test_what_the_card_said_before_is_kept_with_who_put_it_right(ana: Desk) -> None:
    patient = moved(ana)
    lines = told(ana, patient)
    assert ("Name", "Nia Prydderch", "Nia Prydderch-Jones") in lines
    assert ("Birth date", "14 March 1958", "15 March 1958") in lines
    assert ("Phone", "01248 1", "01248 2") in lines
    assert ("Somebody in their life", "Sian · daughter", "Siân · daughter") in lines
    assert {each.changed_by_name for each in ana.people.identity_history(patient)} == {"Ana Ruiz"}


def test_nothing_is_kept_of_a_form_that_was_saved_as_it_was(ana: Desk) -> None:
    patient = add_nia(ana)
    ana.people.update(ana.people.get(patient))
    assert told(ana, patient) == []


def test_a_change_that_is_taken_back_leaves_neither_itself_nor_a_line(ana: Desk) -> None:
    patient = add_nia(ana)
    before = ana.people.get(patient)
    ana.people.update(replace(before, name="Nina Prydderch"))
    assert told(ana, patient)
    ana.notes.undo()
    assert ana.people.get(patient) == before
    assert told(ana, patient) == []


def test_a_former_name_stands_in_no_history_and_on_no_page(ana: Desk) -> None:
    patient = add_nia(ana)
    before = ana.people.get(patient)
    ana.people.update(replace(before, name="Nina Parry"))
    assert "Nia Prydderch" in text_of(ana.patient_files.pages(patient).pdf)
    ana.people.update(replace(before, name="Nina Parry", former_names=("Nia Prydderch",)))
    assert told(ana, patient) == []
    assert "Nia Prydderch" not in text_of(ana.patient_files.pages(patient).pdf)


def test_nothing_that_went_with_a_former_name_stands_in_a_history_or_on_a_page(ana: Desk) -> None:
    patient = add_nia(ana)
    mail = ContactPoint(system=ContactSystem.EMAIL, value="john.oldname@example.org")
    then = replace(
        ana.people.get(patient), name="John Oldname", sort_name="Oldname, John", own_script_name="Джон", say="jonn",
        preferred_name="Johnny", pronouns="he / him", contact_points=(mail,), former_names=(),
    )  # fmt: skip
    ana.people.update(then)
    ana.people.update(replace(then, preferred_name="Jack", say="djon"))
    ana.people.update(replace(then, name="Mary Newname", sort_name="Newname, Mary", preferred_name="Jack"))
    assert any("Oldname, John" in line for line in told(ana, patient))  # the control: none of it is a former name yet
    now = replace(
        then, name="Mary Newname", sort_name="Newname, Mary", own_script_name="Мэри", say="", preferred_name="Molly",
        pronouns="she / her", contact_points=(replace(mail, value="mary@example.org"),),
        birth_date=dt.date(1958, 3, 15), former_names=("John Oldname",),
    )  # fmt: skip
    ana.people.update(now)
    lines = told(ana, patient)
    said = " ".join(part for line in lines for part in line[1:]).casefold()
    pages = text_of(ana.patient_files.pages(patient).pdf).casefold()
    for word in ("john", "oldname", "джон", "jonn", "djon", "jack", "he / him "):
        assert word not in said, word
        assert word not in pages, word
    assert ("Birth date", "14 March 1958", "15 March 1958") in lines
    ana.people.update(replace(now, say="MAIR-ee"))
    assert told(ana, patient)[0] == ("How to say it", "", "MAIR-ee")


@pytest.mark.parametrize("form", ["json", "fhir"])
def test_the_patients_own_copy_says_what_was_written_before(ana: Desk, form: str) -> None:
    patient = moved(ana)
    assert "01248 1" in text_of(ana.patient_files.pages(patient).pdf)
    assert b"01248 1" in ana.patient_files.export(patient, "json" if form == "json" else "fhir")


def test_people_are_named_by_no_history_that_the_card_does_not_name(ana: Desk) -> None:
    patient = moved(ana)
    ana.consents.record(patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert not any("Si" in "".join(line) for line in told(ana, patient))
    assert ("Name", "Nia Prydderch", "Nia Prydderch-Jones") in told(ana, patient)
    assert b"Sian" not in ana.patient_files.export(patient, "json")


def test_who_was_not_safe_before_waits_for_a_clinicians_look_and_is_read_by_nobody_until_then(
    practice: Practice,
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    unsafe = ContactPoint(system=ContactSystem.PHONE, value="960999", safety=ContactSafety.UNSAFE)
    rhodri = RelatedPerson(id="", name="Rhodri", authority=Authority.BARRED)
    plain = desk.people.get(patient)
    desk.people.update(replace(plain, contact_points=(unsafe,), people=(*plain.people, rhodri)))
    desk.people.update(plain)
    for handed in (desk, practice.sign_in("Dr Osei")):
        out = handed.patient_files.export(patient, "json")
        assert b"960999" not in out
        assert b"Rhodri" not in out
        assert read_file_json(out).identity_changes == ()
    whole = practice.sign_in("Ben Morgan").patient_files.export(patient, "json", whole=True)
    assert b"960999" in whole
    assert b"Rhodri" in whole


def test_it_is_erased_with_the_person(practice: Practice) -> None:
    patient = moved(practice.sign_in("Ana Ruiz"))
    desk = practice.sign_in("Ben Morgan")
    kept = [each for each in desk.session().store.things(patient) if isinstance(each, IdentityChange)]
    assert len(kept) == 2
    desk.person_erasure.erase(patient, "asked")
    table = table_of(RecordRow)
    ids = table.c.id.in_([each.id for each in kept])
    desk.close()
    with VaultFile.open(practice.path) as file, file.reading() as reading:
        assert reading.rows(select(table).where(ids)) == []
