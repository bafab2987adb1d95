"""What could stand in a brief, and how dearly: one candidate for each visible note, promise and person.

Every visible note is a candidate, so that what does not fit is counted. A long text is cut here and nowhere else: the
line carries its note, which holds the whole.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.explained import Explained
from rapportdesk.model.note import Audience, Note, NoteKind, Source
from rapportdesk.model.patient import RelatedPerson
from rapportdesk.model.shown import BriefKey, Line, Mark
from rapportdesk.model.staff import Viewer
from rapportdesk.rules.brief.brief_past import Offered
from rapportdesk.rules.brief.brief_sections import needs_care, section_of
from rapportdesk.rules.card.explained_words import leaflet_words, still_open, told_back
from rapportdesk.rules.card.lines import (
    disputed_words,
    heard_on,
    interpreter_line,
    newest_first,
    note_line,
    person_line,
    topic_line,
)
from rapportdesk.rules.card.sources import details_source, note_source, task_source, topic_source
from rapportdesk.rules.company import others
from rapportdesk.rules.consent.consent_words import ALMOST_NOTHING, to_ask
from rapportdesk.rules.known import Company, Known
from rapportdesk.rules.promises.ledger import Pressing, promised_lines
from rapportdesk.rules.visibility import Seen, SeenNote
from rapportdesk.rules.wording.wording import day_words

SAFETY_FIRST = 5
DUTY_FIRST = 2
"""So many lines of care and of adjustments precede everything else; more follow the first line of each section."""

LONGEST_WORDS = 30
LONGEST_CHARACTERS = 240
PLAIN_WORDS = 12
"""So many of the plain words in which something was explained are carried on; the note holds them all."""

_ONE_ONLY = frozenset({BriefKey.OPEN_WITH, BriefKey.NEXT_STEP})
_ARRANGED = frozenset({AppointmentStatus.PENDING, AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED})
_LAST = frozenset({NoteKind.ALSO_WORTH_KNOWING, NoteKind.MY_WELLNESS, NoteKind.LIFE_EVENT})


_NOTHING_OFFERED = Offered()


class Rank(IntEnum):
    """Who gets room first; `LEFT_OUT` gets none and is counted."""

    NAME = 0
    SAFETY = 1
    DUTY = 2
    FIRST_OF_KIND = 3
    MORE_SAFETY = 4
    MORE = 5
    IF_ROOM = 6
    LEFT_OUT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A line that could stand in the brief."""

    key: BriefKey
    rank: Rank
    line: Line


def brief_candidates(
    known: Known,
    seen: Seen,
    viewer: Viewer,
    company: Company,
    now: dt.datetime,
    *,
    appointment: Appointment | None = None,
    before: Offered = _NOTHING_OFFERED,
) -> tuple[Candidate, ...]:
    """Return every line that could stand in the brief, in reading order.

    Args:
        known: Whose patient and consents these are; everything else comes from `seen`.
        seen: What the viewer may be shown.
        viewer: Who reads: what they explained themselves says "you".
        company: Who is with the patient.
        now: The recorded clock in the practice's zone.
        appointment: The visit it is for: what comes next comes after it.
        before: What the last read brief offered to open with.
    """
    if seen.patient.deceased:
        return (_died(seen, now),)
    offered = [
        *_greeting(known, seen, now),
        *_needs(seen),
        *_notes(seen, viewer, now, before),
        *_topics(seen, now),
        *_promises(seen, now),
        *_people(seen, company, now),
        *_next_visit(seen, appointment, now),
    ]
    order = list(BriefKey)
    return tuple(sorted(offered, key=lambda each: order.index(each.key)))


def _died(seen: Seen, now: dt.datetime) -> Candidate:
    text = _("has died. Don’t greet, ring or write.")
    if seen.patient.deceased_on is not None:
        day = day_words(seen.patient.deceased_on, now.date())
        text = _("died on {day}. Don’t greet, ring or write.").format(day=day)
    return Candidate(
        key=BriefKey.TAKE_CARE,
        rank=Rank.NAME,
        line=Line(lead=seen.patient.name, text=text, mark=Mark.DONT, source=details_source()),
    )


def _greeting(known: Known, seen: Seen, now: dt.datetime) -> Iterator[Candidate]:
    """The name with all that is said of greeting in one line; what is sealed stays a line of its own."""
    notes = [each for each in newest_first(list(seen.notes), now) if section_of(each) is BriefKey.GREET]
    plain = [each for each in notes if each.note.audience is Audience.EVERYONE and not each.disputed]
    together = ". ".join(note_line(each, now, text=clip(each.note.text)).text.rstrip(".") for each in plain)
    after_name = f"{', ' if together[:1].islower() else '. '}{together}." if together else ""
    note = plain[0].note if len(plain) == 1 else None
    sources = dict.fromkeys((details_source(), *(note_source(each.note, now) for each in plain)))
    line = Line(lead=seen.patient.called, text=clip(after_name), note=note, source=" · ".join(sources))
    yield Candidate(key=BriefKey.GREET, rank=Rank.NAME, line=line)
    for each in notes:
        if each not in plain:
            yield Candidate(key=BriefKey.GREET, rank=Rank.MORE, line=_clipped(each, now))
    something = bool(seen.notes or seen.tasks or seen.veiled)
    if sentence := to_ask(known, seen.keep, ALMOST_NOTHING if something else 0, now):
        yield Candidate(key=BriefKey.GREET, rank=Rank.SAFETY, line=_to_ask(sentence))


def _needs(seen: Seen) -> Iterator[Candidate]:
    if seen.patient.interpreter:
        yield Candidate(key=BriefKey.COMFORT, rank=Rank.DUTY, line=_detail(interpreter_line(seen.patient)))


def _notes(seen: Seen, viewer: Viewer, now: dt.datetime, before: Offered) -> Iterator[Candidate]:
    """Each note but those in the greeting: the first of a section before the second of another."""
    begun: set[BriefKey] = set()
    before_all = {Rank.SAFETY: SAFETY_FIRST, Rank.DUTY: DUTY_FIRST}
    last_explained = max((heard_on(each.note, now) for each in _explained(seen)), default=None)
    in_order = sorted(newest_first(list(seen.notes), now), key=lambda each: _used(each.note, before, now))
    for each in in_order:
        key = section_of(each)
        if key is BriefKey.GREET:
            continue
        line = _explained_line(each, viewer, now) if key is BriefKey.LAST_TIME else _clipped(each, now)
        if key is BriefKey.OPEN_WITH and _used(each.note, before, now):
            line = replace(line, detail=" · ".join(part for part in (line.detail, _("also last time")) if part))
        rank = _rank(each, key, begun)
        if key is BriefKey.LAST_TIME and rank is not Rank.NAME and heard_on(each.note, now) != last_explained:
            rank = Rank.MORE if still_open(each.note) else Rank.LEFT_OUT
        if rank in before_all:
            before_all[rank] -= 1
            rank = rank if before_all[rank] >= 0 else Rank.MORE_SAFETY
        yield Candidate(key=key, rank=rank, line=line)
        if each.note.kind not in _LAST:
            begun.add(key)


def _explained(seen: Seen) -> list[SeenNote]:
    return [each for each in seen.notes if section_of(each) is BriefKey.LAST_TIME]


def _used(note: Note, before: Offered, now: dt.datetime) -> bool:
    """Return whether the last read brief offered this to open with; heard again since then, it is new once more."""
    return before.on is not None and note.id in before.notes and heard_on(note, now) <= before.on


def _rank(seen: SeenNote, key: BriefKey, begun: set[BriefKey]) -> Rank:
    if seen.note.audience is Audience.CLINICIANS:
        return Rank.NAME  # said for clinicians' ears, and opened by a press: it may not be the line that finds no room
    if seen.note.kind is NoteKind.PLEASE_DONT or needs_care(seen):
        return Rank.SAFETY
    if key is BriefKey.TAKE_CARE:
        return Rank.MORE
    if seen.note.kind is NoteKind.ADJUSTMENT:
        return Rank.DUTY
    if seen.note.kind in _LAST:
        return Rank.LEFT_OUT if key in _ONE_ONLY and key in begun else Rank.IF_ROOM
    if key not in begun:
        return Rank.FIRST_OF_KIND
    return Rank.LEFT_OUT if key in _ONE_ONLY else Rank.MORE


def _topics(seen: Seen, now: dt.datetime) -> Iterator[Candidate]:
    """How topics may be raised, where no visible note says it; those that are welcome need no care."""
    handles = {each.note.topic for each in seen.notes}
    spoken_of = {each.topic.code.casefold() for each in seen.subjects if each.topic.handle in handles}
    for code, subject in {each.topic.code.casefold(): each for each in seen.subjects}.items():
        line = replace(topic_line(subject), source=topic_source(subject.topic, now))
        if code not in spoken_of and line.mark is not Mark.NONE and subject.topic.permission is not None:
            yield Candidate(key=BriefKey.TAKE_CARE, rank=Rank.SAFETY, line=line)


def _promises(seen: Seen, now: dt.datetime) -> Iterator[Candidate]:
    """Told, late and due first; how somebody has been since is never what finds no room."""
    ranks = {Pressing.TOLD: Rank.NAME, Pressing.LATE: Rank.DUTY}
    for number, each in enumerate(promised_lines(seen, now)):
        rank = ranks.get(each.pressing, Rank.MORE if number else Rank.FIRST_OF_KIND)
        source = task_source(each.line.task, now) if each.line.task else each.line.source
        line = replace(each.line, text=clip(each.line.text), source=source)
        yield Candidate(key=BriefKey.PROMISED, rank=rank, line=line)


def _people(seen: Seen, company: Company, now: dt.datetime) -> Iterator[Candidate]:
    """Who is with the patient, or often is; what each may hear has room before what is pleasant."""
    for person in seen.people:
        line = _detail(person_line(person, seen, now, is_with_them=True))
        if line.mark is Mark.DONT and not person.deceased:
            yield Candidate(key=BriefKey.WITH_THEM, rank=Rank.SAFETY, line=line)
        elif not person.deceased and _is_with_them(person, company):
            yield Candidate(key=BriefKey.WITH_THEM, rank=Rank.DUTY, line=line)
    for name in others(company):
        line = Line(lead=name, text=_(", not on the card. Ask before telling them anything."), mark=Mark.PERSON)
        yield Candidate(key=BriefKey.WITH_THEM, rank=Rank.DUTY, line=_detail(line))


def _next_visit(seen: Seen, appointment: Appointment | None, now: dt.datetime) -> Iterator[Candidate]:
    """When they come again after this visit, if that is arranged."""
    after = max(now, appointment.start) if appointment else now
    coming = [each for each in seen.appointments if each.status in _ARRANGED and each.start > after]
    following = min(coming, key=lambda each: each.start, default=None)
    if following is not None:
        day = day_words(following.start.astimezone(now.tzinfo).date(), now.date())
        parts = (_("Comes again {day}").format(day=day), following.practitioner_name)
        line = Line(text=", ".join(part for part in parts if part), source=_("from the schedule"))
        yield Candidate(key=BriefKey.NEXT_STEP, rank=Rank.MORE, line=line)


def _is_with_them(person: RelatedPerson, company: Company) -> bool:
    return person.often_with if company is None else person.id in company


def _explained_line(seen: SeenNote, viewer: Viewer, now: dt.datetime) -> Line:
    """What was explained, in which words and how it came back; quieter: the leaflet, why, and on which day."""
    note = seen.note
    more = note.explained or Explained()
    in_words = _("in the words “{words}”").format(words=clip(more.in_words, PLAIN_WORDS)) if more.in_words else ""
    what = "; ".join(part for part in (clip(note.text), in_words, told_back(note)) if part)
    text = _("{name} explained: {what}").format(name=note.noted_by_name, what=what)
    if note.noted_by == viewer.staff:
        text = _("You explained: {what}").format(what=what)
    details = (
        disputed_words(seen),
        leaflet_words(note),
        clip(more.why, PLAIN_WORDS),
        day_words(heard_on(note, now), now.date()),
    )
    detail = " · ".join(part for part in details if part)
    return replace(note_line(seen, now), text=text, detail=detail, source=note_source(note, now))


def _clipped(seen: SeenNote, now: dt.datetime) -> Line:
    """A note's line; a carer's word for the patient's is told from their own."""
    line = note_line(seen, now, text=clip(seen.note.text))
    details = [clip(line.detail)]
    if seen.note.source is Source.SAID_BY_CARER:
        details.append(_("said by a carer"))
    detail = " · ".join(part for part in details if part)
    return replace(line, detail=detail, source=note_source(seen.note, now))


def _detail(line: Line) -> Line:
    return replace(line, source=details_source())


def _to_ask(sentence: str) -> Line:
    return Line(text=sentence, mark=Mark.QUESTION, source=_("from what was agreed to"))


def clip(text: str, most: int = LONGEST_WORDS) -> str:
    """Return a text that leaves room for others: at most 30 words (or `most`), 240 characters, and then "…"."""
    words = text[: LONGEST_CHARACTERS * 2].split(" ")
    cut = " ".join(words[:most])[:LONGEST_CHARACTERS]
    return cut if len(cut) == len(text) else cut.rstrip() + "…"
