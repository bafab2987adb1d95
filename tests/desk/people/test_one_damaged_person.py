"""Records of one person that were changed from outside keep nobody out and no other line from being kept."""

import datetime as dt
import sqlite3
from contextlib import closing

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.rights.erasure import WAITING
from rapportdesk.errors import Tampered
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from tests.desk.conftest import Practice, add_nia, looks


def change_from_outside(practice: Practice, patient: PatientId) -> Desk:
    """Change a bit in every record about somebody, and open the vault again."""
    practice.desk.close()
    with closing(sqlite3.connect(practice.path)) as file, file:
        rows = file.execute("SELECT id, sealed FROM record WHERE patient_id = ?", [patient]).fetchall()
        assert rows
        for record_id, sealed in rows:
            file.execute(
                "UPDATE record SET sealed = ? WHERE id = ?", [sealed[:-1] + bytes([sealed[-1] ^ 1]), record_id]
            )
    return practice.reopen()


def test_a_clinician_comes_in_while_somebody_who_waits_to_be_erased_cannot_be_read(practice: Practice) -> None:
    desk = practice.sign_in("Dr Osei")
    damaged, well = add_nia(desk), add_nia(desk)
    sealed = {}
    for patient in (damaged, well):
        note = desk.notes.write(patient, "Lump", kind=NoteKind.FEELING_NAMED, audience=Audience.CLINICIANS)
        sealed[patient] = note.id
        desk.consents.record(patient, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    practice.clock.moment += dt.timedelta(days=60)
    desk = practice.sign_in("Ben Morgan")
    for patient in (damaged, well):
        desk.erasures.erase(patient)
    change_from_outside(practice, damaged)
    desk = practice.sign_in("Dr Osei")
    store = desk.session().store
    with pytest.raises(Tampered):
        store.things(damaged)  # the control
    assert sealed[well] not in {thing.id for thing in store.things(well)}
    assert [each.action for each in looks(desk, well)].count(AuditAction.ERASED) == 2
    waiting = store.setting(WAITING)
    assert waiting is not None
    assert damaged in waiting
    assert well not in waiting
    assert practice.sign_in("Dr Osei").session().store.setting(WAITING) == waiting


def test_a_line_is_kept_and_comes_back_while_another_cannot_be_read(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    damaged, well, third = add_nia(desk), add_nia(desk), add_nia(desk)
    desk.drafts.keep(damaged, "about one")
    desk.drafts.keep(well, "about another")
    change_from_outside(practice, damaged)
    desk = practice.sign_in("Ana Ruiz")
    assert desk.kept().drafts == 1
    desk.drafts.keep(third, "about a third")
    assert {each.text for each in desk.drafts.mine()} == {"about another", "about a third"}
