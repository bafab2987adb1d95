"""When a day's plan changes, everybody who was to come is told: by a message where they agreed to one, else by hand.

By hand means what contact safety says in words: which number, at which hours, what never. Whoever stands at the desk
already is told there, and is not in the round.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.communication import Communication, CommunicationStatus, ContactPurpose, Way
from rapportdesk.model.patient import ContactSystem
from rapportdesk.rules.card.cautions import contact_cautions
from rapportdesk.rules.reach.reach_ways import way_to, ways_to_ring
from rapportdesk.rules.visibility import Seen

TEMPLATE = "reschedule"
"""Id of the template that the round is drafted from."""

A_LETTER_TAKES = dt.timedelta(days=3)
"""A visit that is nearer than this is over before a letter comes."""

_TO_COME = frozenset({AppointmentStatus.PROPOSED, AppointmentStatus.PENDING, AppointmentStatus.BOOKED})
_BETWEEN = " · "


def in_round(visits: Iterable[Appointment], practitioner: str, told: Sequence[Communication]) -> list[Appointment]:
    """Return the visits of a practitioner's day that have to be told of, and those that were told of in a round.

    Args:
        visits: Of the day.
        practitioner: Whose.
        told: Every message about these visits.
    """
    about = {each.appointment for each in told if each.template == TEMPLATE}
    return [
        visit
        for visit in visits
        if visit.practitioner_name == practitioner
        and (visit.status in _TO_COME or (visit.status is AppointmentStatus.CANCELLED and visit.id in about))
    ]


def way_of_round(seen: Seen, start: dt.datetime, now: dt.datetime) -> Way | None:
    """Return the way by which a message goes; None where there is none that is open and quick enough.

    Args:
        seen: What may be shown of whoever was to come.
        start: When, in the practice's zone.
        now: The recorded clock in the practice's zone.
    """
    systems = [ContactSystem.SMS, ContactSystem.EMAIL]
    if start - now >= A_LETTER_TAKES:
        systems.append(ContactSystem.POST)
    ways = (way_to(seen, system, ContactPurpose.APPOINTMENT, now) for system in systems)
    return next((way for way in ways if way.open), None)


def by_hand(seen: Seen, now: dt.datetime) -> str:
    """Return how to tell somebody by hand."""
    if seen.patient.deceased:
        return _("The card says that they have died: nobody is told.")
    ways = [way for way in ways_to_ring(seen, now) if way.open]
    numbers = [_BETWEEN.join(part for part in (way.value, way.why) if part) for way in ways]
    ring = _("By hand. Ring {numbers}.").format(numbers=_BETWEEN.join(numbers)) if numbers else ""
    cautions = contact_cautions(seen.patient)
    mind = _("Mind: {cautions}.").format(cautions=_BETWEEN.join(cautions)) if cautions else ""
    otherwise = "" if numbers else _("By hand: by telephone or letter, at hours that are safe.")
    return " ".join(part for part in (ring, otherwise, mind) if part)


def waiting(told: Iterable[Communication], visit: Appointment) -> Communication | None:
    """Return the message about a visit that was handed over and is not ticked yet."""
    return next(
        (
            each
            for each in told
            if each.appointment == visit.id
            and each.template == TEMPLATE
            and each.status is CommunicationStatus.IN_PROGRESS
        ),
        None,
    )
