"""The ledger of promises: overdue first, and only as far as the viewer may read them on the patient's own card.

Pure functions over what `see` shows. What a clinician has to be told comes before everything that was promised.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Ledger, Line, Mark, PromiseRow, Told
from rapportdesk.model.staff import Viewer
from rapportdesk.model.task import Task, TaskCode
from rapportdesk.model.words import veil_sentence
from rapportdesk.rules.promises.due import due_order, is_overdue
from rapportdesk.rules.promises.promise_words import BETWEEN, ended_words, how_words, promise_details, tell_words
from rapportdesk.rules.visibility import Seen
from rapportdesk.rules.wording.wording import age_words, due_words, listed_name


class Pressing(IntEnum):
    """How much a line of the brief presses, the most first."""

    TOLD = 0
    LATE = 1
    DUE = 2
    OPEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedLine:
    """One line of the brief about what was promised, or about what the reader has to be told."""

    line: Line
    pressing: Pressing


def promised_lines(seen: Seen, now: dt.datetime) -> tuple[PromisedLine, ...]:
    """Return what a brief says of promises and of how somebody was since: told, then late, then due today, then open.

    Args:
        seen: What the reader may be shown of one patient.
        now: The recorded clock in the practice's zone.
    """
    made = [
        PromisedLine(line=promise_line(task, seen, now), pressing=_pressing(task, now))
        for task in sorted(seen.tasks, key=due_order)
    ]
    return tuple(sorted(made, key=lambda each: each.pressing))


def promise_line(task: Task, seen: Seen, now: dt.datetime) -> Line:
    """Return the line of a promise: red words when it is late, quiet ones when it is not."""
    details = promise_details(task, seen.appointments, now)
    if task.code is TaskCode.TELL:
        return Line(text=tell_words(task), detail=_told_detail(task, now), mark=Mark.TOLD, task=task)
    words = due_words(task, now)
    if is_overdue(task, now):
        late = _("{due}, not done").format(due=words)
        return Line(text=task.text, urgent=late, detail=details, mark=Mark.OVERDUE, task=task)
    detail = BETWEEN.join(part for part in (words, details) if part)
    return Line(text=task.text, detail=detail, mark=Mark.DUE, task=task)


def promise_row(task: Task, seen: Seen, now: dt.datetime, viewer: Viewer | None = None) -> PromiseRow:
    """Return one row of the ledger for a promise that the viewer may see."""
    told = task.code is TaskCode.TELL
    detail = promise_details(task, seen.appointments, now) if task.is_open else ended_words(task, now)
    if told and task.is_open and task.how is not None:
        detail = how_words(task.how)
    return PromiseRow(
        task=task,
        patient_name=listed_name(seen.patient),
        overdue=is_overdue(task, now),
        due_words=_("not read yet") if told and task.is_open else due_words(task, now) if task.is_open else "",
        detail=detail,
        mine=viewer is not None and task.owner_name == viewer.name,
    )


def compose_ledger(
    tasks: Iterable[Task],
    seen: Mapping[PatientId, Seen],
    viewer: Viewer,
    now: dt.datetime,
    *,
    owner: str = "",
    text: str = "",
    colleagues: Sequence[str] = (),
    ended: bool = False,
) -> Ledger:
    """Return the ledger.

    Args:
        tasks: Candidates; one that is not among what is seen of its patient is left out.
        seen: What the viewer may be shown; for what has ended, as if it still stood.
        viewer: Who is looking.
        now: The recorded clock in the practice's zone.
        owner: Only what this one has to keep; empty for all.
        text: Only what has every word of this in text, patient's name or owner.
        colleagues: Who works here.
        ended: The tasks are those that have ended.
    """
    visible = {task.id for each in seen.values() for task in each.tasks}
    listed = [task for task in tasks if task.id in visible]
    rows = [promise_row(task, seen[task.patient], now, viewer) for task in listed if owner in {"", task.owner_name}]
    wanted = text.casefold().split()
    rows = [row for row in rows if all(word in _haystack(row) for word in wanted)]
    if ended:
        rows.sort(key=lambda row: (row.task.ended_at or row.task.recorded_at, row.task.id), reverse=True)
    else:
        rows.sort(key=lambda row: (not row.overdue, due_order(row.task), row.task.id))
    return Ledger(
        rows=tuple(rows),
        owners=tuple(sorted({task.owner_name for task in listed if task.owner_name}, key=str.casefold)),
        colleagues=tuple(colleagues),
        owner=owner,
        ended=ended,
    )


def told_rows(seen: Iterable[tuple[Seen, bool]], viewer: Viewer, now: dt.datetime) -> tuple[Told, ...]:
    """Return what a clinician has not read yet: told to them by name first, the oldest first, then what is veiled.

    Args:
        seen: What the clinician may be shown of each patient with nothing opened, and whether something that was told
            waits under the veil.
        viewer: The clinician.
        now: The recorded clock in the practice's zone.
    """
    rows: list[tuple[tuple[bool, dt.datetime], Told]] = []
    for each, veiled in seen:
        name = listed_name(each.patient)
        for task in each.tasks:
            if task.code is TaskCode.TELL:
                mine = task.owner_name == viewer.name
                row = Told(
                    patient=each.patient.id, patient_name=name, words=tell_words(task),
                    short=how_words(task.how) if task.how else _("to know"), detail=_told_detail(task, now),
                    task=task.id, mine=mine,
                )  # fmt: skip
                rows.append(((not mine, task.recorded_at), row))
        if veiled:
            row = Told(
                patient=each.patient.id,
                patient_name=name,
                words=veil_sentence(each.patient),
                short=veil_sentence(each.patient),
            )
            rows.append(((True, now), row))
    return tuple(row for _order, row in sorted(rows, key=lambda made: (made[0], made[1].patient)))


def _pressing(task: Task, now: dt.datetime) -> Pressing:
    if task.code is TaskCode.TELL:
        return Pressing.TOLD
    if is_overdue(task, now):
        return Pressing.LATE
    return Pressing.DUE if task.due == now.date() else Pressing.OPEN


def _told_detail(task: Task, now: dt.datetime) -> str:
    day = age_words(task.recorded_at.astimezone(now.tzinfo).date(), now.date())
    said = _("{day}, by {name}").format(day=day, name=task.recorded_by_name)
    return _("{said}, for {name}").format(said=said, name=task.owner_name) if task.owner_name else said


def _haystack(row: PromiseRow) -> str:
    return " ".join((row.task.text, row.patient_name, row.task.owner_name)).casefold()
