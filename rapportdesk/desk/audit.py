"""Who looked: the chained record as one viewer may read it. Never content."""

import datetime as dt
from collections.abc import Callable

from rapportdesk.desk.session import Session
from rapportdesk.model.audit import AuditEvent
from rapportdesk.model.identity import PatientId
from rapportdesk.model.staff import Role


class Audit:
    """The record of who looked."""

    def __init__(self, session: Callable[[], Session]) -> None:
        self._session = session

    def of(self, patient_id: PatientId) -> tuple[AuditEvent, ...]:
        """Answer "who looked at this patient?", oldest first.

        Reception's own answer lists what reception could know; a clinician or manager gives the rest.
        """
        session = self._session()
        events = [event for event in session.store.audit_events() if event.patient == patient_id]
        if not session.viewer.roles & {Role.CLINICIAN, Role.MANAGER}:
            events = [event for event in events if not event.clinicians_only]
        return tuple(events)

    def since(self, day: dt.date | None = None) -> tuple[AuditEvent, ...]:
        """Return every event from the local `day` on, or all of them, oldest first.

        Raises:
            NotAllowed: The signed-in person is no manager.
        """
        session = self._session()
        session.require(Role.MANAGER)
        return tuple(
            event
            for event in session.store.audit_events()
            if day is None or session.clock.local(event.at).date() >= day
        )
