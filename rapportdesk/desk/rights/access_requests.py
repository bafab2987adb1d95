"""Somebody asks what is kept about them: first who they are and whether they are alone, then a clinician's look.

Every request waits for that look, whether or not there is anything to look at, and nobody who asked is ever told that
there was.
"""

import json
from collections.abc import Callable, Iterable

from rapportdesk.desk.rights.patient_file_parts import everything
from rapportdesk.desk.rights.rights_events import new_event, one_line, put_event
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotAllowed, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience
from rapportdesk.model.patient import Patient
from rapportdesk.model.rights import (
    CHECKS_NEEDED,
    AccessReview,
    IdentityCheck,
    MayAsk,
    ReviewItem,
    Right,
    RightsEvent,
    RightsStatus,
)
from rapportdesk.model.staff import Role
from rapportdesk.rules.card.identity_history import contact_key
from rapportdesk.rules.consent.consent_guardian import decides_for
from rapportdesk.rules.rights.held_back import HeldBack, before_key, looked_at, versions, waiting

OPEN = "rights-to-review"
"""The setting that holds, as JSON, the ids of the requests that wait for a clinician."""


class AccessRequests:
    """What do you hold about me?"""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def who_may_ask(self, patient_id: PatientId) -> MayAsk:
        """Return who may be told what is kept about a patient; raises NotFound."""
        session = self._session()
        known, now, until = session.known(patient_id), session.local_now(), session.practice.guardian_until
        proxies = tuple(
            (each.id, ", ".join(part for part in (each.name, each.relation) if part), each.authority_scope)
            for each in known.patient.people
            if decides_for(known, each.id, now, guardian_until=until)
        )
        return MayAsk(name=known.patient.name, birth_date=known.patient.birth_date, proxies=proxies)

    def ask(
        self, patient_id: PatientId, checks: Iterable[IdentityCheck], *, alone: bool, person: str = ""
    ) -> RightsEvent:
        """Record that somebody asks what is kept; a clinician's look is due from now on.

        Args:
            patient_id: About whom.
            checks: What was looked at to know who they are: two things at least.
            alone: Nobody is with whoever asks.
            person: Id of the related person who asks; empty for the patient.

        Raises:
            BadInput: It is not known who they are, or somebody is with them.
            NotAllowed: That person has no authority in force.
            NotFound: There is no such patient.
        """
        session = self._session()
        may = self.who_may_ask(patient_id)
        seen = tuple(sorted({check.value for check in checks}))
        name = ""
        if person:
            name = next((words for each, words, _scope in may.proxies if each == person), "")
            if not name:
                raise NotAllowed(
                    _("Nothing is kept on that person’s word."),
                    _("What a patient decides for themself is handed to them."),
                )
        if len(seen) < CHECKS_NEEDED:
            raise BadInput(_("First be sure who they are."), _("Two of these are enough."))
        if not alone:
            raise BadInput(
                _("Somebody is with them."), _("Ask them in private whether they want it now, and begin again then.")
            )
        event = new_event(
            session, patient_id, Right.ACCESS, RightsStatus.REQUESTED, asked_by=person, asked_by_name=name, checks=seen
        )
        with session.transaction():
            kept = put_event(session, event)
            session.store.put_setting(OPEN, json.dumps([*_open(session), kept.id]))
        return kept

    def to_review(self) -> tuple[AccessReview, ...]:
        """Return the requests that wait for a clinician's look, oldest first, with what there is to look at.

        Raises:
            NotAllowed: The signed-in person is no clinician.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        found = []
        for event in _requests(session):
            file = everything(session, event.patient)
            found.append(AccessReview(event=event, name=file.patient.name, items=_items(session, event.patient)))
            session.record(AuditAction.PREVIEWED, event.patient, why="what waits for a look", clinicians_only=True)
        return tuple(sorted(found, key=lambda each: (each.event.recorded_at, each.event.id)))

    def waiting(self) -> int:
        """Return how many requests wait for the signed-in clinician; 0 for everybody else."""
        session = self._session()
        return len(_requests(session)) if session.viewer.is_clinician else 0

    def reviewed(self, event_id: RecordId, released: Iterable[str], reason: str = "") -> RightsEvent:
        """Say what of a request may be handed out; the rest is kept back.

        Args:
            event_id: The request.
            released: Keys of `ReviewItem`.
            reason: Why the rest is kept back; read by clinicians alone.

        Raises:
            NotAllowed: The signed-in person is no clinician.
            NotFound: It waits no longer.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        request = next((each for each in _requests(session) if each.id == event_id), None)
        if request is None:
            raise NotFound(_("That is no longer there."))
        keys, let_go = {each.key for each in _items(session, request.patient)}, set(released)
        decided = new_event(
            session, request.patient, Right.ACCESS, RightsStatus.ACTIVE, follows=request.id, reason=one_line(reason),
            released=tuple(sorted(keys & let_go)), kept_back=tuple(sorted(keys - let_go)),
            audience=Audience.CLINICIANS,
        )  # fmt: skip
        done = new_event(session, request.patient, Right.ACCESS, RightsStatus.COMPLETED, follows=request.id)
        with session.transaction():
            if keys:
                session.store.put(decided)
            kept = put_event(session, done)
            session.store.put_setting(OPEN, json.dumps([each for each in _open(session) if each != request.id]))
        return kept


def _open(session: Session) -> list[str]:
    kept = session.store.setting(OPEN)
    return list(json.loads(kept)) if kept else []


def _requests(session: Session) -> tuple[RightsEvent, ...]:
    """Return what waits; what was erased with its patient is passed over."""
    found = []
    for each in _open(session):
        try:
            thing = session.store.thing(RecordId(each))
        except NotFound:
            continue
        if isinstance(thing, RightsEvent):
            found.append(thing)
    return tuple(found)


def _items(session: Session, patient_id: PatientId) -> tuple[ReviewItem, ...]:
    file = everything(session, patient_id)
    words: dict[str, str] = {each.id: each.text for each in file.notes}
    for version in versions(file):
        before = _("{what} (as the card said before)")
        words |= {before_key(key): before.format(what=said) for key, said in _of_identity(version).items()}
    words |= _of_identity(file.patient)
    words |= {each.id: _("A call with somebody else") for each in file.communications}
    words |= {each.id: _("A topic not to be raised in front of somebody") for each in file.topics}
    return tuple(
        ReviewItem(key=looked_at(file, key), safety=why is HeldBack.SAFETY, words=words.get(key, ""))
        for key, why in sorted(waiting(file).items())
    )


def _of_identity(patient: Patient) -> dict[str, str]:
    """Return what to read of everybody on a card and of every way to reach somebody, by what a review calls it."""
    words = {each.id: _("{name}, {relation}").format(name=each.name, relation=each.relation or _("somebody they know"))
             for each in patient.people}  # fmt: skip
    points = {contact_key(each): f"{each.value} {each.shared_with} {each.may_say}".strip()
              for each in patient.contact_points}  # fmt: skip
    return words | points
