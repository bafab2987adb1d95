"""What patients took back is hidden at once, listed until the days to undo it are over, and then erased for good.

A manager erases what their keys open. What is sealed to clinicians is erased at the next clinician's sign-in, who can
tell it from what has to stay; a manager never learns whether there was any.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from rapportdesk.desk.backup.erased_lists import tell_every_folder, will_tell
from rapportdesk.desk.rights.rights_events import hold_for
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotAllowed, NotFound, Tampered
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.communication import bare
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, InactiveReason
from rapportdesk.model.consent_shown import Withdrawn
from rapportdesk.model.draft import Draft, FormDraft
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Audience, Note
from rapportdesk.model.staff import Role
from rapportdesk.model.task import Task
from rapportdesk.model.topic import TopicPermission
from rapportdesk.rules.consent.consent_erasure import resting_on_consent, stays, withdrawn
from rapportdesk.rules.known import Known
from rapportdesk.rules.rights.rights_state import legal_hold
from rapportdesk.store.file.vault_file import VaultFile

WAITING = "erase-for-clinicians"
"""The setting that holds, as JSON, whose notes sealed to clinicians are still to be erased, and up to which moment."""


_Resting = Note | Task | TopicPermission | BriefRead


class Erasures:
    """The manager's list of what is to be erased."""

    def __init__(self, session: Callable[[], Session], refresh: Callable[[PatientId], None], file: VaultFile) -> None:
        self._session = session
        self._refresh = refresh
        self._file = file

    def listed(self) -> tuple[Withdrawn, ...]:
        """Return everybody whose notes are hidden because they took their consent back, the first to be erased first.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        found = [self.of(patient) for patient in session.index.consents(said_no=True)]
        return tuple(sorted((each for each in found if each), key=lambda each: (each.until, each.patient.id)))

    def of(self, patient_id: PatientId) -> Withdrawn | None:
        """Return what is to be erased of one patient and when; None when nothing is.

        Raises:
            NotFound: There is no such person.
        """
        return _withdrawn(self._session(), self._session().known(patient_id))

    def erase(self, patient_id: PatientId) -> None:
        """Erase what rested on a consent that was taken back: notes and their past, promises, topics, unfinished lines.

        Of calls and messages there remains that they were; who else spoke, and their words, go.

        Tombstones stay, so that no backup brings it back; what was said about consent stays too. Nothing done before
        can be undone afterwards.

        Raises:
            BadInput: Nothing of theirs is to be erased, or the days to take it back are not over.
            NotAllowed: The signed-in person is no manager, or a law says that it is kept.
            NotFound: There is no such person.
        """
        session = self._session()
        session.require(Role.MANAGER)
        known = session.known(patient_id)
        due = _withdrawn(session, known)
        if due is None or not due.due:
            raise BadInput(_("Nothing is to be erased yet."), _("It can still be taken back until then."))
        if (hold := legal_hold(known.rights, session.day_for_erasing())) is not None:
            raise NotAllowed(_("This has to be kept by law: {reason}").format(reason=hold.reason))
        session.store.make_room()  # before the first page that does not fit into memory is written
        with session.transaction():
            _take_out(session, known, resting_on_consent(known))
            for communication in known.communications:
                if bare(communication) != communication:
                    session.store.put(bare(communication))
            for draft in (*_own_drafts(session, patient_id), *session.store.others_drafts(patient_id)):
                session.store.delete(draft)
            mark = _mark(session, known, due.event)
            session.store.put(mark)
            if not session.store.keys.clinicians:
                _wait_for_a_clinician(session, patient_id, mark.recorded_at)
            session.record(AuditAction.ERASED, patient_id, why="consent withdrawn")
            will_tell(session.store)
            session.opened.pop(patient_id, None)
            session.cannot_undo()
            session.leave_no_bytes(erased=True)
        self._refresh(patient_id)
        tell_every_folder(session, self._file)


def finish_erasing(session: Session, file: VaultFile) -> None:
    """Erase what a manager had to leave because it is sealed to clinicians; does nothing without their keys.

    Whose records were changed from outside goes on waiting: one of them must not keep every clinician out. So does
    whoever's records a law has come to hold since.
    """
    if not session.store.keys.clinicians:
        return
    waiting = _waiting(session)
    if not waiting:
        return
    opened = dict[PatientId, tuple[Known, tuple[RecordId, ...]]]()
    left = dict[PatientId, dt.datetime]()
    for patient_id, moment in waiting.items():
        try:
            known = session.known(patient_id)
            if legal_hold(known.rights, session.day_for_erasing()) is not None:
                left[patient_id] = moment
                continue
            for note in known.notes:
                _past(session, note)
            opened[patient_id] = known, _sealed_before(_each_handle(session, known), moment)
        except NotFound:  # everything about them has been erased since
            continue
        except Tampered:
            left[patient_id] = moment
    if left == waiting:
        return
    with session.transaction():
        for patient_id, (known, erased) in opened.items():
            _take_out(session, known, erased)
            session.record(AuditAction.ERASED, patient_id, why="consent withdrawn", clinicians_only=True)
        _keep_waiting(session, left)
        will_tell(session.store)
        session.leave_no_bytes()
    tell_every_folder(session, file)


def _withdrawn(session: Session, known: Known) -> Withdrawn | None:
    practice = session.practice
    found = withdrawn(
        known.patient, known.consents, session.today(), session.local_now().tzinfo,
        grace_days=practice.grace_days, guardian_until=practice.guardian_until,
    )  # fmt: skip
    return None if found is None else replace(found, due=found.due and session.day_for_erasing() > found.until)


def _take_out(session: Session, known: Known, erased: Iterable[RecordId]) -> None:
    """Delete records, and the past of those that stay where it rested on consent."""
    gone = set(erased)
    for record_id in gone:
        session.store.delete(record_id)
    for note in known.notes:
        if note.id not in gone and not all(stays(each) for each in _past(session, note)):
            session.store.delete(note.id)
            bare = replace(note, id=RecordId(new_id()))
            hold_for(session, note.id, bare)
            session.store.put(bare)


def _past(session: Session, note: Note) -> list[Note]:
    return [each for each in session.store.history(note.id) if isinstance(each, Note)]


def _own_drafts(session: Session, patient_id: PatientId) -> tuple[RecordId, ...]:
    return tuple(each.id for each in session.store.things(patient_id) if isinstance(each, Draft | FormDraft))


def _mark(session: Session, known: Known, event: ConsentEvent) -> ConsentEvent:
    """Return the event that says: what rested on this has been erased."""
    newest = max(each.recorded_at for each in known.consents)
    return ConsentEvent(
        id=RecordId(new_id()), patient=known.patient.id, covers=Covers.KEEP_NOTES, status=ConsentStatus.INACTIVE,
        inactive_reason=InactiveReason.WITHDRAWN, erased=True, ask_again_on=event.ask_again_on,
        recorded_at=max(session.now(), newest + dt.timedelta(microseconds=1)),
        recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name,
    )  # fmt: skip


def _wait_for_a_clinician(session: Session, patient_id: PatientId, moment: dt.datetime) -> None:
    waiting = {**_waiting(session), patient_id: moment}
    _keep_waiting(session, waiting)


def forget_waiting(session: Session, patient_id: PatientId) -> None:
    """Have nothing wait to be erased of somebody of whom nothing is left."""
    waiting = _waiting(session)
    if waiting.pop(patient_id, None) is not None:
        _keep_waiting(session, waiting)


def _keep_waiting(session: Session, waiting: dict[PatientId, dt.datetime]) -> None:
    session.store.put_setting(WAITING, json.dumps({each: at.isoformat() for each, at in waiting.items()}))


def _waiting(session: Session) -> dict[PatientId, dt.datetime]:
    kept = json.loads(session.store.settings().get(WAITING, "{}"))
    return {PatientId(each): dt.datetime.fromisoformat(at) for each, at in kept.items()}


def _each_handle(session: Session, known: Known) -> Known:
    """Return `known` with every topic's record as it lies in the file, not as the newest answer for its code."""
    things = session.store.things(known.patient.id)
    return replace(known, topics=tuple(each for each in things if isinstance(each, TopicPermission)))


def _sealed_before(known: Known, moment: dt.datetime) -> tuple[RecordId, ...]:
    """Return what is sealed to clinicians, rests on consent and was there at `moment`: a later yes covers the rest."""
    resting = set(resting_on_consent(known))
    things: tuple[_Resting, ...] = (*known.notes, *known.tasks, *known.topics, *known.briefs_read)
    return tuple(each.id for each in things if each.id in resting and _sealed(each) and _noted(each) < moment)


def _sealed(thing: _Resting) -> bool:
    if isinstance(thing, BriefRead):
        return True
    return (thing.name_for if isinstance(thing, TopicPermission) else thing.audience) is Audience.CLINICIANS


def _noted(thing: _Resting) -> dt.datetime:
    if isinstance(thing, BriefRead):
        return thing.at
    return thing.noted_at if isinstance(thing, Note) else thing.recorded_at
