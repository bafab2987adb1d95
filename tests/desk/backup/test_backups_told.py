"""How it stands with backups is said as it is: what lies on the own disk is no backup, what was not made is said."""

import datetime as dt
import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from rapportdesk.desk.backup.backup_register import BackupRegister
from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import VaultFault
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.steps import in_one_go
from rapportdesk.store.file import backup_file
from tests.desk.conftest import Practice, add_nia

DISK = "rapportdesk.desk.backup.backups.on_one_disk"


@pytest.fixture
def stick(practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder where backups go, on another disk; a manager is signed in."""
    monkeypatch.setattr(DISK, lambda _place, _vault: False)
    folder = tmp_path / "stick"
    folder.mkdir()
    practice.sign_in("Ben Morgan").backups.choose_folder(folder)
    return folder


def reminders(practice: Practice) -> str:
    return " ".join(each.words for each in practice.desk.reminders.mine() if each.command == "backups")


def test_a_copy_on_the_own_disk_is_made_and_never_called_a_backup(practice: Practice, tmp_path: Path) -> None:
    folder = practice.path.parent / "copies"
    folder.mkdir()
    practice.sign_in("Ben Morgan").backups.choose_folder(folder)
    made = practice.desk.backups.make()
    status = practice.desk.backups.status()
    assert (status.last, status.copy, status.same_disk, status.overdue) == (None, made, True, True)
    assert "own disk" in reminders(practice)


def test_one_on_another_disk_is(practice: Practice, stick: Path) -> None:
    made = practice.desk.backups.make()
    status = practice.desk.backups.status()
    assert (status.last, status.copy, status.same_disk, status.overdue) == (made, None, False, False)
    assert reminders(practice) == ""


def test_one_that_somebody_threw_away_is_not_the_last_good_one_and_the_next_is_due(
    practice: Practice, stick: Path
) -> None:
    kept = practice.desk.backups.make()
    practice.clock.move_on(86_400)
    add_nia(practice.desk)
    thrown_away = practice.desk.backups.make()
    assert not practice.desk.backups.is_due()
    Path(thrown_away.path).unlink()
    assert practice.desk.backups.status().last == kept
    assert practice.desk.backups.is_due()
    Path(kept.path).unlink()
    status = practice.desk.backups.status()
    assert (status.last, status.copy, status.overdue) == (None, None, True)
    assert "no backup" in reminders(practice)


def test_of_one_on_a_disk_that_is_away_it_is_said_when_it_was_made(practice: Practice, stick: Path) -> None:
    made = practice.desk.backups.make()
    stick.rename(stick.with_name("away"))
    assert practice.desk.backups.status().last == made


def test_a_copy_beside_a_backup_does_not_hide_that_it_is_overdue(
    practice: Practice, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = practice.desk.backups.make()
    monkeypatch.setattr(DISK, lambda _place, _vault: True)
    practice.clock.move_on(4 * 86_400)
    copy = practice.desk.backups.make()
    status = practice.desk.backups.status()
    assert (status.last, status.copy, status.overdue) == (backup, copy, True)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "There is no room for the backup on its disk."),
        (errno.EROFS, "The disk for backups does not let us write."),
        (errno.EACCES, "The disk for backups does not let us write."),
        (errno.EIO, "The place for the backup is not there any more."),
        (errno.ENOENT, "The place for the backup is not there any more."),
        (errno.EINVAL, "The backup cannot be written there."),
    ],
)
def test_why_it_could_not_be_made_is_said_and_the_good_one_stays(
    practice: Practice, stick: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    good = practice.desk.backups.make()
    practice.clock.move_on(86_400)

    def fail(_part: Path) -> None:
        raise OSError(number, "as the system says")

    with monkeypatch.context() as broken:
        broken.setattr(backup_file, "_begun", fail)
        with pytest.raises(VaultFault) as fault:
            practice.desk.backups.make()
    assert fault.value.message == words
    status = practice.desk.backups.status()
    assert status.last == good
    assert status.not_made is not None
    assert status.not_made.words == words
    assert words in reminders(practice)
    assert [each.name for each in stick.glob("*.rapport-backup*")] == [Path(good.path).name]
    last = list(practice.desk.session().store.audit_events())[-1]
    assert (last.action, last.outcome) == (AuditAction.BACKED_UP, Outcome.FAILURE)
    practice.desk.backups.make()
    assert practice.desk.backups.status().not_made is None
    assert reminders(practice) == ""


def test_a_folder_that_is_gone_is_never_made_up_for(practice: Practice, stick: Path) -> None:
    stick.rename(stick.with_name("taken out"))
    with pytest.raises(VaultFault, match="not there any more"):
        practice.desk.backups.make()
    assert not stick.exists()
    assert "Plug it in" in reminders(practice)


def test_one_is_due_after_a_change_once_a_day_and_again_after_some_hours(practice: Practice, stick: Path) -> None:
    backups = practice.desk.backups
    assert backups.is_due()
    backups.make()
    assert not backups.is_due()
    practice.clock.move_on(60)
    add_nia(practice.desk)
    assert not backups.is_due(), "the day has its backup"
    practice.clock.move_on(4 * 3600)
    assert backups.is_due(), "hours of work are in none"
    backups.make()
    practice.clock.move_on(86_400)
    practice.sign_in("Ana Ruiz")
    practice.desk.search("Nia")
    assert not practice.desk.backups.is_due(), "looking changes nothing"
    add_nia(practice.desk)
    assert practice.desk.backups.is_due()


def test_what_a_power_cut_left_of_one_is_taken_away_and_nobody_elses(practice: Practice, stick: Path) -> None:
    whole = Path(practice.desk.backups.make().path)
    left = stick / "desk-2026-11-19-090000.rapport-backup.part"
    left.write_bytes(whole.read_bytes()[:2_000])
    foreign = stick / "desk-2026-11-18-090000.rapport-backup.part"
    foreign.write_bytes(b"of somebody else who is writing just now")
    practice.clock.move_on(60)
    practice.desk.backups.make()
    assert not left.exists()
    assert foreign.exists()


def test_what_is_let_go_of_is_forgotten_and_the_rest_is_remembered_with_its_sheets(
    practice: Practice, stick: Path
) -> None:
    for _day in range(10):
        practice.desk.backups.make()
        practice.clock.move_on(86_400)
    register = BackupRegister(practice.desk.session().store)
    there = {str(each) for each in stick.glob("*.rapport-backup*")}
    assert {each.path for each in register.made} == there
    assert register.opened_by(practice.codes.desk.number) == register.made
    assert register.opened_by(99) == ()


def test_a_clock_that_stood_years_ahead_for_a_day_has_none_forgotten_that_may_be_there(
    practice: Practice, stick: Path
) -> None:
    desk = practice.desk
    made = [desk.backups.make()]
    practice.clock.move_on(86_400)
    steps = desk.sheet_renewal.new_desk_sheet_in_steps("Gwen")
    new = in_one_go(steps)
    old = practice.codes.desk.number
    desk.sheets.retire(old)
    assert [each.number for each in desk.sheets.older()] == [old]
    now = practice.clock.moment
    practice.clock.moment = now.replace(year=now.year + 10)
    desk.backups.make()
    practice.clock.moment = now + dt.timedelta(days=1)
    desk.backups.make()
    register = BackupRegister(desk.session().store)
    assert made[0] in register.made
    assert [each.number for each in desk.sheets.older()] == [old], "the first backup opens with nothing else"
    assert len(register.opened_by(new.number)) == len(register.made) - 1
    Path(made[0].path).unlink()
    practice.clock.moment = now.replace(
        year=now.year + 10, minute=5
    )  # the control: what is gone, and by rule, is forgotten
    desk.backups.make()
    assert made[0] not in BackupRegister(desk.session().store).made


def test_a_pipe_among_the_backups_is_waited_for_by_nobody(practice: Practice, stick: Path, tmp_path: Path) -> None:
    os.mkfifo(stick / "desk-2026-11-01-090000.rapport-backup")
    made = practice.desk.backups.make()
    code = practice.codes.desk.code
    assert restore(Path(made.path), tmp_path / "new" / "desk.rapport", code, MemoryCustody(), practice.clock).kept


def test_a_vault_that_remembered_one_backup_still_does(practice: Practice, stick: Path) -> None:
    store = practice.desk.session().store
    store.put_setting("last-backup", '{"made_at":"2026-11-01T09:04:00Z","path":"/stick/b","sheets":[1]}')
    last = practice.desk.backups.last()
    assert last is not None
    assert (last.path, last.sheets, last.own_disk) == ("/stick/b", (1,), False)


@pytest.mark.parametrize("gives_back", ["another bit", "less", "more", "another backup"])
def test_a_disk_that_gives_back_something_else_has_no_backup_and_the_good_one_stays(
    practice: Practice, stick: Path, monkeypatch: pytest.MonkeyPatch, gives_back: str
) -> None:
    good = Path(practice.desk.backups.make().path)
    whole = good.read_bytes()
    practice.clock.move_on(86_400)

    def spoil(backup: BinaryIO) -> None:
        (part,) = stick.glob("*.part")
        content = bytearray(part.read_bytes())
        content[len(content) // 2] ^= 1
        spoilt = {
            "another bit": bytes(content), "less": part.read_bytes()[:-20], "more": part.read_bytes() + bytes(20),
            "another backup": whole,
        }  # fmt: skip
        part.write_bytes(spoilt[gives_back])

    with monkeypatch.context() as broken:
        broken.setattr(backup_file, "_from_the_disk", spoil)
        with pytest.raises(VaultFault):
            practice.desk.backups.make()
    assert [each.read_bytes() for each in stick.glob("*.rapport-backup*")] == [whole]
    assert practice.desk.backups.status().not_made is not None
    practice.clock.move_on(60)
    practice.desk.backups.make()  # the control
    assert len(list(stick.glob("*.rapport-backup"))) == 2
