"""A damaged file makes room for a backup and is kept; nothing else of it is played into what was brought back."""

import shutil
from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import look_at, restore, restore_in_steps
from rapportdesk.errors import NewerFormat, VaultBusy, VaultFault, WrongSecret
from rapportdesk.store.file.location import FORMAT_VERSION
from rapportdesk.vault.recovery_code import new_code
from tests.desk.conftest import Practice, add_nia


@pytest.fixture
def backup(practice: Practice, tmp_path: Path) -> Path:
    """A backup with one person in it; the desk has gone on since and is closed, its log still beside it."""
    desk = practice.sign_in("Ben Morgan")
    add_nia(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    made = Path(desk.backups.make(stick).path)
    for _more in range(3):
        add_nia(desk)
    log, kept = practice.path.with_name(f"{practice.path.name}-wal"), tmp_path / "log"
    shutil.copy2(log, kept)
    desk.close()
    shutil.copy2(kept, log)
    return made


def damage(path: Path) -> bytes:
    path.with_name(f"{path.name}-wal").unlink()  # SQLite would mend the file from it, as far as that goes
    path.write_bytes(b"SQLite format 3\0" + bytes(100) + path.read_bytes()[5_000:])
    return path.read_bytes()


def brought_back(practice: Practice, backup: Path, *, set_aside: bool = True) -> Path | None:
    code = practice.codes.desk.code
    restored = restore(backup, practice.path, code, practice.custody, practice.clock, set_aside=set_aside)
    practice.reopen()
    desk = practice.sign_in("Ben Morgan")
    assert desk.verify().clean
    assert len(desk.search("nia").hits) == 1, "what came after the backup is not in it"
    return restored.aside


def test_a_damaged_file_is_kept_whole_and_makes_room(practice: Practice, backup: Path) -> None:
    damaged = damage(practice.path)
    with pytest.raises(VaultFault):
        brought_back(practice, backup, set_aside=False)
    aside = brought_back(practice, backup)
    assert aside is not None
    assert aside.read_bytes() == damaged
    assert "set-aside-20" in aside.name


def test_the_log_of_a_file_that_somebody_took_away_is_not_played_into_it(practice: Practice, backup: Path) -> None:
    practice.path.rename(practice.path.with_name("taken away"))
    assert practice.path.with_name(f"{practice.path.name}-wal").stat().st_size > 0
    assert brought_back(practice, backup, set_aside=False) is None


def test_what_does_not_work_leaves_the_damaged_file_where_it_is(practice: Practice, backup: Path) -> None:
    damaged = damage(practice.path)
    before = sorted(practice.path.parent.iterdir())
    with pytest.raises(WrongSecret):
        restore(backup, practice.path, new_code(), practice.custody, practice.clock, set_aside=True)
    assert practice.path.read_bytes() == damaged
    assert sorted(practice.path.parent.iterdir()) == before


def test_a_file_in_use_and_one_of_a_newer_version_are_not_set_aside(practice: Practice, backup: Path) -> None:
    practice.reopen()
    with pytest.raises(VaultBusy):
        brought_back(practice, backup)
    practice.desk.close()
    content = bytearray(practice.path.read_bytes())
    content[60:64] = (FORMAT_VERSION + 1).to_bytes(4, "big")
    practice.path.write_bytes(content)
    with pytest.raises(NewerFormat):
        brought_back(practice, backup)
    assert practice.path.read_bytes() == content


def test_a_backup_says_what_it_is_to_whoever_has_no_code(practice: Practice, backup: Path, tmp_path: Path) -> None:
    found = look_at(backup)
    assert (found.made_at, found.sheets) == (practice.clock.now(), (practice.codes.desk.number,))
    for other in (tmp_path / "none", tmp_path, practice.path, Path("\0")):
        with pytest.raises(VaultFault):
            look_at(other)


def test_a_desk_that_was_begun_while_a_backup_is_read_is_not_set_aside(practice: Practice, backup: Path) -> None:
    practice.path.rename(practice.path.with_name("taken away"))
    steps = restore_in_steps(backup, practice.path, practice.codes.desk.code, practice.custody, practice.clock)
    next(steps)
    practice.path.write_bytes(b"begun by somebody else")
    with pytest.raises(VaultFault):
        for _step in steps:
            pass
    assert practice.path.read_bytes() == b"begun by somebody else"


def test_a_file_that_is_opened_while_a_backup_is_read_is_not_set_aside(practice: Practice, backup: Path) -> None:
    mended = practice.path.read_bytes()
    damage(practice.path)
    code = practice.codes.desk.code
    steps = restore_in_steps(backup, practice.path, code, practice.custody, practice.clock, set_aside=True)
    next(steps)
    practice.path.write_bytes(mended)
    practice.reopen()  # at another window
    with pytest.raises(VaultFault):
        for _step in steps:
            pass
    assert practice.sign_in("Ben Morgan").verify().clean
