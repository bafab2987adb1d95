"""Which visits still need another time, and which times are free as far as this desk knows.

A visit that was called off or missed keeps its status; the one booked in its stead says which it replaces. A time is
free when nobody is booked with that practitioner then; a visit that was called off leaves its time free.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from rapportdesk.model.appointment import CALLED_OFF, Appointment, AppointmentStatus
from rapportdesk.model.day import ToRearrange
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.rules.today.lateness import USUAL_VISIT

LOOKED_BACK = dt.timedelta(days=90)
"""A visit that was called off longer ago than this is not asked about any more."""
MISSED = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.NOSHOW})
"""Nobody came, and somebody may still want to."""
_TAKES_NO_TIME = CALLED_OFF | {AppointmentStatus.WAITLIST}


def to_rearrange(
    appointments: Sequence[Appointment], patients: Mapping[PatientId, Patient], now: dt.datetime
) -> tuple[Appointment, ...]:
    """Return the visits that were called off or missed and have no other time yet, the earliest first.

    Args:
        appointments: All there are, whenever they are.
        patients: Everybody who has one; the visits of anybody else, and of the dead, are left out.
        now: The workstation's clock, aware.
    """
    replaced = {each.replaces for each in appointments if each.status is not AppointmentStatus.ENTERED_IN_ERROR}
    waiting = (
        each
        for each in appointments
        if each.status in MISSED and not each.no_other_time and each.id not in replaced
        and each.start >= now - LOOKED_BACK
    )  # fmt: skip
    asked = (each for each in waiting if each.patient in patients and not patients[each.patient].deceased)
    return tuple(sorted(asked, key=lambda each: (each.start, each.id)))


def next_visit(appointments: Iterable[Appointment], patient: PatientId, now: dt.datetime) -> dt.datetime | None:
    """Return when somebody comes next, or None."""
    theirs = (each for each in appointments if each.patient == patient and each.status not in _TAKES_NO_TIME)
    return min((each.start for each in theirs if each.start > now), default=None)


def free_times(
    day: Iterable[Appointment], practitioner: str, minutes: int, *, after: dt.datetime
) -> tuple[dt.datetime, ...]:
    """Return the times at which a visit would fit among a practitioner's others of one day.

    Only between the first and the end of the last visit of theirs is anything known of their hours; a day on which they
    have none offers nothing.

    Args:
        day: The appointments of one local day.
        practitioner: With whom.
        minutes: How long; 0 for the usual length.
        after: Nothing before this is offered.
    """
    length = dt.timedelta(minutes=minutes) or USUAL_VISIT
    theirs = [each for each in day if each.practitioner_name == practitioner]
    if not theirs:
        return ()
    taken = sorted((each.start, _end(each)) for each in theirs if each.status not in _TAKES_NO_TIME)
    opens, closes = min(each.start for each in theirs), max(map(_end, theirs))
    free: list[dt.datetime] = []
    at = opens
    for start, end in (*taken, (closes, closes)):
        while at + length <= start:
            if at > after:
                free.append(at)
            at += length
        at = max(at, end)
    return tuple(free)


def in_the_way(day: Iterable[Appointment], wanted: Appointment) -> Appointment | None:
    """Return a visit of the same practitioner that overlaps with one that is wanted, or None."""
    for each in day:
        same = each.practitioner_name == wanted.practitioner_name and each.id != wanted.id
        if same and each.status not in _TAKES_NO_TIME and each.start < _end(wanted) and wanted.start < _end(each):
            return each
    return None


def as_listed(
    appointment: Appointment, patient: Patient, start: dt.datetime, following: dt.datetime | None
) -> ToRearrange:
    """Return one visit of the list; `start` and `following` are in the practice's zone."""
    return ToRearrange(
        appointment=appointment, patient_name=patient.name, birth_date=patient.birth_date, start=start,
        next_visit=following,
    )  # fmt: skip


def _end(appointment: Appointment) -> dt.datetime:
    return appointment.start + (dt.timedelta(minutes=appointment.minutes) or USUAL_VISIT)
