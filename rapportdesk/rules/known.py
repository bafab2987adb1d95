"""What was opened about one patient, before anybody may see it, and the facts that a decision may depend on.

Only facts leave this module towards the table: no text, name or code ever does.
"""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.communication import Communication
from rapportdesk.model.company import Companions
from rapportdesk.model.consent import ConsentEvent, Covers
from rapportdesk.model.identity import RecordId, TopicHandle
from rapportdesk.model.note import Audience, Note, NoteKind, NoteStatus
from rapportdesk.model.patient import Patient
from rapportdesk.model.question import QuestionAsked
from rapportdesk.model.rights import RightsEvent
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.task import OPEN_TASK_STATUSES, Task
from rapportdesk.model.topic import TopicPermission
from rapportdesk.rules.consent.consent_state import consent_moment, keep_state, state
from rapportdesk.rules.rights.rights_state import not_used
from rapportdesk.rules.rows import Facts, Thing

Company = frozenset[str] | None
"""Ids of the related persons who are with the patient: empty is alone, None is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that a session's keys open about one patient."""

    patient: Patient
    notes: tuple[Note, ...] = ()
    consents: tuple[ConsentEvent, ...] = ()
    topics: tuple[TopicPermission, ...] = ()
    tasks: tuple[Task, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    questions: tuple[QuestionAsked, ...] = ()
    companions: tuple[Companions, ...] = ()
    briefs_read: tuple[BriefRead, ...] = ()
    communications: tuple[Communication, ...] = ()
    rights: tuple[RightsEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a patient's consents and topics stand at one moment, in one company.

    Attributes:
        now: The recorded clock in the practice's zone; never before the newest consent.
        clock: The recorded clock as it was handed in, before which no agreement begins.
        resting: Everything is kept and not used, as the patient asked.
        resting_notes: These notes are.
    """

    known: Known
    now: dt.datetime
    clock: dt.datetime
    keep: KeepConsent
    shared: bool
    emergency: bool
    alone: bool
    guardian_until: int
    resting: bool = False
    resting_notes: frozenset[RecordId] = frozenset()

    @classmethod
    def of(
        cls, known: Known, company: Company, now: dt.datetime, *, emergency: bool, guardian_until: int
    ) -> "Standing":
        """Return the standing at `now`, the recorded clock in the practice's zone."""
        moment = consent_moment(known.consents, now)
        today = moment.date()
        resting, resting_notes = not_used(known.rights, today)
        share = state(
            known.consents,
            Covers.SHARE_WITH_CLINICIANS,
            known.patient,
            today,
            guardian_until=guardian_until,
            clock=now,
        )
        return cls(
            known=known,
            now=moment,
            clock=now,
            keep=keep_state(known.consents, known.patient, today, guardian_until=guardian_until, clock=now),
            shared=share is KeepConsent.AGREED,
            emergency=emergency,
            alone=company is not None and not company,
            guardian_until=guardian_until,
            resting=resting,
            resting_notes=resting_notes,
        )

    @property
    def today(self) -> dt.date:
        """The local date that consents and periods follow."""
        return self.now.date()

    def people_in(self, *states: KeepConsent) -> frozenset[str]:
        """Return the ids of the related persons for whom the consent to talk with them stands in one of `states`."""
        return frozenset(person.id for person in self.known.patient.people if self._talk_with(person.id) in states)

    def agreed_to(self, covers: Covers) -> bool:
        """Return whether the patient agrees to one purpose now; talking with somebody has no answer of its own."""
        stands = state(
            self.known.consents,
            covers,
            self.known.patient,
            self.today,
            guardian_until=self.guardian_until,
            clock=self.clock,
        )
        return stands is KeepConsent.AGREED

    def facts(self, thing: Note | Task | TopicPermission) -> Facts:
        """Return what the table may know of one thing."""
        if isinstance(thing, Note):
            return self._note_facts(thing)
        if isinstance(thing, Task):
            current = thing.status in OPEN_TASK_STATUSES and not self.known.patient.deceased and not self.resting
            topics = self.topics_of(thing.topic)
            return self._facts(Thing.PROMISE, thing.audience, current=current, handle=thing.topic, topics=topics)
        return self._facts(Thing.TOPIC, thing.name_for, current=not self.resting, handle=thing.handle, topics=(thing,))

    def facts_of_plain_note(self) -> Facts:
        """Return what the table may know of a note that is for everyone and has no topic."""
        return self._facts(Thing.NOTE, Audience.EVERYONE, current=not self.resting)

    def facts_about(self, topic: TopicPermission) -> Facts:
        """Return what the table may know of a note about `topic` that is for whoever may know the topic's name."""
        return self._facts(Thing.NOTE, topic.name_for, current=not self.resting, handle=topic.handle, topics=(topic,))

    def topics_of(self, handle: TopicHandle | None) -> tuple[TopicPermission, ...]:
        """Return what is known of the topic that a note refers to."""
        if handle is None:
            return ()
        return tuple(topic for topic in self.known.topics if topic.handle == handle)

    def _talk_with(self, person: str) -> KeepConsent:
        return state(
            self.known.consents,
            Covers.TALK_WITH,
            self.known.patient,
            self.today,
            person=person,
            guardian_until=self.guardian_until,
            clock=self.clock,
        )

    def _note_facts(self, note: Note) -> Facts:
        thing = (
            Thing.ADJUSTMENT if note.kind is NoteKind.ADJUSTMENT else Thing.BOUNDARY if note.boundary else Thing.NOTE
        )
        return self._facts(
            thing,
            note.audience,
            current=note.status is NoteStatus.ACTIVE and not self._rests(note, thing),
            handle=note.topic,
            topics=self.topics_of(note.topic),
            past_review=note.review_after is not None and note.review_after <= self.today,
        )

    def _rests(self, note: Note, thing: Thing) -> bool:
        return note.id in self.resting_notes or (self.resting and thing is Thing.NOTE)

    def _facts(
        self,
        thing: Thing,
        audience: Audience,
        *,
        current: bool = True,
        handle: TopicHandle | None = None,
        topics: tuple[TopicPermission, ...] = (),
        past_review: bool = False,
    ) -> Facts:
        names = {topic.name_for for topic in topics}
        return Facts(
            thing=thing,
            current=current,
            keep=self.keep,
            shared=self.shared,
            emergency=self.emergency,
            audience=audience,
            has_topic=handle is not None,
            named_to=Audience.CLINICIANS if Audience.CLINICIANS in names else Audience.EVERYONE if names else None,
            permissions=frozenset(topic.permission for topic in topics),
            in_period=all(self._in_period(topic) for topic in topics),
            alone=self.alone,
            past_review=past_review,
        )

    def _in_period(self, topic: TopicPermission) -> bool:
        begun = topic.valid_from is None or topic.valid_from <= self.today
        return begun and (topic.valid_until is None or self.today <= topic.valid_until)
