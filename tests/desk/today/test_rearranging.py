"""A visit that was called off is booked anew at another time: its status and the link are kept, and nothing is lost."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotFound, TimeTaken
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from tests.desk.conftest import MORNING, Practice, add_nia

FRIDAY = MORNING.date()
NEXT_FRIDAY = FRIDAY + dt.timedelta(days=7)
TEN = dt.time(10)


def called_off(desk: Desk, status: AppointmentStatus = AppointmentStatus.CANCELLED) -> Appointment:
    visit = desk.today.add_appointment(
        add_nia(desk), MORNING + dt.timedelta(hours=1), minutes=20, practitioner="Dr Osei"
    )
    return desk.today.mark(visit.id, status)


def test_it_waits_with_its_name_and_time_until_it_has_another(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    old = called_off(desk)
    (waiting,) = desk.rearranging.waiting()
    assert (waiting.patient_name, waiting.next_visit) == ("Nia Prydderch", None)

    anew = desk.rearranging.book(old.id, NEXT_FRIDAY, TEN)

    assert desk.rearranging.waiting() == ()
    assert (anew.replaces, anew.status, anew.practitioner_name, anew.minutes) == (
        old.id, AppointmentStatus.BOOKED, "Dr Osei", 20,
    )  # fmt: skip
    (row,) = desk.today.day().rows
    assert row.appointment.status is AppointmentStatus.CANCELLED, "the old one stays as it was"
    assert row.moved_to == desk.clock.local(anew.start)
    (coming,) = desk.today.day(NEXT_FRIDAY).rows
    assert "instead of 20 November" in coming.detail
    with pytest.raises(NotFound):
        desk.rearranging.book(old.id, NEXT_FRIDAY, dt.time(11))


def test_undo_takes_the_new_visit_out_and_the_old_one_waits_again(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    old = called_off(desk)
    before = desk.rearranging.waiting()
    desk.rearranging.book(old.id, NEXT_FRIDAY, TEN)
    assert desk.notes.undo() == "booked another time"
    assert desk.rearranging.waiting() == before
    assert desk.today.day(NEXT_FRIDAY).rows == ()
    desk.rearranging.book(old.id, NEXT_FRIDAY, TEN)


def test_somebody_who_wants_no_other_time_leaves_the_list_until_undo(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    old = called_off(desk, AppointmentStatus.NOSHOW)
    desk.rearranging.leave(old.id)
    assert desk.rearranging.waiting() == ()
    desk.notes.undo()
    assert [each.appointment.id for each in desk.rearranging.waiting()] == [old.id]


def test_a_time_that_is_taken_is_said_and_may_be_booked_all_the_same(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    old = called_off(desk)
    other = desk.today.add_appointment(
        add_nia(desk), MORNING + dt.timedelta(days=7, hours=1), minutes=20, practitioner="Dr Osei"
    )
    at = desk.clock.local(other.start).time()
    with pytest.raises(TimeTaken):
        desk.rearranging.book(old.id, NEXT_FRIDAY, at)
    assert len(desk.today.day(NEXT_FRIDAY).rows) == 1
    desk.rearranging.book(old.id, NEXT_FRIDAY, at, beside_another=True)
    assert len(desk.today.day(NEXT_FRIDAY).rows) == 2


@pytest.mark.parametrize("day", [FRIDAY - dt.timedelta(days=1), dt.date(2099, 1, 1), dt.date(1, 1, 1), dt.date.max])
def test_a_day_gone_by_or_out_of_reach_is_refused(practice: Practice, day: dt.date) -> None:
    desk = practice.sign_in("Ana Ruiz")
    old = called_off(desk)
    with pytest.raises(BadInput):
        desk.rearranging.book(old.id, day, TEN)
    assert len(desk.rearranging.waiting()) == 1


def test_a_visit_that_stands_is_not_booked_anew(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    visit = desk.today.add_appointment(add_nia(desk), MORNING + dt.timedelta(hours=1))
    with pytest.raises(NotFound):
        desk.rearranging.book(visit.id, NEXT_FRIDAY, TEN)


def test_times_are_offered_where_a_visit_was_called_off(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    old = called_off(desk)
    assert desk.rearranging.free(old.id, FRIDAY) == (desk.clock.local(old.start),)
    assert desk.rearranging.free(old.id, NEXT_FRIDAY) == ()
