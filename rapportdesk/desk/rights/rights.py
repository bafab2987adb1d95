"""What patients ask to be done with their data: to put it right, to have it rest, to object; and a law's own hold.

What rests is kept and not used, and gone from every screen at once.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rapportdesk.desk.backup.erased_lists import tell_every_folder, will_tell
from rapportdesk.desk.note.notes import Notes
from rapportdesk.desk.rights.rights_events import needed, new_event, one_line, put_event, record_event
from rapportdesk.desk.session import Session
from rapportdesk.errors import NotAllowed, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.rights import Right, RightsEvent, RightsStatus
from rapportdesk.model.staff import Role
from rapportdesk.rules.rights.rights_state import legal_hold, standing
from rapportdesk.store.file.vault_file import VaultFile


class Rights:
    """Requests about one's own data, but for knowing it."""

    def __init__(
        self, session: Callable[[], Session], refresh: Callable[[PatientId], None], notes: Notes, file: VaultFile
    ) -> None:
        self._session, self._file = session, file
        self._refresh = refresh
        self._notes = notes

    def of(self, patient_id: PatientId) -> tuple[RightsEvent, ...]:
        """Return what was asked and decided that this person may know of, newest first; NotFound as elsewhere."""
        session = self._session()
        known = session.known(patient_id)
        seen = session.seen_unopened(replace(known, rights=()))
        notes = {each.note.id for each in seen.notes}
        mine = [each for each in known.rights if each.about is None or each.about in notes]
        return tuple(sorted(mine, key=lambda each: (each.recorded_at, each.id), reverse=True))

    def standing(self, patient_id: PatientId) -> tuple[RightsEvent, ...]:
        """Return those of `of` that nothing has answered or ended yet, oldest first."""
        return standing(self.of(patient_id))

    def listed_notes(self, patient_id: PatientId) -> tuple[tuple[RecordId, str], ...]:
        """Return id and text of the notes that something can be asked about now, by what they say.

        Raises:
            NotFound: There is no such patient.
        """
        session = self._session()
        seen = (each.note for each in session.seen(session.known(patient_id)).notes)
        return tuple((each.id, each.text) for each in sorted(seen, key=lambda each: (each.text, each.id)))

    def restrict(self, patient_id: PatientId, reason: str, *, note_id: RecordId | None = None) -> RightsEvent:
        """Have a note, or everything but what protects the patient, be kept and not used (GDPR art. 18).

        Args:
            patient_id: About whom.
            reason: Why, in their words.
            note_id: Which note; None for everything.

        Raises:
            NotFound: There is no such patient, or the note may not be seen.
        """
        return self._begin(patient_id, Right.RESTRICTION, RightsStatus.ACTIVE, reason, note_id)

    def object_to(self, patient_id: PatientId, reason: str, *, note_id: RecordId | None = None) -> RightsEvent:
        """Record that a patient objects (GDPR art. 21): it rests until a manager has decided; arguments as above."""
        return self._begin(patient_id, Right.OBJECTION, RightsStatus.REQUESTED, reason, note_id)

    def dispute(self, note_id: RecordId, statement: str) -> RightsEvent:
        """Keep beside a note what the patient says is wrong with it; the note itself stays as it was noted.

        Raises:
            BadInput: Nothing is said.
            NotFound: The note may not be seen.
        """
        note = self._session().visible_note(note_id)
        return self._begin(note.patient, Right.RECTIFICATION, RightsStatus.REJECTED, needed(statement), note_id)

    def correct(self, note_id: RecordId, text: str, reason: str = "") -> Note:
        """Put a note right as the patient asked (GDPR art. 16); what it said before stays in its history.

        Raises:
            BadInput: The new text is empty or cannot be kept.
            NotFound: The note may not be seen.
        """
        session = self._session()
        with session.transaction():
            note = self._notes.edit(note_id, text=text)
            self._begin(note.patient, Right.RECTIFICATION, RightsStatus.COMPLETED, reason, note_id)
        return note

    def end(self, event_id: RecordId) -> RightsEvent:
        """End a restriction, because the patient says so; a legal hold is a manager's to end.

        Raises:
            NotAllowed: It is a legal hold, and the signed-in person is no manager.
            NotFound: It does not hold any more, or this person may not know of it.
        """
        session = self._session()
        event = self._one(session, event_id, Right.RESTRICTION, Right.LEGAL_HOLD)
        if event.right is Right.LEGAL_HOLD:
            session.require(Role.MANAGER)
        return self._follow(session, event, RightsStatus.ENDED, "")

    def decide(self, event_id: RecordId, *, upheld: bool, reason: str = "") -> RightsEvent:
        """Decide about an objection: upheld, its note is erased, or everything rests; else it is used again.

        Args:
            event_id: The objection.
            upheld: The patient is right.
            reason: The grounds for going on; needed where it is not upheld.

        Raises:
            BadInput: It is not upheld, and no grounds are given.
            NotAllowed: The signed-in person is no manager; or a note would be erased that a law says is kept.
            NotFound: It was decided already.
        """
        session = self._session()
        session.require(Role.MANAGER)
        event = self._one(session, event_id, Right.OBJECTION)
        words = one_line(reason) if upheld else needed(reason)
        if upheld and event.about is not None:
            _refuse_where_held(session, event.patient)
        with session.transaction():
            kept = self._follow(
                session, event, RightsStatus.COMPLETED if upheld else RightsStatus.REJECTED, words
            )  # fmt: skip
            if upheld and event.about is not None:
                session.store.delete(event.about)
                will_tell(session.store)
                session.cannot_undo()
                session.leave_no_bytes(erased=True)
            elif upheld:
                self._begin(event.patient, Right.RESTRICTION, RightsStatus.ACTIVE, words, None)
        if upheld and event.about is not None:
            tell_every_folder(session, self._file)
        self._refresh(event.patient)
        return kept

    def hold(self, patient_id: PatientId, reason: str, until: date | None = None) -> RightsEvent:
        """Forbid erasing anything about a patient, because a law says so, until that is ended.

        Args:
            patient_id: About whom.
            reason: Which law or court; whoever asks for erasure is told.
            until: The last day, if there is one.

        Raises:
            BadInput: No reason is given.
            NotAllowed: The signed-in person is no manager.
            NotFound: There is no such patient.
        """
        session = self._session()
        session.require(Role.MANAGER)
        session.store.patient(patient_id)
        event = new_event(
            session, patient_id, Right.LEGAL_HOLD, RightsStatus.ACTIVE, reason=needed(reason), until=until
        )
        return put_event(session, event)

    def _begin(
        self, patient_id: PatientId, right: Right, status: RightsStatus, reason: str, note_id: RecordId | None
    ) -> RightsEvent:
        session = self._session()
        known = session.known(patient_id)
        audience, told = Audience.EVERYONE, True
        if note_id is not None:
            note = session.visible_note(note_id)
            if note.patient != known.patient.id:
                raise NotFound(_("That is no longer there."))
            # Sealed as its note is: whoever's keys open a note have to know that it rests, though it is hidden now.
            audience, told = note.audience, note_id in session.reception_sees(known.patient.id)
        event = new_event(
            session, known.patient.id, right, status, about=note_id, reason=one_line(reason), audience=audience
        )
        kept = put_event(session, event, clinicians_only=not told)
        self._refresh(known.patient.id)
        return kept

    def _follow(self, session: Session, event: RightsEvent, status: RightsStatus, reason: str) -> RightsEvent:
        following = new_event(
            session, event.patient, event.right, status, about=event.about, follows=event.id, reason=reason,
            audience=event.audience,
        )  # fmt: skip
        with session.transaction():
            kept = session.store.put(following)
            # Asked once it does not rest any more: of what rests reception sees nothing either way.
            told = event.about is None or event.about in session.reception_sees(event.patient)
            record_event(session, kept, clinicians_only=not told)
        self._refresh(event.patient)
        return kept

    def _one(self, session: Session, event_id: RecordId, *rights: Right) -> RightsEvent:
        thing = session.store.thing(event_id)
        if isinstance(thing, RightsEvent) and thing.right in rights and thing in self.standing(thing.patient):
            return thing
        raise NotFound(_("That is no longer there."))


def _refuse_where_held(session: Session, patient_id: PatientId) -> None:
    """Refuse to erase what a law says is kept; what was objected to rests until that is over."""
    hold = legal_hold(session.known(patient_id).rights, session.day_for_erasing())
    if hold is not None:
        session.record(AuditAction.REFUSED, patient_id, why="legal hold", outcome=Outcome.FAILURE)
        raise NotAllowed(
            _("This has to be kept by law: {reason}").format(reason=hold.reason),
            _("A manager lifts that first, when it is over."),
        )
