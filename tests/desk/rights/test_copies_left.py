"""What a certificate of erasure says of copies is so: until when one is kept, and which are somebody's to destroy."""

import datetime as dt
from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import NotFound
from tests.desk.conftest import SECRET, Practice
from tests.desk.rights.test_person_erasure import WHY, with_a_life
from tests.paper.reading import text_of


def backed_up(desk: Desk, tmp_path: Path) -> Path:
    """Choose a folder for backups and make one; return where it lies."""
    folder = tmp_path / "every day"
    folder.mkdir()
    desk.backups.choose_folder(folder)
    return Path(desk.backups.make().path)


def test_the_certificate_names_the_day_on_which_the_last_backup_goes(practice: Practice, tmp_path: Path) -> None:
    desk, patient = with_a_life(practice)
    folder, stick = tmp_path / "every day", tmp_path / "stick"
    folder.mkdir()
    stick.mkdir()
    desk.backups.choose_folder(folder)
    desk.backups.make()
    desk.backups.make(stick)
    made, pages = desk.person_erasure.erase(patient, WHY)
    said = text_of(pages.pdf)
    assert "Nia Prydderch" in said
    assert WHY in said
    assert "destroyed by hand" in said
    assert made.by_hand == (str(stick),)
    until = made.backups_until
    assert until is not None
    assert str(until.year) in said
    days = [each for each in range(1, 15) if (made.erased_at + dt.timedelta(each)).weekday() < 5]  # as practices open
    for day in (*days, 28, 56, 84, 120, 150, 180, 210, 240, 270, 300, 330, 360):  # and none is made in November again
        practice.clock.moment = made.erased_at + dt.timedelta(days=day)
        desk.backups.make()
    assert list(folder.glob("*2026-11-20-*")) == [], "the last backups of that month are younger"
    assert practice.clock.moment.date() < until


def test_the_day_on_the_certificate_holds_for_a_practice_that_closes_the_same_evening(
    practice: Practice, tmp_path: Path
) -> None:
    desk, patient = with_a_life(practice)
    folder = backed_up(desk, tmp_path).parent
    made, _pages = desk.person_erasure.erase(patient, WHY)
    for day in range(15, 355, 28):  # the one of that day is the last of its month, and so kept for twelve of them
        assert list(folder.glob("*2026-11-20-*"))
        practice.clock.moment = made.erased_at + dt.timedelta(days=day)
        desk.backups.make()
    assert made.backups_until is not None
    assert practice.clock.moment.date() <= made.backups_until
    assert not list(folder.glob("*2026-11-20-*"))


def test_a_disk_that_is_away_holds_a_backup_all_the_same(practice: Practice, tmp_path: Path) -> None:
    desk, patient = with_a_life(practice)
    folder = backed_up(desk, tmp_path).parent
    folder.rename(tmp_path / "in somebody's bag")
    made, pages = desk.person_erasure.erase(patient, WHY)
    assert made.backups_until == dt.date(2027, 11, 30)
    assert made.unreached == (str(folder),)
    assert "No backup" not in text_of(pages.pdf)


def test_what_no_rule_lets_go_of_is_named_as_a_copy_to_destroy(practice: Practice, tmp_path: Path) -> None:
    desk, patient = with_a_life(practice)
    former, folder, empty = (tmp_path / name for name in ("former", "every day", "empty by now"))
    for each in (former, empty, folder):
        each.mkdir()
        desk.backups.choose_folder(each)
        desk.backups.make()
    for each in empty.glob("*backup"):
        each.unlink()
    own_name = folder / "before the move.rapport-backup"
    desk.backups.make(own_name)
    made, pages = desk.person_erasure.erase(patient, WHY)
    assert made.by_hand == (str(former), str(own_name))
    assert "destroyed by hand" in text_of(pages.pdf)


def test_a_file_that_was_set_aside_for_a_backup_is_named_as_a_copy_to_destroy(
    practice: Practice, tmp_path: Path
) -> None:
    desk, patient = with_a_life(practice)
    backup = backed_up(desk, tmp_path)
    desk.close()
    aside = restore(
        backup, practice.path, practice.codes.desk.code, practice.custody, practice.clock, set_aside=True
    ).aside
    practice.reopen()
    made, pages = practice.sign_in("Ben Morgan").person_erasure.erase(patient, WHY)
    assert made.by_hand == (str(aside),)
    assert "destroyed by hand" in text_of(pages.pdf)


def test_who_is_erased_after_a_restore_does_not_come_back_by_restoring_the_same_backup_again(
    practice: Practice, tmp_path: Path
) -> None:
    desk, patient = with_a_life(practice)
    stick = tmp_path / "stick"
    stick.mkdir()
    backup, code = Path(desk.backups.make(stick).path), practice.codes.desk.code
    desk.close()
    for name in ("new", "newer"):
        target, custody = tmp_path / name / "desk.rapport", MemoryCustody()
        restore(backup, target, code, custody, practice.clock)
        with Desk.open(target, custody, practice.clock, cost=practice.cost) as back:
            back.sign_in(next(each.id for each in back.door() if each.name == "Ben Morgan"), SECRET)
            if name == "new":
                made, _pages = back.person_erasure.erase(patient, WHY)
                assert made.by_hand == (str(stick),)
            else:
                with pytest.raises(NotFound):
                    back.people.get(patient)
