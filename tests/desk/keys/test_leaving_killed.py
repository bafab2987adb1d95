"""Killed at any moment of somebody's leaving, the vault opens, for everybody who stays, with nothing lost or wrong."""

import multiprocessing
import os
import shutil
import signal
from pathlib import Path

import pytest
from sqlalchemy import event

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import NotFound
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, Note, NoteKind
from rapportdesk.model.staff import Role
from tests.desk.conftest import SECRET, Practice, add_nia


def leave(path: Path, key: bytes, clock: object, statement: int) -> int:
    """Do all of it: the manager removes Dr Osei, keys are replaced, and Dr Hahn signs in; killed at one statement."""
    count = 0

    def before(*_arguments: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    with Desk.open(path, MemoryCustody(), clock, device_key=key) as desk:  # type: ignore[arg-type]  # a Clock, handed on
        people = {each.name: each.id for each in desk.door()}
        desk.sign_in(people["Ben Morgan"], SECRET)
        event.listen(desk._file._engine, "before_cursor_execute", before)
        desk.staff.remove(people["Dr Osei"])
        desk.replace_patient_keys()
        desk.sign_in(people["Dr Hahn"], SECRET)
    return count


def texts(desk: Desk, patient_id: PatientId) -> set[str]:
    """Every note that the signed-in person's keys open."""
    return {thing.text for thing in desk.session().store.things(patient_id) if isinstance(thing, Note)}


@pytest.fixture
def nia(practice: Practice) -> PatientId:
    """Somebody with a note for all and one for clinicians; the vault is closed."""
    desk = practice.sign_in("Ben Morgan")
    hahn = desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    practice.sign_in("Dr Osei").staff.admit(hahn.id)
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.notes.write(nia, "grows leeks", kind=NoteKind.HOBBY)
    desk.notes.write(nia, "for the doctor", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    desk.close()
    return nia


def test_killed_between_any_two_steps_everybody_who_stays_comes_in(practice: Practice, nia: PatientId) -> None:
    original, key = practice.path.with_name("original"), practice.desk._device_key
    shutil.copy2(practice.path, original)
    osei = next(each.id for each in practice.reopen().door() if each.name == "Dr Osei")
    practice.desk.close()
    total = leave(practice.path, key, practice.clock, 0)
    assert total > 100
    child = multiprocessing.get_context("fork")
    still_here = []
    for statement in range(2, total - 5, total // 16):
        for left_over in practice.path.parent.glob("desk.rapport*"):
            left_over.unlink()
        practice.custody._anchors.clear()  # the original is an older copy, and that is meant
        shutil.copy2(original, practice.path)
        process = child.Process(target=leave, args=(practice.path, key, practice.clock, statement))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        desk = practice.reopen()
        everybody = {each.name: each.id for each in desk.door()}
        still_here.append("Dr Osei" in everybody)
        for name in ("Ben Morgan", "Ana Ruiz", "Dr Hahn"):
            desk.sign_in(everybody[name], SECRET)
            assert desk.verify().clean
            assert "grows leeks" in texts(desk, nia)
        assert texts(desk, nia) == {"grows leeks", "for the doctor"}
        if "Dr Osei" not in everybody:
            with pytest.raises(NotFound):
                desk.sign_in(osei, SECRET)
            desk.replace_patient_keys()
            assert desk.session().store.patient_keys_due() == 0
            desk.notes.write(nia, "afterwards", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
            assert desk.verify().clean
        desk.close()
    assert set(still_here) == {True, False}
    assert still_here == sorted(still_here, reverse=True)  # there until one moment, and gone from it on
