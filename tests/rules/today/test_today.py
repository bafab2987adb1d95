"""Today lists who comes, how long they wait, and which promises the viewer may see, late first."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.shown import Day
from rapportdesk.model.staff import Viewer
from rapportdesk.model.task import Task, TaskStatus
from rapportdesk.rules.today.today import compose_day
from rapportdesk.rules.visibility import Known, see
from tests.rules.clinic import interpreted
from tests.rules.invented import CLINICIAN, NOW, PATIENT, RECEPTION, TODAY, ago, agreed, appointment, note, person, task
from tests.rules.worlds import known as any_known
from tests.rules.worlds import moments

MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
LONG = "Dr Osei · adjustment, see card"


def day(
    *appointments: Appointment, known: Known | None = None, viewer: Viewer = RECEPTION, practitioner: str = ""
) -> Day:
    known = known or Known(patient=person(), consents=agreed())
    seen = {PATIENT: see(known, viewer, None, NOW)}
    return compose_day(
        appointments, known.tasks, {PATIENT: known.patient}, seen, NOW, date=TODAY, practitioner=practitioner
    )


def test_rows_stand_by_time_and_what_was_entered_in_error_is_not_there() -> None:
    later, sooner = appointment(NOW + 20 * MINUTE), appointment(NOW)
    wrong = appointment(status=AppointmentStatus.ENTERED_IN_ERROR)
    assert [row.appointment for row in day(later, wrong, sooner).rows] == [sooner, later]
    cancelled = appointment(status=AppointmentStatus.CANCELLED)
    assert len(day(cancelled).rows) == 1


def test_an_appointment_of_somebody_unknown_is_left_out() -> None:
    assert day(replace(appointment(), patient=type(PATIENT)("x" * 32))).rows == ()


def test_waiting_and_being_in_the_room_are_counted_from_when_they_began() -> None:
    came = NOW - 4 * MINUTE - dt.timedelta(seconds=59)
    row = day(appointment(status=AppointmentStatus.ARRIVED, arrived_at=came)).rows[0]
    assert (row.waiting_minutes, row.in_room_minutes) == (4, None)
    inside = appointment(status=AppointmentStatus.CHECKED_IN, arrived_at=came, in_room_at=NOW - 2 * MINUTE)
    row = day(inside).rows[0]
    assert (row.waiting_minutes, row.in_room_minutes) == (None, 2)
    assert day(appointment(status=AppointmentStatus.ARRIVED, arrived_at=NOW + MINUTE)).rows[0].waiting_minutes == 0
    assert day(appointment(arrived_at=came)).rows[0].waiting_minutes is None


@pytest.mark.parametrize(
    ("known", "fields", "detail"),
    [
        (Known(patient=person()), {"minutes": 20}, "Dr Osei · 20 min"),
        (Known(patient=person()), {}, "Dr Osei"),
        (Known(patient=person()), {"new_here": True, "minutes": 20}, "Dr Osei · new here"),
        (Known(patient=person(interpreter="Turkish")), {"minutes": 20}, "Dr Osei · Turkish interpreter"),
        (Known(patient=person(), notes=(note(NoteKind.ADJUSTMENT, "Ramp: wide room"),)), {}, "Dr Osei · Ramp"),
        (Known(patient=person(), notes=(note(NoteKind.ADJUSTMENT, "x" * 40),)), {"minutes": 5}, LONG),
        (Known(patient=person(deceased=True)), {"minutes": 20}, "Dr Osei · has died"),
        (Known(patient=person()), {"practitioner_name": ""}, ""),
    ],
)
def test_the_one_thing_to_know_stands_beside_the_practitioner(
    known: Known, fields: dict[str, Any], detail: str
) -> None:
    assert day(appointment(**fields), known=known).rows[0].detail == detail


def test_one_practitioner_can_be_picked_from_all_of_the_day() -> None:
    lind = appointment(practitioner_name="Nurse Lind")
    picked = day(appointment(), lind, practitioner="Nurse Lind")
    assert [row.appointment for row in picked.rows] == [lind]
    assert picked.practitioners == ("Dr Osei", "Nurse Lind")
    assert picked.practitioner == "Nurse Lind"


def with_tasks(*tasks: Task) -> Known:
    return Known(patient=person(), consents=agreed(), tasks=tasks)


def test_promises_that_are_due_are_listed_late_first() -> None:
    today, late = task("ring", due=TODAY), task("letter", due=TODAY - dt.timedelta(days=1))
    someday, later = task("someday"), task("later", due=TODAY + dt.timedelta(days=1))
    rows = day(known=with_tasks(someday, later, today, late)).promised
    assert [(row.task, row.overdue) for row in rows] == [(late, True), (today, False), (someday, False)]
    assert [row.due_words for row in rows] == ["due yesterday", "today", ""]
    assert rows[0].patient_name == "Nia Prydderch"


def test_a_promise_is_listed_only_for_those_who_may_see_it() -> None:
    known = with_tasks(task("ring", due=TODAY, audience=Audience.CLINICIANS))
    assert day(known=known).promised == ()
    shown = replace(known, tasks=(replace(known.tasks[0], audience=Audience.EVERYONE),))
    assert len(day(known=shown).promised) == 1
    assert day(known=replace(shown, consents=())).promised == ()
    assert day(known=replace(shown, patient=person(deceased=True))).promised == ()
    assert day(known=with_tasks(task("done", due=TODAY, status=TaskStatus.COMPLETED))).promised == ()


def test_a_promise_of_somebody_of_whom_nothing_was_seen_is_left_out() -> None:
    promise = task("ring", due=TODAY)
    listed = compose_day([], [promise], {PATIENT: person()}, {}, NOW, date=TODAY)
    assert listed.promised == ()


@given(any_known(), moments())
def test_what_may_not_be_seen_changes_nothing_in_a_row(known: Known, now: dt.datetime) -> None:
    visit = appointment(now, minutes=20)
    visits = (visit, appointment(now - 30 * DAY))
    known = replace(known, appointments=visits)
    for viewer in (RECEPTION, CLINICIAN):
        seen = see(known, viewer, None, now)
        notes = tuple(each.note for each in seen.notes)
        told = replace(known, notes=notes, tasks=seen.tasks, topics=seen.topics)
        rows = [
            compose_day(
                [visit], each.tasks, {PATIENT: each.patient}, {PATIENT: see(each, viewer, None, now)}, now,
                date=now.date(),
            )
            for each in (known, told)
        ]  # fmt: skip
        assert rows[0] == rows[1]


def test_the_control_what_may_be_seen_changes_a_row() -> None:
    visits = (appointment(minutes=20), appointment(NOW - 30 * DAY))
    known = Known(patient=person(), consents=agreed(), appointments=visits)
    more = replace(known, notes=(note(NoteKind.HOBBY, "leeks", 10),))
    assert day(visits[0], known=known).rows[0].detail == "Dr Osei · 20 min"
    assert day(visits[0], known=more).rows[0].detail == "Dr Osei · 20 min · 1 new"


def test_the_name_in_the_list_is_whole() -> None:
    assert day(appointment(), known=interpreted()).rows[0].name == "Yusuf Demir"
    assert (
        day(appointment(), known=interpreted(), viewer=CLINICIAN).rows[0].detail.endswith("Turkish interpreter · Ramp")
    )
    assert ago(0) == NOW
