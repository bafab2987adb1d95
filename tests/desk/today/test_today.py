"""Today lists who comes, moves them along with the time kept, and takes a wrong mark back."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.rules.wording.quick_line import Promise
from tests.desk.conftest import MORNING, Practice, add_nia

Status = AppointmentStatus


class OffsetClock(StandingClock):
    """A workstation's clock as Python gives it: each moment with its own offset, and no zone behind it."""

    def local(self, moment: dt.datetime) -> dt.datetime:
        there = moment.astimezone(self.zone)
        return there.replace(tzinfo=dt.timezone(there.utcoffset() or dt.timedelta()))


def visit(
    desk: Desk, minutes: int = 26, *, patient: PatientId | None = None, practitioner: str = "Dr Osei"
) -> Appointment:
    """Book a visit, this many minutes after the practice's clock."""
    patient = patient or add_nia(desk)
    start = MORNING + dt.timedelta(minutes=minutes)
    return desk.today.add_appointment(patient, start, minutes=20, practitioner=practitioner)


def test_a_visit_goes_its_way_and_every_step_keeps_its_time(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    booked = visit(desk)
    assert (booked.status, booked.status_at) == (Status.BOOKED, MORNING)

    def step(status: AppointmentStatus) -> Appointment:
        practice.clock.move_on(300)
        return desk.today.mark(booked.id, status)

    arrived = step(Status.ARRIVED)
    assert arrived.arrived_at == arrived.status_at == MORNING + dt.timedelta(minutes=5)
    practice.clock.move_on(60 * 7)
    (row,) = desk.today.day().rows
    assert (row.waiting_minutes, row.in_room_minutes) == (7, None)
    inside = step(Status.CHECKED_IN)
    assert (inside.arrived_at, inside.in_room_at) == (arrived.arrived_at, inside.status_at)
    practice.clock.move_on(60 * 3)
    (row,) = desk.today.day().rows
    assert (row.waiting_minutes, row.in_room_minutes) == (None, 3)
    over = step(Status.FULFILLED)
    assert (over.in_room_at, over.ended_at) == (inside.in_room_at, over.status_at)
    again = step(Status.BOOKED)
    assert (again.arrived_at, again.in_room_at, again.ended_at) == (None, None, None)


def test_marks_are_taken_back_in_turn(ana: Desk) -> None:
    booked = visit(ana)
    arrived = ana.today.mark(booked.id, Status.ARRIVED)
    ana.today.mark(booked.id, Status.NOSHOW)
    for before in (arrived, booked):
        assert ana.notes.undo() == "changed an appointment"
        (row,) = ana.today.day().rows
        assert (row.appointment.status, row.appointment.arrived_at, row.appointment.status_at) == (
            before.status, before.arrived_at, before.status_at
        )  # fmt: skip


def test_somebody_who_goes_straight_in_has_arrived(ana: Desk) -> None:
    inside = ana.today.mark(visit(ana).id, Status.CHECKED_IN)
    assert inside.arrived_at == inside.in_room_at == MORNING


def test_the_day_is_in_order_and_one_practitioner_can_be_picked(ana: Desk) -> None:
    nia = add_nia(ana)
    ali = ana.people.add(Patient(id=PatientId(""), name="Ali Hassan")).id
    times = ((50, nia, "Dr Hahn"), (10, nia, "Dr Osei"), (10, ali, "Dr Osei"), (60 * 24, ali, "Dr Osei"))
    for minutes, patient, practitioner in times:
        visit(ana, minutes, patient=patient, practitioner=practitioner)
    day = ana.today.day()
    assert [(row.patient, row.appointment.practitioner_name) for row in day.rows] == [
        (ali, "Dr Osei"), (nia, "Dr Osei"), (nia, "Dr Hahn")
    ]  # fmt: skip
    assert day.practitioners == ("Dr Hahn", "Dr Osei")
    picked = ana.today.day(practitioner="Dr Hahn")
    assert [row.patient for row in picked.rows] == [nia]
    assert picked.practitioners == day.practitioners
    assert [row.patient for row in ana.today.day(MORNING.date() + dt.timedelta(days=1)).rows] == [ali]


def test_what_was_entered_in_error_is_not_listed_and_a_cancelled_visit_is(ana: Desk) -> None:
    wrong, off = visit(ana), visit(ana, 60, patient=ana.people.add(Patient(id=PatientId(""), name="Ali Hassan")).id)
    ana.today.mark(wrong.id, Status.ENTERED_IN_ERROR)
    ana.today.mark(off.id, Status.CANCELLED)
    assert [row.appointment.id for row in ana.today.day().rows] == [off.id]


@pytest.mark.parametrize("clock", [StandingClock, OffsetClock], ids=["a zone", "an offset"])
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/St_Johns", "Europe/London", "Asia/Kathmandu"])
def test_a_day_is_the_practices_own_also_where_the_clocks_change(
    tmp_path: Path, zone: str, clock: type[StandingClock]
) -> None:
    there = ZoneInfo(zone)
    practice = Practice(tmp_path / "desk.rapport", clock(MORNING, there))
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    # summer, winter, and the days on which clocks change in one zone or another
    days = [dt.date(2027, *day) for day in ((1, 15), (7, 15), (3, 14), (3, 28), (4, 4), (9, 26), (10, 31), (11, 7))]
    for date in days:
        for time in (dt.time(0, 0), dt.time(0, 30), dt.time(12, 0), dt.time(23, 59)):
            start = dt.datetime.combine(date, time, there)
            desk.today.add_appointment(nia, start)
        for around in (-1, 1):
            assert len(desk.today.day(date + dt.timedelta(days=around)).rows) == 0
        assert len(desk.today.day(date).rows) == 4
    desk.close()


def test_a_visit_that_must_be_made_ready_says_so_and_nothing_that_may_not_be_seen(ana: Desk) -> None:
    nia = add_nia(ana)
    visit(ana, patient=nia)
    assert ana.today.day().rows[0].detail == "Dr Osei · 20 min"
    ana.notes.write(nia, "Ramp: the side door", kind=NoteKind.ADJUSTMENT)
    assert ana.today.day().rows[0].detail == "Dr Osei · Ramp"


def test_only_a_visit_is_marked_and_only_somebody_is_booked(ana: Desk) -> None:
    note = ana.notes.write(add_nia(ana), "Sings alto", kind=NoteKind.HOBBY)
    for record in (note.id, RecordId("0" * 32)):
        with pytest.raises(NotFound):
            ana.today.mark(record, Status.ARRIVED)
    with pytest.raises(NotFound):
        ana.today.add_appointment(PatientId("0" * 32), MORNING)
    assert ana.today.day().rows == ()


@pytest.mark.parametrize("date", [dt.date.min, dt.date.max, dt.date(9998, 12, 31), dt.date(2, 1, 1)])
def test_a_day_at_the_end_of_the_calendar_has_nobody(ana: Desk, date: dt.date) -> None:
    visit(ana)
    assert ana.today.day(date).rows == ()


def test_a_clock_that_once_stood_years_ahead_does_not_take_the_schedule_with_it(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    booked = visit(desk)
    desk.tasks.add(booked.patient, "Ring about parking", due=MORNING.date())
    practice.clock.moment = MORNING + dt.timedelta(days=3650)
    practice.sign_in("Ana Ruiz")
    practice.clock.moment = MORNING
    desk = practice.sign_in("Ana Ruiz")
    assert desk.session().today().year == 2036
    (row,) = desk.today.day().rows
    assert (row.appointment.id, desk.today.date()) == (booked.id, MORNING.date())
    assert [promise.overdue for promise in desk.today.day().promised] == [False]
    assert desk.today.mark(booked.id, Status.ARRIVED).arrived_at == MORNING
    practice.clock.move_on(60 * 7)
    assert [row.waiting_minutes for row in desk.today.day().rows] == [7]
    assert desk.notes.read_line(booked.patient, "promise: ring tomorrow").promise == Promise(
        text="ring", due=MORNING.date() + dt.timedelta(days=1)
    )


def test_who_is_late_comes_with_a_sentence_that_says_no_more_than_is_known(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    late = visit(desk, minutes=-20)
    assert desk.today.late() == ()
    desk.today.mark(late.id, Status.ARRIVED)
    (said,) = desk.today.late()
    assert (said.behind.practitioner, said.behind.minutes, said.behind.waiting) == ("Dr Osei", 20, 1)
    assert "about 20 minutes late" in said.sentence
    assert "Nia" not in said.sentence
    assert "\n" not in said.sentence


def test_somebody_marked_elsewhere_waits_from_when_that_was_sent(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    booked = visit(desk)
    sent = MORNING - dt.timedelta(minutes=6)
    desk.session().store.put(replace(booked, status=Status.ARRIVED, status_at=sent))
    desk.refill_index()
    assert desk.today.day().rows[0].waiting_minutes == 6


def test_a_visit_stands_at_its_own_time_on_either_side_of_a_change_of_the_clocks(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    london = ZoneInfo("Europe/London")
    desk.session().clock = OffsetClock(MORNING, london)
    summer = dt.datetime(2027, 6, 4, 9, 0, tzinfo=london)
    desk.today.add_appointment(add_nia(desk), summer)
    (row,) = desk.today.day(summer.date()).rows
    assert row.starts is not None
    assert row.starts.time() == dt.time(9, 0)


def test_somebody_who_has_died_cannot_be_marked_as_here(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    booked = visit(desk)
    desk.people.update(replace(desk.people.get(booked.patient), deceased=True))
    for status in (Status.ARRIVED, Status.CHECKED_IN):
        with pytest.raises(BadInput, match="has died"):
            desk.today.mark(booked.id, status)
    assert desk.today.mark(booked.id, Status.CANCELLED).status is Status.CANCELLED
    (row,) = desk.today.day().rows
    assert (row.deceased, row.detail) == (True, "Dr Osei · has died")
    assert [each.visits for each in desk.today.day().week if each.visits] == []
