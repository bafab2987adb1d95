"""Consent at the counter: append-only events, of which the newest in force decides the second it is recorded.

A withdrawal hides at once; for some days it can be taken back, by one more event.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rapportdesk.desk.consent.consent_giver import Giver, need_to_be_alone, related_person
from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers, Given, InactiveReason
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.consent_state import keep_state
from rapportdesk.rules.consent.consent_words import sentence_to_say

ASK_AGAIN_AFTER = dt.timedelta(days=365)
"""Somebody who said no to keeping notes is not asked again for twelve months."""


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
        return sentence_to_say(self._session().store.patient(patient_id).called)

    def agree(self, patient_id: PatientId, *, where: str = "counter") -> tuple[ConsentEvent, ...]:
        """Record the yes to keeping notes and to clinicians reading them: one sentence, two purposes."""
        words = self.sentence(patient_id)
        return self._append(
            patient_id,
            self._event(patient_id, Covers.KEEP_NOTES, ConsentStatus.ACTIVE, Giver(), words=words, where=where),
            self._event(
                patient_id, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.ACTIVE, Giver(), words=words, where=where
            ),
        )

    def refuse(self, patient_id: PatientId, *, where: str = "counter") -> tuple[ConsentEvent, ...]:
        """Record the no to keeping notes; they are not asked again for twelve months."""
        again = self._session().today() + ASK_AGAIN_AFTER
        event = self._event(
            patient_id, Covers.KEEP_NOTES, ConsentStatus.REJECTED, Giver(), words=self.sentence(patient_id),
            where=where, ask_again_on=again,
        )  # fmt: skip
        kept = self._append(patient_id, event)
        self._session().can_undo(_("took down a no"), lambda: self._taken_back(patient_id, event.id))
        return kept

    def someone_else(
        self, patient_id: PatientId, person_id: str, review_on: dt.date, *, proof: str = ""
    ) -> tuple[ConsentEvent, ...]:
        """Record that a related person decides.

        With authority in force, and for an attorney or by order of a court with its proof noted, their yes is recorded
        for them, to be reviewed on `review_on`; without, the question stays open until that day and only adjustments
        are kept.

        Args:
            patient_id: For whom they decide.
            person_id: Id or name of the related person.
            review_on: The local day on which to look at it again.
            proof: What was seen of their authority; empty takes what the card says.

        Raises:
            NotFound: The patient has no such related person.
        """
        session = self._session()
        giver = Giver.of(session, patient_id, person_id, proof=clean_line(proof))
        covered = (Covers.KEEP_NOTES, Covers.SHARE_WITH_CLINICIANS) if giver.may_decide else (Covers.KEEP_NOTES,)
        status = ConsentStatus.ACTIVE if giver.may_decide else ConsentStatus.PROPOSED
        words = self.sentence(patient_id)
        return self._append(
            patient_id,
            *(
                self._event(patient_id, covers, status, giver, words=words, where="counter", ask_again_on=review_on)
                for covers in covered
            ),
        )

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
        reason: str = "",
        given_by: str = "",
        proof: str = "",
        language: str = "",
        present: str = "",
        ask_again_on: dt.date | None = None,
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
            reason: Why, in their words.
            given_by: The related person (id or name) who spoke for the patient; empty for the patient.
            proof: What was seen of that person's authority; empty takes what the card says.
            language: In which it was said.
            present: Who else was there.
            ask_again_on: The local day on which to ask again.

        Raises:
            BadInput: `TALK_WITH` without a person, or a person with anything else; about somebody unsafe while the
                patient is not known to be alone.
            NotAllowed: Whoever spoke for the patient has no authority to, or agreed about themself.
            NotFound: There is no such patient or related person.
        """
        if (covers is Covers.TALK_WITH) != bool(person):
            raise BadInput(_("“Talk with” needs a person, and only “talk with” does."))
        session = self._session()
        about = related_person(session.store.patient(patient_id).people, person) if person else None
        if about is not None and status is ConsentStatus.ACTIVE:
            need_to_be_alone(session, patient_id, about)
        giver = Giver.of(session, patient_id, given_by, proof=clean_line(proof)) if given_by else Giver()
        giver.need_authority(about if status is ConsentStatus.ACTIVE else None)
        event = self._event(
            patient_id, covers, status, giver, words=clean_line(words), where=where, valid_until=until,
            person=about.id if about else "", given=given, reason=clean_line(reason), language=clean_line(language),
            present=clean_line(present), ask_again_on=ask_again_on,
            inactive_reason=InactiveReason.WITHDRAWN if status is ConsentStatus.INACTIVE else None,
        )  # fmt: skip
        (kept,) = self._append(patient_id, event)
        if status is not ConsentStatus.ACTIVE:
            session.opened.pop(patient_id, None)
            session.can_undo(_("took back consent"), lambda: self._taken_back(patient_id, kept.id))
        return kept

    def take_back(self, patient_id: PatientId, event_id: RecordId) -> ConsentEvent:
        """Undo a withdrawal or a no that was recorded by mistake, while the days for it are not over.

        What stood before it stands again, as a new event that says so; with nothing before it, it is as if they had
        never been asked.

        Raises:
            BadInput: It is neither, something was said since, or the days are over.
            NotFound: There is no such event.
        """
        session = self._session()
        events = self.of(patient_id)
        wrong = next((event for event in events if event.id == event_id), None)
        if wrong is None:
            raise NotFound(_("That is no longer there."))
        same = [event for event in events if (event.covers, event.person) == (wrong.covers, wrong.person)]
        if same[-1].id != wrong.id or wrong.status not in {ConsentStatus.REJECTED, ConsentStatus.INACTIVE}:
            raise BadInput(_("Only the last withdrawal or no can be taken back."))
        if not may_be_taken_back(session, wrong):
            raise BadInput(_("The days to take this back are over."), _("Ask them again instead."))
        blank = self._event(patient_id, wrong.covers, ConsentStatus.ENTERED_IN_ERROR, Giver(), person=wrong.person)
        again = blank if len(same) == 1 else _as_it_stood(same[-2], blank)
        (kept,) = self._append(patient_id, replace(again, undoes=wrong.id, alone=False))
        return kept

    def heard_what_they_may_hear(self, before: Patient | None, after: Patient) -> None:
        """Record what the patient said of talking with each person whose "may hear" was changed at the desk.

        Emptied, it is as if they had never been asked: people are asked before that person is told anything. What a
        form says of somebody unsafe is no answer unless the patient is alone: they are still to be asked.
        """
        alone = self._session().company.get(after.id) == frozenset()
        earlier = {person.id: person.may_hear for person in before.people} if before else {}
        for person in after.people:
            unsafe = person.unsafe_since is not None and bool(person.may_hear)
            if person.may_hear != earlier.get(person.id, "") and (alone or not unsafe):
                status = ConsentStatus.ACTIVE if person.may_hear else ConsentStatus.ENTERED_IN_ERROR
                self.record(after.id, Covers.TALK_WITH, status, person=person.id, words=person.may_hear)

    def newest_moment(self, patient_id: PatientId) -> dt.datetime:
        """Return now, or just after this patient's newest event where the recorded clock stands still."""
        session = self._session()
        events = session.known(patient_id).consents
        last = max((event.recorded_at for event in events), default=None)
        now = session.now()
        return now if last is None else max(now, last + dt.timedelta(microseconds=1))

    def _taken_back(self, patient_id: PatientId, event_id: RecordId) -> None:
        self.take_back(patient_id, event_id)

    def _event(
        self, patient_id: PatientId, covers: Covers, status: ConsentStatus, giver: Giver, **said: Any
    ) -> ConsentEvent:
        """Return a new event, recorded now by whoever is signed in; `said` is what `ConsentEvent` calls it."""
        session = self._session()
        return ConsentEvent(
            id=RecordId(new_id()), patient=patient_id, covers=covers, status=status,
            recorded_at=self.newest_moment(patient_id),
            recorded_by=session.viewer.staff, recorded_by_name=session.viewer.name, valid_from=session.today(),
            alone=session.company.get(patient_id) == frozenset(), **giver.as_said(), **said,
        )  # fmt: skip

    def _append(self, patient_id: PatientId, *events: ConsentEvent) -> tuple[ConsentEvent, ...]:
        session = self._session()
        with session.transaction():
            for event in events:
                session.store.put(event)
                session.record(AuditAction.CONSENT_RECORDED, patient_id, why=f"{event.covers} {event.status}")
        self._refresh(patient_id)
        return events


def may_be_taken_back(session: Session, event: ConsentEvent) -> bool:
    """Return whether a withdrawal or a no can still be undone today, if nothing was said since."""
    last_day = session.clock.local(event.recorded_at).date() + dt.timedelta(days=session.practice.grace_days)
    a_no = event.status in {ConsentStatus.REJECTED, ConsentStatus.INACTIVE}
    return a_no and not event.erased and session.today() <= last_day


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


def _as_it_stood(before: ConsentEvent, now: ConsentEvent) -> ConsentEvent:
    """Return what was said before, said again now."""
    return replace(
        before, id=now.id, recorded_at=now.recorded_at, recorded_by=now.recorded_by,
        recorded_by_name=now.recorded_by_name,
    )  # fmt: skip
