"""The week around a day, and how many visits each of its days has; what was called off does not count."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from rapportdesk.model.appointment import CALLED_OFF, Appointment
from rapportdesk.model.day import WeekDay
from rapportdesk.rules.wording.wording import locale

DAYS = 7


def week_around(day: dt.date) -> tuple[dt.date, ...]:
    """Return the seven days of the week in which `day` lies, beginning as the reader's weeks do."""
    first = day - dt.timedelta(days=(day.weekday() - locale().first_week_day) % DAYS)
    return tuple(first + dt.timedelta(days=number) for number in range(DAYS))


def week_strip(
    days: Iterable[dt.date],
    appointments: Iterable[Appointment],
    local: Callable[[dt.datetime], dt.datetime],
    *,
    practitioner: str = "",
) -> tuple[WeekDay, ...]:
    """Return the days with their counts.

    Args:
        days: Local days.
        appointments: Of the living, in any order; those of other days do not matter.
        local: Puts a moment into the practice's zone, by the offset in force then.
        practitioner: Only this one's; empty for all.
    """
    visits = Counter(
        local(each.start).date()
        for each in appointments
        if each.status not in CALLED_OFF and practitioner in {"", each.practitioner_name}
    )
    return tuple(WeekDay(date=day, visits=visits[day]) for day in days)
