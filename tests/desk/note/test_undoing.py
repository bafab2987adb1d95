"""What one press made is taken back by one press, also where it was saved together with the form it was typed into."""

import pytest

from rapportdesk.desk.brief.explained import AfterVisit
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.note.undoing import as_one
from rapportdesk.errors import BadInput
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind, NoteStatus
from tests.desk.conftest import Practice, add_nia

VISIT = AfterVisit(what="How the inhaler is held", felt="Relieved", next_step="Come back in March")


@pytest.fixture
def desk(practice: Practice) -> Desk:
    return practice.sign_in("Dr Osei")


@pytest.fixture
def nia(desk: Desk) -> PatientId:
    """Nia, of whom one thing is noted already."""
    patient = add_nia(desk)
    desk.notes.write(patient, "Sings alto", kind=NoteKind.HOBBY)
    return patient


def texts(desk: Desk, nia: PatientId) -> list[str]:
    notes = desk.session().known(nia).notes
    return [note.text for note in notes if note.status is NoteStatus.ACTIVE]


@pytest.mark.parametrize("with_form", [False, True])
def test_one_press_takes_back_what_one_press_made(desk: Desk, nia: PatientId, with_form: bool) -> None:
    def keep() -> object:
        return desk.explained.keep(nia, VISIT)

    desk.drafts.save_form(Form.EXPLAINED, nia, keep) if with_form else keep()
    assert len(texts(desk, nia)) == 4
    desk.notes.undo()
    assert texts(desk, nia) == ["Sings alto"]
    desk.notes.undo()
    assert texts(desk, nia) == [], "the step before is there still"


def test_what_fails_half_way_leaves_nothing_to_take_back(desk: Desk, nia: PatientId) -> None:
    session = desk.session()

    def half() -> None:
        with as_one(session, "both"):
            desk.notes.write(nia, "Keeps bees", kind=NoteKind.HOBBY)
            desk.notes.write(nia, " ", kind=NoteKind.HOBBY)

    with pytest.raises(BadInput):
        half()
    assert len(session.undoable) == 1
    assert texts(desk, nia) == ["Sings alto"]
    desk.notes.write(nia, "Bakes", kind=NoteKind.HOBBY)
    desk.notes.undo()
    assert texts(desk, nia) == ["Sings alto"]


def test_what_was_caught_inside_a_larger_save_is_no_step_of_it(desk: Desk, nia: PatientId) -> None:
    session = desk.session()
    with session.transaction():
        desk.notes.write(nia, "Bakes", kind=NoteKind.HOBBY)
        with pytest.raises(BadInput), as_one(session, "both"):
            desk.notes.write(nia, " ", kind=NoteKind.HOBBY)
    assert not session.gathering
    desk.notes.undo()
    assert texts(desk, nia) == ["Sings alto"]
