"""A backup from before keys were changed comes back whole to whoever could read it on that day."""

from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import WrongSecret
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, Note, NoteKind
from tests.desk.conftest import SECRET, Practice, add_nia
from tests.desk.keys.test_clinicians_keys import replaced

OWN = "four words of mine"


def texts(desk: Desk, patient: PatientId) -> set[str]:
    """Every note that this person's keys open."""
    return {thing.text for thing in desk.session().store.things(patient) if isinstance(thing, Note)}


@pytest.fixture
def nia(practice: Practice) -> PatientId:
    """Somebody about whom there is a note for clinicians."""
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    practice.desk.notes.write(nia, "For the doctor", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    return nia


def test_no_note_for_clinicians_is_lost_by_going_back_behind_new_clinicians_keys(
    practice: Practice, nia: PatientId, tmp_path: Path
) -> None:
    sheet = practice.sign_in("Dr Osei").sheets.new_clinicians_sheet()
    backup = Path(practice.sign_in("Ben Morgan").backups.make(tmp_path).path)
    desk = practice.sign_in("Dr Osei")
    before = len(desk.session().store.keys.clinicians)
    replaced(desk)
    desk = practice.sign_in("Dr Osei")  # everything is sealed to the new pair now
    assert len(desk.session().store.keys.clinicians) == before + 1
    desk.staff.change_secret(SECRET, OWN)
    desk.notes.write(nia, "Written since", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    assert texts(desk, nia) == {"For the doctor", "Written since"}
    desk.close()

    elsewhere, target = MemoryCustody(), tmp_path / "new" / "desk.rapport"
    restore(backup, target, practice.codes.desk.code, elsewhere, practice.clock)
    with Desk.open(target, elsewhere, practice.clock, cost=practice.cost) as back:
        osei = next(each.id for each in back.door() if each.name == "Dr Osei")
        with pytest.raises(WrongSecret):
            back.sign_in(osei, OWN)  # as is said before: passphrases are those of that day
        back.sign_in(osei, SECRET)
        assert texts(back, nia) == {"For the doctor"}
        assert back.verify().clean
        replaced(back)  # and once more, from there
        back.lock()
        back.sign_in(osei, SECRET)
        assert texts(back, nia) == {"For the doctor"}
        assert back.sheets.prove(sheet.code).number == sheet.number
        assert back.verify().clean


def test_who_left_since_is_back_until_a_manager_takes_them_out_again(
    practice: Practice, nia: PatientId, tmp_path: Path
) -> None:
    desk = practice.sign_in("Ben Morgan")
    backup = Path(desk.backups.make(tmp_path).path)
    desk.staff.remove(next(each.id for each in desk.door() if each.name == "Ana Ruiz"))
    desk.replace_patient_keys()
    desk.close()
    elsewhere, target = MemoryCustody(), tmp_path / "new" / "desk.rapport"
    restore(backup, target, practice.codes.desk.code, elsewhere, practice.clock)
    with Desk.open(target, elsewhere, practice.clock, cost=practice.cost) as back:
        names = {each.name: each.id for each in back.door()}
        back.sign_in(names["Ana Ruiz"], SECRET)
        back.sign_in(names["Ben Morgan"], SECRET)
        back.staff.remove(names["Ana Ruiz"])
        assert "Ana Ruiz" not in [each.name for each in back.door()]
        back.sign_in(names["Dr Osei"], SECRET)
        assert texts(back, nia) == {"For the doctor"}
        assert back.verify().clean
