"""The brief: what a clinician reads in thirty seconds. Reading, opening what is veiled and printing are recorded."""

import datetime as dt
from collections.abc import Callable

from rapportdesk.desk.brief.brief_marks import keep_printed, keep_read
from rapportdesk.desk.brief.reading import new_in, opened_anew
from rapportdesk.desk.people.left import turn_to
from rapportdesk.desk.session import Session
from rapportdesk.desk.today.today import Today
from rapportdesk.model.appointment import CALLED_OFF, Appointment, AppointmentStatus
from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Brief
from rapportdesk.model.staff import Role
from rapportdesk.rules.brief.brief import compose_brief
from rapportdesk.rules.brief.unread import brief_with_new


class Briefs:
    """What a clinician reads before the door opens."""

    def __init__(self, session: Callable[[], Session], today: Today) -> None:
        self._session = session
        self._today = today

    def of(self, patient_id: PatientId, appointment: Appointment | None = None, *, on: dt.date | None = None) -> Brief:
        """Return the brief for one person as the signed-in clinician may read it; recorded as read.

        Args:
            patient_id: About whom.
            appointment: For which visit; None takes the next one of the day, if there is any.
            on: The local day whose visit is meant; None for today.

        Raises:
            NotAllowed: The signed-in person is no clinician.
            NotFound: There is no such person.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        opened_anew(session, patient_id)
        brief = self._compose(session, patient_id, appointment or self._next_visit(patient_id, on))
        session.record(AuditAction.BRIEF_READ, patient_id)
        turn_to(session, patient_id)
        return brief

    def of_unrecorded(self, patient_id: PatientId, *, on: dt.date | None = None) -> Brief:
        """Return the brief as `of` does, for repainting one that is already open.

        Raises:
            NotAllowed: The signed-in person is no clinician.
            NotFound: There is no such person.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        return self._compose(session, patient_id, self._next_visit(patient_id, on))

    def mark_read(self, patient_id: PatientId, *, on: dt.date | None = None) -> None:
        """Remember that the brief was read, and what it offered to open with, so that the next one offers another.

        That somebody looked is recorded when the brief is opened.

        Raises:
            NotAllowed: The signed-in person is no clinician.
            NotFound: There is no such person.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        with session.transaction():
            keep_read(session, self._compose(session, patient_id, self._next_visit(patient_id, on)))

    def for_day(self, date: dt.date, *, practitioner: str = "") -> tuple[Brief, ...]:
        """Return the briefs of one local day's visits, by time, without cancelled ones; each recorded as read.

        Somebody marked as not having come may still be late, so their brief is among them and says so.

        Raises:
            NotAllowed: The signed-in person is no clinician.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        return tuple(self.of(each.patient, each) for each in self.visits(date, practitioner=practitioner))

    def visits(self, date: dt.date, *, practitioner: str = "") -> tuple[Appointment, ...]:
        """Return the visits of one local day that have a brief, by time: all but those that were cancelled."""
        rows = self._today.day(date, practitioner=practitioner).rows
        gone = {AppointmentStatus.CANCELLED, AppointmentStatus.ENTERED_IN_ERROR}
        return tuple(row.appointment for row in rows if row.appointment.status not in gone)

    def for_paper(
        self,
        patient_id: PatientId,
        appointment: Appointment | None = None,
        *,
        on: dt.date | None = None,
        serial: str = "",
        preview: bool = False,
    ) -> Brief:
        """Return the brief as it may be printed, with nothing opened; recorded as printed, or as looked at before.

        Args:
            patient_id: About whom.
            appointment: For which visit; None takes the next one of the day, if there is any.
            on: The local day whose visit is meant; None for today.
            serial: What will stand at the foot of the page.
            preview: Nothing leaves the desk yet.

        Raises:
            NotAllowed: The signed-in person is no clinician.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        appointment = appointment or self._next_visit(patient_id, on)
        brief = compose_brief(
            session.known(patient_id), session.viewer, None, session.local_now(), appointment=appointment,
            for_paper=True, guardian_until=session.practice.guardian_until,
        )  # fmt: skip
        if preview:
            session.record(AuditAction.PREVIEWED, patient_id, why="brief")
            return brief
        with session.transaction():
            keep_printed(session, brief, serial)
            session.record(AuditAction.BRIEF_PRINTED, patient_id)
        return brief

    def open_veiled(
        self, patient_id: PatientId, appointment: Appointment | None = None, *, on: dt.date | None = None
    ) -> Brief:
        """Open what waits for a moment alone with the patient; recorded, and closed again by `close_veiled`.

        Pressing it says that the clinician is alone with the patient.

        Raises:
            NotAllowed: The signed-in person is no clinician.
        """
        session = self._session()
        session.require(Role.CLINICIAN)
        waiting = session.seen(session.known(patient_id)).veiled_records
        session.record(AuditAction.REVEALED, patient_id, clinicians_only=True)  # first: what fails to be, opens nothing
        session.opened[patient_id] = session.opened.get(patient_id, frozenset()) | waiting
        return self._compose(session, patient_id, appointment or self._next_visit(patient_id, on))

    def close_veiled(self, patient_id: PatientId) -> None:
        """Veil again what was opened, on leaving the person."""
        self._session().opened.pop(patient_id, None)

    def _compose(self, session: Session, patient_id: PatientId, appointment: Appointment | None) -> Brief:
        known = session.known(patient_id)
        brief = compose_brief(
            known,
            session.viewer,
            session.company_of(known),
            session.local_now(),
            appointment=appointment,
            opened=session.opened.get(patient_id, frozenset()),
            guardian_until=session.practice.guardian_until,
            emergency=patient_id in session.emergency,
        )
        return brief_with_new(brief, new_in(session, brief))

    def _next_visit(self, patient_id: PatientId, on: dt.date | None = None) -> Appointment | None:
        """Return the visit that is under way or comes next on a day, else its last; one that is off is none."""
        today = [each for each in self._today.appointments(on or self._today.date()) if each.patient == patient_id]
        standing = [each for each in today if each.status not in CALLED_OFF]
        now = self._session().wall_now()
        here = {AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN}
        coming = [
            each
            for each in standing
            if each.status in here or (each.start >= now and each.status is not AppointmentStatus.FULFILLED)
        ]
        return coming[0] if coming else standing[-1] if standing else None
