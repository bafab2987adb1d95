"""Whoever leaves keeps what they copied and nothing else: no key they held opens what is written after they left."""

import dataclasses
import datetime as dt
import shutil
from itertools import product
from pathlib import Path

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.recovery import recover
from rapportdesk.desk.keys.keyholding import _RESEALED
from rapportdesk.desk.keys.leaving import replace_vault_key
from rapportdesk.errors import BadInput, NotAllowed, Tampered
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.staff import Role
from rapportdesk.steps import in_one_go
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.tables import PatientRow, RecordRow
from rapportdesk.vault.framing import unframe
from rapportdesk.vault.hpke_box import CLINICIANS, open_from
from rapportdesk.vault.sealing import new_key
from tests.desk.conftest import SECRET, Practice, add_nia
from tests.desk.leavers import Captured, finish, held_envelope, id_of, remove, write_everywhere


@pytest.fixture
def full(practice: Practice) -> tuple[Practice, list[PatientId]]:
    """Thirty people with notes for all and for clinicians, one of them edited, one of them moved, one deleted."""
    desk = practice.sign_in("Ana Ruiz")
    people = [add_nia(desk)]
    for number in range(29):
        patient = desk.people.add(
            Patient(id=PatientId(""), name=f"Person {number}", birth_date=dt.date(1950 + number, 3, 14))
        )
        desk.consents.agree(patient.id)
        people.append(patient.id)
    for patient_id in people:
        desk.notes.write(patient_id, "grows leeks", kind=NoteKind.HOBBY)
        desk.notes.write(patient_id, "for the doctor", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    gone = desk.notes.write(people[1], "said in error", kind=NoteKind.HOBBY)
    desk.notes.undo()
    assert gone.id not in {thing.id for thing in desk.session().store.things(people[1])}
    practice.sign_in("Dr Osei")
    return practice, people


@pytest.mark.parametrize("background", [False, True], ids=["at once", "after the background"])
@pytest.mark.parametrize("leaver", ["Ana Ruiz", "Dr Osei"])
def test_none_of_the_keys_somebody_held_opens_anything_written_after_they_left(
    full: tuple[Practice, list[PatientId]], leaver: str, background: bool
) -> None:
    practice, people = full
    held = Captured.of(practice.sign_in(leaver))
    control = write_everywhere(practice.sign_in("Ben Morgan"), people)
    assert len(control) > 60
    assert control <= held.opened(practice.desk._file)  # the same keys open all that was written before they left
    desk = remove(practice, leaver)
    if background:
        assert desk.replace_patient_keys() > 30
    written = write_everywhere(desk, people)
    assert len(written) > 60
    opened = held.opened(desk._file)
    assert written & opened == set()
    due = {row["id"] for row in desk._file.all_rows(PatientRow) if row["key_revision"] == 1}
    assert held.unwrapped(desk._file) == (set() if background else due)  # of nobody who was written about
    if background:
        assert opened == set()
    assert desk.verify().clean


def test_what_was_copied_before_stays_readable_to_the_leaver(
    full: tuple[Practice, list[PatientId]], tmp_path: Path
) -> None:
    practice, people = full
    held = Captured.of(practice.sign_in("Ana Ruiz"))
    practice.desk.close()
    copied = tmp_path / "copied.rapport"
    shutil.copy2(practice.path, copied)
    practice.reopen()
    remove(practice, "Ana Ruiz")
    with VaultFile.open(copied) as file:
        assert len(held.opened(file)) > len(people)


def test_everybody_else_comes_in_with_their_own_secret_and_sees_what_they_saw(
    full: tuple[Practice, list[PatientId]],
) -> None:
    practice, people = full
    desk = practice.sign_in("Dr Osei")
    before = {name: seen(practice.sign_in(name), people) for name in ("Ben Morgan", "Dr Osei")}
    name_of_clinic = desk.clinic_name
    lines = len(list(practice.sign_in("Ben Morgan").session().store.audit_events()))
    remove(practice, "Ana Ruiz")
    assert "Ana Ruiz" not in {each.name for each in practice.desk.door()}
    practice.reopen()
    for name, saw in before.items():
        desk = practice.sign_in(name)
        assert seen(desk, people) == saw
        assert desk.clinic_name == name_of_clinic
        assert desk.verify().clean
    assert len(list(desk.session().store.audit_events())) > lines
    with pytest.raises(StopIteration):
        practice.sign_in("Ana Ruiz")


def seen(desk: Desk, people: list[PatientId]) -> set[str]:
    """Everything that this person's keys open, as text."""
    return {str(thing) for patient_id in people for thing in desk.session().store.things(patient_id)}


def test_the_clinicians_keys_rotate_at_the_next_clinicians_sign_in_and_the_old_pair_opens_nothing_new(
    full: tuple[Practice, list[PatientId]],
) -> None:
    practice, people = full
    desk = practice.sign_in("Ben Morgan")
    hahn = desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    desk = practice.sign_in("Dr Osei")
    desk.staff.admit(hahn.id)
    (old,) = [pair for pair in desk.session().store.keys.clinicians if pair.epoch == 2]
    remove(practice, "Dr Osei")
    assert len(practice.sign_in("Ana Ruiz")._file.clinicians_chain()) == 2
    desk = practice.sign_in("Dr Hahn")
    assert len(desk._file.clinicians_chain()) == 3
    practice.sign_in("Ana Ruiz").notes.write(
        people[0], "to the new keys", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS
    )
    desk = practice.sign_in("Dr Hahn")
    assert len(desk._file.clinicians_chain()) == 3
    texts = {each.text for each in desk.session().store.things(people[0]) if isinstance(each, Note)}
    assert texts >= {"to the new keys", "for the doctor"}
    envelopes = [held_envelope(desk, row) for row in desk._file.all_rows(RecordRow) if row["patient_id"]]
    boxes = [unframe(envelope, 4) for envelope in envelopes]
    sealed = [(int.from_bytes(epoch, "big"), box) for kind, epoch, _author, box in boxes if kind == b"clinicians"]
    assert len(sealed) > 30
    newest = desk.session().store.keys.clinicians[-1]
    assert sum(unboxes(old.x25519, box, epoch, desk) for epoch, box in sealed) == 0
    assert sum(unboxes(newest.x25519, box, epoch, desk) for epoch, box in sealed) == len(sealed)
    assert desk.verify().clean


def unboxes(private: bytes, box: bytes, epoch: int, desk: Desk) -> bool:
    """Whether a private key opens a box, under any epoch it may be said to have."""
    for kind, number in product(("record",), {epoch, 1, 2, 3}):
        try:
            open_from(private, box, vault_id=desk._file.vault_id, kind=kind, epoch=number, recipient=CLINICIANS)
        except Tampered:
            continue
        return True
    return False


def test_the_recovery_sheets_go_on_working_without_anybody_fetching_them(practice: Practice) -> None:
    sheet = practice.sign_in("Dr Osei").sheets.new_clinicians_sheet()
    desk = practice.sign_in("Ben Morgan")
    desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    practice.sign_in("Dr Osei").staff.admit(id_of(desk, "Dr Hahn"))
    remove(practice, "Dr Osei")
    desk = practice.sign_in("Dr Hahn")
    desk.sheets.restore_clinicians_keys(sheet.code)
    assert desk.verify().clean
    store, newest = desk.session().store, str(desk.session().store.keys.clinicians[-1].epoch)
    assert store.setting(_RESEALED) == ""  # not in one piece: the check does it, step by step
    in_one_go(desk.check_in_steps())
    assert store.setting(_RESEALED) == newest != "1"
    desk.close()
    recovered = recover(practice.path, practice.custody, practice.codes.desk.code, practice.clock)
    practice.desk = recovered.desk
    assert recovered.kept
    assert practice.sign_in("Ben Morgan").verify().clean


def test_two_who_leave_one_after_the_other_leave_a_vault_that_opens(full: tuple[Practice, list[PatientId]]) -> None:
    practice, people = full
    remove(practice, "Ana Ruiz")
    steps = practice.desk.check_in_steps()
    for _ in range(5):
        next(steps)  # some keys are replaced, the rest are not yet
    steps.close()
    desk = remove(practice, "Dr Osei")
    assert desk.session().store.keys.vault_key_epoch == 3
    assert desk.session().store.patient_keys_due() == len(people)
    assert desk.verify().clean
    assert desk.replace_patient_keys() == len(people)
    assert desk.session().store.patient_keys_due() == 0
    assert desk.verify().clean
    practice.reopen()
    assert practice.sign_in("Ben Morgan").verify().clean


def test_a_check_that_is_under_way_when_somebody_leaves_begins_anew_and_finds_nothing_wrong(
    full: tuple[Practice, list[PatientId]],
) -> None:
    practice, _people = full
    desk = practice.sign_in("Ben Morgan")
    steps = desk.check_in_steps()
    for _ in range(3):
        next(steps)
    desk.staff.remove(id_of(desk, "Ana Ruiz"))
    assert finish(steps).clean


def test_patients_keys_are_replaced_in_the_background_in_steps_between_which_work_goes_on(
    full: tuple[Practice, list[PatientId]],
) -> None:
    practice, people = full
    desk = remove(practice, "Ana Ruiz")
    steps = desk.check_in_steps()
    assert any(done == 1 for done, _total in steps)
    desk.notes.write(people[-1], "meanwhile", kind=NoteKind.HOBBY)
    assert finish(steps).clean
    assert desk.session().store.patient_keys_due() == 0


def test_a_write_that_is_rolled_back_leaves_the_key_it_had(full: tuple[Practice, list[PatientId]]) -> None:
    practice, people = full
    desk = remove(practice, "Ana Ruiz")

    def cut_off() -> None:
        with desk.session().transaction():
            desk.notes.write(people[0], "never kept", kind=NoteKind.HOBBY)
            assert desk.people.card(people[0]).patient.id == people[0]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    assert desk.session().store.patient_keys_due() == len(people)
    assert desk.people.card(people[0]).patient.id == people[0]
    desk.notes.write(people[0], "kept", kind=NoteKind.HOBBY)
    assert desk.session().store.patient_keys_due() == len(people) - 1
    assert desk.verify().clean


def test_nobody_but_a_manager_removes_and_nobody_removes_themselves_or_the_last_manager(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    with pytest.raises(NotAllowed):
        desk.staff.remove(id_of(desk, "Dr Osei"))
    leaver = next(each for each in desk.door() if each.name == "Dr Osei")
    with pytest.raises(NotAllowed):
        replace_vault_key(desk.session(), desk._file, leaver=leaver, why="removed")
    desk = practice.sign_in("Ben Morgan")
    with pytest.raises(BadInput):
        desk.staff.remove(id_of(desk, "Ben Morgan"))
    assert desk.session().store.keys.vault_key_epoch == 1


def test_wrong_secrets_are_still_counted_after_a_colleague_left(practice: Practice) -> None:
    desk = practice.sign_in("Ben Morgan")
    osei = id_of(desk, "Dr Osei")
    for _ in range(4):
        practice.clock.move_on(300)
        with pytest.raises(Exception, match="not right"):
            desk.sign_in(osei, "wrong")
    practice.sign_in("Ben Morgan")
    remove(practice, "Ana Ruiz")
    practice.reopen()
    assert practice.desk.wait_before(osei) > 0
    assert practice.sign_in("Ben Morgan").verify().clean


def test_a_key_made_up_is_no_key(practice: Practice) -> None:
    """The control of all the above: a stranger's keys open nothing, before or after."""
    held = Captured.of(practice.sign_in("Ana Ruiz"))
    stranger = Captured(dataclasses.replace(held.keys, vault_key=new_key(), private_key=new_key()), {})
    assert stranger.opened(practice.desk._file) == set()
    assert held.opened(practice.desk._file)
