"""Emergency access (break the glass): it always opens for a clinician who says why, and never without being reviewed.

It lifts the missing consent to share and nothing else, for one patient, until that person is left. Whether there was
anything to open is told by what is then shown and by nothing else: offering it, recording it and reviewing it are the
same with and without. It is written down before anything is shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from rapportdesk.desk.keys.sealed_words import open_words, seal_words
from rapportdesk.desk.note.text import can_be_seen, clean_text
from rapportdesk.desk.people.left import close_emergency
from rapportdesk.desk.session import Session
from rapportdesk.desk.staff import Staff
from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction, PurposeOfUse
from rapportdesk.model.emergency import (
    EmergencyAccess,
    EmergencyEntry,
    EmergencyReason,
    Review,
    ReviewRemark,
    SealedWords,
)
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.staff import Role
from rapportdesk.store.file.vault_file import VaultFile

LIST = "emergency-accesses"
"""The setting that holds the ids of all entries, so that nobody's records are opened in search of them."""

LONGEST_WORDS = 2_000
"""Characters of a reason or a remark."""

_ORDER = (Review.ANSWERED, Review.WAITING, Review.QUERIED, Review.SEEN)
_TO_REVIEW = frozenset({Review.WAITING, Review.ANSWERED})


class Emergency:
    """Opening in an emergency, and the list that the manager works through."""

    def __init__(self, session: Callable[[], Session], staff: Staff, file: VaultFile) -> None:
        self._session = session
        self._staff = staff
        self._file = file

    def open(self, patient_id: PatientId, reason: EmergencyReason, words: str = "") -> None:
        """Open what the patient has not agreed to share, for this clinician, until the patient is left.

        Args:
            patient_id: Whose.
            reason: Out of the short list; it stands in the audit.
            words: In one's own words, for the managers; needed with `OTHER`. They are sealed to them and never audited.

        Raises:
            BadInput: `OTHER` without words, or words that cannot be kept.
            NotAllowed: The signed-in person is no clinician.
            NotFound: There is no such person.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        words = _clean(words)
        if reason is EmergencyReason.OTHER and not can_be_seen(words):
            raise BadInput(_("Say in a few words why."), _("A manager will read it."))
        session.store.patient(patient_id)
        sealed = seal_words(session, self._file, words, session.viewer.staff)
        with session.transaction():
            entry = session.store.put(
                EmergencyAccess(
                    id=RecordId(new_id()), patient=patient_id, opened_at=session.now(),
                    opened_by=session.viewer.staff, opened_by_name=session.viewer.name, reason=reason, words=sealed,
                )
            )  # fmt: skip
            session.store.put_setting(LIST, " ".join((*_listed(session), entry.id)))
            session.record(
                AuditAction.EMERGENCY_ACCESS, patient_id, why=f"BTG {reason}", clinicians_only=True,
                purpose=PurposeOfUse.BREAK_THE_GLASS,
            )  # fmt: skip
        session.emergency.add(patient_id)

    def close(self, patient_id: PatientId) -> None:
        """Hide again what was opened, on leaving the person; that it ended is recorded."""
        close_emergency(self._session(), patient_id)

    def entries(self) -> tuple[EmergencyEntry, ...]:
        """Return every opening for a manager, one's own for a clinician; first what is to be done, then the newest.

        Raises:
            NotAllowed: The signed-in person is neither.
        """
        session = self._session()
        session.require(Role.MANAGER, Role.CLINICIAN)
        manager = Role.MANAGER in session.viewer.roles
        alone = manager and self._is_only_manager(session)
        found = [self._entry(session, access, alone=alone) for access in self._accesses(session)]
        newest_first = sorted(found, key=lambda each: each.access.opened_at, reverse=True)
        return tuple(sorted(newest_first, key=lambda each: _ORDER.index(each.access.review)))

    def waiting(self) -> int:
        """Return how many openings wait for the signed-in person to review or to answer; 0 for everybody else."""
        if not self._session().viewer.roles & {Role.MANAGER, Role.CLINICIAN}:
            return 0
        return sum(_waits(entry) for entry in self.entries())

    def mark_seen(self, entry_id: RecordId) -> None:
        """Say that an opening has been reviewed.

        Raises:
            NotAllowed: The signed-in person is no manager, or opened it themselves and another manager could look.
            NotFound: It is not there, or has been seen already.
        """
        self._review(entry_id, Review.SEEN, "")

    def query(self, entry_id: RecordId, remark: str) -> None:
        """Ask the clinician about an opening; they see it at their next sign-in and can answer.

        Raises:
            BadInput: Nothing is asked, or it cannot be kept.
            NotAllowed: As `mark_seen`.
            NotFound: As `mark_seen`.
        """
        self._review(entry_id, Review.QUERIED, _needed(remark, _("Write what you would like to know.")))

    def answer(self, entry_id: RecordId, text: str) -> None:
        """Answer a manager's query about an opening of one's own.

        Raises:
            BadInput: The answer is empty or cannot be kept.
            NotAllowed: The signed-in person is no clinician.
            NotFound: There is no such opening of one's own, or nothing is asked about it.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        answer = _needed(text, _("Write your answer."))
        access = self._one(session, entry_id)
        if access.opened_by != session.viewer.staff or access.review is not Review.QUERIED:
            raise _nothing_there()
        self._add(session, access, Review.ANSWERED, answer)

    def _review(self, entry_id: RecordId, said: Review, text: str) -> None:
        session = self._session()
        session.require(Role.MANAGER)
        access = self._one(session, entry_id)
        if access.opened_by == session.viewer.staff and not self._is_only_manager(session):
            raise NotAllowed(_("Nobody reviews their own emergency opening."), _("Another manager can."))
        if access.review is Review.SEEN:
            raise _nothing_there()
        self._add(session, access, said, text)

    def _add(self, session: Session, access: EmergencyAccess, said: Review, text: str) -> None:
        remark = ReviewRemark(
            at=session.now(),
            by=session.viewer.staff,
            by_name=session.viewer.name,
            said=said,
            text=seal_words(session, self._file, text, access.opened_by),
        )
        with session.transaction():
            session.store.put(replace(access, remarks=(*access.remarks, remark)))
            session.record(AuditAction.EMERGENCY_REVIEWED, access.patient, why=str(said), clinicians_only=True)

    def _accesses(self, session: Session) -> Iterator[EmergencyAccess]:
        """Return what this person may know of; what was erased with its patient is passed over."""
        for entry_id in _listed(session):
            try:
                thing = session.store.thing(entry_id)
            except NotFound:
                continue
            if isinstance(thing, EmergencyAccess) and _may_know(session, thing):
                yield thing

    def _one(self, session: Session, entry_id: RecordId) -> EmergencyAccess:
        thing = session.store.thing(entry_id)
        if not isinstance(thing, EmergencyAccess) or not _may_know(session, thing):
            raise _nothing_there()
        return thing

    def _entry(self, session: Session, access: EmergencyAccess, *, alone: bool) -> EmergencyEntry:
        patient = session.store.patient(access.patient)
        own = access.opened_by == session.viewer.staff
        manager = Role.MANAGER in session.viewer.roles

        def opened(sealed: SealedWords) -> str:
            return open_words(session, self._file.vault_id, sealed, access.opened_by)

        return EmergencyEntry(
            access=access,
            patient_name=patient.name,
            number=patient.identifiers[0].value if patient.identifiers else "",
            words=opened(access.words),
            texts=tuple(opened(remark.text) for remark in access.remarks),
            may_review=manager and (alone or not own) and access.review is not Review.SEEN,
            may_answer=own and session.viewer.is_clinician and access.review is Review.QUERIED,
        )

    def _is_only_manager(self, session: Session) -> bool:
        others = (each for each in self._staff.list() if each.id != session.viewer.staff)
        return not any(Role.MANAGER in each.roles for each in others)


def _listed(session: Session) -> tuple[RecordId, ...]:
    return tuple(RecordId(each) for each in session.store.settings().get(LIST, "").split())


def _may_know(session: Session, access: EmergencyAccess) -> bool:
    return Role.MANAGER in session.viewer.roles or access.opened_by == session.viewer.staff


def _waits(entry: EmergencyEntry) -> bool:
    return entry.may_answer or (entry.may_review and entry.access.review in _TO_REVIEW)


def _clean(text: str) -> str:
    return clean_text(text, LONGEST_WORDS)


def _needed(text: str, otherwise: str) -> str:
    text = _clean(text)
    if not can_be_seen(text):
        raise BadInput(otherwise)
    return text


def _nothing_there() -> NotFound:
    return NotFound(_("That emergency opening is no longer to be reviewed."))
