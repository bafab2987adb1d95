"""The ledger and the brief's promises: told first, then late, due and open; each once, and only what is seen."""

import datetime as dt
from dataclasses import replace

from hypothesis import given

from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.note import Audience
from rapportdesk.model.shown import Mark
from rapportdesk.model.task import FollowUpOutcome, Task, TaskCode, TaskReason, TaskStatus
from rapportdesk.rules.promises.due import is_overdue
from rapportdesk.rules.promises.ledger import Pressing, compose_ledger, promise_row, promised_lines, told_rows
from rapportdesk.rules.promises.promise_words import ended_words, promise_details
from rapportdesk.rules.visibility import Known, Seen, see
from tests.rules.invented import ALONE, CLINICIAN, NOW, RECEPTION, TODAY, ago, agreed, appointment, person, task
from tests.rules.worlds import known

DAY = dt.timedelta(days=1)
LATE = task("late", due=TODAY - DAY)
DUE = task("due", due=TODAY)
OPEN = task("open")
TOLD = task("dizzy", code=TaskCode.TELL, how=FollowUpOutcome.WORSE, owner_name="Dr Osei")


def seen(*tasks: Task, **fields: object) -> Seen:
    everything = Known(patient=person(), consents=agreed(), tasks=tasks)
    return see(replace(everything, **fields), CLINICIAN, ALONE, NOW)  # type: ignore[arg-type]  # appointments


def test_what_is_told_comes_first_then_late_due_and_open() -> None:
    lines = promised_lines(seen(OPEN, DUE, LATE, TOLD), NOW)
    assert [(each.line.text, each.pressing) for each in lines] == [
        ("Worse: dizzy", Pressing.TOLD), ("late", Pressing.LATE), ("due", Pressing.DUE), ("open", Pressing.OPEN),
    ]  # fmt: skip
    assert [each.line.mark for each in lines] == [Mark.TOLD, Mark.OVERDUE, Mark.DUE, Mark.DUE]
    assert lines[0].line.detail == "3 days ago, by Ana Ruiz, for Dr Osei"
    assert lines[1].line.urgent == "due yesterday, not done"


@given(known())
def test_every_promise_that_is_seen_has_one_line_and_nothing_else_has(everything: Known) -> None:
    for viewer in (RECEPTION, CLINICIAN):
        shown = see(everything, viewer, None, NOW)
        lines = promised_lines(shown, NOW)
        assert sorted(each.line.task.id for each in lines if each.line.task) == sorted(each.id for each in shown.tasks)
        assert [each.pressing for each in lines] == sorted(each.pressing for each in lines)
        rows = compose_ledger(everything.tasks, {everything.patient.id: shown}, viewer, NOW).rows
        assert {row.task.id for row in rows} == {each.id for each in shown.tasks}
        assert [not is_overdue(row.task, NOW) for row in rows] == sorted(not is_overdue(row.task, NOW) for row in rows)


def test_a_promise_says_what_became_of_its_visit_and_nothing_while_that_stands() -> None:
    visit = appointment(NOW + 2 * DAY)
    promise = task("the chair", due=TODAY + 2 * DAY, visit=visit.id)
    asked = replace(promise, code=TaskCode.FOLLOW_UP)
    said = {
        AppointmentStatus.CANCELLED: "the visit on 22 November is cancelled",
        AppointmentStatus.NOSHOW: "did not come on 22 November",
        AppointmentStatus.ENTERED_IN_ERROR: "its visit is no longer in the schedule",
    }
    for status in AppointmentStatus:
        visits = (replace(visit, status=status),)
        assert promise_details(promise, visits, NOW) == promise_details(asked, visits, NOW) == said.get(status, "")
    moved = (replace(visit, start=visit.start + 7 * DAY),)
    assert promise_details(promise, moved, NOW) == "the visit is on 29 November now"
    assert promise_details(replace(promise, put_off=1), moved, NOW) == "put off once"
    assert promise_details(asked, moved, NOW) == ""
    assert promise_details(promise, (), NOW) == "its visit is no longer in the schedule"


def test_why_it_waits_and_what_came_of_it_are_said() -> None:
    waits = replace(OPEN, status=TaskStatus.ON_HOLD, status_reason=TaskReason.NEEDS_OTHERS)
    assert promise_details(waits, (), NOW) == "waiting for somebody else"
    assert promise_details(replace(waits, outcome="the lab"), (), NOW) == "waiting for the lab"
    assert promise_details(replace(waits, status_reason=TaskReason.NO_TIME), (), NOW) == "waiting: no time for it"
    assert promise_details(replace(OPEN, status=TaskStatus.IN_PROGRESS), (), NOW) == "begun"
    failed = replace(OPEN, status=TaskStatus.FAILED, status_reason=TaskReason.NOT_REACHED, ended_at=ago(1))
    assert ended_words(failed, NOW) == "not kept yesterday: not reached"
    assert ended_words(replace(OPEN, status=TaskStatus.COMPLETED), NOW) == "kept"  # from before this was recorded
    assert promise_row(replace(TOLD, status=TaskStatus.COMPLETED), seen(), NOW).detail == "read: worse"


def test_a_clinician_is_told_once_for_each_telling_and_once_for_all_that_is_veiled() -> None:
    rows = told_rows([(seen(TOLD, OPEN), True)], CLINICIAN, NOW)
    assert [(row.words, row.mine, row.task is None) for row in rows] == [
        ("Worse: dizzy", True, False), ("Something to open when you are alone with them", False, True),
    ]  # fmt: skip
    sealed = replace(TOLD, audience=Audience.CLINICIANS)
    veiled = see(Known(patient=person(), consents=agreed(), tasks=(sealed,)), CLINICIAN, None, NOW)
    assert told_rows([(veiled, False)], CLINICIAN, NOW) == ()
