"""What is new since somebody last came: the notes a viewer may see that were made after that visit and before this one.

What was said at a visit is not new at it, so notes made once somebody has arrived do not count until the next time.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapportdesk.language import _
from rapportdesk.model.appointment import CALLED_OFF, Appointment, AppointmentStatus
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.shown import Block, Line
from rapportdesk.rules.visibility import Seen
from rapportdesk.rules.wording.wording import day_words

_NEVER_TOOK_PLACE = CALLED_OFF | {AppointmentStatus.PROPOSED, AppointmentStatus.PENDING, AppointmentStatus.WAITLIST}


def last_came(appointments: Iterable[Appointment], before: dt.date, zone: dt.tzinfo | None) -> dt.date | None:
    """Return the local day of the newest visit before a day, or None; marking is optional, so an unmarked one counts.

    Args:
        appointments: All of one patient.
        before: The day of the visit that is looked at.
        zone: The practice's.
    """
    came = (each for each in appointments if each.status not in _NEVER_TOOK_PLACE)
    days = (each.start.astimezone(zone).date() for each in came)
    return max((day for day in days if day < before), default=None)


def new_notes(seen: Seen, day: dt.date, zone: dt.tzinfo | None) -> frozenset[RecordId]:
    """Return the ids of the visible notes that are new at the visit of a day; none where nobody came before.

    Args:
        seen: What the viewer may be shown.
        day: The local day of the visit; for a card, today.
        zone: The practice's.
    """
    since = last_came(seen.appointments, day, zone)
    if since is None:
        return frozenset()
    arrived = [each.arrived_at for each in seen.appointments if each.start.astimezone(zone).date() == day]
    until = min((moment for moment in arrived if moment is not None), default=None)
    return frozenset(
        each.note.id
        for each in seen.notes
        if each.note.noted_at.astimezone(zone).date() > since and (until is None or each.note.noted_at < until)
    )


def blocks_with_news(blocks: Sequence[Block], seen: Seen, now: dt.datetime) -> tuple[Block, ...]:
    """Return a card's blocks with what is new since the last visit marked so, for a person who is alive."""
    new = frozenset() if seen.patient.deceased else new_notes(seen, now.date(), now.tzinfo)
    since = last_came(seen.appointments, now.date(), now.tzinfo)
    if not new or since is None:
        return tuple(blocks)
    words = _("new since {day}").format(day=day_words(since, now.date()))
    return tuple(replace(block, lines=tuple(_marked(line, new, words) for line in block.lines)) for block in blocks)


def _marked(line: Line, new: frozenset[RecordId], words: str) -> Line:
    if line.note is None or line.note.id not in new or line.kind is NoteKind.PLEASE_DONT:
        return line  # a please-don't is read every time, new or not
    return replace(line, detail=" · ".join(part for part in (line.detail, words) if part))
