"""What was kept of the file before its form was changed goes once the new one is proved, and with whoever is erased."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rapportdesk.clock import StandingClock
from rapportdesk.desk.backup.restoring import drill, restore
from rapportdesk.desk.desk import Desk
from rapportdesk.model.note import Note
from rapportdesk.store.file.copies_beside import FORMER_DAYS, PROVING, RESTORING, SNAPSHOT, formers
from rapportdesk.vault.custody import MemoryCustody
from tests.desk.conftest import MORNING, SECRET, Practice
from tests.faults.animals import Animal, animals

OLD = animals()[0]


class Older:
    """A vault of the oldest form, on a workstation of its own."""

    def __init__(self, folder: Path, animal: Animal) -> None:
        self.path = folder / "vault" / "desk.rapport"
        self.path.parent.mkdir(mode=0o700)
        shutil.copyfile(animal.vault, self.path)
        self.path.chmod(0o600)
        self.clock, self.custody = StandingClock(MORNING), MemoryCustody()
        for key_id, key in animal.keys.items():
            self.custody.write(key_id, key)
        self.desk = self.open()

    def open(self) -> Desk:
        """Open it with its manager signed in."""
        self.desk = Desk.open(self.path, self.custody, self.clock)
        self.desk.sign_in(next(each.id for each in self.desk.door() if each.name == "Ben Morgan"), SECRET)
        return self.desk

    @property
    def formers(self) -> list[str]:
        """The names of what lies beside it in its former form."""
        return [each.name for each in formers(self.path)]


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Older]:
    made = Older(tmp_path, OLD)
    assert made.formers == ["desk.rapport.before-0001"]
    yield made
    made.desk.close()


def test_it_stays_until_there_is_a_backup_of_the_new_form(older: Older, tmp_path: Path) -> None:
    older.desk.close()
    assert older.open().verify().clean
    assert older.formers
    older.desk.backups.make(tmp_path)
    assert older.formers == []


def test_it_goes_before_somebody_is_said_to_be_erased(older: Older) -> None:
    patient = next(iter(older.desk.session().store.patients())).id
    older.desk.person_erasure.erase(patient, "asked for it")
    assert older.formers == []


def test_what_was_only_just_written_and_is_taken_back_leaves_it(older: Older) -> None:
    store = older.desk.session().store
    note = next(thing for thing in store.all_things() if isinstance(thing, Note))
    older.desk.notes.write(note.patient, "by mistake", kind=note.kind)
    older.desk.notes.undo()
    assert older.formers


@pytest.mark.parametrize(("days", "there"), [(FORMER_DAYS - 1, True), (FORMER_DAYS + 1, False), (-3650, True)])
def test_without_a_backup_it_goes_after_some_days_by_itself(older: Older, days: int, there: bool) -> None:
    older.desk.close()
    made = (MORNING - dt.timedelta(days=days)).timestamp()
    os.utime(formers(older.path)[0], (made, made))
    older.open()
    assert bool(older.formers) is there


def test_a_link_or_a_folder_of_such_a_name_is_left_alone(practice: Practice, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("not RapportDesk's")
    (linked := practice.path.with_name("desk.rapport.before-0001")).symlink_to(mine)
    (folder := practice.path.with_name("desk.rapport.before-0002")).mkdir()
    (other := practice.path.with_name("desk.rapport.before-noon")).touch()
    practice.desk.backups.make(tmp_path)
    assert linked.is_symlink()
    assert mine.exists()
    assert folder.is_dir()
    assert other.exists()


def test_a_backup_of_an_older_form_is_restored_and_proved_without_leaving_a_copy(tmp_path: Path) -> None:
    target = tmp_path / "restored" / "desk.rapport"
    restore(OLD.backup, target, OLD.code, MemoryCustody(), StandingClock(MORNING))
    assert {each.name for each in target.parent.iterdir()} == {"desk.rapport", "desk.rapport.ballast"}
    scratch = tmp_path / "scratch" / "drilled"
    drill(OLD.backup, scratch, OLD.code, StandingClock(MORNING))
    assert list(scratch.parent.iterdir()) == []


@pytest.mark.parametrize("suffix", [SNAPSHOT, PROVING, RESTORING])
def test_what_was_half_made_when_the_program_was_killed_goes_when_it_is_next_opened(
    practice: Practice, suffix: str
) -> None:
    practice.desk.close()
    half = practice.path.with_name(f"{practice.path.name}{suffix}")
    shutil.copyfile(practice.path, half)
    half.with_name(f"{half.name}-wal").write_bytes(b"x")
    practice.reopen()
    assert not list(half.parent.glob(f"{half.name}*"))
