"""What the practice promised stands in Today until it is ticked, late first, and can be taken back."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.task import TaskStatus
from tests.desk.conftest import MORNING, Practice, add_nia

TODAY = MORNING.date()


def promised(desk: Desk) -> list[str]:
    """What Today's ledger lists, in its order."""
    return [row.task.text for row in desk.today.day().promised]


def test_promises_stand_in_the_order_in_which_they_are_due(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.tasks.add(nia, "Some time")
    ana.tasks.add(nia, "This morning", due=TODAY, due_time=dt.time(11))
    ana.tasks.add(nia, "Yesterday", due=TODAY - dt.timedelta(days=1))
    ana.tasks.add(nia, "By tonight", due=TODAY)
    ana.tasks.add(nia, "Tomorrow", due=TODAY + dt.timedelta(days=1))
    assert promised(ana) == ["Yesterday", "This morning", "By tonight", "Some time"]
    assert [row.overdue for row in ana.today.day().promised] == [True, False, False, False]
    assert ana.today.day().promised[0].patient_name == "Nia Prydderch"


def test_an_hour_that_has_passed_makes_it_late(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    desk.tasks.add(add_nia(desk), "Ring back", due=TODAY, due_time=dt.time(9, 30))
    assert not desk.today.day().promised[0].overdue
    practice.clock.move_on(27 * 60)
    assert desk.today.day().promised[0].overdue


def test_a_promise_is_ticked_reopened_and_taken_back(ana: Desk) -> None:
    nia = add_nia(ana)
    task = ana.tasks.add(nia, "  Send the\nlarge print letter ", due=TODAY)
    assert (task.text, task.owner_name, task.recorded_by_name) == (
        "Send the large print letter",
        "Ana Ruiz",
        "Ana Ruiz",
    )
    done = ana.tasks.done(task.id, outcome="posted")
    assert (done.status, done.outcome, done.revision) == (TaskStatus.COMPLETED, "posted", 2)
    assert promised(ana) == []
    assert "large print" not in str(ana.people.card(nia).blocks)
    assert ana.tasks.reopen(task.id).status is TaskStatus.REQUESTED
    assert promised(ana) == [task.text]
    assert [ana.notes.undo() for _change in range(3)] == ["reopened a promise", "ticked a promise", "made a promise"]
    assert promised(ana) == []
    with pytest.raises(NotFound):
        ana.tasks.done(task.id)


def test_a_promise_is_kept_over_night(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    desk.tasks.add(add_nia(desk), "Ring back", due=TODAY, due_time=dt.time(9, 30))
    practice.reopen()
    practice.clock.move_on(86_400)
    (row,) = practice.sign_in("Dr Osei").today.day().promised
    assert (row.task.text, row.task.due, row.task.due_time, row.overdue) == ("Ring back", TODAY, dt.time(9, 30), True)


def test_a_promise_rests_on_consent_like_a_note(ana: Desk) -> None:
    nia = add_nia(ana)
    ana.tasks.add(nia, "Ring back")
    ana.consents.record(nia, Covers.KEEP_NOTES, ConsentStatus.INACTIVE)
    assert promised(ana) == []
    ana.consents.agree(nia)
    assert promised(ana) == ["Ring back"]


@pytest.mark.parametrize("text", ["", " \n", "x" * 501, "\ud800"])
def test_a_promise_of_nothing_is_refused(ana: Desk, text: str) -> None:
    with pytest.raises(BadInput):
        ana.tasks.add(add_nia(ana), text)
    assert promised(ana) == []


def test_only_a_promise_is_ticked_and_only_to_somebody_made(ana: Desk) -> None:
    nia = add_nia(ana)
    note = ana.notes.write(nia, "Sings alto", kind=NoteKind.HOBBY)
    for record in (note.id, RecordId("0" * 32)):
        for change in (ana.tasks.done, ana.tasks.reopen):
            with pytest.raises(NotFound):
                change(record)
    with pytest.raises(NotFound):
        ana.tasks.add(PatientId("0" * 32), "Ring back")
    assert ana.notes.get(note.id) == note
