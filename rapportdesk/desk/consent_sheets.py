"""The form to print and sign, for one patient in their own language; every print is recorded."""

from collections.abc import Callable

from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.paper.consent_sheet import typeset_consent_sheet
from rapportdesk.paper.press import Printed, new_serial


class ConsentSheets:
    """Forms to sign."""

    def __init__(self, session: Callable[[], Session], clinic_name: Callable[[], str]) -> None:
        self._session = session
        self._clinic_name = clinic_name

    def sheet(self, patient_id: PatientId, *, large_print: bool = False) -> Printed:
        """Return the form as pages, in the patient's language where there is a catalogue for it, else in English.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        patient = session.store.patient(patient_id)
        session.record(AuditAction.EXPORTED, patient_id, why="consent form printed")
        return typeset_consent_sheet(
            patient, serial=new_serial(), printed_at=session.local_now(), clinic_name=self._clinic_name(),
            grace_days=session.practice.grace_days, large_print=large_print,
        )  # fmt: skip
