"""HL7 v2 SIU to `IncomingAppointment` (v2.8 chapter 10).

When something is stands in up to six places; TQ1 is the newest and comes first, the resources' own times last.
"""

import datetime as dt

from rapportdesk.exchange.hl7_fields import Segment
from rapportdesk.exchange.hl7_messages import Message
from rapportdesk.exchange.hl7_patient import patient_identifiers
from rapportdesk.exchange.plan import ENDS, IncomingAppointment
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.values import plain
from rapportdesk.model.appointment import AppointmentStatus

EVENTS: dict[str, AppointmentStatus | None] = {
    "SIU^S12": None,
    "SIU^S13": None,
    "SIU^S14": None,
    "SIU^S15": AppointmentStatus.CANCELLED,
    "SIU^S16": AppointmentStatus.CANCELLED,
    "SIU^S17": AppointmentStatus.ENTERED_IN_ERROR,
    "SIU^S18": None,
    "SIU^S19": None,
    "SIU^S20": None,
    "SIU^S21": None,
    "SIU^S22": None,
    "SIU^S26": AppointmentStatus.NOSHOW,
}
"""Events about one appointment, with the state that they give it; None where SCH-25 says."""

BLOCKS = frozenset({"SIU^S23", "SIU^S24"})

_STATES = {  # HL70278, and what is written in its place
    "PENDING": AppointmentStatus.PENDING,
    "WAITLIST": AppointmentStatus.WAITLIST,
    "BOOKED": AppointmentStatus.BOOKED,
    "OVERBOOK": AppointmentStatus.BOOKED,
    "ARRIVED": AppointmentStatus.ARRIVED,
    "STARTED": AppointmentStatus.CHECKED_IN,
    "COMPLETE": AppointmentStatus.FULFILLED,
    "COMPLETED": AppointmentStatus.FULFILLED,
    "CANCELLED": AppointmentStatus.CANCELLED,
    "CANCELED": AppointmentStatus.CANCELLED,
    "DC": AppointmentStatus.CANCELLED,
    "DELETED": AppointmentStatus.ENTERED_IN_ERROR,
    "NOSHOW": AppointmentStatus.NOSHOW,
}
_UNITS = {"S": 1, "SEC": 1, "M": 60, "MIN": 60, "": 60, "H": 3600, "HR": 3600}  # seconds; UCUM and HL7's own
_LONGEST = dt.timedelta(days=7)
_RESOURCE_TIMES = (("AIS", 4), ("AIP", 6), ("AIG", 8), ("AIL", 6))


def incoming_appointment(
    message: Message, *, event: str, patient: str, zone: dt.tzinfo | None
) -> IncomingAppointment | SkipReason:
    """Return the appointment of a message, or why there is none.

    Args:
        message: With its SCH and whatever stands beside it.
        event: One of `EVENTS`.
        patient: Key of the message's patient; empty when the message has none that could be taken.
        zone: For moments without an offset.

    Raises:
        Unreadable: A date is in no calendar or out of reach.
    """
    sch = message.first("SCH")
    if sch is None:
        return SkipReason.NO_CONTENT
    if len(message.all("PID")) > 1:
        return SkipReason.SEVERAL_PATIENTS
    named = patient_identifiers(message)
    if not patient and not named:
        return SkipReason.NO_PATIENT
    status = EVENTS[event] or _STATES.get(
        sch.text(25).upper().replace("-", "").replace(" ", ""), AppointmentStatus.BOOKED
    )
    start, end = _times(message, sch, zone)
    if start is None and status not in ENDS:
        return SkipReason.NO_TIME
    return IncomingAppointment(
        identifiers=_identifiers(message, sch),
        patient=patient,
        patient_identifiers=tuple(named),
        start=start,
        end=end,
        status=status,
        practitioner_name=_practitioner(message),
        location=_location(message),
        reason=sch.text(7, 2) or sch.text(7),
        sent_at=message.header.moment(7, zone),
    )


def _identifiers(message: Message, sch: Segment) -> tuple[str, ...]:
    """Return the placer's and the filler's number; one without an authority is the sending system's in that role."""
    sender = "/".join(part for part in (message.header.text(3), message.header.text(4)) if part)
    found = []
    for field, role in ((2, "filler"), (1, "placer")):
        if number := sch.text(field):
            authority = sch.text(field, 2) or sch.text(field, 3) or sender
            found.append(f"{authority}#{role}|{number}")
    return tuple(found)


def _times(message: Message, sch: Segment, zone: dt.tzinfo | None) -> tuple[dt.datetime | None, dt.datetime | None]:
    timing = message.first("TQ1")
    if timing is not None and (start := timing.moment(7, zone)) is not None:
        return start, _end(start, timing.moment(8, zone), _length(sch, 9, 10))
    if (start := sch.moment(11, zone, 4)) is not None:
        return start, _end(start, sch.moment(11, zone, 5), _length(sch, 9, 10))
    for name, field in _RESOURCE_TIMES:
        resource = message.first(name)
        if resource is not None and (start := resource.moment(field, zone)) is not None:
            return start, _end(start, None, _length(resource, field + 3, field + 4) or _length(sch, 9, 10))
    return None, None


def _end(start: dt.datetime, told: dt.datetime | None, length: dt.timedelta | None) -> dt.datetime | None:
    if told is not None and start <= told <= start + _LONGEST:
        return told
    return start + length if length is not None else None


def _length(segment: Segment, field: int, unit_field: int) -> dt.timedelta | None:
    written, unit = segment.text(field), segment.text(unit_field).upper()
    if not written.isascii() or not written.isdecimal() or len(written) > 6 or unit not in _UNITS:
        return None
    length = dt.timedelta(seconds=int(written) * _UNITS[unit])
    return length if dt.timedelta(0) < length <= _LONGEST else None


def _practitioner(message: Message) -> str:
    """Return the person of the first AIP, else who attends by PV1-7, as "Dr Robert Osei"."""
    for name, field in (("AIP", 3), ("PV1", 7)):
        segment = message.first(name)
        if segment is not None:
            prefix, given, family = (segment.text(field, part) for part in (6, 3, 2))
            if written := plain(f"{prefix} {given} {family}"):
                return written
    return ""


def _location(message: Message) -> str:
    """Return point of care, room and facility of the first AIL, else of PV1-3."""
    for name in ("AIL", "PV1"):
        segment = message.first(name)
        if segment is not None:
            parts = [segment.text(3, part) for part in (1, 2, 4)]
            if written := ", ".join(part for part in parts if part):
                return written
    return ""
