"""What goes on paper about consent: the form to sign, and what may be handed to whoever decides. Both are recorded.

What is handed over holds the name as written and the birth date alone: a name or pronouns that a young person uses, and
how to reach them, are theirs.
"""

from collections.abc import Callable

from rapportdesk.desk.session import Session
from rapportdesk.errors import NotAllowed
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Card, KeepConsent
from rapportdesk.paper.consent_sheet import typeset_consent_sheet
from rapportdesk.paper.patient_file import typeset_file
from rapportdesk.paper.press import Printed, new_serial
from rapportdesk.rules.card.explained_words import beside_the_note
from rapportdesk.rules.consent.consent_guardian import decides_for, for_guardian


class ConsentSheets:
    """Forms to sign."""

    def __init__(self, session: Callable[[], Session], clinic_name: Callable[[], str]) -> None:
        self._session = session
        self._clinic_name = clinic_name

    def sheet(self, patient_id: PatientId, *, large_print: bool = False, preview: bool = False) -> Printed:
        """Return the form as pages, in the patient's language where there is a catalogue for it, else in English.

        With `preview` they are looked at, and none leaves the desk yet.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        patient = session.store.patient(patient_id)
        serial = _recorded(session, patient_id, "consent form", preview=preview)
        return typeset_consent_sheet(
            patient, serial=serial, printed_at=session.local_now(), clinic_name=self._clinic_name(),
            grace_days=session.practice.grace_days, large_print=large_print,
        )  # fmt: skip

    def for_guardian(self, patient_id: PatientId, person_id: str, *, preview: bool = False) -> Printed:
        """Return what is kept on the word of a related person who decides, as pages to hand to them.

        With `preview` they are looked at, and none leaves the desk yet.

        Raises:
            NotAllowed: Nothing is kept on their word, or their authority is not in force.
            NotFound: There is no such patient.
        """
        session = self._session()
        known, now, until = session.known(patient_id), session.local_now(), session.practice.guardian_until
        if not decides_for(known, person_id, now, guardian_until=until):
            raise NotAllowed(
                _("Nothing is kept on that person’s word."), _("What a patient decides for themself is handed to them.")
            )
        patient = known.patient
        bare = Patient(id=patient.id, name=patient.name, birth_date=patient.birth_date)
        serial = _recorded(session, patient_id, "for who decides", preview=preview)
        return typeset_file(
            Card(patient=bare, age=patient.age_on(now.date()), keep=KeepConsent.AGREED),
            for_guardian(known, person_id, now, guardian_until=until),
            beside=beside_the_note,
            serial=serial,
            printed_at=now,
            clinic_name=self._clinic_name(),
            handed_to=next(each.name for each in patient.people if each.id == person_id),
        )


def _recorded(session: Session, patient_id: PatientId, what: str, *, preview: bool) -> str:
    """Record a look before printing, or that pages go out; return the serial for their foot."""
    if preview:
        session.record(AuditAction.PREVIEWED, patient_id, why=what)
        return ""
    session.record(AuditAction.EXPORTED, patient_id, why=f"{what} printed")
    return new_serial()
