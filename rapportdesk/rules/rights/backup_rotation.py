"""Of the backups in a folder the newest stays always, and for a time the last of each day, week and month.

Seven days, four weeks and twelve months that have a backup count, and not those of the calendar: a practice that was
closed for a month keeps what it had.
"""

import datetime as dt
from collections.abc import Callable, Iterable

DAYS, WEEKS, MONTHS = 7, 4, 12

OVERDUE_DAYS = 3
"""After so many days without a backup somebody is told."""

AGAIN = dt.timedelta(hours=4)
"""So long after a backup of the same day what was changed since is backed up too."""


def to_let_go(made: Iterable[dt.datetime]) -> frozenset[dt.datetime]:
    """Return the backups that need not be kept any more.

    Args:
        made: When each was made, all on one clock.
    """
    newest_first = sorted(set(made), reverse=True)
    kept: set[dt.datetime] = set(newest_first[:1])
    for most, span in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        last: dict[tuple[int, ...], dt.datetime] = {}
        for moment in newest_first:
            last.setdefault(span(moment), moment)
        kept.update(list(last.values())[:most])
    return frozenset(newest_first) - kept


def in_stead_of(made: Iterable[dt.datetime], gone: Iterable[dt.datetime]) -> frozenset[dt.datetime]:
    """Return the backups that are kept in the stead of those that are let go of: the next newer one of each.

    Args:
        made: When each was made, all on one clock.
        gone: Those of them that are let go of; never the newest.
    """
    let_go = frozenset(gone)
    kept = sorted(frozenset(made) - let_go)
    return frozenset(next(each for each in kept if each > one) for one in let_go)


def overdue(last: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether somebody has to be told that there is no backup of late; one of days to come tells of no late day."""
    return last is None or abs(now - last) >= dt.timedelta(days=OVERDUE_DAYS)


def due(last: dt.datetime | None, changed: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a backup is to be made by itself: after the first change that none holds, once a day or after `AGAIN`.

    Args:
        last: When the last one was made, or None.
        changed: When something was last changed, or None; all on one clock.
        now: The time of day. One from after it was made while the clock was ahead, and holds nobody up until then.
    """
    if last is not None and last > now:
        last = None
    if changed is None or (last is not None and changed <= last):
        return False
    return last is None or last.date() != now.date() or now - last >= AGAIN


def gone_by(made_on: dt.date) -> dt.date:
    """Return the last day on which a backup that is let go of by rule may still be there.

    It is the last of its month, and twelve months that have a backup are kept; while backups are made every month that
    is the end of the month a year later.
    """
    if made_on.year > dt.MAXYEAR - 2:  # somebody's idea of a name, or of a date
        return dt.date.max
    month = made_on.month % 12 + 1
    year = made_on.year + 1 + made_on.month // 12
    return dt.date(year, month, 1) - dt.timedelta(days=1)


_Span = Callable[[dt.datetime], tuple[int, ...]]


def _day(moment: dt.datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: dt.datetime) -> tuple[int, ...]:
    year, week, _weekday = moment.isocalendar()
    return year, week


def _month(moment: dt.datetime) -> tuple[int, ...]:
    return moment.year, moment.month
