"""What a promise says of itself beside its text: how often, why it waits, what became of its visit, what came of it.

A promise outlives the visit it was made for: when that is cancelled, missed, moved or gone, the promise stays and says
so.
"""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.language import _, ngettext
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.task import FollowUpOutcome, Task, TaskCode, TaskReason, TaskStatus
from rapportdesk.rules.promises.recurrence import recurrence_words
from rapportdesk.rules.wording.wording import age_words, day_words

BETWEEN = " · "


def promise_details(task: Task, visits: Sequence[Appointment], now: dt.datetime) -> str:
    """Return what stands beside an open promise; may be empty.

    Args:
        task: The promise.
        visits: Every appointment of its patient.
        now: The local moment.
    """
    parts = (
        recurrence_words(task.recurs, now.date()),
        _hold_words(task),
        ngettext("not reached once", "not reached {count} times", task.tries).format(count=task.tries)
        if task.tries
        else "",
        ngettext("put off once", "put off {count} times", task.put_off).format(count=task.put_off)
        if task.put_off
        else "",
        visit_words(task, visits, now),
    )
    return BETWEEN.join(part for part in parts if part)


def visit_words(task: Task, visits: Sequence[Appointment], now: dt.datetime) -> str:
    """Return what became of the visit that a promise is tied to; empty while that stands as it did."""
    if task.visit is None:
        return ""
    visit = next((each for each in visits if each.id == task.visit), None)
    if visit is None:
        return _("its visit is no longer in the schedule")
    day = visit.start.astimezone(now.tzinfo).date()
    match visit.status:
        case AppointmentStatus.CANCELLED:
            return _("the visit on {day} is cancelled").format(day=day_words(day, now.date()))
        case AppointmentStatus.NOSHOW:
            return _("did not come on {day}").format(day=day_words(day, now.date()))
        case AppointmentStatus.ENTERED_IN_ERROR:
            return _("its visit is no longer in the schedule")
        case _:
            pass
    moved = task.code is TaskCode.PROMISE and task.due is not None and not task.put_off and day != task.due
    return _("the visit is on {day} now").format(day=day_words(day, now.date())) if moved else ""


def reason_words(reason: TaskReason) -> str:
    """Return a reason in words that follow a colon."""
    return {
        TaskReason.NOT_REACHED: _("not reached"),
        TaskReason.NO_TIME: _("no time for it"),
        TaskReason.NEEDS_OTHERS: _("waits for somebody else"),
        TaskReason.NOT_POSSIBLE: _("it is not possible"),
        TaskReason.NOT_WANTED: _("they no longer want it"),
        TaskReason.IN_ERROR: _("it was never promised"),
        TaskReason.OTHER: _("another reason"),
    }[reason]


def how_words(how: FollowUpOutcome) -> str:
    """Return how somebody was when asked."""
    return {
        FollowUpOutcome.BETTER: _("better"),
        FollowUpOutcome.SAME: _("the same"),
        FollowUpOutcome.WORSE: _("worse"),
        FollowUpOutcome.NOT_REACHED: _("not reached"),
    }[how]


def ended_words(task: Task, now: dt.datetime) -> str:
    """Return what came of a promise that has ended: "kept yesterday by Ana: posted"."""
    day = task.ended_at.astimezone(now.tzinfo).date() if task.ended_at else None
    when = age_words(day, now.date()) if day else ""
    said = {
        TaskStatus.COMPLETED: _("read") if task.code is TaskCode.TELL else _("kept"),
        TaskStatus.CANCELLED: _("called off"),
    }.get(task.status, _("not kept"))
    by = _("by {name}").format(name=task.ended_by_name) if task.ended_by_name else ""
    came = [
        how_words(task.how) if task.how else "", reason_words(task.status_reason) if task.status_reason else "",
        task.outcome,
    ]  # fmt: skip
    first = " ".join(part for part in (said, when, by) if part)
    rest = ", ".join(part for part in came if part)
    return _("{what}: {outcome}").format(what=first, outcome=rest) if rest else first


def tell_words(task: Task) -> str:
    """Return what a clinician is told: "Worse: dizzy since the new tablets"."""
    return {
        FollowUpOutcome.BETTER: _("Better: {words}"),
        FollowUpOutcome.SAME: _("The same: {words}"),
        FollowUpOutcome.WORSE: _("Worse: {words}"),
        FollowUpOutcome.NOT_REACHED: _("Not reached: {words}"),
        None: _("To know: {words}"),
    }[task.how].format(words=task.text)


def _hold_words(task: Task) -> str:
    if task.status is not TaskStatus.ON_HOLD:
        return _("begun") if task.status is TaskStatus.IN_PROGRESS and not task.tries else ""
    if task.status_reason in {TaskReason.NEEDS_OTHERS, None}:
        return _("waiting for {whom}").format(whom=task.outcome) if task.outcome else _("waiting for somebody else")
    why = ", ".join(part for part in (reason_words(task.status_reason), task.outcome) if part)
    return _("waiting: {why}").format(why=why)
