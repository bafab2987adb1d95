"""The first screen can say up to when everything is here, and says the same whatever clinicians wrote."""

import datetime as dt
from pathlib import Path

import pytest

from rapportdesk.model.audit import AuditAction
from rapportdesk.model.note import Audience, NoteKind
from tests.desk.bring_in.test_imports import PID
from tests.desk.conftest import MORNING, Practice, add_nia
from tests.exchange.samples import hl7

LATER = dt.timedelta(hours=3)


def test_what_was_kept_last_and_when_the_schedule_came_in(practice: Practice, tmp_path: Path) -> None:
    desk = practice.sign_in("Ana Ruiz")
    assert desk.kept().schedule_from is None
    schedule = tmp_path / "schedule.hl7"
    schedule.write_text(hl7("ADT^A04", PID), encoding="utf-8")
    desk.imports.read([schedule])
    practice.clock.move_on(LATER.total_seconds())
    nia = add_nia(desk)
    desk.drafts.keep(nia, "She said")
    kept = desk.kept()
    assert (kept.schedule_from, kept.until, kept.drafts) == (MORNING, MORNING + LATER, 1)


def test_looking_keeps_nothing(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    practice.clock.move_on(LATER.total_seconds())
    desk.people.card(nia)
    assert desk.kept().until == MORNING


def test_what_clinicians_write_among_themselves_changes_nothing_of_it(practice: Practice) -> None:
    nia = add_nia(practice.sign_in("Ana Ruiz"))
    before = practice.desk.kept()
    practice.clock.move_on(LATER.total_seconds())
    clinician = practice.sign_in("Dr Osei")
    clinician.notes.write(nia, "x", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    assert practice.sign_in("Ana Ruiz").kept() == before
    practice.sign_in("Dr Osei").notes.write(nia, "x", kind=NoteKind.HOBBY)  # the control
    assert practice.sign_in("Ana Ruiz").kept() != before


@pytest.mark.parametrize("hidden", [0, 1, 7, 40])
def test_how_much_clinicians_do_decides_nothing_of_how_far_back_it_looks(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, hidden: int
) -> None:
    monkeypatch.setattr("rapportdesk.desk.today.kept._LOOKED_BACK", 12)
    add_nia(practice.sign_in("Ana Ruiz"))
    before = practice.desk.kept().until
    session = practice.sign_in("Dr Osei").session()
    with session.transaction():
        for _each in range(hidden):
            session.record(AuditAction.NOTE_WRITTEN, clinicians_only=True)
    assert practice.sign_in("Ana Ruiz").kept().until == before == MORNING
    for _each in range(12):  # the control: what reception knows of does count
        practice.desk.session().record(AuditAction.AUDIT_READ)
    assert practice.desk.kept().until is None
