"""Somebody runs late by the marks alone; where nothing is marked, nothing is claimed."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.day import Behind
from rapportdesk.rules.today.lateness import LATE_FROM, STEP, running_late
from tests.rules.invented import NOW, appointment

MINUTE = dt.timedelta(minutes=1)


def inside(went_in: int, minutes: int = 20, **fields: object) -> Appointment:
    made = {"status": AppointmentStatus.CHECKED_IN, "in_room_at": NOW - went_in * MINUTE, "minutes": minutes, **fields}
    return appointment(NOW - went_in * MINUTE, **made)


def waiting(since_start: int, **fields: object) -> Appointment:
    return appointment(NOW - since_start * MINUTE, **{"status": AppointmentStatus.ARRIVED, **fields})


def test_unmarked_visits_make_nobody_late() -> None:
    assert running_late([appointment(NOW - 90 * MINUTE), appointment(NOW - 60 * MINUTE)], NOW) == ()


def test_somebody_who_waits_past_their_time_makes_a_practitioner_late_rounded_up() -> None:
    assert running_late([waiting(12)], NOW) == (Behind(practitioner="Dr Osei", minutes=15, waiting=1),)
    assert running_late([waiting(9)], NOW) == ()


def test_the_visit_in_the_room_is_given_its_time_first() -> None:
    assert running_late([inside(12), waiting(4)], NOW) == (Behind(practitioner="Dr Osei", minutes=15, waiting=1),)
    assert running_late([inside(50), waiting(4)], NOW) == (), "their time is over: the next may go in now"


def test_whoever_is_booked_next_tells_of_it_before_they_come() -> None:
    soon = appointment(NOW + 5 * MINUTE)
    assert running_late([inside(2), soon], NOW) == (Behind(practitioner="Dr Osei", minutes=15, waiting=0),)
    assert running_late([soon], NOW) == ()


def test_each_practitioner_is_reckoned_alone_and_nobody_nameless() -> None:
    lind = waiting(30, practitioner_name="Nurse Lind")
    late = running_late([lind, waiting(12), waiting(60, practitioner_name="")], NOW)
    assert [(each.practitioner, each.minutes) for each in late] == [("Dr Osei", 15), ("Nurse Lind", 30)]


visits = st.lists(
    st.builds(
        lambda at, status, minutes, went_in: appointment(
            NOW + at * MINUTE, status=status, minutes=minutes,
            in_room_at=NOW - went_in * MINUTE if status is AppointmentStatus.CHECKED_IN else None,
        ),
        st.integers(-120, 120), st.sampled_from(AppointmentStatus), st.integers(0, 60), st.integers(0, 120),
    ),
    max_size=8,
)  # fmt: skip


@given(visits)
def test_what_is_claimed_is_late_enough_round_and_rests_on_a_mark(day: list[Appointment]) -> None:
    here = {AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN}
    for each in running_late(day, NOW):
        assert each.minutes % STEP == 0
        assert each.minutes * MINUTE >= LATE_FROM
        assert any(visit.status in here for visit in day)
