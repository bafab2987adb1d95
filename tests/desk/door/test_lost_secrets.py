"""A lost secret locks nobody out for good, and nobody gains by it what they did not hold."""

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotAllowed, WrongSecret
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, Note, NoteKind
from tests.desk.conftest import SECRET, Practice, add_nia

NEW = "a one-time secret"
OWN = "four words of mine"


def texts(desk: Desk, patient: PatientId) -> set[str]:
    """Every note that this person's keys open."""
    return {thing.text for thing in desk.session().store.things(patient) if isinstance(thing, Note)}


@pytest.fixture
def nia(practice: Practice) -> PatientId:
    """Somebody about whom there is a note for clinicians."""
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "For the doctor", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    return nia


def reset(practice: Practice, name: str) -> Desk:
    """Let the manager reset somebody's secret, and sign them in with the new one."""
    desk = practice.sign_in("Ben Morgan")
    person = next(each for each in desk.door() if each.name == name)
    desk.staff.reset_secret(person.id, NEW)
    desk.sign_in(person.id, NEW)
    desk.staff.change_secret(NEW, OWN)
    return desk


def test_somebody_with_a_reset_secret_finds_and_opens_everybody_they_had_a_draft_on(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.drafts.keep(nia, "half a line")
    desk = reset(practice, "Ana Ruiz")
    assert [hit.id for hit in desk.search("nia").hits] == [nia]
    assert desk.people.card(nia).patient.id == nia
    assert desk.drafts.mine() == ()
    assert desk.verify().clean


def test_the_only_clinician_takes_their_keys_from_the_clinicians_sheet(practice: Practice, nia: PatientId) -> None:
    sheet = practice.sign_in("Dr Osei").sheets.new_clinicians_sheet()
    desk = reset(practice, "Dr Osei")
    assert texts(desk, nia) == set()
    desk.sheets.restore_clinicians_keys(sheet.code)
    assert texts(desk, nia) == {"For the doctor"}
    assert desk.verify().clean
    desk.lock()
    desk.sign_in(next(each.id for each in desk.door() if each.name == "Dr Osei"), OWN)
    assert texts(desk, nia) == {"For the doctor"}
    assert desk.sheets.new_clinicians_sheet().number == sheet.number + 1


def test_the_clinicians_sheet_gives_nothing_to_others_and_the_desk_s_sheet_nothing_of_theirs(
    practice: Practice, nia: PatientId
) -> None:
    sheet = practice.sign_in("Dr Osei").sheets.new_clinicians_sheet()
    for name in ("Ana Ruiz", "Ben Morgan"):
        desk = practice.sign_in(name)
        with pytest.raises(NotAllowed):
            desk.sheets.restore_clinicians_keys(sheet.code)
        assert texts(desk, nia) == set()
    desk = reset(practice, "Dr Osei")
    with pytest.raises(WrongSecret):
        desk.sheets.restore_clinicians_keys(practice.codes.desk.code)
    assert texts(desk, nia) == set()


def test_a_manager_who_left_their_desk_open_keeps_their_secret(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    with pytest.raises(BadInput):
        desk.staff.reset_secret(desk.viewer.staff, "whoever walks by")
    with pytest.raises(WrongSecret):
        desk.staff.change_secret("whoever walks by", "whoever walks by")
    desk.lock()
    desk.sign_in(desk.door()[1].id, SECRET)
    assert desk.viewer.name == "Ben Morgan"
