"""That a brief was printed or read, and what it offered to open with: kept beside the patient, sealed to clinicians.

It is kept once for each day and person, however often the same brief is read.
"""

import datetime as dt

from rapportdesk.desk.session import Session
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.brief_read import BriefRead
from rapportdesk.model.identity import RecordId, new_id
from rapportdesk.model.shown import Brief
from rapportdesk.rules.brief.brief_past import day_of_brief, offered_by


def keep_read(session: Session, brief: Brief) -> BriefRead | None:
    """Remember that a brief was read on the screen; None when that is known already."""
    day = _day(session, brief.appointment)
    made = _mark(session, brief, day, read=True)
    for each in session.known(brief.patient.id).briefs_read:
        if each.read and (each.for_on, each.by) == (day, made.by) and set(made.offered) <= set(each.offered):
            return None
    return session.store.put(made)


def keep_printed(session: Session, brief: Brief, serial: str) -> BriefRead:
    """Remember what a brief on paper offers; it counts from when somebody ticks it as read."""
    return session.store.put(_mark(session, brief, _day(session, brief.appointment), read=False, serial=serial))


def tick_read(session: Session, appointment: Appointment) -> BriefRead:
    """Remember that the brief for a visit was read on paper; by whom is said by the visit."""
    return session.store.put(
        BriefRead(
            id=RecordId(new_id()), patient=appointment.patient, for_on=_day(session, appointment), read=True,
            at=session.now(), by=session.viewer.staff, by_name=appointment.practitioner_name or session.viewer.name,
        )
    )  # fmt: skip


def _mark(session: Session, brief: Brief, day: dt.date, *, read: bool, serial: str = "") -> BriefRead:
    return BriefRead(
        id=RecordId(new_id()), patient=brief.patient.id, for_on=day, read=read, offered=offered_by(brief),
        serial=serial, at=session.now(), by=session.viewer.staff, by_name=session.viewer.name,
    )  # fmt: skip


def _day(session: Session, appointment: Appointment | None) -> dt.date:
    return day_of_brief(appointment, session.local_now())
