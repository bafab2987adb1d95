"""A new sheet comes with a backup that it opens, numbers are never given twice, and older sheets stay in the list."""

import datetime as dt
from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.desk.sheets.sheets import SheetCode
from rapportdesk.errors import NoPlaceForBackup, NotAllowed, VaultFault
from rapportdesk.steps import in_one_go
from rapportdesk.store.file import backup_file
from tests.desk.conftest import Practice, add_nia


@pytest.fixture
def stick(practice: Practice, tmp_path: Path) -> Path:
    """Give the folder where backups go; a manager is signed in."""
    folder = tmp_path / "stick"
    folder.mkdir()
    practice.sign_in("Ben Morgan").backups.choose_folder(folder)
    return folder


def renewed(practice: Practice, holder: str = "Gwen Pugh") -> SheetCode:
    return in_one_go(practice.desk.sheet_renewal.new_desk_sheet_in_steps(holder))


def test_the_backup_opens_with_the_new_code_alone(practice: Practice, stick: Path, tmp_path: Path) -> None:
    add_nia(practice.desk)
    code = renewed(practice)
    (backup,) = stick.glob("*.rapport-backup")
    restored = restore(backup, tmp_path / "x" / "desk.rapport", code.code, MemoryCustody(), practice.clock)
    assert (restored.sheet, restored.report.patients) == (code.number, 1)


def test_where_the_backup_cannot_be_made_there_is_no_new_sheet(
    practice: Practice, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_part: Path) -> None:
        raise OSError(28, "")

    before = practice.desk.sheets.list()
    with monkeypatch.context() as broken:
        broken.setattr(backup_file, "_begun", fail)
        with pytest.raises(VaultFault):
            renewed(practice)
    assert practice.desk.sheets.list() == before
    stick.rename(stick.with_name("out"))
    with pytest.raises(NoPlaceForBackup):
        renewed(practice)
    assert practice.desk.sheets.list() == before
    assert practice.desk.verify().clean
    practice.sign_in("Ana Ruiz")
    with pytest.raises(NotAllowed):
        renewed(practice)


def test_an_older_sheet_stays_in_the_list_until_the_last_backup_it_opens_is_gone(
    practice: Practice, stick: Path
) -> None:
    practice.desk.backups.make()
    practice.clock.move_on(60)
    renewed(practice)
    assert practice.desk.sheets.older() == ()
    practice.desk.sheets.retire(1)
    (old,) = practice.desk.sheets.older()
    assert (old.number, old.retired_on, old.opens_until) == (1, dt.date(2026, 11, 20), dt.date(2027, 11, 30))
    assert [each.number for each in practice.desk.sheets.list()] == [2]
    practice.reopen()
    practice.sign_in("Ben Morgan")
    assert [each.number for each in practice.desk.sheets.older()] == [1]
    practice.clock.move_on(dt.timedelta(days=380).total_seconds())
    assert practice.desk.sheets.older() == ()


def test_a_sheet_that_opens_no_backup_is_not_listed_any_more_and_its_number_is_not_given_again(
    practice: Practice,
) -> None:
    desk = practice.sign_in("Ben Morgan")
    second = desk.sheets.new_desk_sheet("Ana Ruiz")
    desk.sheets.retire(second.number)
    assert desk.sheets.older() == ()
    assert desk.sheets.new_desk_sheet("Ana Ruiz").number == second.number + 1
