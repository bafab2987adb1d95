"""A visit that was called off waits for another time until it has one; what is offered is free."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.rules.today.rearranging import LOOKED_BACK, MISSED, free_times, in_the_way, next_visit, to_rearrange
from tests.rules.invented import NOW, PATIENT, appointment, person

MINUTE = dt.timedelta(minutes=1)
LONG_AGO = NOW - dt.timedelta(days=2)
PEOPLE = {PATIENT: person()}
CANCELLED = AppointmentStatus.CANCELLED


def test_what_was_called_off_or_missed_waits_and_nothing_else_does() -> None:
    every = [appointment(NOW, status=status) for status in AppointmentStatus]
    assert {each.status for each in to_rearrange(every, PEOPLE, NOW)} == MISSED


def test_it_waits_until_it_has_another_time_or_needs_none() -> None:
    old = appointment(NOW, status=CANCELLED)
    anew = appointment(NOW + 60 * MINUTE, replaces=old.id)
    assert to_rearrange([old], PEOPLE, NOW) == (old,)
    assert to_rearrange([old, anew], PEOPLE, NOW) == ()
    assert to_rearrange([replace(old, no_other_time=True)], PEOPLE, NOW) == ()
    wrong = replace(anew, status=AppointmentStatus.ENTERED_IN_ERROR)
    assert to_rearrange([old, wrong], PEOPLE, NOW) == (old,)
    again = replace(anew, status=CANCELLED)
    assert to_rearrange([old, again], PEOPLE, NOW) == (again,), "the newest in the chain waits, and that once"


def test_what_is_long_over_and_the_dead_are_not_asked_about() -> None:
    assert to_rearrange([appointment(NOW - 2 * LOOKED_BACK, status=CANCELLED)], PEOPLE, NOW) == ()
    old = appointment(NOW, status=CANCELLED)
    assert to_rearrange([old], {PATIENT: person(deceased=True)}, NOW) == ()
    assert to_rearrange([old], {}, NOW) == ()


def test_the_next_visit_is_one_that_takes_place() -> None:
    coming, off = appointment(NOW + 60 * MINUTE), appointment(NOW + 5 * MINUTE, status=CANCELLED)
    assert next_visit([off, coming, appointment(NOW - MINUTE)], PATIENT, NOW) == coming.start
    assert next_visit([off], PATIENT, NOW) is None


def test_the_time_of_a_visit_that_was_called_off_is_free() -> None:
    day = [
        appointment(NOW, minutes=20),
        appointment(NOW + 20 * MINUTE, minutes=20, status=CANCELLED),
        appointment(NOW + 40 * MINUTE, minutes=20),
    ]
    assert free_times(day, "Dr Osei", 20, after=LONG_AGO) == (NOW + 20 * MINUTE,)
    assert free_times(day, "Dr Osei", 30, after=LONG_AGO) == ()
    assert free_times(day, "Dr Hahn", 20, after=LONG_AGO) == ()
    assert free_times(day, "Dr Osei", 20, after=NOW + 21 * MINUTE) == ()


days = st.lists(
    st.builds(
        lambda at, minutes, status, name: appointment(
            NOW + at * MINUTE, minutes=minutes, status=status, practitioner_name=name
        ),
        st.integers(0, 400), st.integers(0, 60), st.sampled_from(AppointmentStatus), st.sampled_from(["Dr Osei", "X"]),
    ),
    max_size=12,
)  # fmt: skip


@given(days, st.integers(0, 60))
def test_what_is_offered_overlaps_with_nothing(day: list[Appointment], minutes: int) -> None:
    for start in free_times(day, "Dr Osei", minutes, after=LONG_AGO):
        assert in_the_way(day, appointment(start, minutes=minutes)) is None


@given(days)
def test_the_control_a_time_that_is_taken_is_in_the_way(day: list[Appointment]) -> None:
    for each in day:
        if each.status is AppointmentStatus.BOOKED:
            assert in_the_way(day, replace(appointment(each.start), practitioner_name=each.practitioner_name))
