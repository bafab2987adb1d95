"""Messages are drafted here and handed over; the desk sends nothing, and says "sent" only when a person has ticked it.

Whether the way may be used is asked again at the moment of handing over: a draft that lay open permits nothing.
"""

from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.note.text import clean_line, clean_text
from rapportdesk.desk.reach.message_templates import LONGEST, MessageTemplates
from rapportdesk.desk.session import Session
from rapportdesk.errors import BadInput, ConsentNeeded, NotFound
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.communication import (
    Communication,
    CommunicationStatus,
    ContactPurpose,
    Direction,
    Way,
)
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.message import HandedOver, HandedTo, MessageDraft, MessageTemplate
from rapportdesk.model.patient import ContactSystem
from rapportdesk.paper.letter import typeset_letter
from rapportdesk.paper.press import Printed, new_serial
from rapportdesk.rules.reach.reach_links import link
from rapportdesk.rules.reach.reach_ways import way_to
from rapportdesk.rules.reach.reach_words import fields_of, language_words, merge, values_for, words_for

_TO_COME = frozenset({AppointmentStatus.PROPOSED, AppointmentStatus.PENDING, AppointmentStatus.BOOKED})


class Messages:
    """What is written to patients."""

    def __init__(
        self, session: Callable[[], Session], templates: MessageTemplates, clinic_name: Callable[[], str]
    ) -> None:
        self._session = session
        self._templates = templates
        self._clinic_name = clinic_name

    def way(self, patient_id: PatientId, system: ContactSystem, purpose: ContactPurpose) -> Way:
        """Return whether somebody may be reached by one way now, and where, or why not.

        Raises:
            NotFound: There is no such person.
        """
        session = self._session()
        seen = session.seen_unopened(session.known(patient_id))
        return way_to(seen, system, purpose, session.local_now())

    def draft(
        self, patient_id: PatientId, template_id: str, system: ContactSystem, appointment: RecordId | None = None
    ) -> MessageDraft:
        """Return a message in the patient's language, whether or not it may go.

        Args:
            patient_id: To whom.
            template_id: Of which template.
            system: By which way.
            appointment: Which visit it is about; None takes the next one to come.

        Raises:
            BadInput: It names a visit, and there is none.
            NotFound: There is no such person or template.
        """
        session = self._session()
        template = self._templates.get(template_id)
        known = session.known(patient_id)
        visit = _visit(session, known.appointments, appointment)
        words, is_theirs = words_for(known.patient, template.words)
        values = values_for(known.patient, visit, self._clinic_name(), words.language, session.local_now().tzinfo)
        about_a_visit = visit is not None and _names_a_visit(template)
        return MessageDraft(
            patient=patient_id,
            template=template.id,
            way=self.way(patient_id, system, template.purpose),
            subject=merge(words.subject, values),
            text=merge(words.text, values),
            language=language_words(words.language),
            other_language="" if is_theirs else known.patient.languages[0],
            appointment=visit.id if visit is not None and about_a_visit else None,
        )

    def hand_over(self, draft: MessageDraft, to: HandedTo) -> HandedOver:
        """Hand a message to a program, to paper or to the clipboard; it waits in the contact log to be ticked.

        Args:
            draft: With subject and text as they are to go.
            to: Who takes it from here.

        Raises:
            BadInput: There are no words, they are too long, or the address is none.
            ConsentNeeded: The way is closed now; in words that tell nothing but that.
            NotFound: There is no such person or template.
        """
        session = self._session()
        template = self._templates.get(draft.template)
        way = self.way(draft.patient, draft.way.system, template.purpose)
        if not way.open:
            raise ConsentNeeded(way.why)
        subject, text = clean_line(draft.subject), clean_text(draft.text, LONGEST)
        if not text:
            raise BadInput(_("There are no words yet."))
        uri = link(way.system, way.value, subject, text) if to is HandedTo.PROGRAM else ""
        made = Communication(
            id=RecordId(new_id()), patient=draft.patient, direction=Direction.OUTGOING, medium=way.system,
            status=CommunicationStatus.IN_PROGRESS, recorded_at=session.now(), recorded_by=session.viewer.staff,
            recorded_by_name=session.viewer.name, purpose=template.purpose, contact=way.value, subject=subject,
            text=text, template=template.id, appointment=draft.appointment,
        )  # fmt: skip
        with session.transaction():
            kept = session.store.put(made)
            session.record(AuditAction.CONTACT_LOGGED, draft.patient, why="message handed over")
        return HandedOver(communication=kept.id, to=to, uri=uri, text=text if to is HandedTo.CLIPBOARD else "")

    def letter(self, communication_id: RecordId, *, large_print: bool = False, preview: bool = False) -> Printed:
        """Return the page of a letter that was handed to paper; recorded as taken out, or as looked at before that.

        Raises:
            NotFound: There is no such letter.
        """
        session = self._session()
        known = session.known(_message(session, communication_id).patient)
        readable = session.seen_unopened(known).communications
        written = next(each for each in readable if each.id == communication_id)
        if not written.text or written.medium is not ContactSystem.POST:
            raise NotFound(_("That is no longer there."))
        words, _is_theirs = words_for(known.patient, self._templates.get(written.template).words)
        printed = typeset_letter(
            known.patient, written.contact, written.subject, written.text, serial=new_serial(),
            printed_at=session.local_now(), clinic_name=self._clinic_name(), language=words.language,
            large_print=large_print,
        )  # fmt: skip
        session.record(
            AuditAction.PREVIEWED if preview else AuditAction.EXPORTED, written.patient, why="letter"
        )  # fmt: skip
        return printed

    def tick(self, communication_id: RecordId, *, sent: bool) -> Communication:
        """Say that a message that was handed over has been sent, or that it has not; it can be undone.

        Raises:
            NotFound: There is no such message.
        """
        session = self._session()
        before = _message(session, communication_id)
        status = CommunicationStatus.COMPLETED if sent else CommunicationStatus.NOT_DONE
        kept = _put(session, replace(before, status=status), "sent" if sent else "not sent")
        session.can_undo(_("ticked a message"), lambda: _put_back(session, before))
        return kept


def _put(session: Session, communication: Communication, why: str) -> Communication:
    with session.transaction():
        kept = session.store.put(communication)
        session.record(AuditAction.CONTACT_LOGGED, communication.patient, why=why)
    return kept


def _put_back(session: Session, communication: Communication) -> None:
    _put(session, communication, "tick taken back")


def _message(session: Session, communication_id: RecordId) -> Communication:
    thing = session.store.thing(communication_id)
    if not isinstance(thing, Communication) or thing.template == "":
        raise NotFound(_("That is no longer there."))
    return thing


def _visit(session: Session, visits: tuple[Appointment, ...], wanted: RecordId | None) -> Appointment | None:
    """Return the visit that is meant, or the next one to come."""
    if wanted is not None:
        return next((each for each in visits if each.id == wanted), None)
    now = session.wall_now()
    coming = [each for each in visits if each.status in _TO_COME and each.start >= now]
    return min(coming, key=lambda each: (each.start, each.id), default=None)


def _names_a_visit(template: MessageTemplate) -> bool:
    return any({"day", "time", "practitioner"} & {*fields_of(each.text)} for each in template.words)
