"""The card: who it is, then what matters in their own words, please do and please don't, hobbies, people.

A card is made of what `see` shows and of nothing else. Without consent to notes there remain what protects and what a
law requires, and one sentence to ask with. The dead are never asked, promised or greeted.
"""

import datetime as dt
from collections.abc import Sequence

from rapportdesk.language import _
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.shown import Block, BlockKey, Card, Line, PersonHit
from rapportdesk.model.staff import Viewer
from rapportdesk.model.topic import Permission
from rapportdesk.rules.brief.news import blocks_with_news
from rapportdesk.rules.card.cautions import contact_cautions
from rapportdesk.rules.card.lines import (
    asked_line,
    interpreter_line,
    newest_first,
    note_line,
    person_line,
    topic_line,
)
from rapportdesk.rules.company import companions_words
from rapportdesk.rules.consent.asked import asked_today
from rapportdesk.rules.consent.consent_state import GUARDIAN_UNTIL
from rapportdesk.rules.consent.consent_words import to_ask
from rapportdesk.rules.known import Company, Known
from rapportdesk.rules.promises.ledger import promised_lines
from rapportdesk.rules.visibility import Seen, SeenNote, SeenTopic, see
from rapportdesk.rules.wording.wording import day_words

_BLOCKS = {
    NoteKind.IMPORTANT_TO_ME: BlockKey.IMPORTANT,
    NoteKind.PLEASE_DO: BlockKey.PLEASE_DO,
    NoteKind.HOW_I_COMMUNICATE: BlockKey.PLEASE_DO,
    NoteKind.HOW_TO_SUPPORT_ME: BlockKey.PLEASE_DO,
    NoteKind.PREFERENCE: BlockKey.PLEASE_DO,
    NoteKind.PLEASE_DONT: BlockKey.PLEASE_DONT,
    NoteKind.HOBBY: BlockKey.HOBBIES,
    NoteKind.PEOPLE_IMPORTANT_TO_ME: BlockKey.PEOPLE,
    NoteKind.ADJUSTMENT: BlockKey.ADJUSTMENTS,
}
_QUIET_WHEN_ASKED = frozenset({Permission.WELCOME, None})


def compose_card(
    known: Known,
    viewer: Viewer,
    company: Company,
    now: dt.datetime,
    namesakes: Sequence[PersonHit] = (),
    *,
    opened: frozenset[RecordId] = frozenset(),
    emergency: bool = False,
    guardian_until: int = GUARDIAN_UNTIL,
) -> Card:
    """Return everything one viewer may read about one person now; the arguments are those of `see`.

    Args:
        known: Everything the viewer's keys open about the person.
        viewer: Who is looking.
        company: Who is with the person.
        now: The recorded clock in the practice's zone, aware.
        namesakes: Others whose name or birth date is near.
        opened: What a clinician has opened.
        emergency: A clinician broke the glass.
        guardian_until: The age at which a parent's consent ends.
    """
    seen = see(known, viewer, company, now, opened, emergency, guardian_until=guardian_until)
    blocks = blocks_with_news(_blocks(seen, now), seen, now) if viewer.roles else ()
    return Card(
        patient=known.patient,
        age=known.patient.age_on(now.date()),
        keep=seen.keep,
        cautions=_cautions(seen, now) if viewer.roles else (),
        blocks=blocks,
        veiled=seen.veiled,
        to_ask=to_ask(known, seen.keep, sum(len(block.lines) for block in blocks), now),
        namesakes=tuple(namesakes),
        with_them=companions_words(known.patient, company) if viewer.roles else (),
        emergency=emergency,
        alone=company == frozenset(),
    )


def _cautions(seen: Seen, now: dt.datetime) -> tuple[str, ...]:
    patient = seen.patient
    if not patient.deceased:
        return contact_cautions(patient)
    died = _("has died")
    if patient.deceased_on is not None:
        died = _("died {day}").format(day=day_words(patient.deceased_on, now.date()))
    return died, *contact_cautions(patient)


def _blocks(seen: Seen, now: dt.datetime) -> tuple[Block, ...]:
    lines: dict[BlockKey, list[Line]] = {key: [] for key in BlockKey}
    if seen.patient.interpreter:
        lines[BlockKey.ADJUSTMENTS].append(interpreter_line(seen.patient))
    for person in seen.people:
        lines[BlockKey.PEOPLE].append(person_line(person, seen, now))
    for note in newest_first(list(seen.notes), now):
        lines[_block_of(note)].append(note_line(note, now, alive=not seen.patient.deceased))
    lines[BlockKey.PROMISED] += [each.line for each in promised_lines(seen, now)]
    _put_topics(seen, lines, now)
    labels = _labels()
    return tuple(Block(key=key, label=labels[key], lines=tuple(lines[key])) for key in BlockKey if lines[key])


def _block_of(seen: SeenNote) -> BlockKey:
    if seen.decision.as_please_dont:
        return BlockKey.PLEASE_DONT
    return _BLOCKS.get(seen.note.kind, BlockKey.ALSO)


def _put_topics(seen: Seen, lines: dict[BlockKey, list[Line]], now: dt.datetime) -> None:
    """Add how each topic may be raised where no visible note says it, and what was asked already."""
    handles = {each.note.topic for each in seen.notes}
    spoken_of = {each.topic.code.casefold() for each in seen.subjects if each.topic.handle in handles}
    for subject in {each.topic.code.casefold(): each for each in seen.subjects}.values():
        asked = asked_line(subject, now)
        said_with_the_sentence = subject.decision.asking_sentence and asked_today(subject.topic, now)
        if asked is not None and not said_with_the_sentence:
            lines[BlockKey.PEOPLE if lines[BlockKey.PEOPLE] else BlockKey.ALSO].append(asked)
        if subject.topic.code.casefold() not in spoken_of and not _says_nothing_new(subject):
            block = BlockKey.PLEASE_DONT if subject.decision.as_please_dont else BlockKey.ALSO
            lines[block].append(topic_line(subject))


def _says_nothing_new(subject: SeenTopic) -> bool:
    asked = bool(subject.topic.askings)
    return subject.topic.permission is None or (asked and subject.topic.permission in _QUIET_WHEN_ASKED)


def _labels() -> dict[BlockKey, str]:
    return {
        BlockKey.IMPORTANT: _("What is most important to me"),
        BlockKey.PLEASE_DO: _("Please do"),
        BlockKey.PLEASE_DONT: _("Please don’t"),
        BlockKey.HOBBIES: _("Hobbies & common ground"),
        BlockKey.PEOPLE: _("People"),
        BlockKey.ADJUSTMENTS: _("Adjustments"),
        BlockKey.PROMISED: _("Promised"),
        BlockKey.ALSO: _("Also worth knowing"),
    }
