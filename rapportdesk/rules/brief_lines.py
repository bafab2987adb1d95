"""What could stand in a brief, and how dearly: one candidate for each visible note, promise and person.

Every visible note is a candidate, so that what does not fit is counted. A long text is cut here and nowhere else: the
line carries its note, which holds the whole.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from rapportdesk.language import _
from rapportdesk.model.note import Audience, NoteKind, PreferenceArea
from rapportdesk.model.patient import RelatedPerson
from rapportdesk.model.shown import BriefKey, Line, Mark
from rapportdesk.model.staff import Viewer
from rapportdesk.rules.company import others
from rapportdesk.rules.consent_words import ALMOST_NOTHING, to_ask
from rapportdesk.rules.due import due_order, is_overdue
from rapportdesk.rules.known import Company, Known
from rapportdesk.rules.lines import (
    heard_on,
    interpreter_line,
    newest_first,
    note_line,
    person_line,
    task_line,
    topic_line,
)
from rapportdesk.rules.visibility import Seen, SeenNote
from rapportdesk.rules.wording import day_words

SAFETY_FIRST = 5
DUTY_FIRST = 2
"""So many lines of care and of adjustments precede everything else; more follow the first line of each section."""

LONGEST_WORDS = 30
LONGEST_CHARACTERS = 240

_SECTIONS = {
    NoteKind.IMPORTANT_TO_ME: BriefKey.MATTERS_TODAY,
    NoteKind.GOALS_AND_PACE: BriefKey.MATTERS_TODAY,
    NoteKind.HOW_I_COMMUNICATE: BriefKey.MATTERS_TODAY,
    NoteKind.FEELING_NAMED: BriefKey.MATTERS_TODAY,
    NoteKind.MY_WELLNESS: BriefKey.MATTERS_TODAY,
    NoteKind.ALSO_WORTH_KNOWING: BriefKey.MATTERS_TODAY,
    NoteKind.PREFERENCE: BriefKey.COMFORT,
    NoteKind.PLEASE_DO: BriefKey.COMFORT,
    NoteKind.HOW_TO_SUPPORT_ME: BriefKey.COMFORT,
    NoteKind.ADJUSTMENT: BriefKey.COMFORT,
    NoteKind.PLEASE_DONT: BriefKey.TAKE_CARE,
    NoteKind.PAST_EXPERIENCE: BriefKey.TAKE_CARE,
    NoteKind.HOBBY: BriefKey.OPEN_WITH,
    NoteKind.LIFE_EVENT: BriefKey.OPEN_WITH,
    NoteKind.PEOPLE_IMPORTANT_TO_ME: BriefKey.OPEN_WITH,
    NoteKind.QUESTION: BriefKey.ASKS,
    NoteKind.EXPLAINED: BriefKey.LAST_TIME,
}
_AREAS = {
    PreferenceArea.GREETING: BriefKey.GREET,
    PreferenceArea.INFORMATION_DEPTH: BriefKey.MATTERS_TODAY,
    PreferenceArea.DECISION_INVOLVEMENT: BriefKey.MATTERS_TODAY,
}
_GREETING_KINDS = frozenset({NoteKind.PREFERENCE, NoteKind.PLEASE_DO, NoteKind.PLEASE_DONT})
_ONE_ONLY = frozenset({BriefKey.OPEN_WITH, BriefKey.LAST_TIME})
_LAST = frozenset({NoteKind.ALSO_WORTH_KNOWING, NoteKind.MY_WELLNESS, NoteKind.LIFE_EVENT})


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
    known: Known, seen: Seen, viewer: Viewer, company: Company, now: dt.datetime
) -> tuple[Candidate, ...]:
    """Return every line that could stand in the brief, in reading order.

    Args:
        known: Whose patient and consents these are; everything else comes from `seen`.
        seen: What the viewer may be shown.
        viewer: Who reads: what they explained themselves says "you".
        company: Who is with the patient.
        now: The recorded clock in the practice's zone.
    """
    if seen.patient.deceased:
        return (_died(seen, now),)
    offered = [
        *_greeting(known, seen, now),
        *_needs(seen),
        *_notes(seen, viewer, now),
        *_topics(seen),
        *_promises(seen, now),
        *_people(seen, company, now),
    ]
    order = list(BriefKey)
    return tuple(sorted(offered, key=lambda each: order.index(each.key)))


def _died(seen: Seen, now: dt.datetime) -> Candidate:
    text = _("has died. Don’t greet, ring or write.")
    if seen.patient.deceased_on is not None:
        day = day_words(seen.patient.deceased_on, now.date())
        text = _("died on {day}. Don’t greet, ring or write.").format(day=day)
    return Candidate(
        key=BriefKey.TAKE_CARE, rank=Rank.NAME, line=Line(lead=seen.patient.name, text=text, mark=Mark.DONT)
    )


def _greeting(known: Known, seen: Seen, now: dt.datetime) -> Iterator[Candidate]:
    """The name with all that is said of greeting in one line; what is sealed stays a line of its own."""
    notes = [each for each in newest_first(list(seen.notes), now) if _section(each) is BriefKey.GREET]
    plain = [each for each in notes if each.note.audience is Audience.EVERYONE]
    together = ". ".join(note_line(each, now, text=clip(each.note.text)).text.rstrip(".") for each in plain)
    after_name = f"{', ' if together[:1].islower() else '. '}{together}." if together else ""
    note = plain[0].note if len(plain) == 1 else None
    line = Line(lead=seen.patient.called, text=clip(after_name), note=note)
    yield Candidate(key=BriefKey.GREET, rank=Rank.NAME, line=line)
    for each in notes:
        if each not in plain:
            yield Candidate(key=BriefKey.GREET, rank=Rank.MORE, line=_clipped(each, now))
    something = bool(seen.notes or seen.tasks or seen.veiled)
    if sentence := to_ask(known, seen.keep, ALMOST_NOTHING if something else 0, now):
        yield Candidate(key=BriefKey.GREET, rank=Rank.SAFETY, line=Line(text=sentence, mark=Mark.QUESTION))


def _needs(seen: Seen) -> Iterator[Candidate]:
    if seen.patient.interpreter:
        yield Candidate(key=BriefKey.COMFORT, rank=Rank.DUTY, line=interpreter_line(seen.patient))


def _notes(seen: Seen, viewer: Viewer, now: dt.datetime) -> Iterator[Candidate]:
    """Each note but those in the greeting: the first of a section before the second of another."""
    begun: set[BriefKey] = set()
    before_all = {Rank.SAFETY: SAFETY_FIRST, Rank.DUTY: DUTY_FIRST}
    for each in newest_first(list(seen.notes), now):
        key = _section(each)
        if key is BriefKey.GREET:
            continue
        line = _explained_line(each, viewer, now) if key is BriefKey.LAST_TIME else _clipped(each, now)
        rank = _rank(each, key, begun)
        if rank in before_all:
            before_all[rank] -= 1
            rank = rank if before_all[rank] >= 0 else Rank.MORE_SAFETY
        yield Candidate(key=key, rank=rank, line=line)
        if each.note.kind not in _LAST:
            begun.add(key)


def _rank(seen: SeenNote, key: BriefKey, begun: set[BriefKey]) -> Rank:
    if seen.note.audience is Audience.CLINICIANS:
        return Rank.NAME  # said for clinicians' ears, and opened by a press: it may not be the line that finds no room
    if seen.note.kind is NoteKind.PLEASE_DONT or _needs_care(seen):
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


def _topics(seen: Seen) -> Iterator[Candidate]:
    """How topics may be raised, where no visible note says it; those that are welcome need no care."""
    handles = {each.note.topic for each in seen.notes}
    spoken_of = {each.topic.code.casefold() for each in seen.subjects if each.topic.handle in handles}
    for code, subject in {each.topic.code.casefold(): each for each in seen.subjects}.items():
        line = topic_line(subject)
        if code not in spoken_of and line.mark is not Mark.NONE and subject.topic.permission is not None:
            yield Candidate(key=BriefKey.TAKE_CARE, rank=Rank.SAFETY, line=line)


def _promises(seen: Seen, now: dt.datetime) -> Iterator[Candidate]:
    for number, task in enumerate(sorted(seen.tasks, key=due_order)):
        rank = Rank.DUTY if is_overdue(task, now) else Rank.MORE if number else Rank.FIRST_OF_KIND
        line = task_line(task, now)
        yield Candidate(key=BriefKey.PROMISED, rank=rank, line=replace(line, text=clip(line.text)))


def _people(seen: Seen, company: Company, now: dt.datetime) -> Iterator[Candidate]:
    """Who is with the patient; while that is unknown, who often is. Whoever is barred is always said."""
    for person in seen.people:
        line = person_line(person, seen, now, is_with_them=True)
        if line.mark is Mark.DONT and not person.deceased:
            yield Candidate(key=BriefKey.WITH_THEM, rank=Rank.SAFETY, line=line)
        elif not person.deceased and _is_with_them(person, company):
            yield Candidate(key=BriefKey.WITH_THEM, rank=Rank.FIRST_OF_KIND, line=line)
    for name in others(company):
        line = Line(lead=name, text=_(", not on the card. Ask before telling them anything."), mark=Mark.PERSON)
        yield Candidate(key=BriefKey.WITH_THEM, rank=Rank.FIRST_OF_KIND, line=line)


def _is_with_them(person: RelatedPerson, company: Company) -> bool:
    return person.often_with if company is None else person.id in company


def _section(seen: SeenNote) -> BriefKey:
    if _needs_care(seen):
        return BriefKey.TAKE_CARE
    area = _AREAS.get(seen.note.preference_area) if seen.note.preference_area else None
    if area is BriefKey.GREET and seen.note.kind not in _GREETING_KINDS:
        area = None
    return area or _SECTIONS[seen.note.kind]


def _needs_care(seen: SeenNote) -> bool:
    return seen.decision.as_please_dont or bool(seen.decision.asking_sentence)


def _explained_line(seen: SeenNote, viewer: Viewer, now: dt.datetime) -> Line:
    note = seen.note
    what = "; ".join(part for part in (clip(note.text), note.understood) if part)
    text = _("{name} explained: {what}").format(name=note.noted_by_name, what=what)
    if note.noted_by == viewer.staff:
        text = _("You explained: {what}").format(what=what)
    return replace(note_line(seen, now), text=text, detail=day_words(heard_on(note, now), now.date()))


def _clipped(seen: SeenNote, now: dt.datetime) -> Line:
    line = note_line(seen, now, text=clip(seen.note.text))
    return replace(line, detail=clip(line.detail))


def clip(text: str) -> str:
    """Return a text that leaves room for others: at most 30 words and 240 characters, and then "…"."""
    words = text[: LONGEST_CHARACTERS * 2].split(" ")
    cut = " ".join(words[:LONGEST_WORDS])[:LONGEST_CHARACTERS]
    return cut if len(cut) == len(text) else cut.rstrip() + "…"
