"""The brief: what a clinician reads in thirty seconds, at most one page and 120 words.

When not everything fits, what could hurt goes in first, then what the law requires and what is late, then one line of
each kind, the rest as room is left; how many visible lines were left out is said, and of what. What was offered to open
with last time gives way to what was not. Nothing veiled is in it unless it was opened, and nothing at all is opened for
paper. The dead are never greeted.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import RecordId
from rapportdesk.model.shown import Brief, BriefKey, BriefSection, Line
from rapportdesk.model.staff import Viewer
from rapportdesk.model.words import veil_sentence
from rapportdesk.rules.brief.brief_lines import Candidate, Rank, brief_candidates
from rapportdesk.rules.brief.brief_past import day_of_brief, offered_before, read_for
from rapportdesk.rules.brief.brief_sections import section_labels
from rapportdesk.rules.consent.consent_state import GUARDIAN_UNTIL
from rapportdesk.rules.known import Company, Known
from rapportdesk.rules.visibility import see

WORDS = 120
"""The most words of a brief, not counting the labels beside them."""


def compose_brief(
    known: Known,
    viewer: Viewer,
    company: Company,
    now: dt.datetime,
    appointment: Appointment | None = None,
    opened: frozenset[RecordId] = frozenset(),
    emergency: bool = False,
    *,
    for_paper: bool = False,
    guardian_until: int = GUARDIAN_UNTIL,
) -> Brief:
    """Return what one clinician reads about one person before the door opens; the arguments are those of `see`.

    Args:
        known: Everything the viewer's keys open about the person.
        viewer: Who is reading.
        company: Who is with the person.
        now: The recorded clock in the practice's zone, aware.
        appointment: The visit it is for, if any.
        opened: What the clinician has opened.
        emergency: The clinician broke the glass.
        for_paper: Nothing counts as opened, nor as an emergency, and the company as unknown, because nobody knows who
            will read a page.
        guardian_until: The age at which a parent's consent ends.
    """
    if for_paper:
        company, opened, emergency = None, frozenset(), False
    seen = see(known, viewer, company, now, opened, emergency, guardian_until=guardian_until)
    day = day_of_brief(appointment, now)
    before, read = offered_before(known.briefs_read, day), read_for(known.briefs_read, day)
    offered = (
        brief_candidates(known, seen, viewer, company, now, appointment=appointment, before=before)
        if viewer.roles
        else ()
    )
    labels = section_labels(known.patient)
    veiled = seen.veiled and not known.patient.deceased
    room = WORDS - (len(veil_sentence(known.patient).split()) if veiled else 0)
    kept = _that_fit(offered, room)
    return Brief(
        patient=known.patient,
        age=known.patient.age_on(now.date()),
        appointment=appointment,
        sections=tuple(_section(key, labels[key], kept, veiled) for key in _used(kept, veiled)),
        as_of=now,
        left_out=len(offered) - len(kept),
        left_out_of=_left_out_of(offered, kept, labels),
        read_at=read.at if read else None,
        read_by_name=read.by_name if read else "",
        emergency=emergency,
        alone=company == frozenset(),
    )


def words_in(line: Line) -> int:
    """Return how many words a reader meets in a line."""
    return sum(len(part.split()) for part in (line.lead, line.text, line.detail, line.urgent))


def _that_fit(offered: Sequence[Candidate], room: int) -> tuple[Candidate, ...]:
    """Return the candidates that fit into so many words, in reading order, having given room by rank."""
    kept: list[int] = []
    for place, candidate in sorted(enumerate(offered), key=lambda each: (each[1].rank, each[0])):
        needed = words_in(candidate.line)
        if candidate.rank is not Rank.LEFT_OUT and needed <= room:
            room -= needed
            kept.append(place)
    return tuple(offered[place] for place in sorted(kept))


def _used(kept: Sequence[Candidate], veiled: bool) -> tuple[BriefKey, ...]:
    keys = {candidate.key for candidate in kept} | ({BriefKey.TAKE_CARE} if veiled else set())
    return tuple(key for key in BriefKey if key in keys)


def _section(key: BriefKey, label: str, kept: Sequence[Candidate], veiled: bool) -> BriefSection:
    lines = tuple(candidate.line for candidate in kept if candidate.key is key)
    return BriefSection(key=key, label=label, lines=lines, veil=veiled and key is BriefKey.TAKE_CARE)


def _left_out_of(
    offered: Sequence[Candidate], kept: Sequence[Candidate], labels: dict[BriefKey, str]
) -> tuple[tuple[str, int], ...]:
    """Return how many lines of each section found no room, in reading order."""
    there, stayed = Counter(each.key for each in offered), Counter(each.key for each in kept)
    missing = ((key, there[key] - stayed[key]) for key in BriefKey)
    return tuple((labels[key], count) for key, count in missing if count)
