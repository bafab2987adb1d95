"""An older copy put back in the middle of a key's moving opens, is told as older, and goes on to the end."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.standing import Stands
from rapportdesk.store.rekeying import moving_over
from rapportdesk.store.rekeying.former_keys import FormerKeys
from tests.desk.conftest import Practice, add_nia
from tests.desk.door.test_standing import stands
from tests.desk.keys.test_moving_over_backed_up import former

NOTE = "Sings alto"


@pytest.fixture
def people(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> list[PatientId]:
    """Five people with a note each, in a file that the password store remembers."""
    monkeypatch.setattr(moving_over, "_WRAPPED", 2)
    monkeypatch.setattr(moving_over, "_COUNTED", 3)
    assert stands(practice) is Stands.FIRST
    found = [add_nia(practice.desk) for _number in range(5)]
    for each in found:
        practice.desk.notes.write(each, NOTE, kind=NoteKind.HOBBY)
    return found


def copied(practice: Practice, name: str) -> Path:
    """Close the desk, copy its file, and begin again as Ben."""
    practice.desk.close()
    copy = practice.path.with_name(name)
    shutil.copy2(practice.path, copy)
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE
    return copy


def moved_by(practice: Practice, steps: int) -> None:
    """Go on with the moving for so many steps."""
    with closing(practice.desk.session().store.rotate_patient_keys_in_steps()) as moving:
        for _number in range(steps):
            next(moving)


def put_back(practice: Practice, copy: Path) -> None:
    practice.desk.close()
    shutil.copy2(copy, practice.path)
    practice.reopen()
    assert stands(practice) is Stands.OLDER


def everything_goes_on(practice: Practice, people: list[PatientId]) -> None:
    """Everybody comes in and reads all there is; a manager goes on with it, and the moving comes to its end."""
    for name in ("Ana Ruiz", "Dr Osei", "Ben Morgan"):
        desk = practice.sign_in(name)
        assert [note.text for each in people for note in desk.session().known(each).notes] == [NOTE] * len(people)
    practice.desk.standing.ask()
    practice.desk.standing.compare()
    practice.desk.standing.go_on()
    practice.desk.replace_patient_keys()
    assert former(practice.desk) == FormerKeys()
    assert practice.desk.verify().clean
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE


@pytest.mark.parametrize("steps", [1, 8])
def test_a_copy_from_the_middle_of_it_put_back_after_its_end(
    practice: Practice, people: list[PatientId], steps: int
) -> None:
    practice.desk.replace_vault_key()
    moved_by(practice, steps)
    assert former(practice.desk) != FormerKeys()
    middle = copied(practice, "middle")
    practice.desk.replace_patient_keys()
    assert former(practice.desk) == FormerKeys()
    put_back(practice, middle)
    assert former(practice.desk) != FormerKeys()
    everything_goes_on(practice, people)


@pytest.mark.parametrize("steps", [4])
def test_a_copy_from_before_it_put_back_in_its_middle(practice: Practice, people: list[PatientId], steps: int) -> None:
    before = copied(practice, "before")
    practice.desk.replace_vault_key()
    moved_by(practice, steps)
    assert former(practice.desk) != FormerKeys()
    put_back(practice, before)
    assert former(practice.desk) == FormerKeys(), "the key of before, and nothing half moved"
    everything_goes_on(practice, people)


def test_the_control_the_same_file_left_in_the_middle_accuses_nobody(
    practice: Practice, people: list[PatientId]
) -> None:
    practice.desk.replace_vault_key()
    moved_by(practice, 4)
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE
    practice.desk.replace_patient_keys()
    assert practice.desk.verify().clean
    assert len(people) == 5
