"""An older copy put in the file's place is noticed at the next sign-in and by a check, and locks nobody out."""

import shutil
from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import KeyringLocked, KeyringTimeout, NotAllowed
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.note import NoteKind
from rapportdesk.model.standing import Stands
from rapportdesk.store.tables import AuditRow
from tests.desk.conftest import SECRET, Practice, add_nia


def stands(practice: Practice, name: str = "Ben Morgan") -> Stands:
    """Sign somebody in and compare, as a start does."""
    practice.sign_in(name).standing.ask()
    return practice.desk.standing.compare().stands


def kept(practice: Practice) -> Path:
    """Close the desk and return a copy of its file."""
    practice.desk.close()
    copy = practice.path.with_name("kept")
    shutil.copy2(practice.path, copy)
    return copy


def put_back(practice: Practice, copy: Path) -> None:
    """Put an older copy in the file's place while it is closed, and open that."""
    practice.desk.close()
    shutil.copy2(copy, practice.path)
    practice.reopen()


@pytest.fixture
def older(practice: Practice) -> Path:
    """Give a copy of the file, and a desk that has gone on since."""
    assert stands(practice) is Stands.FIRST
    nia = add_nia(practice.desk)
    copy = kept(practice)
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE
    practice.desk.notes.write(nia, "Leeks for the county show", kind=NoteKind.HOBBY)
    return copy


def test_the_same_file_is_as_before_however_it_was_left(practice: Practice) -> None:
    assert stands(practice) is Stands.FIRST
    for who in ("Ana Ruiz", "Dr Osei", "Ben Morgan"):
        practice.reopen()
        assert stands(practice, who) is Stands.AS_BEFORE
        practice.desk.lock()
        practice.sign_in("Ana Ruiz")
        add_nia(practice.desk)
        practice.desk._file.close()  # as by a power cut: what was written since the last lock is not noted anywhere
        practice.desk._session = None
        practice.reopen()
        assert stands(practice, who) is Stands.AS_BEFORE
    assert practice.desk.verify().clean


def test_an_older_copy_is_noticed_by_whoever_comes_in_and_stays_noticed_until_a_manager_decides(
    practice: Practice, older: Path
) -> None:
    put_back(practice, older)
    for who in ("Ana Ruiz", "Dr Osei", "Ben Morgan"):
        assert stands(practice, who) is Stands.OLDER
        add_nia(practice.desk)  # everybody goes on working, and what is written counts the epochs up
        for _change in range(20):
            practice.desk.standing.note()
        (fault,) = practice.desk.verify().faults
        assert fault.where == "file"
        assert "an older copy" in fault.what
        practice.reopen()
    with pytest.raises(NotAllowed):
        practice.sign_in("Ana Ruiz").standing.go_on()
    assert stands(practice) is Stands.OLDER
    practice.desk.standing.go_on()
    assert practice.desk.verify().clean
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE
    put_back(practice, older)
    assert stands(practice) is Stands.OLDER, "having gone on with it once is no leave for ever"


def test_without_what_was_noted_the_same_copy_goes_unnoticed(practice: Practice, older: Path) -> None:
    """The control: it is the password store's memory that notices."""
    practice.desk.close()
    practice.custody._anchors.clear()
    put_back(practice, older)
    practice.custody._anchors.clear()
    assert stands(practice) is not Stands.OLDER


def test_a_note_that_is_taken_out_again_and_again_is_told_each_time_until_a_manager_decides(
    practice: Practice, older: Path
) -> None:
    practice.desk.close()
    shutil.copy2(practice.path, older)  # of a day on which the password store had been found to remember
    practice.reopen()
    for _again in range(2):
        practice.desk.close()
        practice.custody._anchors.clear()
        practice.reopen()
        for who in ("Ana Ruiz", "Ben Morgan"):
            assert stands(practice, who) is Stands.TAKEN_OUT
            practice.desk.lock()
        (fault,) = practice.sign_in("Ben Morgan").verify().faults
        assert "is gone" in fault.what
        put_back(practice, older)
        assert stands(practice) is Stands.TAKEN_OUT, "an older copy put there with it"
        practice.desk.standing.go_on()
        assert practice.desk.verify().clean
        practice.reopen()
        assert stands(practice) is Stands.AS_BEFORE
        practice.reopen()


def test_a_file_that_was_moved_accuses_nobody_of_taking_its_note_out(practice: Practice, older: Path) -> None:
    """The control: the same computer, the same key, another place."""
    practice.desk.close()
    moved = practice.path.parent / "moved" / "desk.rapport"
    moved.parent.mkdir(mode=0o700)
    practice.path.rename(moved)
    practice.path = moved
    practice.reopen()
    assert stands(practice) is Stands.FORGOTTEN
    assert practice.desk.verify().clean
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE


def test_a_store_that_never_took_the_note_has_lost_none(practice: Practice) -> None:
    class Full(MemoryCustody):
        def keep_anchor(self, name: str, anchor: str) -> None:
            raise KeyringLocked(name + anchor)

    practice.desk.close()
    full = Full()
    full._keys |= practice.custody._keys
    practice.custody = full
    for _start in range(3):
        practice.reopen()
        assert stands(practice) is not Stands.TAKEN_OUT
        add_nia(practice.desk)


def test_a_copy_with_as_many_changes_is_told_from_the_file(practice: Practice, older: Path) -> None:
    practice.desk.close()
    noted = dict(practice.custody._anchors)
    practice.custody._anchors.clear()
    put_back(practice, older)
    practice.sign_in("Ben Morgan")
    for _change in range(40):  # farther than the file had come
        add_nia(practice.desk)
    practice.desk.close()
    practice.custody._anchors |= noted
    practice.reopen()
    assert stands(practice) is Stands.OLDER


def test_a_restored_backup_is_told_as_such_and_not_as_an_older_copy(practice: Practice, tmp_path: Path) -> None:
    assert stands(practice) is Stands.FIRST
    backup = Path(practice.desk.backups.make(tmp_path).path)
    add_nia(practice.desk)
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE
    practice.desk.close()
    practice.path.rename(tmp_path / "broken")
    restore(backup, practice.path, practice.codes.desk.code, practice.custody, practice.clock)
    just_restored = tmp_path / "just restored"
    shutil.copy2(practice.path, just_restored)
    practice.reopen()
    assert stands(practice, "Ana Ruiz") is Stands.RESTORED
    assert practice.desk.verify().clean
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE, "it is told once"
    add_nia(practice.desk)
    put_back(practice, just_restored)
    assert stands(practice) is Stands.OLDER, "what was restored once is no leave to go back to it"


def test_a_backup_restored_on_another_machine_accuses_nobody(practice: Practice, tmp_path: Path) -> None:
    assert stands(practice) is Stands.FIRST
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE
    backup, elsewhere = Path(practice.desk.backups.make(tmp_path).path), MemoryCustody()
    target = tmp_path / "new" / "desk.rapport"
    restore(backup, target, practice.codes.desk.code, elsewhere, practice.clock)
    with Desk.open(target, elsewhere, practice.clock, cost=practice.cost) as desk:
        desk.sign_in(desk.door()[0].id, SECRET)
        assert desk.standing.compare().stands is Stands.RESTORED


def test_a_backup_restored_while_the_store_was_locked_is_told_as_such(practice: Practice, tmp_path: Path) -> None:
    class Locked(MemoryCustody):
        def read_anchor(self, name: str) -> str:
            raise KeyringLocked(name)

    assert stands(practice) is Stands.FIRST
    backup = Path(practice.desk.backups.make(tmp_path).path)
    add_nia(practice.desk)
    practice.desk.close()
    practice.path.unlink()
    locked = Locked()
    restore(backup, practice.path, practice.codes.desk.code, locked, practice.clock)
    practice.custody._keys |= locked._keys
    practice.reopen()
    assert stands(practice) is Stands.RESTORED
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE


def test_with_the_password_store_lost_the_sheet_opens_and_accuses_nobody(practice: Practice) -> None:
    assert stands(practice) is Stands.FIRST
    practice.desk.close()
    practice.custody = MemoryCustody()
    with recover(practice.path, practice.custody, practice.codes.desk.code, practice.clock).desk as desk:
        desk.sign_in(desk.door()[0].id, SECRET)
        assert desk.standing.compare().stands is Stands.FIRST
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE


def test_a_store_that_is_not_well_keeps_nobody_out_and_is_written_down_once(practice: Practice) -> None:
    class Unwell(MemoryCustody):
        def read_anchor(self, name: str) -> str:
            raise KeyringTimeout(name)

    class Full(MemoryCustody):
        def keep_anchor(self, name: str, anchor: str) -> None:
            raise KeyringLocked(name + anchor)

    for kind in (Unwell, Full):
        practice.desk.close()
        custody = kind()
        custody._keys |= practice.custody._keys
        practice.custody = custody
        practice.reopen()
        assert stands(practice) is (Stands.NOT_KNOWN if kind is Unwell else Stands.FIRST)
        for _minute in range(3):
            add_nia(practice.desk)
            practice.desk.standing.note()
            practice.desk.standing.close()
        assert practice.desk.verify().clean
    lines = [each for each in practice.desk.session().store.audit_events() if each.why == "anchor not kept"]
    assert [(each.action, each.outcome) for each in lines] == [(AuditAction.KEY_OPERATION, Outcome.FAILURE)]


def test_what_is_noted_follows_a_new_vault_key(practice: Practice) -> None:
    assert stands(practice) is Stands.FIRST
    practice.desk.replace_vault_key()
    practice.reopen()
    assert stands(practice) is Stands.AS_BEFORE


def test_what_was_changed_from_outside_is_a_managers_to_go_on_with(practice: Practice) -> None:
    assert stands(practice) is Stands.FIRST
    note = practice.desk.notes.write(add_nia(practice.desk), "Leeks", kind=NoteKind.HOBBY)
    with practice.desk._file.transaction() as writing:
        writing.connection.exec_driver_sql("DELETE FROM record WHERE id = ?", (note.id,))
    assert not practice.desk.verify().clean
    with pytest.raises(NotAllowed):
        practice.sign_in("Ana Ruiz").standing.accept()
    practice.sign_in("Ben Morgan").standing.accept()
    assert practice.desk.verify().clean


def test_how_the_file_stands_is_in_no_list_of_who_looked(practice: Practice) -> None:
    assert stands(practice) is Stands.FIRST
    add_nia(practice.desk)
    practice.desk.standing.note()
    store = practice.desk.session().store
    rows = store._file.all_rows(AuditRow)
    assert len(rows) == len(list(store.audit_events())) + 1
