"""Everybody of one practitioner's day is told in one go: drafted together, each ticked off, each visit called off then.

A visit that is called off here stands among those that need another time. A round that was left goes on where it was.
"""

import datetime as dt
from collections.abc import Callable

from rapportdesk.desk.reach.messages import Messages
from rapportdesk.desk.session import Session
from rapportdesk.desk.today.today import Today
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.communication import (
    CallOutcome,
    Communication,
    CommunicationStatus,
    ContactPurpose,
    Direction,
    Speaker,
)
from rapportdesk.model.identity import RecordId, new_id
from rapportdesk.model.message import RoundLine
from rapportdesk.model.patient import ContactSystem
from rapportdesk.rules.reach.reach_round import TEMPLATE, by_hand, in_round, waiting, way_of_round

_HANDS = frozenset({ContactSystem.PHONE, ContactSystem.POST})


class Rounds:
    """Rounds of messages about visits that cannot take place."""

    def __init__(self, session: Callable[[], Session], today: Today, messages: Messages) -> None:
        self._session = session
        self._today = today
        self._messages = messages

    def practitioners(self, date: dt.date) -> tuple[str, ...]:
        """Return who has visits on a local day, by name."""
        names = {visit.practitioner_name for visit in self._today.appointments(date)}
        return tuple(sorted(names - {""}, key=str.casefold))

    def draft(self, practitioner: str, date: dt.date) -> tuple[RoundLine, ...]:
        """Return everybody of one practitioner's day with the message or the way by hand, by time.

        Args:
            practitioner: As the schedule writes them.
            date: The local day.
        """
        session = self._session()
        visits = self._today.appointments(date)
        told = [each for visit in visits for each in session.known(visit.patient).communications]
        return tuple(self._line(session, visit) for visit in in_round(visits, practitioner, told))

    def told(self, appointment_id: RecordId, *, by: ContactSystem | None = None) -> Appointment:
        """Say that somebody knows: the message that waits is ticked as sent, and the visit is called off.

        Args:
            appointment_id: Of which visit.
            by: How it was done by hand, by telephone or letter; None for the message that was handed over.

        Raises:
            BadInput: No message about it was handed over, or it was done by no hand.
            NotFound: There is no such visit.
        """
        session = self._session()
        visit = _visit(session, appointment_id)
        waits = waiting(session.known(visit.patient).communications, visit)
        if by is None and waits is None:
            raise BadInput(_("No message about this visit was handed over yet."))
        if by is not None and by not in _HANDS:
            raise BadInput(_("By hand is by telephone or by letter."))
        with session.transaction():
            if by is None and waits is not None:
                self._messages.tick(waits.id, sent=True)
            elif by is not None:
                self._by_hand(session, visit, by)
            return self._today.mark(appointment_id, AppointmentStatus.CANCELLED)

    def not_told(self, appointment_id: RecordId) -> Communication:
        """Say that the message that waits was not sent; the visit stays, and is drafted anew.

        Raises:
            BadInput: No message about it was handed over.
            NotFound: There is no such visit.
        """
        session = self._session()
        visit = _visit(session, appointment_id)
        waits = waiting(session.known(visit.patient).communications, visit)
        if waits is None:
            raise BadInput(_("No message about this visit was handed over yet."))
        return self._messages.tick(waits.id, sent=False)

    def _line(self, session: Session, visit: Appointment) -> RoundLine:
        known = session.known(visit.patient)
        seen, now = session.seen_unopened(known), session.local_now()
        start = session.clock.local(visit.start)
        way = way_of_round(seen, start, now)
        waits = waiting(known.communications, visit)
        return RoundLine(
            appointment=visit.id,
            patient=visit.patient,
            name=known.patient.name,
            birth_date=known.patient.birth_date,
            start=start,
            draft=self._messages.draft(visit.patient, TEMPLATE, way.system, visit.id) if way is not None else None,
            by_hand=by_hand(seen, now) if way is None else "",
            waits=waits.id if waits is not None else None,
            told=visit.status is AppointmentStatus.CANCELLED,
        )

    def _by_hand(self, session: Session, visit: Appointment, by: ContactSystem) -> None:
        rung = by is ContactSystem.PHONE
        made = Communication(
            id=RecordId(new_id()), patient=visit.patient, direction=Direction.OUTGOING, medium=by,
            status=CommunicationStatus.COMPLETED, recorded_at=session.now(), recorded_by=session.viewer.staff,
            recorded_by_name=session.viewer.name, purpose=ContactPurpose.APPOINTMENT, template=TEMPLATE,
            outcome=CallOutcome.REACHED if rung else None, speaker=Speaker.PATIENT if rung else None,
            appointment=visit.id,
        )  # fmt: skip
        kept = session.store.put(made)
        session.record(AuditAction.CONTACT_LOGGED, visit.patient, why="told by hand")
        session.can_undo(_("told somebody by hand"), lambda: _take_out(session, kept))


def _take_out(session: Session, communication: Communication) -> None:
    with session.transaction():
        session.store.delete(communication.id)
        session.record(AuditAction.CONTACT_LOGGED, communication.patient, why="told by hand, taken back")


def _visit(session: Session, appointment_id: RecordId) -> Appointment:
    thing = session.store.thing(appointment_id)
    if not isinstance(thing, Appointment):
        raise NotFound(_("That is no longer there."))
    return thing
