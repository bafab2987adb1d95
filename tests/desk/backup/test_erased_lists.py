"""What was erased since is taken out of a restored backup in short steps, however much else was ever erased."""

import json
from pathlib import Path

import pytest
from sqlalchemy import event

from rapportdesk.desk.backup.erased_lists import _erased_key, replay_erasures_in_steps
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotFound
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import new_id
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.store.records.erased_file import ErasedKey, path_in, read_erased, there_of, write_erased
from rapportdesk.vault.signing import new_signing_key, verifying_key
from tests.desk.conftest import Practice, add_nia
from tests.desk.leavers import remove

NOTES = 45


def test_a_step_takes_a_person_or_some_things_and_what_is_not_there_costs_nothing(
    practice: Practice, tmp_path: Path
) -> None:
    desk = practice.sign_in("Ben Morgan")
    nia, gwen, stays = add_nia(desk), add_nia(desk), add_nia(desk)
    notes = [desk.notes.write(stays, f"note {number}", kind=NoteKind.HOBBY).id for number in range(NOTES)]
    of_nia = desk.notes.write(nia, "goes with her", kind=NoteKind.HOBBY)
    store, file = desk.session().store, desk._file
    keys = store.keys
    assert keys.signing_key is not None
    never_there = [new_id() for _number in range(3_000)]
    ids = [*never_there, nia, gwen, of_nia.id, *notes[1:]]
    write_erased(tmp_path, file.vault_id, ids, keys.signing_key, keys.clinic_public)
    statements = 0

    def count(*_arguments: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(file._engine, "before_cursor_execute", count)
    steps = list(replay_erasures_in_steps(store, file, tmp_path))
    assert steps[-1] == (47, 47)
    assert [done for done, _total in steps] == sorted(done for done, _total in steps)
    assert len(steps) == 2 + -(-(NOTES - 1) // 20)
    assert there_of(file, ids).patients == there_of(file, ids).records == frozenset()
    assert {note.text for note in desk.session().known(stays).notes} == {"note 0"}
    with pytest.raises(NotFound):
        store.patient(nia)
    assert store.verify().clean
    statements = 0
    assert list(replay_erasures_in_steps(store, file, tmp_path)) == []
    assert statements < 100, "three thousand ids of which none is there are looked up together"


def backed_up(practice: Practice, folder: Path) -> Path:
    """Where the ids lie, beside a backup that was made under a receptionist."""
    folder.mkdir()
    practice.sign_in("Ben Morgan").backups.choose_folder(folder)
    practice.sign_in("Ana Ruiz").backups.make()
    return path_in(folder, practice.desk._file.vault_id)


def read(practice: Practice, folder: Path) -> frozenset[str]:
    return read_erased(folder, practice.desk._file.vault_id, practice.desk.session().store.keys.clinic_public)


def test_a_backup_under_a_receptionist_tells_what_was_erased(practice: Practice, tmp_path: Path) -> None:
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    note = desk.notes.write(patient, "Leeks", kind=NoteKind.HOBBY)
    desk.session().store.delete(note.id)
    assert backed_up(practice, tmp_path / "disk").is_file()
    assert note.id in read(practice, tmp_path / "disk")


def test_what_waited_for_a_clinician_reaches_the_backups_when_it_is_erased(practice: Practice, tmp_path: Path) -> None:
    desk = practice.sign_in("Dr Osei")
    patient = add_nia(desk)
    sealed = desk.notes.write(patient, "Worried", kind=NoteKind.FEELING_NAMED, audience=Audience.CLINICIANS)
    open_one = desk.notes.write(patient, "Leeks", kind=NoteKind.HOBBY)
    backed_up(practice, tmp_path / "disk")
    practice.desk.consents.record(patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    practice.clock.move_on(400 * 86_400)
    practice.sign_in("Ben Morgan").erasures.erase(patient)
    assert open_one.id in read(practice, tmp_path / "disk")
    assert sealed.id not in read(practice, tmp_path / "disk")
    practice.sign_in("Dr Osei")
    assert sealed.id in read(practice, tmp_path / "disk")


def test_ids_that_no_key_of_the_practice_signed_are_as_none(practice: Practice, tmp_path: Path) -> None:
    desk = practice.sign_in("Ben Morgan")
    vault, clinic = desk._file.vault_id, desk.session().store.keys.clinic_public
    write_erased(tmp_path, vault, ["a" * 32], ErasedKey.new(vault, new_signing_key()), clinic)
    assert read(practice, tmp_path) == frozenset()
    signing = desk.session().store.keys.signing_key
    assert signing is not None
    write_erased(tmp_path, vault, ["b" * 32], ErasedKey.new(vault, signing), clinic)
    assert read(practice, tmp_path) == {"b" * 32}  # the control: the clinic's own is taken
    write_erased(tmp_path, vault, ["c" * 32], signing, clinic)
    assert read(practice, tmp_path) == {"b" * 32, "c" * 32}
    assert not ErasedKey.new("another vault", signing).is_of(vault, clinic)


def signs(desk: Desk) -> ErasedKey:
    """The key that whoever is signed in signs ids with."""
    key = _erased_key(desk.session().store, desk._file.vault_id)
    assert key is not None
    return key


def test_who_left_signs_nothing_that_takes_anybody_out_of_a_backup_made_since(
    practice: Practice, tmp_path: Path
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    lives, gone = add_nia(desk), add_nia(desk)
    folder = tmp_path / "disk"
    backed_up(practice, folder)
    held, vault = signs(practice.sign_in("Ana Ruiz")), practice.desk._file.vault_id
    practice.sign_in("Ben Morgan").person_erasure.erase(gone, "asked")
    early = practice.desk.session().store.keys.vault_key_epoch
    desk = remove(practice, "Ana Ruiz")
    store, clinic = desk.session().store, desk.session().store.keys.clinic_public
    write_erased(folder, vault, [lives], held, clinic)  # with what she kept
    assert read_erased(folder, vault, clinic, since=early) >= {lives, gone}  # the control: it is well signed
    practice.clock.move_on(60)
    desk.backups.make(folder)
    assert signs(practice.sign_in("Dr Osei")).epoch == early + 1
    store = practice.desk.session().store
    assert lives not in read_erased(folder, vault, clinic, since=store.keys.vault_key_epoch)
    assert list(replay_erasures_in_steps(store, practice.desk._file, folder)) == []
    assert store.patient(lives).id == lives
    assert read_erased(folder, vault, clinic, since=early) >= {lives, gone}, "an older backup takes all there is"


def test_what_an_earlier_generation_signed_is_kept_for_its_backups_and_signed_anew_by_nobody(tmp_path: Path) -> None:
    clinic = new_signing_key()
    public = verifying_key(clinic)
    for epoch in (1, 2, 3):
        key = ErasedKey.new("vault", clinic, epoch)
        write_erased(tmp_path, "vault", [str(epoch)], key, public, since=epoch)
        write_erased(tmp_path, "vault", [f"{epoch} more"], key, public, since=epoch)
    for since, found in ((1, "123"), (2, "23"), (3, "3"), (4, "")):
        expected = {each for epoch in found for each in (epoch, f"{epoch} more")}
        assert read_erased(tmp_path, "vault", public, since=since) == expected
    write_erased(tmp_path, "vault", ["clinic"], clinic, public, since=4)
    assert read_erased(tmp_path, "vault", public, since=9) == {"clinic"}
    older = json.loads(path_in(tmp_path, "vault").read_text())["former"]
    hostile: tuple[object, ...] = (9, 10**30, "x", None, [])
    for said in hostile:
        older[0]["key"]["epoch"] = said
        path_in(tmp_path, "vault").write_text(json.dumps(older[0]))
        assert read_erased(tmp_path, "vault", public) == frozenset()
