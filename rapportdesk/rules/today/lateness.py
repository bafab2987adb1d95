"""Who runs late, from the marks alone: who is in the room since when, who waits since when. No marks, no claim.

A practitioner is free when whoever is in the room has had their time, and now if that is over already. By as much as
that lies after the time of whoever is next, they are late.
"""

import datetime as dt
from collections.abc import Iterable

from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.day import Behind

LATE_FROM = dt.timedelta(minutes=10)
"""A visit that begins less than this after its time is on time."""
STEP = 5
"""Minutes that a wait is rounded up to: nobody can promise one to the minute."""
USUAL_VISIT = dt.timedelta(minutes=15)
"""How long a visit of unknown length is taken to be."""


def running_late(appointments: Iterable[Appointment], now: dt.datetime) -> tuple[Behind, ...]:
    """Return the practitioners who run late, by name.

    Args:
        appointments: Those of today whose patients are alive.
        now: The workstation's clock, aware.
    """
    by_name: dict[str, list[Appointment]] = {}
    for each in appointments:
        if each.practitioner_name:
            by_name.setdefault(each.practitioner_name, []).append(each)
    found = (_behind(name, theirs, now) for name, theirs in sorted(by_name.items()))
    return tuple(each for each in found if each is not None)


def _behind(name: str, theirs: list[Appointment], now: dt.datetime) -> Behind | None:
    inside = [each for each in theirs if each.status is AppointmentStatus.CHECKED_IN]
    waiting = [each for each in theirs if each.status is AppointmentStatus.ARRIVED]
    coming = [each for each in theirs if each.status is AppointmentStatus.BOOKED and each.start >= now]
    queue = waiting or (coming if inside else [])
    following = min(queue, key=lambda each: each.start, default=None)
    if following is None:
        return None
    late = _free_at(inside, now) - following.start
    if late < LATE_FROM:
        return None
    minutes = -(-int(late.total_seconds() // 60) // STEP) * STEP
    return Behind(practitioner=name, minutes=minutes, waiting=len(waiting))


def _free_at(inside: list[Appointment], now: dt.datetime) -> dt.datetime:
    ends = (
        each.in_room_at + (dt.timedelta(minutes=each.minutes) or USUAL_VISIT)
        for each in inside
        if each.in_room_at is not None
    )
    return max((now, *ends))
