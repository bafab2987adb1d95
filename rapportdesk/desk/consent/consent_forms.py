"""A signed form is kept sealed beside the event it proves: taken by what it is, bounded in size, never opened here."""

import base64
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.consent import ConsentEvent
from rapportdesk.model.consent_form import LARGEST_FORM, ConsentForm, FormType, form_type
from rapportdesk.model.identity import PatientId, RecordId, new_id


class ConsentForms:
    """Scans of what patients signed."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def of(self, patient_id: PatientId) -> dict[RecordId, tuple[ConsentForm, ...]]:
        """Return the forms of one patient by the event they prove, without their content, the oldest first."""
        things = self._session().store.things(patient_id)
        found = sorted((each for each in things if isinstance(each, ConsentForm)), key=lambda each: each.added_at)
        events = dict.fromkeys(each.event for each in found)
        return {event: tuple(each for each in found if each.event == event) for event in events}

    def attach(self, patient_id: PatientId, event_id: RecordId, content: bytes) -> ConsentForm:
        """Keep a scan with an event.

        Args:
            patient_id: Whose consent it is.
            event_id: The event it proves.
            content: The file's bytes: a PDF, PNG or JPEG of at most `LARGEST_FORM` bytes.

        Raises:
            BadInput: It is something else, or too large.
            NotFound: There is no such event.
        """
        session = self._session()
        kind = checked(content)
        events = {event.id for event in session.known(patient_id).consents}
        if event_id not in events:
            raise NotFound(_("That is no longer there."))
        form = ConsentForm(
            id=RecordId(new_id()), patient=patient_id, event=event_id, media_type=kind, size=len(content),
            added_at=session.now(), added_by=session.viewer.staff, added_by_name=session.viewer.name,
            content=base64.b64encode(content).decode("ascii"),
        )  # fmt: skip
        with session.transaction():
            session.store.put(form)
            head = session.store.put(replace(form, content=""))
            session.record(AuditAction.CONSENT_RECORDED, patient_id, why="form attached")
        return head

    def record_with(
        self, patient_id: PatientId, content: bytes, record: Callable[[], ConsentEvent]
    ) -> tuple[ConsentEvent, ConsentForm]:
        """Record an event and keep the scan that proves it, or neither.

        Args:
            patient_id: Whose consent it is.
            content: As for `attach`.
            record: Records the event.

        Raises:
            BadInput: The scan is not taken.
        """
        checked(content)
        with self._session().transaction():
            event = record()
            return event, self.attach(patient_id, event.id, content)

    def open(self, form_id: RecordId) -> ConsentForm:
        """Return a form with its scan; recorded as looked at.

        Raises:
            NotFound: There is no such form.
        """
        form = self.open_unrecorded(form_id)
        self._session().record(AuditAction.CARD_VIEWED, form.patient, why="consent form")
        return form

    def open_unrecorded(self, form_id: RecordId) -> ConsentForm:
        """Return a form as `open` does, as a part of something that is recorded itself."""
        store = self._session().store
        store.thing(form_id)
        whole = [each for each in store.history(form_id) if isinstance(each, ConsentForm) and each.content]
        if not whole:
            raise NotFound(_("That is no longer there."))
        return whole[0]


def checked(content: bytes) -> FormType:
    """Return what a scan is.

    Raises:
        BadInput: It is nothing that is taken, or too large.
    """
    if len(content) > LARGEST_FORM:
        raise BadInput(
            _("That scan is too large: {most} MB is the most.").format(most=LARGEST_FORM // 1024 // 1024),
            _("Scan it again in black and white, or at 150 dots an inch."),
        )
    kind = form_type(content)
    if kind is None:
        raise BadInput(_("That is neither a picture nor a PDF."), _("A scan is a PDF, PNG or JPEG file."))
    return kind
