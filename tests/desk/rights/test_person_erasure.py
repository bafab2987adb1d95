"""Who is erased is nowhere: not in the file's bytes, not in what search knows, not once a backup is restored."""

import datetime as dt
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import BadInput, NotAllowed, NotFound, WrongSecret
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Identifier, Patient
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.steps import in_one_go
from rapportdesk.store.records.erased_file import erased_ids, path_in
from rapportdesk.store.tables import PatientRow, RecordRow, RevisionRow
from tests.desk.conftest import SECRET, Practice, add_nia
from tests.paper.reading import text_of

WHY = "asked at the desk"


def sealed_bytes(desk: Desk, patient: PatientId) -> list[bytes]:
    """Every sealed row about somebody as it lies in the file, in pieces that would be found if it lay there still."""
    file = desk._file
    rows = [row for model in (RecordRow, RevisionRow) for row in file.all_rows(model) if row["patient_id"] == patient]
    rows += [row for row in file.all_rows(PatientRow) if row["id"] == patient]
    return [row["sealed"][12:60] for row in rows]


def lying_about(practice: Practice) -> bytes:
    """All bytes that lie in the vault's folder."""
    return lying_in(practice.path.parent)


def lying_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def with_a_life(practice: Practice) -> tuple[Desk, PatientId]:
    desk = practice.sign_in("Dr Osei")
    desk = practice.sign_in("Ana Ruiz")
    patient = add_nia(desk)
    note = desk.notes.write(patient, "Leeks for the county show", kind=NoteKind.HOBBY)
    desk.notes.edit(note.id, text="Leeks and onions")
    desk.notes.write(patient, "Worried", kind=NoteKind.FEELING_NAMED, audience=Audience.CLINICIANS)
    desk.tasks.add(patient, "Send the form")
    return practice.sign_in("Ben Morgan"), patient


def test_nothing_of_them_is_in_any_byte_when_it_says_done(practice: Practice) -> None:
    desk, patient = with_a_life(practice)
    assert desk.search("Prydderch").hits
    pieces = sealed_bytes(desk, patient)
    lay = lying_about(practice)
    assert len(pieces) > 4
    assert all(piece in lay for piece in pieces)  # the control: they are found while they are there
    desk.person_erasure.erase(patient, WHY)
    left = lying_about(practice)
    assert [piece for piece in pieces if piece in left] == []
    assert not desk.search("Prydderch").hits
    assert not desk.search("onions").hits
    assert desk.verify().clean
    with pytest.raises(NotFound):
        desk.people.get(patient)


def test_the_record_of_who_looked_stays_and_says_that_it_was_erased(practice: Practice) -> None:
    desk, patient = with_a_life(practice)
    desk.person_erasure.erase(patient, WHY)
    lines = [event for event in desk.session().store.audit_events() if event.patient == patient]
    assert lines[-1].action is AuditAction.ERASED
    assert len(lines) > 1
    assert [each.reason for each in desk.person_erasure.done()] == [WHY]


@pytest.mark.parametrize("certified", [False, True])
def test_a_backup_that_is_being_made_meanwhile_is_begun_anew(
    practice: Practice, tmp_path: Path, certified: bool
) -> None:
    desk, patient = with_a_life(practice)
    folder = tmp_path / "every day"
    folder.mkdir()
    desk.backups.choose_folder(folder)
    making = desk.backups.make_in_steps()
    while not list(folder.glob("*.part")):
        next(making)
    if certified:
        made, _pages, code = desk.person_erasure.erase_certified(patient, WHY)
        practice.codes = replace(practice.codes, desk=code)
    else:
        made, _pages = desk.person_erasure.erase(patient, WHY)
    assert made.backups_until is None
    backup = in_one_go(making)
    path_in(folder, desk._file.vault_id).unlink()  # so that nothing but the backup itself is without them
    assert backup.sheets == (practice.codes.desk.number,)
    back = restored(practice, Path(backup.path), tmp_path / "back")
    with pytest.raises(NotFound):
        back.people.get(patient)
    back.close()


def test_where_the_power_went_before_the_folders_were_told_the_next_sign_in_tells_them(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, patient = with_a_life(practice)
    backup = Path(desk.backups.make(tmp_path).path)
    pieces = sealed_bytes(desk, patient)
    monkeypatch.setattr(desk.person_erasure, "_out_of_the_bytes", raise_interrupt)
    with pytest.raises(KeyboardInterrupt):
        desk.person_erasure.erase(patient, WHY)
    crashed = shutil.copytree(practice.path.parent, tmp_path / "crashed")
    assert any(piece in lying_in(crashed) for piece in pieces)
    desk.close()
    practice.path = crashed / practice.path.name
    practice.reopen()
    desk = practice.sign_in("Ana Ruiz")
    assert in_one_go(desk.check_in_steps()).clean
    left = lying_in(crashed)
    assert [piece for piece in pieces if piece in left] == []
    back = restored(practice, backup, tmp_path / "back")
    with pytest.raises(NotFound):
        back.people.get(patient)
    back.close()


def raise_interrupt(*_any: object) -> None:
    raise KeyboardInterrupt


def test_an_older_backup_brings_nobody_back(practice: Practice, tmp_path: Path) -> None:
    desk, patient = with_a_life(practice)
    stays = add_nia(desk)
    note = desk.notes.write(stays, "Sings alto", kind=NoteKind.HOBBY)
    backup = Path(desk.backups.make(tmp_path).path)
    desk.replace_vault_key()  # the backup's vault key is an older one
    desk.notes.retire(note.id)
    desk.person_erasure.erase(patient, WHY)
    held = json.loads(path_in(tmp_path, desk._file.vault_id).read_text())
    assert patient in held["ids"]
    assert set(held) == {"vault", "ids", "signature"}, "a manager signs with the clinic's own key, for every backup"
    back = restored(practice, backup, tmp_path / "back")
    with pytest.raises(NotFound):
        back.people.get(patient)
    assert back.people.get(stays).name == "Nia Prydderch"
    assert back.verify().clean
    assert patient in erased_ids(back._file, back.session().store.keys.vault_key)
    back.close()


@pytest.mark.parametrize("erased", [None, "Nia Prydderch", "Cai Rhys", "Siân Pugh"])
def test_who_was_taken_apart_from_the_erased_stays_when_an_older_backup_is_restored(
    practice: Practice, tmp_path: Path, erased: str | None
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    people = {"Nia Prydderch": add_nia(desk)}
    for name, number in (("Cai Rhys", "50505"), ("Siân Pugh", "60606")):
        made = desk.people.add(Patient(id=PatientId(""), name=name, identifiers=(Identifier(value=number),)))
        people[name] = made.id
        desk.consents.agree(made.id)
    for name, patient in people.items():
        desk.notes.write(patient, f"Word of {name}", kind=NoteKind.HOBBY)
    joined = [desk.merging.join(people["Nia Prydderch"], people["Cai Rhys"])]
    practice.clock.move_on(60)
    joined.append(desk.merging.join(people["Siân Pugh"], people["Nia Prydderch"]))
    desk = practice.sign_in("Ben Morgan")
    backup = Path(desk.backups.make(tmp_path).path)
    for one in reversed(joined):
        desk.merging.part(one.id)
    if erased is not None:
        desk.person_erasure.erase(people[erased], WHY)
    practice.clock.move_on(3600)
    desk.backups.make(tmp_path)
    back = restored(practice, backup, tmp_path / "back")
    there = {each.name: each for each in back.session().store.patients()}
    assert there.keys() == people.keys() - {erased}
    for name, each in there.items():
        assert len(each.identifiers) == 1
        words = [line.text for block in back.people.card(each.id).blocks for line in block.lines]
        assert [word for word in words if word.startswith("Word of")] == [f"Word of {name}"]
    assert back.verify().clean
    back.close()


def test_ids_that_the_practice_did_not_sign_erase_nobody(practice: Practice, tmp_path: Path) -> None:
    desk, patient = with_a_life(practice)
    backup = Path(desk.backups.make(tmp_path).path)
    beside = path_in(tmp_path, desk._file.vault_id)
    held = json.loads(beside.read_text())
    beside.write_text(json.dumps({**held, "ids": [*held["ids"], patient]}), encoding="ascii")
    back = restored(practice, backup, tmp_path / "back")
    assert back.people.get(patient)
    back.close()


def restored(practice: Practice, backup: Path, folder: Path) -> Desk:
    custody, target = MemoryCustody(), folder / "desk.rapport"
    restore(backup, target, practice.codes.desk.code, custody, practice.clock)
    desk = Desk.open(target, custody, practice.clock, cost=practice.cost)
    desk.sign_in(next(each.id for each in desk.door() if each.name == "Ben Morgan"), SECRET)
    return desk


def hold(desk: Desk, patient: PatientId) -> None:
    desk.session().store.put(
        RightsEvent(
            id=RecordId(new_id()), patient=patient, right=Right.LEGAL_HOLD, status=RightsStatus.ACTIVE,
            reason="a court has asked for it", recorded_at=desk.session().now(), recorded_by=desk.viewer.staff,
            recorded_by_name=desk.viewer.name,
        )
    )  # fmt: skip


def test_a_legal_hold_refuses_with_its_reason(practice: Practice) -> None:
    desk, patient = with_a_life(practice)
    hold(desk, patient)
    assert "a court has asked for it" in desk.person_erasure.refusal(patient)
    with pytest.raises(NotAllowed, match="a court has asked for it"):
        desk.person_erasure.erase(patient, WHY)
    assert desk.people.get(patient)


def test_a_clock_that_once_stood_years_ahead_ends_no_hold(practice: Practice) -> None:
    desk, patient = with_a_life(practice)
    desk.rights.hold(patient, "a court has asked for it", practice.clock.now().date() + dt.timedelta(days=900))
    now = practice.clock.moment
    practice.clock.moment = now + dt.timedelta(days=3_650)
    desk.people.card(patient)  # any line in the record keeps that time
    practice.clock.moment = now + dt.timedelta(days=1)
    assert desk.person_erasure.refusal(patient)
    practice.clock.moment = now + dt.timedelta(days=901)  # the control
    assert not desk.person_erasure.refusal(patient)


@pytest.mark.parametrize("reason", ["", "Nia asked", "Mrs PRYDDERCH", "number 40218"])
def test_the_reason_is_kept_so_it_names_nobody(practice: Practice, reason: str) -> None:
    desk, patient = with_a_life(practice)
    with pytest.raises(BadInput):
        desk.person_erasure.erase(patient, reason)
    assert desk.people.get(patient)


def test_only_a_manager_erases(practice: Practice) -> None:
    desk, patient = with_a_life(practice)
    for name in ("Ana Ruiz", "Dr Osei"):
        with pytest.raises(NotAllowed):
            practice.sign_in(name).person_erasure.erase(patient, WHY)
    assert desk.people.get(patient)


def test_a_certified_one_replaces_keys_and_codes_and_writes_the_file_anew(practice: Practice, tmp_path: Path) -> None:
    desk, patient = with_a_life(practice)
    stays = add_nia(desk)
    before = desk.session().store.keys.vault_key
    made, pages, code = desk.person_erasure.erase_certified(patient, WHY)
    assert desk.session().store.keys.vault_key != before
    assert made.certified
    assert made.sheet == code.number != practice.codes.desk.number
    assert "Locks and codes" in text_of(pages.pdf)
    assert desk.sheets.check(code.code) == code.number
    shutil.copy2(practice.path, tmp_path / "copy")
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        assert copy.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert desk.people.get(stays)
    assert desk.verify().clean
    assert desk.person_erasure.done()[0].certified


def test_a_certified_one_is_refused_before_any_sheet_is_made(practice: Practice) -> None:
    desk, patient = with_a_life(practice)
    hold(desk, patient)
    sheets = desk.sheets.list()
    with pytest.raises(NotAllowed, match="a court has asked for it"):
        desk.person_erasure.erase_certified(patient, WHY)
    assert desk.sheets.list() == sheets


def test_a_certified_one_leaves_no_sheet_but_the_one_that_was_typed_back(practice: Practice) -> None:
    desk, patient = with_a_life(practice)
    with pytest.raises(NotFound):
        next(desk.person_erasure.erase_certified_in_steps(patient, WHY, 99))
    assert desk.people.get(patient)
    code = desk.sheets.new_desk_sheet("Gwen")
    list(desk.person_erasure.erase_certified_in_steps(patient, WHY, code.number))
    assert [each.number for each in desk.sheets.list() if each.kind == "desk"] == [code.number]
    with pytest.raises(WrongSecret):
        desk.sheets.prove(practice.codes.desk.code)


def test_the_clinicians_keys_are_replaced_when_the_next_of_them_signs_in(practice: Practice) -> None:
    desk, patient = with_a_life(practice)
    before = len(desk._file.clinicians_chain())
    desk.person_erasure.erase_certified(patient, WHY)
    practice.sign_in("Ana Ruiz")
    assert len(desk._file.clinicians_chain()) == before
    practice.sign_in("Dr Osei")
    assert len(desk._file.clinicians_chain()) == before + 1
