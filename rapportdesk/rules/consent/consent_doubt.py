"""A yes on a day on which the patient neither came nor was called is looked at by a manager.

A call is one that stands in the contact log and in which the patient themself was heard; that a consent says of itself
that it was given by phone proves none. A signed form that lies with it speaks for itself. Nothing is taken back by
being listed here.
"""

import datetime as dt
from collections.abc import Collection, Sequence

from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.communication import Communication
from rapportdesk.model.consent import ConsentEvent, ConsentStatus
from rapportdesk.model.identity import RecordId

_CAME = frozenset({AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN, AppointmentStatus.FULFILLED})


def doubtful(
    consents: Sequence[ConsentEvent],
    appointments: Sequence[Appointment],
    communications: Sequence[Communication],
    with_form: Collection[RecordId],
    zone: dt.tzinfo | None,
) -> tuple[ConsentEvent, ...]:
    """Return the agreements recorded on days with neither an arrival nor a call, newest first.

    Args:
        consents: Every event of one patient.
        appointments: Every visit of theirs.
        communications: Every call and message of theirs.
        with_form: Ids of events with which a signed form lies.
        zone: The practice's, in which days are told.
    """
    days = days_seen(appointments, communications, zone)
    found = [
        event
        for event in consents
        if event.status is ConsentStatus.ACTIVE
        and event.id not in with_form
        and event.recorded_at.astimezone(zone).date() not in days
    ]
    return tuple(sorted(found, key=lambda event: (event.recorded_at, event.id), reverse=True))


def days_seen(
    appointments: Sequence[Appointment], communications: Sequence[Communication], zone: dt.tzinfo | None
) -> frozenset[dt.date]:
    """Return the local days on which the patient came, or was heard in a call."""
    came = [
        each.arrived_at or each.in_room_at or each.start
        for each in appointments
        if each.arrived_at is not None or each.in_room_at is not None or each.status in _CAME
    ]
    called = [each.recorded_at for each in communications if each.they_were_heard]
    return frozenset(moment.astimezone(zone).date() for moment in (*came, *called))
