"""Where a line comes from and how old it is: who said it, who took it down, on which day, and when it was heard again.

Known for every line of a brief, and said wherever somebody asks for it.
"""

import datetime as dt

from rapportdesk.language import _
from rapportdesk.model.note import Note, NoteKind, Source
from rapportdesk.model.task import Task, TaskCode
from rapportdesk.model.topic import TopicPermission
from rapportdesk.rules.wording.wording import day_words

BETWEEN = "; "


def note_source(note: Note, now: dt.datetime) -> str:
    """Return "said by the patient; Ana Ruiz, 3 March; heard again 5 May"."""
    said = {
        Source.SAID_BY_PATIENT: _("said by the patient"),
        Source.SAID_BY_CARER: _("said by a carer"),
        Source.OBSERVED_BY_STAFF: _("noted by staff"),
    }[note.source]
    if note.kind is NoteKind.EXPLAINED:
        said = _("explained")
    parts = [said, _by(note.noted_by_name, note.noted_at, now)]
    if note.last_confirmed_on is not None:
        parts.append(_("heard again {day}").format(day=day_words(note.last_confirmed_on, now.date())))
    return BETWEEN.join(parts)


def task_source(task: Task, now: dt.datetime) -> str:
    """Return "promised; Ana Ruiz, 3 March", or "told" for what a clinician has to read."""
    kind = _("told") if task.code is TaskCode.TELL else _("promised")
    return BETWEEN.join((kind, _by(task.recorded_by_name, task.recorded_at, now)))


def topic_source(topic: TopicPermission, now: dt.datetime) -> str:
    """Return who took down how a topic may be raised, and when."""
    said = _("said by {whom}").format(whom=topic.said_by) if topic.said_by else _("said by the patient")
    return BETWEEN.join((said, _by(topic.recorded_by_name, topic.recorded_at, now)))


def details_source() -> str:
    """Return what is said of what stands among the details of a person: the name, who is with them, an interpreter."""
    return _("from their details")


def _by(name: str, at: dt.datetime, now: dt.datetime) -> str:
    day = day_words(at.astimezone(now.tzinfo).date(), now.date())
    return _("{name}, {day}").format(name=name, day=day)
