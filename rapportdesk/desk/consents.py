"""Consent at the counter: append-only events, of which the newest in force decides the second it is recorded."""

import datetime as dt
from collections.abc import Callable

from rapportdesk.desk.session import Session
from rapportdesk.desk.text import clean_line
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, Given, InactiveReason
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.patient import Authority, Patient, RelatedPerson
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent_state import keep_state

ASK_AGAIN_AFTER = dt.timedelta(days=365)
"""Somebody who said no to keeping notes is not asked again for twelve months."""

DECIDING = frozenset({Authority.PARENTAL, Authority.ATTORNEY, Authority.COURT_ORDER})


class Consents:
    """What patients agreed to."""

    def __init__(self, session: Callable[[], Session], refresh: Callable[[PatientId], None]) -> None:
        self._session = session
        self._refresh = refresh

    def of(self, patient_id: PatientId) -> tuple[ConsentEvent, ...]:
        """Return every event of one patient, oldest first.

        Raises:
            NotFound: There is no such person.
        """
        return tuple(sorted(self._session().known(patient_id).consents, key=lambda event: event.recorded_at))

    def keep(self, patient_id: PatientId) -> KeepConsent:
        """Return where the consent to keep notes stands today."""
        session = self._session()
        known = session.known(patient_id)
        return keep_state(
            known.consents, known.patient, session.today(), guardian_until=session.practice.guardian_until
        )

    def sentence(self, patient_id: PatientId) -> str:
        """Return the one sentence to say before the first note is kept."""
        name = self._session().store.patient(patient_id).called
        return _(
            "“{name}, may we write down what you would like us to remember, for the people at the desk "
            "and those who treat you to read?”"
        ).format(name=name)

    def agree(self, patient_id: PatientId, *, where: str = "counter") -> tuple[ConsentEvent, ...]:
        """Record the yes to keeping notes and to clinicians reading them: one sentence, two purposes."""
        words = self.sentence(patient_id)
        return self._append(
            patient_id,
            self._event(patient_id, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, words=words, where=where),
            self._event(patient_id, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.ACTIVE, words=words, where=where),
        )

    def refuse(self, patient_id: PatientId, *, where: str = "counter") -> tuple[ConsentEvent, ...]:
        """Record the no to keeping notes; they are not asked again for twelve months."""
        again = self._session().today() + ASK_AGAIN_AFTER
        event = self._event(
            patient_id, Covers.KEEP_NOTES, ConsentStatus.REJECTED, words=self.sentence(patient_id), where=where,
            ask_again_on=again,
        )  # fmt: skip
        return self._append(patient_id, event)

    def someone_else(self, patient_id: PatientId, person_id: str, review_on: dt.date) -> tuple[ConsentEvent, ...]:
        """Record that a related person decides.

        With authority in force their yes is recorded for them, to be reviewed on `review_on`; without, the question
        stays open until that day and only adjustments are kept.

        Raises:
            NotFound: The patient has no such related person.
        """
        session = self._session()
        person = related_person(session.store.patient(patient_id).people, person_id)
        authority = person.authority in DECIDING and _in_force(person, session.today())
        status = ConsentStatus.ACTIVE if authority else ConsentStatus.PROPOSED
        covered = (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS) if authority else (Covers.KEEP_NOTES,)
        words = self.sentence(patient_id)
        return self._append(
            patient_id,
            *(
                self._event(
                    patient_id, covers, status, words=words, where="counter", ask_again_on=review_on,
                    given_by=person.id, authority_proof=person.authority_proof,
                )
                for covers in covered
            ),
        )  # fmt: skip

    def record(
        self,
        patient_id: PatientId,
        covers: Covers,
        status: ConsentStatus,
        *,
        until: dt.date | None = None,
        person: str = "",
        given: Given = Given.SPOKEN,
        words: str = "",
        where: str = "",
    ) -> ConsentEvent:
        """Record one answer about one purpose.

        Args:
            patient_id: Whose consent it is.
            covers: What it is about.
            status: `ACTIVE`, `REJECTED`, or `INACTIVE` for a withdrawal.
            until: The last local date on which it holds; None leaves it open.
            person: The related person (id or name), for `TALK_WITH` alone.
            given: Spoken, written or signed.
            words: The sentence as it was said.
            where: "counter" or "phone".

        Raises:
            BadInput: `TALK_WITH` without a person, or a person with anything else.
            NotFound: There is no such patient or related person.
        """
        if (covers is Covers.TALK_WITH) != bool(person):
            raise BadInput(_("“Talk with” needs a person, and only “talk with” does."))
        people = self._session().store.patient(patient_id).people
        person_id = related_person(people, person).id if person else ""
        reason = InactiveReason.WITHDRAWN if status is ConsentStatus.INACTIVE else None
        event = self._event(
            patient_id, covers, status, words=clean_line(words), where=where, valid_until=until, person=person_id,
            given=given, inactive_reason=reason,
        )  # fmt: skip
        return self._append(patient_id, event)[0]

    def heard_what_they_may_hear(self, before: Patient | None, after: Patient) -> None:
        """Record what the patient said of talking with each person whose "may hear" was changed at the desk.

        Emptied, it is as if they had never been asked: people are asked before that person is told anything.
        """
        earlier = {person.id: person.may_hear for person in before.people} if before else {}
        for person in after.people:
            if person.may_hear != earlier.get(person.id, ""):
                status = ConsentStatus.ACTIVE if person.may_hear else ConsentStatus.ENTERED_IN_ERROR
                self.record(after.id, Covers.TALK_WITH, status, person=person.id, words=person.may_hear)

    def _event(
        self, patient_id: PatientId, covers: Covers, status: ConsentStatus, *,
        words: str = "", where: str = "", given: Given = Given.SPOKEN, given_by: str = "", authority_proof: str = "",
        person: str = "", valid_until: dt.date | None = None, ask_again_on: dt.date | None = None,
        inactive_reason: InactiveReason | None = None,
    ) -> ConsentEvent:  # fmt: skip
        session = self._session()
        return ConsentEvent(
            id=RecordId(new_id()), patient=patient_id, covers=covers, status=status,
            recorded_at=self._after_the_last(session, patient_id),
            recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name, valid_from=session.today(),
            words=words, where=where, given=given, given_by=given_by, authority_proof=authority_proof, person=person,
            valid_until=valid_until, ask_again_on=ask_again_on, inactive_reason=inactive_reason,
        )  # fmt: skip

    def _after_the_last(self, session: Session, patient_id: PatientId) -> dt.datetime:
        """Return now, or just after this patient's newest event where the recorded clock stands still."""
        events = session.known(patient_id).consents
        last = max((event.recorded_at for event in events), default=None)
        now = session.now()
        return now if last is None else max(now, last + dt.timedelta(microseconds=1))

    def _append(self, patient_id: PatientId, *events: ConsentEvent) -> tuple[ConsentEvent, ...]:
        session = self._session()
        with session.transaction():
            for event in events:
                session.store.put(event)
                session.record(AuditAction.CONSENT_RECORDED, patient_id, why=f"{event.covers} {event.status}")
        self._refresh(patient_id)
        return events


def related_person(people: tuple[RelatedPerson, ...], person: str) -> RelatedPerson:
    """Return the related person with this id or, if just one has it, this name.

    Raises:
        NotFound: There is none, or the name fits several.
    """
    found = [each for each in people if each.id == person]
    found = found or [each for each in people if each.name.casefold() == person.casefold()]
    if len(found) != 1:
        raise NotFound(_("That person is not among those on the card."), _("Add them to the card first."))
    return found[0]


def need_consent(session: Session, patient_id: PatientId) -> None:
    """Refuse unless the patient has agreed to notes.

    Raises:
        ConsentNeeded: They have not.
        NotFound: There is no such patient.
    """
    known = session.known(patient_id)
    if (
        keep_state(known.consents, known.patient, session.today(), guardian_until=session.practice.guardian_until)
        is not KeepConsent.AGREED
    ):
        raise ConsentNeeded(
            _("Nothing is kept until this person has agreed to notes."),
            _("Ask them first, then record the answer."),
        )


def _in_force(person: RelatedPerson, today: dt.date) -> bool:
    begun = person.authority_from is None or person.authority_from <= today
    return begun and (person.authority_until is None or today <= person.authority_until)
