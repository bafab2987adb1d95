"""Promises rest on consent like notes, and whoever may not see one can neither tick it nor learn of it."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import ConsentNeeded, NotFound
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience
from rapportdesk.model.task import TaskStatus
from rapportdesk.model.topic import Permission
from tests.desk.conftest import Practice, add_nia, looks

NEXT_WEEK = dt.date(2026, 11, 27)


def promised(desk: Desk) -> set[str]:
    """What next week's ledger lists."""
    return {row.task.text for row in desk.today.day(NEXT_WEEK).promised}


def who_did_what(desk: Desk, patient: PatientId) -> list[str]:
    """The record of who looked, as this person may read it."""
    return [str(event.action) for event in looks(desk, patient)]


def test_a_promise_without_consent_is_refused(ana: Desk) -> None:
    nia = add_nia(ana, agreed=False)
    with pytest.raises(ConsentNeeded):
        ana.tasks.add(nia, "Ring about parking")
    assert promised(ana) == set()


def test_a_promise_is_ticked_and_taken_back(ana: Desk) -> None:
    task = ana.tasks.add(add_nia(ana), "Ring about parking")
    assert ana.tasks.done(task.id, outcome="rang").status is TaskStatus.COMPLETED
    assert promised(ana) == set()
    assert ana.tasks.reopen(task.id).outcome == ""
    assert promised(ana) == {"Ring about parking"}
    ana.notes.undo()
    assert promised(ana) == set()


def test_a_promise_that_is_hidden_is_as_if_it_were_not_there(ana: Desk) -> None:
    nia = add_nia(ana)
    task = ana.tasks.add(nia, "Ring about parking")
    ana.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    for id in (task.id, RecordId("0" * 32)):
        with pytest.raises(NotFound):
            ana.tasks.done(id)
        with pytest.raises(NotFound):
            ana.tasks.reopen(id)


def test_a_promise_for_clinicians_is_nothing_to_reception(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    before = who_did_what(desk, nia)
    task = desk.tasks.add(nia, "Ring with the result", audience=Audience.CLINICIANS)
    assert promised(desk) == set()
    assert desk.session().index.open_tasks() == ()
    assert who_did_what(desk, nia) == before
    with pytest.raises(NotFound):
        desk.tasks.done(task.id)
    desk = practice.sign_in("Dr Osei")
    desk.people.set_company(nia, frozenset())
    assert promised(desk) == {"Ring with the result"}
    assert "task-changed" in who_did_what(desk, nia)


def test_the_quick_line_s_promise_is_for_whom_the_line_was(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    line = desk.notes.read_line(nia, "promise: ring with the result by Tuesday")
    written = desk.notes.write_line(nia, line, audience=Audience.CLINICIANS)
    assert written.task is not None
    assert written.task.audience is Audience.CLINICIANS
    assert promised(desk) == set()
    desk.notes.undo()
    assert desk.notes.write_line(nia, line).task is not None
    assert promised(desk) == {"ring with the result"}


@pytest.mark.parametrize(
    ("permission", "name_for", "heard_by"),
    [
        (Permission.WELCOME, Audience.CLINICIANS, set()),
        (Permission.CLINICIAN_ONLY, Audience.EVERYONE, set()),
        (Permission.PRIVATE_ROOM, Audience.EVERYONE, set()),
        (Permission.ASK_FIRST, Audience.EVERYONE, {"ring about #money"}),
    ],
)
def test_a_promise_on_a_topic_is_heard_by_those_who_may_hear_about_it(
    practice: Practice, permission: Permission, name_for: Audience, heard_by: set[str]
) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk = practice.sign_in("Dr Osei")
    desk.topics.set(nia, "money", permission, name_for=name_for)
    desk.people.set_company(nia, frozenset())
    desk.briefs.open_veiled(nia)
    line = desk.notes.read_line(nia, "promise: ring about #money by Tuesday")
    assert line.topic
    desk.notes.write_line(nia, line)
    said = {line.text for section in desk.briefs.open_veiled(nia).sections for line in section.lines if line.task}
    assert said == {"ring about #money"}  # it has been opened, as a note on that topic would have to be
    assert promised(practice.sign_in("Ana Ruiz")) == heard_by
