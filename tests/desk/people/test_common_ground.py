"""A colleague's interests are their own: read by nobody else, on no card but for themself, and gone when they leave."""

import pytest
from sqlalchemy import select

from rapportdesk.errors import BadInput
from rapportdesk.model.common_ground import LONGEST_INTEREST, MOST_INTERESTS, Interest, OwnInterests
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Card
from rapportdesk.store.tables import RecordRow, table_of
from tests.desk.conftest import SECRET, Practice

SINGING = Interest(words="singing", happy_to="concerts", rather_not="auditions")
DOGS = Interest(words="dogs")


@pytest.fixture
def nia(practice: Practice) -> PatientId:
    """Nia sings, and has told clinicians alone of her dog."""
    practice.sign_in("Ana Ruiz")
    made = practice.desk.people.add(Patient(id=PatientId(""), name="Nia Prydderch")).id
    practice.desk.consents.agree(made)
    practice.desk.notes.write(made, "Sings alto in Côr y Cwm", kind=NoteKind.HOBBY)
    practice.desk.notes.write(made, "Her dog Mot", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    return made


def rows_of_no_patient(practice: Practice) -> int:
    """How many rows lie beside the settings, whoever opens them."""
    table = table_of(RecordRow)
    with practice.desk._file.reading() as reading:
        return len(reading.rows(select(table.c.id).where(table.c.patient_id.is_(None))))


def read(card: Card) -> str:
    return " ".join(line.detail for block in card.blocks for line in block.lines)


def test_a_card_tells_whoever_shares_it_and_nobody_else(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    before = {}
    for name in ("Dr Osei", "Ben Morgan", "Ana Ruiz"):
        practice.sign_in(name)
        before[name] = desk.people.card_unrecorded(nia)
    desk.common_ground.keep((SINGING, DOGS))

    assert "Ana Ruiz too: singing, happily about concerts, not about auditions" in read(desk.people.card(nia))
    assert "dogs" not in read(desk.people.card(nia)), "what is for clinicians alone is matched for nobody else"
    for name in ("Dr Osei", "Ben Morgan"):
        practice.sign_in(name)
        assert desk.people.card_unrecorded(nia) == before[name]
        assert desk.common_ground.mine() == ()
    practice.sign_in("Ana Ruiz")
    assert desk.common_ground.mine() == (SINGING, DOGS), "they are still hers"


def test_the_brief_on_the_screen_tells_the_clinician_and_no_paper_does(practice: Practice, nia: PatientId) -> None:
    desk = practice.sign_in("Dr Osei")
    before = desk.briefs.of(nia)
    assert desk.common_ground.on_brief(before) == before
    desk.common_ground.keep((SINGING,))
    shown = desk.common_ground.on_brief(desk.briefs.of(nia))
    assert any("Dr Osei too: singing" in line.detail for each in shown.sections for line in each.lines)
    for brief in (desk.briefs.of(nia), desk.briefs.for_paper(nia)):
        assert not any("too: singing" in line.detail for each in brief.sections for line in each.lines)


def test_no_other_keys_open_them(practice: Practice) -> None:
    practice.sign_in("Ana Ruiz")
    practice.desk.common_ground.keep((SINGING,))
    for name, opened in (("Ben Morgan", 0), ("Ana Ruiz", 1)):
        practice.sign_in(name)
        things = practice.desk.session().store.things(None)
        assert sum(isinstance(each, OwnInterests) for each in things) == opened
    assert practice.desk.verify().clean


def test_one_press_takes_them_away(practice: Practice, nia: PatientId) -> None:
    desk = practice.desk
    plain = desk.people.card_unrecorded(nia)
    desk.common_ground.keep((SINGING,))
    assert desk.people.card_unrecorded(nia) != plain, "the control"
    desk.common_ground.remove()

    assert desk.common_ground.mine() == ()
    assert desk.people.card_unrecorded(nia) == plain
    practice.sign_in("Ana Ruiz")
    assert desk.common_ground.mine() == ()


def test_they_leave_with_whoever_entered_them(practice: Practice) -> None:
    desk = practice.desk
    for name in ("Ana Ruiz", "Ben Morgan"):
        practice.sign_in(name)
        desk.common_ground.keep((SINGING,))
    desk.replace_vault_key()  # what is remembered of former ones is a row of its own from the first on
    rows = rows_of_no_patient(practice)
    ana = next(each for each in desk.staff.list() if each.name == "Ana Ruiz")
    desk.staff.remove(ana.id)

    assert rows_of_no_patient(practice) == rows - 1
    assert desk.common_ground.mine() == (SINGING,), "the manager's own stay"
    assert desk.verify().clean
    practice.reopen()
    assert practice.sign_in("Ben Morgan").common_ground.mine() == (SINGING,)


def test_they_are_changed_in_place_and_bounded(practice: Practice) -> None:
    practice.sign_in("Ana Ruiz")
    desk = practice.desk
    desk.common_ground.keep((SINGING, Interest(words="  ")))
    assert desk.common_ground.mine() == (SINGING,)
    rows = rows_of_no_patient(practice)
    desk.common_ground.keep((DOGS,))
    assert desk.common_ground.mine() == (DOGS,)
    assert rows_of_no_patient(practice) == rows
    with pytest.raises(BadInput):
        desk.common_ground.keep((Interest(words="x" * (LONGEST_INTEREST + 1)),))
    with pytest.raises(BadInput):
        desk.common_ground.keep((DOGS,) * (MOST_INTERESTS + 1))
    assert desk.common_ground.mine() == (DOGS,)
    desk.common_ground.keep(())
    assert rows_of_no_patient(practice) == rows - 1


def test_a_new_secret_from_a_manager_leaves_them_behind_and_they_can_be_entered_anew(practice: Practice) -> None:
    practice.sign_in("Ana Ruiz")
    practice.desk.common_ground.keep((SINGING,))
    ana = practice.desk.viewer.staff
    practice.sign_in("Ben Morgan")
    practice.desk.staff.reset_secret(ana, SECRET + "!")
    practice.desk.sign_in(ana, SECRET + "!")
    practice.desk.staff.change_secret(SECRET + "!", SECRET)
    assert practice.desk.common_ground.mine() == ()
    rows = rows_of_no_patient(practice)
    practice.desk.common_ground.keep((DOGS,))
    assert practice.desk.common_ground.mine() == (DOGS,)
    assert rows_of_no_patient(practice) == rows, "what nobody opens any more does not stay behind"
