"""When a promise that recurs is due again: RFC 5545 as python-dateutil reckons it, and the same in words.

A promise keeps its rule with the day it began on, so that putting one off does not move those that follow. What was
late is not made up for: the next one lies after today.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial

from babel.dates import get_day_names
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule, rrulestr

from rapportdesk.language import _, ngettext
from rapportdesk.rules.wording.wording import day_words, locale

FREQUENCIES: dict[str, int] = {"day": DAILY, "week": WEEKLY, "month": MONTHLY, "year": YEARLY}
"""dateutil's number for each English word."""

_LAST_OF_SHORT_MONTHS = 28
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """How often, before it is known from when on.

    Attributes:
        freq: One of `FREQUENCIES`.
        interval: 1 to 99: every so many of them.
        weekdays: For weeks: 0 is Monday; empty is the weekday it begins on.
    """

    freq: int
    interval: int = 1
    weekdays: tuple[int, ...] = ()

    def first_after(self, day: dt.date) -> dt.date | None:
        """Return the first such day after `day`, the next Tuesday for "every other Tuesday"; None past the calendar."""
        every = replace(self, interval=1) if self.weekdays else self
        return _date(every._from(day).after(_midnight(day)))

    def from_on(self, day: dt.date, until: dt.date | None = None) -> str:
        """Return the iCalendar lines of a series that begins on `day` and ends by `until`."""
        return str(self._from(day, until))

    def _from(self, day: dt.date, until: dt.date | None = None) -> rrule:
        make = partial(
            rrule, self.freq, dtstart=_midnight(day), interval=self.interval,
            until=None if until is None else _midnight(until),
        )  # fmt: skip
        if self.freq == MONTHLY and day.day > _LAST_OF_SHORT_MONTHS:
            # The 31st of every month is the last day of shorter ones; RFC 5545 would leave those out.
            return make(bymonthday=tuple(range(_LAST_OF_SHORT_MONTHS, day.day + 1)), bysetpos=-1)
        return make(byweekday=self.weekdays) if self.weekdays else make()


def next_due(recurs: str, due: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the day on which a promise is due again once this one has ended, or None when it is not.

    Args:
        recurs: As `Task.recurs`; empty for once.
        due: When this one was due.
        today: The local day on which it ended.
    """
    if not recurs:
        return None
    return _date(_rule(recurs).after(_midnight(max(due or today, today))))


def recurrence_words(recurs: str, today: dt.date) -> str:
    """Return "every Friday", "every 2 weeks", "every month until 3 March"; empty for once.

    Args:
        recurs: As `Task.recurs`.
        today: The local day, for a last day in another year.
    """
    if not recurs:
        return ""
    parts = dict(part.split("=", 1) for part in recurs.rpartition("RRULE:")[2].split(";") if "=" in part)
    count = int(parts.get("INTERVAL", "1"))
    days = [_WEEKDAYS.index(each) for each in parts.get("BYDAY", "").split(",") if each in _WEEKDAYS]
    words = _weekday_words(days, count) if days else _unit_words(parts["FREQ"], count)
    if "UNTIL" not in parts:
        return words
    last = dt.date.fromisoformat(parts["UNTIL"][:8])
    return _("{how_often} until {day}").format(how_often=words, day=day_words(last, today))


def _weekday_words(days: list[int], count: int) -> str:
    names = get_day_names("wide", context="format", locale=locale())
    listed = _(" and ").join(names[day] for day in sorted(days))
    if days == [0, 1, 2, 3, 4]:
        listed = _("weekday")
    if count == 1:
        return _("every {day}").format(day=listed)
    return _("every {count} weeks on {day}").format(count=count, day=listed)


def _unit_words(freq: str, count: int) -> str:
    match freq:
        case "DAILY":
            return ngettext("every day", "every {count} days", count).format(count=count)
        case "WEEKLY":
            return ngettext("every week", "every {count} weeks", count).format(count=count)
        case "MONTHLY":
            return ngettext("every month", "every {count} months", count).format(count=count)
        case _:
            return ngettext("every year", "every {count} years", count).format(count=count)


def _rule(recurs: str) -> rrule:
    made = rrulestr(recurs)
    if not isinstance(made, rrule):
        raise ValueError("a promise has one rule")
    return made


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min)  # days have no zone, and dateutil reckons in moments


def _date(moment: dt.datetime | None) -> dt.date | None:
    return None if moment is None else moment.date()
