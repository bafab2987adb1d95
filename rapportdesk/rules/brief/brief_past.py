"""What the briefs before this one did: which common ground was offered last, and whether this one has been read.

The last one is that of the latest earlier day on which a brief was read. Reading one twice on a day offers the same
twice, and paper that nobody ticked as read has offered nothing.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import Audience
from rapportdesk.model.shown import Brief, BriefKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the last read brief offered to open with.

    Attributes:
        on: The local day it was for; None when there was none.
    """

    on: dt.date | None = None
    notes: frozenset[RecordId] = frozenset()


def day_of_brief(appointment: Appointment | None, now: dt.datetime) -> dt.date:
    """Return the local day a brief is for: the visit's, or without a visit that of `now`."""
    return now.date() if appointment is None else appointment.start.astimezone(now.tzinfo).date()


def offered_before(briefs: Sequence[BriefRead], day: dt.date) -> Offered:
    """Return what was offered by the last brief that was read for a day before `day`."""
    read_on = [each.for_on for each in briefs if each.read and each.for_on < day]
    if not read_on:
        return Offered()
    last = max(read_on)
    return Offered(on=last, notes=frozenset(note for each in briefs if each.for_on == last for note in each.offered))


def read_for(briefs: Sequence[BriefRead], day: dt.date) -> BriefRead | None:
    """Return the latest reading of the brief for `day`; None while nobody has read it."""
    read = [each for each in briefs if each.read and each.for_on == day]
    return max(read, key=lambda each: (each.at, each.id), default=None)


def offered_by(brief: Brief) -> tuple[RecordId, ...]:
    """Return the ids of the notes a brief offers to open with; what is sealed to clinicians is not common ground."""
    lines = (line for section in brief.sections if section.key is BriefKey.OPEN_WITH for line in section.lines)
    notes = (line.note for line in lines if line.note is not None)
    return tuple(note.id for note in notes if note.audience is Audience.EVERYONE)
