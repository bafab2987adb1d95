"""What is past its time on a day: never sooner than the practice settled, and never what is held or rests.

A legal hold keeps everything of a patient; what the patient restricted, or objects to, is kept until that is over (GDPR
art. 18); and what somebody said is kept for another period is. The decision only ever lists: nothing goes by it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from dateutil.relativedelta import relativedelta

from rapportdesk.model.feedback import FeedbackMonth
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import Note
from rapportdesk.model.retention import PastTime, RetentionKind, RetentionRules
from rapportdesk.model.rights import Right
from rapportdesk.rules.known import Known
from rapportdesk.rules.rights.rights_state import in_force, legal_hold, not_used


def past_time(known: Known, rules: RetentionRules, today: dt.date, zone: dt.tzinfo | None) -> tuple[PastTime, ...]:
    """Return what of one patient is past its time, the oldest first.

    Args:
        known: Everything that somebody's keys open about the patient.
        rules: What the practice settled.
        today: The local day up to which time has surely passed.
        zone: The practice's, in which days are told.
    """
    everything_rests, resting = not_used(known.rights, today)
    if everything_rests or legal_hold(known.rights, today) is not None:
        return ()
    kept = resting | {each.about for each in in_force(known.rights, Right.RETENTION, today)}
    due = (
        each
        for each in _counted(known, zone)
        if each.record not in kept and is_over(each.since, rules.years(each.kind, each.note_kind), today)
    )
    return tuple(sorted(due, key=lambda each: (each.since, each.kind, each.record)))


def months_past_time(
    months: Sequence[FeedbackMonth], rules: RetentionRules, kept_until: Mapping[str, dt.date], today: dt.date
) -> tuple[FeedbackMonth, ...]:
    """Return the months of feedback without a name that are past their time; one with an open concern never is.

    Args:
        months: Every month there is.
        rules: What the practice settled.
        kept_until: The last day of months that are kept for another period, by "2026-11".
        today: The local day up to which time has surely passed.
    """
    return tuple(
        each
        for each in months
        if (each.answers or each.words)
        and not any(said.concern and not said.looked_into for said in each.words)
        and is_over(_last_day(each.month), rules.feedback, today)
        and kept_until.get(f"{each.month:%Y-%m}", dt.date.min) < today
    )


def is_over(since: dt.date, years: int, today: dt.date) -> bool:
    """Return whether so many years since a day are over; the day itself, years later, is still kept."""
    if not years or since.year + years > dt.MAXYEAR:
        return False
    return today > _years_on(since, years)


def another_period(years: int, today: dt.date) -> dt.date:
    """Return the last day of another period that begins today."""
    return _years_on(today, years) if today.year + years <= dt.MAXYEAR else dt.date.max


def _years_on(day: dt.date, years: int) -> dt.date:
    later: dt.date = day + relativedelta(years=years)
    return later


def _counted(known: Known, zone: dt.tzinfo | None) -> Iterator[PastTime]:
    """Give everything that has a time, with the day from which it counts."""

    def day(moment: dt.datetime) -> dt.date:
        return moment.astimezone(zone).date()

    for note in known.notes:
        yield PastTime(
            record=note.id, kind=RetentionKind.NOTE, note_kind=note.kind, since=_last_heard(note, day(note.noted_at))
        )
    for task in known.tasks:
        if not task.is_open:
            ended = max(task.ended_at or task.recorded_at, task.recorded_at)
            yield PastTime(record=task.id, kind=RetentionKind.PROMISE, since=day(ended))
    for each in known.communications:
        yield PastTime(record=each.id, kind=RetentionKind.CONTACT, since=day(each.recorded_at))
    for visit in known.appointments:
        yield PastTime(record=visit.id, kind=RetentionKind.APPOINTMENT, since=day(visit.start))


def _last_heard(note: Note, noted_on: dt.date) -> dt.date:
    days = [noted_on, note.last_confirmed_on or noted_on, note.occurs_on or noted_on]
    return max(days)


def _last_day(month: dt.date) -> dt.date:
    last: dt.date = month + relativedelta(day=31)
    return last


def about_record(known: Known, gone: frozenset[RecordId]) -> tuple[RecordId, ...]:
    """Return the ids of what was said about things that go and tells of their content or their time: it goes too."""
    told = {Right.RECTIFICATION, Right.RETENTION}
    return tuple(each.id for each in known.rights if each.about in gone and each.right in told)
