"""A patient's whole file goes out as PDF, JSON or FHIR, and comes back whole; each is recorded.

What the front desk hands out is composed of what reception may see while somebody may listen, whoever asks for it: a
page cannot be covered by a key. A clinician's answer holds everything but what waits for a look at it. A manager's copy
for the practice itself leaves nothing out that their keys open. Nothing that is handed out says what is not in it.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal

from rapportdesk.desk.rights.patient_file_parts import everything, for_the_front
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.exchange.faults import Unreadable
from rapportdesk.exchange.patient_file_fhir import TAG, file_fhir
from rapportdesk.exchange.patient_file_json import FORMAT, file_json
from rapportdesk.exchange.patient_file_reader import SNIFFED, read_patient_file
from rapportdesk.exchange.source import read_start
from rapportdesk.language import _, catalogue, speaking, spoken
from rapportdesk.model.audit import AuditAction, PurposeOfUse
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.model.patient_file import PatientFile
from rapportdesk.model.shown import Card, KeepConsent
from rapportdesk.model.staff import Role
from rapportdesk.paper.consent_sheet import language_of
from rapportdesk.paper.patient_file import typeset_file
from rapportdesk.paper.press import Printed, new_serial
from rapportdesk.rules.card.explained_words import beside_the_note
from rapportdesk.rules.reach.reach_log import contact_lines
from rapportdesk.rules.rights.held_back import let_go, without_waiting
from rapportdesk.rules.rights.patient_file_words import file_blocks, notes_in_force
from rapportdesk.rules.visibility import Seen
from rapportdesk.store.records.payload import Thing

Form = Literal["json", "fhir", "pdf"]


class PatientFiles:
    """One patient's data, out and in."""

    def __init__(
        self,
        session: Callable[[], Session],
        refresh: Callable[[PatientId], None],
        clinic_name: Callable[[], str],
    ) -> None:
        self._session = session
        self._refresh = refresh
        self._clinic_name = clinic_name

    def export(self, patient_id: PatientId, form: Form, *, whole: bool = False, large_print: bool = False) -> bytes:
        """Return a patient's file as the bytes of one document.

        Args:
            patient_id: Whose.
            form: "pdf" for the patient to read, in their language where there is one of ours; "json" and "fhir" for
                programs, which both come back whole.
            whole: The practice's own copy, with all that this person's keys open, what waits for a clinician's look
                included: not for handing out.
            large_print: Of a PDF: 16 points in place of 11.

        Raises:
            NotAllowed: The whole was asked for by somebody who is no manager.
            NotFound: There is no such person.
        """
        if form == "pdf":
            return self.pages(patient_id, whole=whole, large_print=large_print).pdf
        session = self._session()
        with session.transaction():  # one for a dozen questions, and the line of the audit
            file = self._file(session, patient_id, whole=whole)
            self._recorded(session, patient_id, form, whole=whole)
            made_by = self._clinic_name()
        write = file_json if form == "json" else file_fhir
        return write(file, made_at=session.local_now(), made_by=made_by)

    def pages(
        self, patient_id: PatientId, *, whole: bool = False, large_print: bool = False, preview: bool = False
    ) -> Printed:
        """Return a patient's file as pages; with `preview` none leaves the desk yet. Raises as `export`."""
        session = self._session()
        file = self._file(session, patient_id, whole=whole)
        if preview:
            session.record(
                AuditAction.PREVIEWED, patient_id, purpose=PurposeOfUse.PATIENT_REQUEST, why="patient's file"
            )
        else:
            self._recorded(session, patient_id, "pdf", whole=whole)
        now = session.local_now()
        language = _language(file.patient)
        theirs = catalogue(language) if language else spoken()
        with speaking(theirs):
            return typeset_file(
                Card(
                    patient=file.patient,
                    age=file.patient.age_on(now.date()),
                    keep=KeepConsent.AGREED,
                    blocks=file_blocks(file, now),
                ),
                notes_in_force(file.notes),
                beside=beside_the_note,
                serial="" if preview else new_serial(),
                printed_at=now,
                clinic_name=self._clinic_name(),
                language=language,
                large_print=large_print,
                contacts=contact_lines(
                    Seen(patient=file.patient, keep=KeepConsent.AGREED, communications=file.communications), now
                ),
            )

    @staticmethod
    def holds_one(path: Path) -> bool:
        """Whether a file looks like one that `export` wrote, by its first bytes; False for one that cannot be read."""
        try:
            begins = read_start(path, most=SNIFFED)
        except Unreadable:
            return False
        return f'"format": "{FORMAT}"'.encode() in begins or f'"system": "{TAG}"'.encode() in begins

    def look_into(self, path: Path) -> PatientFile:
        """Return what `bring_back` would keep, and keep nothing.

        Args:
            path: A JSON or FHIR file that `export` wrote.

        Raises:
            BadInput: It is something else, or somebody with this id is here already.
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        file = read_patient_file(path)
        with suppress(NotFound):
            session.store.patient(file.patient.id)
            raise BadInput(_("This person is here already."), _("A file never changes somebody who is here."))
        return file

    def bring_back(self, path: Path) -> PatientFile:
        """Keep a patient's file that `export` wrote, whole, in one commit; nobody who is here is ever changed.

        Args:
            path: As for `look_into`.

        Raises:
            BadInput: As `look_into`, or something in it was erased here.
            NotAllowed: As `look_into`, or something is for clinicians only and there is none yet.
        """
        session = self._session()
        file = self.look_into(path)
        with session.transaction():
            self._keep(session, file)
            session.record(AuditAction.IMPORTED, file.patient.id, why="patient's file")
        self._refresh(file.patient.id)
        return file

    @staticmethod
    def _keep(session: Session, file: PatientFile) -> None:
        try:
            session.store.put_patient(file.patient)
            for form in file.forms:
                session.store.put(form)
                session.store.put(replace(form, content=""))
            for note in sorted(file.earlier, key=lambda each: each.revision):
                session.store.put(note)
            things: tuple[Thing, ...] = (
                *file.consents, *file.topics, *file.notes, *file.tasks, *file.appointments, *file.questions,
                *file.companions, *file.communications, *file.rights, *file.identity_changes,
            )  # fmt: skip
            for thing in things:
                session.store.put(thing)
        except ValueError:
            raise BadInput(
                _("Something in this file was erased here, or is somebody else’s."), _("Nothing was brought in.")
            ) from None

    def _file(self, session: Session, patient_id: PatientId, *, whole: bool) -> PatientFile:
        if whole:
            session.require(Role.MANAGER)
        patient = session.store.patient(patient_id)
        if whole:
            return everything(session, patient.id)
        if session.viewer.is_clinician:
            file = everything(session, patient.id)
            return without_waiting(file, let_go(file))
        return for_the_front(session, patient.id)

    @staticmethod
    def _recorded(session: Session, patient_id: PatientId, form: str, *, whole: bool) -> None:
        session.record(
            AuditAction.EXPORTED, patient_id, why=f"patient's file {form}{' whole' if whole else ''}",
            purpose=PurposeOfUse.OPERATIONS if whole else PurposeOfUse.PATIENT_REQUEST,
        )  # fmt: skip


def _language(patient: Patient) -> str:
    """Return the language of a patient's pages: theirs where all of the page is in it, else English; "" for ours."""
    if not patient.languages:
        return ""
    theirs = language_of(patient)
    heading = "What you agreed to"
    return theirs if theirs and catalogue(theirs).gettext(heading) != heading else "en"
