"""Notes: written once, never lost, never kept without the patient's consent.

An adjustment is a legal duty and a boundary protects the patient; everything else rests on the consent to keep notes. A
note on a topic named to clinicians only is sealed to them by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from rapportdesk.desk.consent.consents import need_consent
from rapportdesk.desk.note.drafts import Drafts
from rapportdesk.desk.note.text import clean_text
from rapportdesk.desk.note.topics import Topics
from rapportdesk.desk.people.wrong_person import WrongPerson
from rapportdesk.desk.promises.tasks import Tasks
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.explained import Explained
from rapportdesk.model.identity import PatientId, RecordId, TopicHandle, new_id
from rapportdesk.model.note import (
    AdjustmentCategory,
    Audience,
    ConsentBasis,
    Note,
    NoteKind,
    NoteStatus,
    PreferenceArea,
    Source,
)
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission
from rapportdesk.rules.card.life_events import when_it_is
from rapportdesk.rules.promises.due import review_after
from rapportdesk.rules.wording.quick_line import QuickLine, read_line
from rapportdesk.rules.wording.topic_words import topic_name


@dataclass(frozen=True, slots=True)
class Written:
    """What the quick line made: a note, or a promise."""

    note: Note | None = None
    task: Task | None = None


class Notes:
    """What patients want remembered."""

    def __init__(
        self,
        session: Callable[[], Session],
        refresh: Callable[[PatientId], None],
        topics: Topics,
        tasks: Tasks,
        drafts: Drafts,
        colleagues: Callable[[], tuple[str, ...]],
    ) -> None:
        self._session = session
        self._colleagues = colleagues
        self._refresh = refresh
        self._topics = topics
        self._tasks = tasks
        self._drafts = drafts
        self._wrong_person = WrongPerson(refresh, topics)

    def read_line(self, patient_id: PatientId, text: str, kind: NoteKind | None = None) -> QuickLine:
        """Return how the quick line's text is understood for this patient; changes nothing.

        Args:
            patient_id: Whose card it is typed on: topics and people count only when they are on it.
            text: As typed.
            kind: The kind chosen with Alt+1 to 6; None leaves it to the text.
        """
        session = self._session()
        people = session.store.patient(patient_id).people
        topics = self._topics.of(patient_id) if "#" in text else ()
        return read_line(
            text,
            topics=tuple((topic.handle, topic_name(topic.code)) for topic in topics),
            people=people,
            colleagues=self._colleagues() if "@" in text else (),
            today=session.wall_now().date(),
            kind=kind,
        )

    def write_line(
        self, patient_id: PatientId, line: QuickLine, *, audience: Audience = Audience.EVERYONE,
        keep_draft: bool = False,
    ) -> Written:  # fmt: skip
        """Keep what the quick line says, and let go of its draft in the same moment unless `keep_draft` is set.

        A promise that is about a topic which reception may not know of, or not hear about, is sealed to clinicians.

        Raises:
            ConsentNeeded: The patient has not agreed to notes being kept; nothing is written, the draft stays.
            BadInput: There is nothing to keep, or it cannot be kept.
        """
        session = self._session()
        with session.transaction():
            draft = None if keep_draft else self._drafts.of(patient_id)  # before anything is written about them
            if line.promise is not None:
                said = line.promise
                written = Written(
                    task=self._tasks.add(
                        patient_id, said.text, due=said.due, due_time=said.due_time, recurs=said.recurs,
                        owner=said.owner_name, topic=line.topic, audience=audience,
                    )
                )  # fmt: skip
            else:
                written = Written(
                    note=self.write(
                        patient_id, line.text, kind=line.kind, quote=line.quote, topic=line.topic,
                        about_person=line.person or "", audience=audience,
                    )
                )  # fmt: skip
            if draft is not None:
                session.store.delete(draft.id)
        return written

    def write(
        self,
        patient_id: PatientId,
        text: str,
        *,
        kind: NoteKind,
        quote: bool = False,
        topic: TopicHandle | None = None,
        topic_code: str = "",
        audience: Audience = Audience.EVERYONE,
        ask_about: str = "",
        about_person: str = "",
        adjustment: AdjustmentCategory | None = None,
        explained: Explained | None = None,
        understood: str = "",
        acknowledged: str = "",
    ) -> Note:
        """Keep one note.

        Args:
            patient_id: About whom.
            text: What is to be remembered; not empty, at most 20,000 characters.
            kind: The heading it stands under.
            quote: Whether the text is in the person's own words.
            topic: Handle of a topic on the card; or give `topic_code`.
            topic_code: An HL7 sensitivity code, a local code, or the patient's own word.
            audience: `CLINICIANS` seals it to their keys.
            ask_about: What to ask on the next visit.
            about_person: Id of the related person it is about.
            adjustment: The category, for `ADJUSTMENT`.
            explained: In which words it was explained and what came of it, for `EXPLAINED`.
            understood: How well it was understood, in words, likewise.
            acknowledged: How it was acknowledged, for `FEELING_NAMED`.

        Raises:
            BadInput: There is no text, or it cannot be kept.
            ConsentNeeded: The note needs a consent that the patient has not given.
            NotFound: There is no such person.
        """
        session = self._session()
        text = clean_text(text)
        if not text:
            raise BadInput(_("There is nothing to keep yet."))
        boundary = kind is NoteKind.PLEASE_DONT and audience is Audience.EVERYONE
        occurs_on, yearly = when_it_is(kind, text, session.today())
        with session.transaction() if topic_code else session.writing():
            about, new_topic = self._topic(patient_id, topic, topic_code, audience)
            if about is not None and about.name_for is Audience.CLINICIANS:
                audience, boundary = Audience.CLINICIANS, False
            if not boundary and kind is not NoteKind.ADJUSTMENT:
                need_consent(session, patient_id)
            note = Note(
                id=RecordId(new_id()),
                patient=patient_id,
                kind=kind,
                text=text,
                quote=quote,
                source=Source.SAID_BY_PATIENT if quote else Source.OBSERVED_BY_STAFF,
                noted_at=about.recorded_at if about and new_topic else session.now(),
                noted_by=session.viewer.staff,
                noted_by_name=session.viewer.name,
                topic=about.handle if about else None,
                audience=audience,
                basis=_basis(kind, boundary),
                boundary=boundary,
                review_after=review_after(kind, session.today()),
                ask_about=clean_text(ask_about),
                about_person=about_person,
                occurs_on=occurs_on,
                recurs_yearly=yearly,
                adjustment=adjustment,
                explained=explained,
                understood=clean_text(understood),
                acknowledged=clean_text(acknowledged),
            )
            known = session.known(patient_id)  # what is decided about one note depends on no other
            note = session.store.put(note)
            hidden = not session.reception_sees_one(note, known)
            session.record(AuditAction.NOTE_WRITTEN, patient_id, clinicians_only=hidden)
        # The index is told when it is next asked: whoever waits for this waits for the commit alone.
        made = about if new_topic else None
        bare = replace(
            note, text="", ask_about="", occurs_on=None, explained=None, understood="", acknowledged=""
        )  # what is sealed to others does not stay behind in the undoing
        session.can_undo(_("wrote a note"), lambda: self._take_out(session, bare, made))
        return note

    def get(self, note_id: RecordId) -> Note:
        """Return a note that the signed-in person may see now.

        Raises:
            NotFound: It does not exist or may not be seen.
        """
        return self._session().visible_note(note_id)

    def edit(
        self,
        note_id: RecordId,
        *,
        text: str | None = None,
        kind: NoteKind | None = None,
        quote: bool | None = None,
        ask_about: str | None = None,
        about: PreferenceArea | Literal[""] | None = None,
    ) -> Note:
        """Keep a new revision of a note; the old one stays in its history. What is None stays as it was.

        Args:
            note_id: Which note.
            text: Not empty.
            kind: The heading it stands under.
            quote: Whether the text is in the person's own words.
            ask_about: What to ask on the next visit.
            about: What a preference is about; "" for nothing in particular.

        Raises:
            BadInput: The new text is empty or cannot be kept.
            NotFound: The note does not exist or may not be seen.
        """
        session = self._session()
        before = session.visible_note(note_id)
        new_kind = before.kind if kind is None else kind
        after = replace(
            before,
            text=before.text if text is None else clean_text(text),
            kind=new_kind,
            quote=before.quote if quote is None else quote,
            ask_about=before.ask_about if ask_about is None else clean_text(ask_about),
            preference_area=before.preference_area if about is None else about or None,
            boundary=new_kind is NoteKind.PLEASE_DONT and before.audience is Audience.EVERYONE,
        )
        after = replace(after, basis=_basis(after.kind, after.boundary))
        if (after.text, after.kind) != (before.text, before.kind):
            occurs_on, yearly = when_it_is(after.kind, after.text, session.today())
            after = replace(after, occurs_on=occurs_on, recurs_yearly=yearly)
        if not after.text:
            raise BadInput(_("A note cannot be empty."), _("To take it off the card, retire it."))
        if after.basis is ConsentBasis.CONSENT:
            need_consent(session, before.patient)
        return self._change(session, before, after, _("edited a note"))

    def confirm(self, note_id: RecordId) -> Note:
        """Remember that the patient said it again today: its age starts anew.

        Raises:
            NotFound: The note does not exist or may not be seen.
        """
        session = self._session()
        before = session.visible_note(note_id)
        today = session.today()
        after = replace(before, last_confirmed_on=today, review_after=review_after(before.kind, today))
        return self._change(session, before, after, _("confirmed a note"))

    def retire(self, note_id: RecordId) -> Note:
        """Take a note off the card; it stays in the history.

        Raises:
            NotFound: The note does not exist or may not be seen.
        """
        session = self._session()
        before = session.visible_note(note_id)
        return self._change(session, before, replace(before, status=NoteStatus.RETIRED), _("retired a note"))

    def move(self, note_id: RecordId, to_patient: PatientId) -> Note:
        """Move a note that was written on the wrong person; nothing of it stays behind.

        Raises:
            ConsentNeeded: The right person has not agreed to notes being kept.
            NotFound: The note or the person does not exist.
        """
        session = self._session()
        before = session.visible_note(note_id)
        if to_patient == before.patient:
            return before
        if before.basis is ConsentBasis.CONSENT:
            need_consent(session, to_patient)
        return self._wrong_person.move(session, before, to_patient)

    def history(self, note_id: RecordId) -> tuple[Note, ...]:
        """Return the earlier revisions of a note that may be seen, oldest first; recorded as a look at them.

        Raises:
            NotFound: The note does not exist or may not be seen.
        """
        session = self._session()
        note = session.visible_note(note_id)
        hidden = note_id not in session.reception_sees(note.patient)
        session.record(AuditAction.HISTORY_VIEWED, note.patient, clinicians_only=hidden)
        return tuple(each for each in session.store.history(note_id) if isinstance(each, Note))

    def undo(self) -> str:
        """Take back the last change made since sign-in and return what it was called.

        Raises:
            NotFound: There is nothing to take back.
        """
        return self._session().undo()

    def _topic(
        self, patient_id: PatientId, handle: TopicHandle | None, code: str, audience: Audience
    ) -> tuple[TopicPermission | None, bool]:
        """Return the topic a note is about, if any, and whether it was made for it: its name goes no further."""
        if not code:
            return self._topics.by_handle(patient_id, handle), False
        return self._topics.about(patient_id, code, name_for=audience if audience is Audience.CLINICIANS else None)

    def _change(self, session: Session, before: Note, after: Note, words: str) -> Note:
        kept = self._put(session, after)
        session.can_undo(words, lambda: self._put_back(session, before))
        return kept

    def _put(self, session: Session, note: Note) -> Note:
        with session.transaction():
            before = session.reception_sees(note.patient)
            kept = session.store.put(note)
            hidden = note.id not in before | session.reception_sees(note.patient)
            session.record(AuditAction.NOTE_CHANGED, note.patient, clinicians_only=hidden)
        self._refresh(note.patient)
        return kept

    def _put_back(self, session: Session, before: Note) -> None:
        self._put(session, before)

    def _take_out(self, session: Session, note: Note, made: TopicPermission | None) -> None:
        topic = self._topics.made_with(note)
        if (
            topic is None
            and made is not None
            and note.id not in {each.id for each in session.known(note.patient).notes}
        ):
            topic = made  # sealed to clinicians by somebody who cannot read it back
        with session.transaction():
            hidden = note.id not in session.reception_sees(note.patient)
            session.store.delete(note.id)
            session.record(AuditAction.NOTE_CHANGED, note.patient, clinicians_only=hidden)
            if topic is not None:
                self._topics.let_go(topic)
            session.leave_no_bytes()
        self._refresh(note.patient)


def _basis(kind: NoteKind, boundary: bool) -> ConsentBasis:
    if kind is NoteKind.ADJUSTMENT:
        return ConsentBasis.LEGAL_DUTY
    return ConsentBasis.PROTECTION if boundary else ConsentBasis.CONSENT
