"""One pure function decides who sees what; nothing reaches a screen, a page or a line of output except through it.

The written table is `visibility_table.md`, the coded one `rows.py`. What the design's table leaves open is decided by
"deny by default, the most restrictive row wins":

- Boundaries and adjustments need no consent, so they are outside the row on sharing with clinicians too: a boundary's
  text may be known to everyone, and an adjustment is a legal duty of everyone who meets the patient.
- "No active consent" is every state but agreed: not asked, refused, expired, somebody else without authority in force,
  and a guardian's consent that rests since the young person came of age (also when their age is not known).
- Outside its period a permission grants no more than asking first, and still restricts whatever it restricted.
- "Clinician only" and "private room only" hide what is said about the topic from reception and veil it from a clinician
  unless they are alone with the patient. The topic's own line stays visible where its name is for everyone: the desk
  has to know whom to leave it to.
- "Not in front of" somebody veils in any company, since veiling in theirs alone would name them.
- A note whose topic is not known (reception cannot read the names sealed to clinicians) counts as named to clinicians.
- Permissions are not a ladder: "do not raise" shows as a please-don't what "private room only" hides from reception, as
  the design's own rows do. Restricting in the sense of monotonicity is: welcome to ask first to any other.
- What was answered when a topic was asked about is said about it: the log of askings follows the rows of a note on it.
- Somebody who is not a clinician is reception; somebody without any role sees nothing. Promises rest on consent like
  notes, are seen like a note on the same topic, and stop when the patient has died.
- Contact safety stands on the card outside the table, for everybody with a role.
- That there was a call or a message is read like an appointment; who else spoke, and its words, like a plain note.

Emergency access lifts the row on sharing alone. Opening lifts a veil and never shows what is hidden. Time, company and
what was opened are arguments; a clock behind the newest consent counts as that consent's moment for all that ends, so
that running it backwards revives nothing. An agreement begins by the clock itself or on the day of its own recording,
never by another consent's moment: saying no to one thing starts nothing else.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.communication import Communication, bare
from rapportdesk.model.consent import Covers
from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.staff import Viewer
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission
from rapportdesk.rules.consent.asked import how_to_ask, without_askings
from rapportdesk.rules.consent.consent_state import GUARDIAN_UNTIL
from rapportdesk.rules.known import Company, Known, Standing
from rapportdesk.rules.rights.rights_state import disputed
from rapportdesk.rules.rows import ROWS, Reason, Row, Verdict, rule

__all__ = ["Company", "Decision", "Known", "Reason", "Seen", "SeenNote", "SeenTopic", "Verdict", "decide", "see"]

_T = TypeVar("_T", Note, Task, TopicPermission)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one viewer gets of one thing.

    Attributes:
        reason: The row that decided.
        asking_sentence: How to ask before raising it, or that it was asked today and what was said; empty when nothing
            needs asking, and for all that is not shown.
        confirm: It is past its review date: "confirm before mentioning".
        as_please_dont: It is shown as a please-don't.
    """

    verdict: Verdict
    reason: Reason
    asking_sentence: str = ""
    confirm: bool = False
    as_please_dont: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenNote:
    """A note that may be read, and how.

    Attributes:
        disputed: What the patient says is wrong with it; empty when they say nothing of the kind.
    """

    note: Note
    decision: Decision
    disputed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTopic:
    """A topic whose name may be read, and how it may be raised; its askings where the answers may be heard."""

    topic: TopicPermission
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one viewer may be shown of one patient. Nothing hidden has a trace here.

    Attributes:
        keep: Where the consent to keep notes stands.
        veiled: Something waits for the clinician to open it; never for reception.
        veiled_records: Ids of what waits, for opening it; never shown, not even their number.
        people: The related persons whose lines may be read: all where a plain note may be, else only who is barred.
        may_hear: Ids of the related persons whom the patient agreed to talking with.
        barred_from_hearing: Ids of those about whom the patient said no, or took back a yes.
        communications: Calls and messages; who else spoke, and the words, only where a plain note may be read.
        agreed: The purposes the patient agrees to now, but for talking with somebody.
    """

    patient: Patient
    keep: KeepConsent
    notes: tuple[SeenNote, ...] = ()
    subjects: tuple[SeenTopic, ...] = ()
    tasks: tuple[Task, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    people: tuple[RelatedPerson, ...] = ()
    may_hear: frozenset[str] = frozenset()
    barred_from_hearing: frozenset[str] = frozenset()
    communications: tuple[Communication, ...] = ()
    agreed: frozenset[Covers] = frozenset()
    veiled: bool = False
    veiled_records: frozenset[RecordId] = frozenset()

    @property
    def topics(self) -> tuple[TopicPermission, ...]:
        """The topics whose names may be read."""
        return tuple(each.topic for each in self.subjects)


def decide(
    thing: Note | Task | TopicPermission,
    known: Known,
    viewer: Viewer,
    company: Company,
    now: dt.datetime,
    *,
    opened: frozenset[RecordId] = frozenset(),
    emergency: bool = False,
    guardian_until: int = GUARDIAN_UNTIL,
    rows: Sequence[Row] = ROWS,
) -> Decision:
    """Return what `viewer` gets of one thing of the patient, and why; the arguments are those of `see`."""
    standing = Standing.of(known, company, now, emergency=emergency, guardian_until=guardian_until)
    return _decide(thing, standing, viewer, opened, rows)


def see(
    known: Known,
    viewer: Viewer,
    company: Company,
    now: dt.datetime,
    opened: frozenset[RecordId] = frozenset(),
    emergency: bool = False,
    *,
    guardian_until: int = GUARDIAN_UNTIL,
    rows: Sequence[Row] = ROWS,
) -> Seen:
    """Return what one viewer may be shown of one patient now.

    Args:
        known: Everything the viewer's keys open about the patient.
        viewer: Who is looking.
        company: Who is with the patient.
        now: The recorded clock in the practice's zone, aware.
        opened: Ids that a clinician has pressed to open; without effect for anybody else.
        emergency: A clinician broke the glass; lifts the missing consent to share, nothing else.
        guardian_until: The age at which a parent's consent ends.
        rows: The table; another one is for tests alone.
    """
    standing = Standing.of(known, company, now, emergency=emergency, guardian_until=guardian_until)
    if not viewer.roles:
        return Seen(patient=known.patient, keep=standing.keep)

    def decided(things: Iterable[_T]) -> list[tuple[_T, Decision]]:
        own = (thing for thing in things if thing.patient == known.patient.id)
        return [(thing, _decide(thing, standing, viewer, opened, rows)) for thing in own]

    notes, topics, tasks = decided(known.notes), decided(known.topics), decided(known.tasks)
    wrong = disputed(known.rights)
    waiting = _veiled(notes) | _veiled(topics) | _veiled(tasks)
    return Seen(
        patient=known.patient,
        keep=standing.keep,
        notes=tuple(
            SeenNote(note=note, decision=made, disputed=wrong.get(note.id, ""))
            for note, made in notes
            if made.verdict is Verdict.SHOW
        ),
        subjects=tuple(
            SeenTopic(topic=_as_heard(topic, standing, viewer, opened, rows), decision=made)
            for topic, made in topics
            if made.verdict is Verdict.SHOW
        ),
        tasks=tuple(task for task, made in tasks if made.verdict is Verdict.SHOW),
        appointments=known.appointments,
        people=_people(standing, viewer, rows),
        may_hear=standing.people_in(KeepConsent.AGREED),
        barred_from_hearing=standing.people_in(KeepConsent.REFUSED, KeepConsent.WITHDRAWN),
        communications=_communications(standing, viewer, rows),
        agreed=frozenset(covers for covers in Covers if standing.agreed_to(covers)),
        veiled=bool(waiting),
        veiled_records=waiting,
    )


def _people(standing: Standing, viewer: Viewer, rows: Sequence[Row]) -> tuple[RelatedPerson, ...]:
    """Return whose lines may be read: what people may hear was said as notes are, and goes no further than they do."""
    everybody = _reads_plain_notes(standing, viewer, rows)
    return tuple(
        person for person in standing.known.patient.people if everybody or person.authority is Authority.BARRED
    )


def _communications(standing: Standing, viewer: Viewer, rows: Sequence[Row]) -> tuple[Communication, ...]:
    whole = _reads_plain_notes(standing, viewer, rows)
    return tuple(each if whole else bare(each) for each in standing.known.communications)


def _reads_plain_notes(standing: Standing, viewer: Viewer, rows: Sequence[Row]) -> bool:
    facts = standing.facts_of_plain_note()
    return rule(facts, clinician=viewer.is_clinician, rows=rows).verdict is Verdict.SHOW


def _veiled(decided: Iterable[tuple[_T, Decision]]) -> frozenset[RecordId]:
    return frozenset(thing.id for thing, decision in decided if decision.verdict is Verdict.VEIL)


def _decide(
    thing: Note | Task | TopicPermission,
    standing: Standing,
    viewer: Viewer,
    opened: frozenset[RecordId],
    rows: Sequence[Row],
) -> Decision:
    if not viewer.roles or thing.patient != standing.known.patient.id:
        return Decision(verdict=Verdict.HIDE, reason=Reason.NO_ROLE)
    facts = standing.facts(thing)
    ruling = rule(facts, clinician=viewer.is_clinician, opened=thing.id in opened, rows=rows)
    topics = (thing,) if isinstance(thing, TopicPermission) else standing.topics_of(thing.topic)
    return Decision(
        verdict=ruling.verdict,
        reason=ruling.reason,
        asking_sentence=how_to_ask(_as_heard(topics[0], standing, viewer, opened, rows), standing.now)
        if ruling.ask
        else "",
        confirm=ruling.confirm,
        as_please_dont=ruling.please_dont,
    )


def _as_heard(
    topic: TopicPermission, standing: Standing, viewer: Viewer, opened: frozenset[RecordId], rows: Sequence[Row]
) -> TopicPermission:
    """Return the topic with its log of askings only where a note about it might be read: an answer says as much."""
    facts = standing.facts_about(topic)
    verdict = rule(facts, clinician=viewer.is_clinician, opened=topic.id in opened, rows=rows).verdict
    return topic if verdict is Verdict.SHOW else without_askings(topic)
