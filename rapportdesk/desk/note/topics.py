"""Whether and how a topic may be raised with one patient, and who may even know its name.

A topic named to clinicians only is sealed to them: reception may say so and cannot read it back.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.consent.consent_giver import related_person
from rapportdesk.desk.consent.consents import need_consent
from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.rights.rights_events import hold_for
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId, TopicHandle, new_id
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.task import Task
from rapportdesk.model.topic import Asking, Permission, TopicPermission, default_name_for
from rapportdesk.rules.consent.asked import all_askings, asked_words, without_askings
from rapportdesk.rules.wording.topic_words import asking_suggestions, topic_names

_NOT_FOR_THE_DESK = frozenset({Permission.CLINICIAN_ONLY, Permission.PRIVATE_ROOM, Permission.NOT_IN_FRONT_OF})


class Topics:
    """What may be talked about."""

    def __init__(self, session: Callable[[], Session], refresh: Callable[[PatientId], None]) -> None:
        self._session = session
        self._refresh = refresh

    def of(self, patient_id: PatientId) -> tuple[TopicPermission, ...]:
        """Return the topics whose names the signed-in person may know now, each once."""
        session = self._session()
        topics = session.seen(session.known(patient_id)).topics
        return tuple({topic.code.casefold(): topic for topic in topics}.values())

    def choices(self) -> dict[str, str]:
        """Return every topic there is by code, with its plain words, those of everyday first."""
        return topic_names()

    def suggestions(self, code: str) -> tuple[str, ...]:
        """Return ways to ask about a topic in the language in use, the usual one first; empty for no topic."""
        code = clean_line(code)
        return asking_suggestions(code) if code else ()

    def asked(self, patient_id: PatientId) -> dict[str, tuple[str, ...]]:
        """Return for each topic, by its code, what was asked: "asked 3 March by Dr Osei: not today", newest first.

        Only answers that the signed-in person may hear are among them.
        """
        now = self._session().local_now()
        return {
            topic.code: tuple(asked_words(asking, now) for asking in reversed(all_askings(topic.askings)))
            for topic in self.of(patient_id)
            if topic.askings
        }

    def set(
        self,
        patient_id: PatientId,
        code: str,
        permission: Permission,
        *,
        name_for: Audience | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        person: str = "",
        asking_sentence: str = "",
        said_by: str = "",
        answer: str = "",
    ) -> TopicPermission:
        """Say how a topic may be raised from now on.

        Args:
            patient_id: With whom.
            code: An HL7 sensitivity code, a local code, or the patient's own word.
            permission: How it may be raised.
            name_for: Who may know the topic's name; None keeps what was said before, or the topic's default.
            since: The first local date on which it holds, before which it is asked first; None is today.
            until: The last local date on which it holds; afterwards it is asked first.
            person: The related person (id or name), for `NOT_IN_FRONT_OF` alone.
            asking_sentence: Words to ask with; empty for the usual ones.
            said_by: Who said so; empty for the patient.
            answer: What was answered when it was asked about just now; empty when it was not. Whoever may not read the
                topic back can say it only here.

        Raises:
            BadInput: "Not in front of" without a person, or a person with anything else; an empty topic; an end that
                lies before the beginning.
            ConsentNeeded: The patient has not agreed to notes being kept; a topic rests on that as they do.
            NotFound: There is no such patient or related person.
        """
        session = self._session()
        code = clean_line(code)
        if not code:
            raise BadInput(_("Which topic is it about?"))
        if (permission is Permission.NOT_IN_FRONT_OF) != bool(person):
            raise BadInput(_("“Not in front of” needs a person, and only “not in front of” does."))
        since = since or session.today()
        if until is not None and until < since:
            raise BadInput(_("It ends before it begins."), _("Change one of the two days."))
        need_consent(session, patient_id)
        person_id = related_person(session.store.patient(patient_id).people, person).id if person else ""
        before = self.find(patient_id, code)
        topic = TopicPermission(
            id=before.id if before else RecordId(new_id()),
            patient=patient_id,
            handle=before.handle if before else TopicHandle(new_id()),
            code=before.code if before else code,
            permission=permission,
            name_for=name_for or (before.name_for if before else default_name_for(code)),
            person=person_id,
            said_by=clean_line(said_by),
            asking_sentence=clean_line(asking_sentence),
            valid_from=since,
            valid_until=until,
            recorded_at=session.now(),
            recorded_by=session.viewer.staff,
            recorded_by_name=session.viewer.name,
            askings=all_askings(before.askings if before else (), _asked(session, answer)),
        )
        self._keep(session, topic)
        return self._as_shown(topic)

    def find(self, patient_id: PatientId, code: str) -> TopicPermission | None:
        """Return what this person's keys open about one topic, or None."""
        topics = self._session().known(patient_id).topics
        return next((topic for topic in topics if topic.code.casefold() == code.casefold()), None)

    def about(
        self, patient_id: PatientId, code: str, *, name_for: Audience | None = None
    ) -> tuple[TopicPermission, bool]:
        """Return the topic that a note is to be about, and whether it was new and is now kept without a permission.

        Args:
            patient_id: Whose topic.
            code: As for `set`.
            name_for: Who may know a new topic's name; None is the topic's default.
        """
        found = self.find(patient_id, code)
        if found is not None:
            return found, False
        session = self._session()
        code = clean_line(code)
        topic = TopicPermission(
            id=RecordId(new_id()), patient=patient_id, handle=TopicHandle(new_id()), code=code, permission=None,
            name_for=name_for or default_name_for(code), recorded_at=session.now(),
            recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name,
        )  # fmt: skip
        self._keep(session, topic)
        return topic, True

    def by_handle(self, patient_id: PatientId, handle: TopicHandle | None) -> TopicPermission | None:
        """Return what this person's keys open about the topic of a note, or None."""
        return next((each for each in self._session().known(patient_id).topics if each.handle == handle), None)

    def made_with(self, note: Note) -> TopicPermission | None:
        """Return the topic that was kept for this note alone: in the same moment, and nothing was said of it since."""
        things = self._session().store.things(note.patient)
        if any(isinstance(each, Note | Task) and each.topic == note.topic and each.id != note.id for each in things):
            return None
        topics = (each for each in things if isinstance(each, TopicPermission) and each.handle == note.topic)
        return next((each for each in topics if _says_nothing(each) and each.recorded_at == note.noted_at), None)

    def let_go(self, topic: TopicPermission) -> None:
        """Take out a topic that was kept for one note, with the note."""
        session = self._session()
        with session.transaction():
            before = session.reception_sees(topic.patient)
            session.store.delete(topic.id)
            _record(session, topic, before)

    def keep_again(self, topic: TopicPermission) -> None:
        """Put back what was let go of."""
        self._keep(self._session(), replace(topic, id=RecordId(new_id())))

    def log_asking(self, patient_id: PatientId, code: str, answer: str) -> TopicPermission:
        """Remember that the topic was asked about and what was said, so that nobody asks twice in a day.

        Raises:
            NotFound: The patient has no such topic, or none that this person may know of now.
        """
        session = self._session()
        topic = self.find(patient_id, code)
        seen = session.seen(session.known(patient_id))
        may_know = {each.id for each in seen.topics} | seen.veiled_records
        if topic is None or topic.id not in may_know:
            raise NotFound(_("That topic is not on the card."))
        topic = replace(topic, askings=all_askings(topic.askings, _asked(session, answer)))
        with session.transaction():
            self._put(session, topic)
            _record(session, topic, session.reception_hears(patient_id))
        self._refresh(patient_id)
        return self._as_shown(topic)

    def _as_shown(self, topic: TopicPermission) -> TopicPermission:
        """Return a topic that was kept, without what was answered to a clinician and is not for the desk to hear."""
        if self._session().viewer.is_clinician:
            return topic
        return next((each for each in self.of(topic.patient) if each.id == topic.id), without_askings(topic))

    def _keep(self, session: Session, topic: TopicPermission) -> None:
        with session.transaction():
            before = session.reception_sees(topic.patient)
            self._put(session, topic)
            _record(session, topic, before | session.reception_sees(topic.patient))
        self._refresh(topic.patient)

    def _put(self, session: Session, topic: TopicPermission) -> None:
        session.store.put(topic)
        if topic.name_for is Audience.CLINICIANS:
            _seal_what_is_open(session, topic)


def keeps_from_reception(topic: TopicPermission) -> bool:
    """Whether what is said about the topic is not for the desk, always or while the patient is not alone."""
    return topic.name_for is Audience.CLINICIANS or topic.permission in _NOT_FOR_THE_DESK


def seal_note(session: Session, note: Note) -> Note:
    """Keep a note that everybody could read for clinicians alone, and leave no earlier revision.

    What was done before cannot be taken back then: it would bring an open note back.
    """
    session.cannot_undo()
    session.leave_no_bytes()
    session.store.delete(note.id)
    sealed = replace(note, id=RecordId(new_id()), audience=Audience.CLINICIANS, boundary=False)
    hold_for(session, note.id, sealed)
    return session.store.put(sealed)


def seal_task(session: Session, task: Task) -> Task:
    """Keep a promise that everybody could read for clinicians alone; what was done before cannot be taken back then."""
    session.cannot_undo()
    session.leave_no_bytes()
    session.store.delete(task.id)
    sealed = replace(task, id=RecordId(new_id()), audience=Audience.CLINICIANS)
    hold_for(session, task.id, sealed)
    kept: Task = session.store.put(sealed)
    return kept


def _seal_what_is_open(session: Session, topic: TopicPermission) -> None:
    """Seal what everybody could read on a topic that is named to clinicians only, under whichever handle.

    Reception, which cannot read the name back, may have made another handle for it.
    """
    session.cannot_undo()
    known = session.known(topic.patient)
    same = [each for each in known.topics if each.code.casefold() == topic.code.casefold()]
    for other in same:
        if other.id != topic.id:
            session.store.put(replace(other, name_for=Audience.CLINICIANS))
    handles = {each.handle for each in (topic, *same)}
    for note in known.notes:
        if note.topic in handles and note.audience is Audience.EVERYONE:
            seal_note(session, note)
    for task in known.tasks:
        if task.topic in handles and task.audience is Audience.EVERYONE:
            seal_task(session, task)


def _asked(session: Session, answer: str) -> tuple[Asking, ...]:
    said = clean_line(answer)
    viewer = session.viewer
    asking = Asking(asked_at=session.now(), asked_by=viewer.staff, asked_by_name=viewer.name, answer=said)
    return (asking,) if said else ()


def _says_nothing(topic: TopicPermission) -> bool:
    return topic.permission is None and not topic.askings


def _record(session: Session, topic: TopicPermission, reception_sees: frozenset[RecordId]) -> None:
    session.record(AuditAction.TOPIC_SET, topic.patient, clinicians_only=topic.id not in reception_sees)
