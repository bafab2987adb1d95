"""The telephone: who may be told what, and the log of every call in and out. What a caller answered is never kept."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from rapportdesk.desk.session import Session
from rapportdesk.errors import ConsentNeeded, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.communication import (
    CallAnswer,
    CallOutcome,
    CallView,
    Check,
    Communication,
    ContactLine,
    ContactPurpose,
    Direction,
    Speaker,
    Way,
)
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.patient import ContactSystem
from rapportdesk.model.shown import PersonHit
from rapportdesk.rules.reach.reach_call import compose_call, nothing_to_say, what_may_be_said
from rapportdesk.rules.reach.reach_links import link
from rapportdesk.rules.reach.reach_log import contact_lines
from rapportdesk.rules.reach.reach_ways import way_to, ways_to_ring

MOST_HOLDERS = 200
"""So many people are listed for one number or name."""


class Calls:
    """Calls that came in and calls that were made."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def holders(self, text: str) -> tuple[PersonHit, ...]:
        """Return everybody whom a number or a name may belong to; none of them is opened, whoever is alone there.

        Args:
            text: The number on the display, or the name that was said.
        """
        return self._session().index.find_people(text, limit=MOST_HOLDERS).hits

    def nothing_to_say(self) -> CallAnswer:
        """Return what is said while it is not known who rings about whom: the sentence that discloses nothing."""
        self._session()
        return CallAnswer(may_talk=False, sentence=nothing_to_say())

    def about(self, patient_id: PatientId) -> CallView:
        """Return what the screen of a call shows of one patient; recorded as looked at.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        view = compose_call(session.seen_unopened(session.known(patient_id)))
        session.record(AuditAction.CARD_VIEWED, patient_id, why="call")
        return view

    def answer(
        self, patient_id: PatientId, speaker: Speaker, person: str = "", checks: Collection[Check] = ()
    ) -> CallAnswer:
        """Return what may be said to whoever is on the line.

        Args:
            patient_id: Whom the call is about.
            speaker: Who is on the line.
            person: Id of the related person, for `Speaker.RELATED`.
            checks: What they were asked and answered rightly.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        return what_may_be_said(session.seen_unopened(session.known(patient_id)), speaker, person, checks)

    def came_in(
        self, patient_id: PatientId, speaker: Speaker, person: str = "", checks: Collection[Check] = ()
    ) -> Communication:
        """Keep that somebody rang; the arguments are those of `answer`. It can be undone.

        Raises:
            NotFound: There is no such person, or nobody of that id may be told anything about them.
        """
        session = self._session()
        seen = session.seen_unopened(session.known(patient_id))
        if speaker is Speaker.RELATED and person not in {each.id for each in compose_call(seen).callers}:
            raise NotFound(_("That is no longer there."))
        return self._keep(
            patient_id, direction=Direction.INCOMING, speaker=speaker,
            person=person if speaker is Speaker.RELATED else "", checks=tuple(each for each in Check if each in checks),
        )  # fmt: skip

    def numbers(self, patient_id: PatientId) -> tuple[Way, ...]:
        """Return the ways to ring somebody and to speak on their voicemail, and why one is closed now.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        seen = session.seen_unopened(session.known(patient_id))
        way = way_to(seen, ContactSystem.VOICEMAIL, ContactPurpose.APPOINTMENT, session.local_now())
        return *ways_to_ring(seen, session.local_now()), way

    def dial(self, patient_id: PatientId, number: str) -> str:
        """Return the link by which the computer's own program rings somebody; what came of it is kept with `rang`.

        Args:
            patient_id: Whom.
            number: One of `numbers`, as it stands on the card.

        Raises:
            BadInput: It is no telephone number.
            ConsentNeeded: It may not be rung now.
            NotFound: There is no such person.
        """
        *phones, _voicemail = self.numbers(patient_id)
        way = next((each for each in phones if each.open and each.value == number), None)
        if way is None:
            raise ConsentNeeded(next((each.why for each in phones if not each.open), _("It may not be rung now.")))
        return link(ContactSystem.PHONE, way.value, "", "")

    def rang(self, patient_id: PatientId, outcome: CallOutcome, *, contact: str = "") -> Communication:
        """Keep that somebody was rung, and what came of it; it can be undone.

        Args:
            patient_id: Whom.
            outcome: What came of it.
            contact: The number that was rung, as it stands on the card.

        Raises:
            ConsentNeeded: A voicemail, where they did not agree to one or it is not safe.
            NotFound: There is no such person.
        """
        voicemail = self.numbers(patient_id)[-1]
        if outcome is CallOutcome.VOICEMAIL and not voicemail.open:
            raise ConsentNeeded(voicemail.why)
        heard = Speaker.PATIENT if outcome is CallOutcome.REACHED else None
        return self._keep(patient_id, direction=Direction.OUTGOING, outcome=outcome, speaker=heard, contact=contact)

    def log(self, patient_id: PatientId) -> tuple[ContactLine, ...]:
        """Return the contact log of one patient, newest first; recorded as looked at.

        Raises:
            NotFound: There is no such person.
        """
        lines = self.log_unrecorded(patient_id)
        self._session().record(AuditAction.CARD_VIEWED, patient_id, why="contacts")
        return lines

    def log_unrecorded(self, patient_id: PatientId) -> tuple[ContactLine, ...]:
        """Return what `log` does, for what is open already."""
        session = self._session()
        return contact_lines(session.seen_unopened(session.known(patient_id)), session.local_now())

    def move(self, communication_id: RecordId, to_patient: PatientId) -> Communication:
        """Move a call that was written down with the wrong person; nothing of it stays there.

        Who spoke was one of the wrong person's people, and the number theirs, so both are forgotten with it. A message
        does not move: it names whom it went to.

        Raises:
            NotFound: There is no such call, or no such person.
        """
        session = self._session()
        before = _call(session, communication_id)
        session.store.patient(to_patient)
        with session.transaction():
            session.store.move(communication_id, to_patient)
            speaker = Speaker.SOMEBODY_ELSE if before.speaker is Speaker.RELATED else before.speaker
            moved = replace(before, patient=to_patient, person="", speaker=speaker, contact="", appointment=None)
            kept = session.store.put(moved)
            session.record(AuditAction.CONTACT_LOGGED, before.patient, why="moved")
            session.record(AuditAction.CONTACT_LOGGED, to_patient, why="moved")
            session.leave_no_bytes()
        session.can_undo(_("moved a call"), lambda: self._move_back(before))
        return kept

    def _move_back(self, before: Communication) -> None:
        session = self._session()
        with session.transaction():
            session.store.move(before.id, before.patient)
            session.store.put(before)
            session.record(AuditAction.CONTACT_LOGGED, before.patient, why="moved")

    def _keep(self, patient_id: PatientId, **fields: Any) -> Communication:
        session = self._session()
        made = Communication(
            id=RecordId(new_id()), patient=patient_id, medium=ContactSystem.PHONE, recorded_at=session.now(),
            recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name, **fields,
        )  # fmt: skip
        with session.transaction():
            kept = session.store.put(made)
            session.record(AuditAction.CONTACT_LOGGED, patient_id, why="call")
        session.can_undo(_("wrote down a call"), lambda: self._take_out(kept))
        return kept

    def _take_out(self, communication: Communication) -> None:
        session = self._session()
        with session.transaction():
            session.store.delete(communication.id)
            session.record(AuditAction.CONTACT_LOGGED, communication.patient, why="call taken back")


def _call(session: Session, communication_id: RecordId) -> Communication:
    thing = session.store.thing(communication_id)
    if not isinstance(thing, Communication) or not thing.is_call:
        raise NotFound(_("That is no longer there."))
    return thing
