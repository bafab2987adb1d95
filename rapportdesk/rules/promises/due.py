"""What is late and what has grown old: decided from dates alone, at a moment that is handed in.

What people say of themselves ages at different speeds: a feeling in months, a hobby in a year or two. A please-don't
does not age, because forgetting it hurts.
"""

import datetime as dt

from rapportdesk.model.note import Note, NoteKind
from rapportdesk.model.task import OPEN_TASK_STATUSES, Task

_REVIEWED_AFTER_DAYS = {
    NoteKind.FEELING_NAMED: 90,
    NoteKind.MY_WELLNESS: 180,
    NoteKind.GOALS_AND_PACE: 180,
    NoteKind.QUESTION: 180,
    NoteKind.ADJUSTMENT: 365,
    NoteKind.IMPORTANT_TO_ME: 365,
    NoteKind.HOW_TO_SUPPORT_ME: 365,
    NoteKind.PEOPLE_IMPORTANT_TO_ME: 365,
    NoteKind.HOW_I_COMMUNICATE: 730,
    NoteKind.HOBBY: 730,
    NoteKind.PREFERENCE: 730,
    NoteKind.PLEASE_DO: 730,
    NoteKind.ALSO_WORTH_KNOWING: 730,
}


def review_after(kind: NoteKind, heard_on: dt.date) -> dt.date | None:
    """Return the day from which a note of this kind reads "confirm before mentioning"; None when it never does.

    Args:
        kind: The note's kind.
        heard_on: The local day on which it was noted or last confirmed.
    """
    days = _REVIEWED_AFTER_DAYS.get(kind)
    return None if days is None else heard_on + dt.timedelta(days=days)


def is_past_review(note: Note, today: dt.date) -> bool:
    """Return whether the note's review date has come."""
    return note.review_after is not None and note.review_after <= today


def is_overdue(task: Task, now: dt.datetime) -> bool:
    """Return whether an open promise is late at the local moment `now`; one without a due date never is."""
    if task.due is None or task.status not in OPEN_TASK_STATUSES or task.due > now.date():
        return False
    return task.due < now.date() or (task.due_time is not None and task.due_time < now.time())


def due_order(task: Task) -> tuple[dt.date, dt.time, dt.datetime]:
    """Return what promises are sorted by: the earliest due first, those without a day last."""
    return task.due or dt.date.max, task.due_time or dt.time.max, task.recorded_at
