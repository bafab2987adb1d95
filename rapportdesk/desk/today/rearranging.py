"""Another time for visits that were called off or missed: booked anew, with the link kept and the old one as it was."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from rapportdesk.desk.note.text import clean_line
from rapportdesk.desk.session import Session
from rapportdesk.desk.today.today import Today, moment_of
from rapportdesk.errors import BadInput, NotFound, TimeTaken
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.day import ToRearrange
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.rules.today.rearranging import MISSED, as_listed, free_times, in_the_way, next_visit, to_rearrange

_AHEAD = dt.timedelta(days=3660)
"""Nothing is booked more than ten years ahead."""


class Rearranging:
    """The visits that need another time."""

    def __init__(self, session: Callable[[], Session], refresh: Callable[[PatientId], None], today: Today) -> None:
        self._session = session
        self._refresh = refresh
        self._today = today

    def waiting(self) -> tuple[ToRearrange, ...]:
        """Return the visits called off or missed within three months, or still to come, that have no other time yet."""
        session = self._session()
        now = session.wall_now()
        every = session.index.appointments_between(now - 2 * _AHEAD, now + 2 * _AHEAD)
        missed = {each.patient for each in every if each.status in MISSED}
        patients = {patient_id: session.store.patient(patient_id) for patient_id in missed}
        local = session.clock.local

        def listed(each: Appointment) -> ToRearrange:
            following = next_visit(every, each.patient, now)
            return as_listed(each, patients[each.patient], local(each.start), following and local(following))

        return tuple(map(listed, to_rearrange(every, patients, now)))

    def free(self, appointment_id: RecordId, date: dt.date) -> tuple[dt.datetime, ...]:
        """Return the times of a local day, in the practice's zone, at which the visit would fit with its practitioner.

        Raises:
            NotFound: There is no such visit.
        """
        session = self._session()
        wanted = self._visit(session, appointment_id)
        day = self._today.appointments(date)
        found = free_times(day, wanted.practitioner_name, wanted.minutes, after=session.wall_now())
        return tuple(map(session.clock.local, found))

    def book(
        self, appointment_id: RecordId, date: dt.date, time: dt.time, *, beside_another: bool = False
    ) -> Appointment:
        """Book a visit anew at another time; the old one keeps its status, and it can be undone.

        Args:
            appointment_id: The visit that was called off or missed.
            date: The day.
            time: When, in the practice's zone.
            beside_another: It may overlap with another visit of the same practitioner.

        Raises:
            BadInput: That time has gone by or is too far ahead.
            NotFound: There is no such visit, or it has another time already.
            TimeTaken: The practitioner has another visit then.
        """
        session = self._session()
        old = self._visit(session, appointment_id)
        if all(each.appointment.id != old.id for each in self.waiting()):
            raise NotFound(_("That visit has another time already."))
        now = session.wall_now()
        if not now.date() <= date <= (now + _AHEAD).date() or (start := moment_of(session, date, time)) <= now:
            raise BadInput(_("Choose a time that is still to come."))
        anew = Appointment(
            id=RecordId(new_id()), patient=old.patient, start=start.astimezone(dt.UTC), minutes=old.minutes,
            practitioner_name=old.practitioner_name, location=old.location, reason=old.reason, new_here=old.new_here,
            status_at=session.clock.now(), replaces=old.id,
        )  # fmt: skip
        taken = in_the_way(self._today.appointments(date), anew)
        if taken is not None and not beside_another:
            raise TimeTaken(
                _("{name} has another visit at that time.").format(name=clean_line(old.practitioner_name)),
                _("Choose another time, or book it beside that one."),
            )
        kept = self._put(session, anew)
        session.can_undo(_("booked another time"), lambda: self._take_out(session, kept))
        return kept

    def leave(self, appointment_id: RecordId) -> Appointment:
        """Say that no other time is wanted for a visit; it leaves the list, and it can be undone.

        Raises:
            NotFound: There is no such visit.
        """
        session = self._session()
        before = self._visit(session, appointment_id)
        after = self._put(session, replace(before, no_other_time=True))
        session.can_undo(_("settled a visit without another time"), lambda: self._put_back(session, before.id))
        return after

    def _visit(self, session: Session, appointment_id: RecordId) -> Appointment:
        found = session.store.thing(appointment_id)
        if not isinstance(found, Appointment):
            raise NotFound(_("That is no longer there."))
        return found

    def _put(self, session: Session, appointment: Appointment) -> Appointment:
        with session.transaction():
            kept: Appointment = session.store.put(appointment)
            session.record(AuditAction.APPOINTMENT_CHANGED, appointment.patient, why=appointment.status)
        session.index_follows(kept.patient)
        return kept

    def _put_back(self, session: Session, appointment_id: RecordId) -> None:
        self._put(session, replace(self._visit(session, appointment_id), no_other_time=False))

    def _take_out(self, session: Session, appointment: Appointment) -> None:
        with session.transaction():
            session.store.delete(appointment.id)
            session.record(AuditAction.APPOINTMENT_CHANGED, appointment.patient, why="taken out")
        self._refresh(appointment.patient)
