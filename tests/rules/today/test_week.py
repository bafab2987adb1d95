"""A week has seven days, the day among them, and counts what is to take place."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.appointment import CALLED_OFF, AppointmentStatus
from rapportdesk.rules.today.week import week_around, week_strip
from tests.rules.invented import NOW, TODAY, appointment


def local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


@given(st.dates(dt.date(2, 1, 1), dt.date(9998, 12, 1)))
def test_seven_days_in_a_row_hold_the_day(day: dt.date) -> None:
    days = week_around(day)
    assert day in days
    assert [(each - days[0]).days for each in days] == list(range(7))
    assert days[0].weekday() == 0, "British weeks begin on Monday"


def test_what_was_called_off_and_what_is_somebody_elses_does_not_count() -> None:
    visits = [appointment(NOW, status=status) for status in AppointmentStatus]
    lind = appointment(NOW + dt.timedelta(days=1), practitioner_name="Nurse Lind")
    strip = {each.date: each.visits for each in week_strip(week_around(TODAY), [*visits, lind], local)}
    assert strip[TODAY] == len(AppointmentStatus) - len(CALLED_OFF)
    assert strip[TODAY + dt.timedelta(days=1)] == 1
    alone = week_strip(week_around(TODAY), [*visits, lind], local, practitioner="Nurse Lind")
    assert [each.visits for each in alone if each.visits] == [1]


def test_a_visit_belongs_to_its_local_day() -> None:
    zone = dt.timezone(dt.timedelta(hours=13))
    late = appointment(dt.datetime(2026, 11, 19, 23, 0, tzinfo=dt.UTC))
    strip = week_strip(week_around(TODAY), [late], lambda moment: moment.astimezone(zone))
    assert [each.date for each in strip if each.visits] == [TODAY]
