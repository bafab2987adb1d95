"""What was said about consent, told whole: one patient's history, what is to be asked again, what a manager checks."""

import datetime as dt
from collections.abc import Callable

from rapportdesk.desk.consent.consent_forms import ConsentForms
from rapportdesk.desk.consent.consents import may_be_taken_back
from rapportdesk.desk.rights.erasure import Erasures
from rapportdesk.desk.session import Session
from rapportdesk.exchange.consent import consent_bundle
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent_shown import AskedOf, ConsentHistory, Doubtful
from rapportdesk.model.identity import PatientId
from rapportdesk.model.staff import Role
from rapportdesk.rules.consent.consent_again import to_ask_again
from rapportdesk.rules.consent.consent_doubt import doubtful
from rapportdesk.rules.consent.consent_history import standings
from rapportdesk.rules.known import Known

LOOKED_BACK = dt.timedelta(days=90)
"""How far back the manager's list of consents goes."""


class ConsentHistories:
    """The history of consents, and the lists made from it."""

    def __init__(self, session: Callable[[], Session], forms: ConsentForms, erasures: Erasures) -> None:
        self._session = session
        self._forms = forms
        self._erasures = erasures

    def of(self, patient_id: PatientId) -> ConsentHistory:
        """Return everything that was said about one patient's consents; recorded as looked at.

        Raises:
            NotFound: There is no such person.
        """
        history = self.of_unrecorded(patient_id)
        self._session().record(AuditAction.CARD_VIEWED, patient_id, why="consents")
        return history

    def of_unrecorded(self, patient_id: PatientId) -> ConsentHistory:
        """Return what `of` does, for repainting what is already open."""
        session = self._session()
        known = session.known(patient_id)
        until, today = session.practice.guardian_until, session.today()
        purposes = standings(known.consents, known.patient, today, session.local_now().tzinfo, guardian_until=until)
        newest = [purpose.entries[0].event for purpose in purposes if purpose.entries]
        return ConsentHistory(
            patient=known.patient,
            today=today,
            purposes=purposes,
            undoable=frozenset(event.id for event in newest if may_be_taken_back(session, event)),
            undo_until=today + dt.timedelta(days=session.practice.grace_days),
            forms=self._forms.of(patient_id),
            withdrawn=self._erasures.of(patient_id),
            to_ask=to_ask_again(known, today, guardian_until=until),
        )

    def to_ask(self) -> tuple[AskedOf, ...]:
        """Return everybody who is to be asked something again, whoever waits longest first."""
        session = self._session()
        found = []
        for patient_id in session.index.consents(may_be_due=True):
            known = session.known(patient_id)
            asks = to_ask_again(known, session.today(), guardian_until=session.practice.guardian_until)
            if asks:
                found.append(AskedOf(patient=known.patient, asks=asks))
        return tuple(sorted(found, key=lambda each: (each.asks[0].since, each.patient.id)))

    def doubtful(self, back: dt.timedelta = LOOKED_BACK) -> tuple[Doubtful, ...]:
        """Return the agreements of the last months on days with neither an arrival nor a call, newest first.

        Args:
            back: How far back to look.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        since = session.now() - back
        asked = session.index.consents(agreed_since=since)
        found = [each for patient in asked for each in self._doubtful(session, session.known(patient), since)]
        return tuple(sorted(found, key=lambda each: (each.event.recorded_at, each.event.id), reverse=True))

    def _doubtful(self, session: Session, known: Known, since: dt.datetime) -> list[Doubtful]:
        zone = session.local_now().tzinfo
        with_form = frozenset(self._forms.of(known.patient.id))
        return [
            Doubtful(patient=known.patient, event=event, recorded_on=event.recorded_at.astimezone(zone).date())
            for event in doubtful(known.consents, known.appointments, known.communications, with_form, zone)
            if event.recorded_at >= since
        ]

    def as_fhir(self, patient_id: PatientId) -> bytes:
        """Return the whole history as a FHIR R4 Bundle of Consent and Provenance, in JSON; recorded as exported.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        history = self.of_unrecorded(patient_id)
        entries = [entry for purpose in history.purposes for entry in purpose.entries]
        forms = {
            event: tuple(self._forms.open_unrecorded(head.id) for head in heads)
            for event, heads in history.forms.items()
        }
        bundle = consent_bundle(history.patient, entries, forms, made_at=session.now())
        session.record(AuditAction.EXPORTED, patient_id, why="consents")
        return bundle
