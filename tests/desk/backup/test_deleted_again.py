"""A restore says whom it deleted again, and when the list of them cannot be relied on; an old list is noticed."""

import shutil
from pathlib import Path

import pytest

from rapportdesk.command_line.backups import _told
from rapportdesk.desk.backup.restored_words import again_words
from rapportdesk.desk.backup.restoring import Restored, restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.erasure import DeletedAgain, ErasedList
from rapportdesk.model.note import NoteKind
from rapportdesk.steps import in_one_go
from rapportdesk.store.file.backup_file import read_header
from rapportdesk.store.records.erased_file import ErasedKey, path_in, read_erased, write_erased
from rapportdesk.vault.backup_key import open_backup_key, open_deleted
from rapportdesk.vault.signing import new_signing_key, verifying_key
from tests.desk.conftest import Practice, add_nia


@pytest.fixture
def disk(practice: Practice, tmp_path: Path) -> Path:
    """Where backups go, with one that holds three people and a note about a fourth."""
    folder = tmp_path / "disk"
    folder.mkdir()
    desk = practice.sign_in("Ben Morgan")
    desk.backups.choose_folder(folder)
    for _number in range(4):
        add_nia(desk)
    return folder


def made(practice: Practice) -> Path:
    practice.clock.move_on(26 * 3_600)  # of a day only the last is kept
    return Path(practice.desk.backups.make().path)


def list_of(practice: Practice, disk: Path) -> Path:
    return path_in(disk, practice.desk._file.vault_id)


def brought_back(practice: Practice, backup: Path) -> Restored:
    target = backup.parent.with_name(f"new {backup.name}") / "desk.rapport"
    return restore(backup, target, practice.codes.desk.code, MemoryCustody(), practice.clock)


def test_it_says_how_many_were_deleted_again_and_counts_those_who_are_back(practice: Practice, disk: Path) -> None:
    desk = practice.desk
    *three, fourth = [each.id for each in desk.session().store.patients()]
    note = desk.notes.write(fourth, "Leeks", kind=NoteKind.HOBBY)
    backup = made(practice)
    nobody = brought_back(practice, backup)
    assert (nobody.again, nobody.people) == (DeletedAgain(), 4)  # the control: nobody was deleted yet
    for each in three:
        desk.person_erasure.erase(each, "asked")
    objection = desk.rights.object_to(fourth, "no", note_id=note.id)
    desk.rights.decide(objection.id, upheld=True)
    shutil.rmtree(disk.with_name(f"new {backup.name}"))
    restored = brought_back(practice, backup)
    assert (restored.again, restored.people) == (DeletedAgain(people=3, things=1), 1)
    assert again_words(restored.again) == (
        "3 people who were deleted after this backup were deleted again.",
        "1 entry that was deleted after this backup was deleted again.",
    )


def test_the_command_line_says_it_too(practice: Practice, disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup = made(practice)
    (first, *_more) = practice.desk.session().store.patients()
    practice.desk.person_erasure.erase(first.id, "asked")
    restored = brought_back(practice, backup)

    class Options:
        json = False

    _told(restored, Options(), "Restored.")  # type: ignore[arg-type]  # what argparse would make of no flags
    said = capsys.readouterr().out
    assert "1 person who was deleted after this backup was deleted again." in said
    assert "3 people" in said


def test_without_the_list_it_says_that_whoever_was_deleted_is_back(practice: Practice, disk: Path) -> None:
    backup = made(practice)
    (first, *_more) = practice.desk.session().store.patients()
    practice.desk.person_erasure.erase(first.id, "asked")
    list_of(practice, disk).unlink()
    restored = brought_back(practice, backup)
    assert restored.again == DeletedAgain(listed=ErasedList.MISSING)
    assert "does not lie beside" in again_words(restored.again)[0]


def test_an_older_list_is_noticed_at_restore_by_what_a_newer_backup_there_knows(practice: Practice, disk: Path) -> None:
    older = made(practice)
    old_list = list_of(practice, disk).read_bytes()
    (first, *_more) = practice.desk.session().store.patients()
    practice.desk.person_erasure.erase(first.id, "asked")
    newer = made(practice)
    with newer.open("rb") as held:
        header = read_header(held)
    assert open_deleted(header, open_backup_key(header, practice.codes.desk.code)) > 0
    assert brought_back(practice, older).again == DeletedAgain(people=1)  # the control
    shutil.rmtree(disk.with_name(f"new {older.name}"))
    list_of(practice, disk).write_bytes(old_list)
    restored = brought_back(practice, older)
    assert restored.again == DeletedAgain(listed=ErasedList.OLDER)
    assert "older one" in again_words(restored.again)[0]
    assert brought_back(practice, newer).again == DeletedAgain(listed=ErasedList.OLDER), "its own deletions are more"


def test_an_older_list_that_was_put_back_is_noticed_and_put_right_by_the_next_backup(
    practice: Practice, disk: Path
) -> None:
    made(practice)
    old_list = list_of(practice, disk).read_bytes()
    (first, *_more) = practice.desk.session().store.patients()
    practice.desk.person_erasure.erase(first.id, "asked")
    made(practice)
    made(practice)
    assert practice.desk.backups.status().list_went_back is None  # the control
    list_of(practice, disk).write_bytes(old_list)
    practice.sign_in("Ana Ruiz")
    made(practice)
    assert practice.desk.backups.status().list_went_back is None, "reception is told nothing of it"
    status = practice.sign_in("Ben Morgan").backups.status()
    assert status.list_went_back == str(disk)
    store = practice.desk.session().store
    assert first.id in read_erased(disk, practice.desk._file.vault_id, store.keys.clinic_public)
    told = [each for each in store.audit_events() if each.why == "older list of what was deleted"]
    assert [(each.action, each.outcome) for each in told] == [(AuditAction.VERIFIED, Outcome.FAILURE)]


def test_two_disks_that_take_turns_at_one_place_accuse_nobody(practice: Practice, disk: Path, tmp_path: Path) -> None:
    made(practice)
    away = tmp_path / "in the drawer"
    for _turn in range(3):
        for each in list(practice.desk.session().store.patients())[:1]:
            practice.desk.person_erasure.erase(each.id, "asked")
        made(practice)
        swapped = tmp_path / "swapped"
        disk.rename(swapped)
        away.rename(disk) if away.exists() else disk.mkdir()
        swapped.rename(away)
        made(practice)
    assert practice.desk.backups.status().list_went_back is None


def test_an_upheld_objection_reaches_the_backups_at_once(practice: Practice, disk: Path) -> None:
    desk = practice.desk
    (first, *_more) = desk.session().store.patients()
    note = desk.notes.write(first.id, "Leeks", kind=NoteKind.HOBBY)
    made(practice)
    objection = desk.rights.object_to(first.id, "no", note_id=note.id)
    clinic = desk.session().store.keys.clinic_public
    assert note.id not in read_erased(disk, desk._file.vault_id, clinic)
    desk.rights.decide(objection.id, upheld=True)
    assert note.id in read_erased(disk, desk._file.vault_id, clinic)


def test_the_clinics_key_signs_nothing_that_a_colleagues_key_put_there(tmp_path: Path) -> None:
    clinic = new_signing_key()
    public = verifying_key(clinic)
    write_erased(tmp_path, "vault", ["lives"], ErasedKey.new("vault", clinic, 1), public)
    assert write_erased(tmp_path, "vault", ["gone"], clinic, public) == {"lives"}
    assert read_erased(tmp_path, "vault", public, since=1) == {"lives", "gone"}
    assert read_erased(tmp_path, "vault", public, since=2) == {"gone"}, "once the colleague has left it is as none"
    write_erased(tmp_path, "vault", ["gone", "more"], ErasedKey.new("vault", clinic, 2), public, since=2)
    assert read_erased(tmp_path, "vault", public, since=2) == {"gone", "more"}
    assert read_erased(tmp_path, "vault", public, since=3) == {"gone"}, "what the clinic's key signed stays its own"


def test_a_list_grows_by_what_is_new_however_often_it_is_told(tmp_path: Path) -> None:
    clinic = new_signing_key()
    public, ids = verifying_key(clinic), [f"{number:032d}" for number in range(100)]
    key = ErasedKey.new("vault", clinic)
    sizes = []
    for _turn in range(3):
        for signing in (clinic, key):
            write_erased(tmp_path, "vault", ids, signing, public)
            sizes.append(path_in(tmp_path, "vault").stat().st_size)
    assert len(set(sizes[1:])) <= 2
    assert max(sizes) < 2 * min(sizes)


def test_whoever_is_asked_what_a_proof_shows_is_told_of_no_deletion(practice: Practice, disk: Path) -> None:
    backup = made(practice)
    proved = _proved(practice.desk, backup, practice.codes.desk.code)
    assert proved.again is None
    assert again_words(proved.again) == ()


def _proved(desk: Desk, backup: Path, code: str) -> Restored:
    return in_one_go(desk.backups.prove_in_steps(backup, code))
