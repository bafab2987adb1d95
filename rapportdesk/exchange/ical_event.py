"""One VEVENT of a calendar as an appointment, and whom it may be for (RFC 5545 section 3.6.1).

A calendar knows no patients' numbers. Who organises an event is the practitioner; whoever else is invited to take part
may be the patient; where nobody is, the summary may say a name. Each is a clue for a person, never an answer.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from icalendar import vDDDLists, vDDDTypes

from rapportdesk.exchange.plan import ENDS, ClueSource, IncomingAppointment, PatientClue
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.values import moment, plain
from rapportdesk.model.appointment import AppointmentStatus

SERIES = "urn:ietf:rfc:5545#series"
INSTANCE = "urn:ietf:rfc:5545#instance"
_STATES = {
    "TENTATIVE": AppointmentStatus.PENDING,
    "CONFIRMED": AppointmentStatus.BOOKED,
    "CANCELLED": AppointmentStatus.CANCELLED,
    "CANCELED": AppointmentStatus.CANCELLED,
}
_NO_PERSON = frozenset({"ROOM", "RESOURCE", "GROUP"})
_NOT_SEEN = frozenset({"CHAIR", "NON-PARTICIPANT"})
_LONGEST = dt.timedelta(days=7)


def one(event: Any, name: str) -> Any:
    """Return a property that may stand once; said several times alike it is said once.

    Raises:
        ValueError: It is said in two ways.
    """
    found = event.get(name)
    if not isinstance(found, list):
        return found
    if len({str(each) for each in found}) != 1:
        raise ValueError(name)
    return found[0]


def has_time(event: Any) -> bool:
    """Return whether an event begins at a time and not on a day."""
    start = one(event, "DTSTART")
    return (
        isinstance(start, vDDDTypes)
        and isinstance(start.dt, dt.datetime)
        and str(start.params.get("VALUE", "")).upper() != "DATE"
    )


def in_zone(event: Any, blank: str) -> bool:
    """Return whether the zones of an event's times are known; one whose name is empty may be."""
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"):
        found = event.get(name)
        for each in found if isinstance(found, list) else [found]:
            zone = str(each.params.get("TZID", "")) if isinstance(each, vDDDTypes | vDDDLists) else ""
            times = [each] if isinstance(each, vDDDTypes) else getattr(each, "dts", [])
            if zone and zone != blank and any(_is_floating(time.dt) for time in times):
                return False
    return True


def _is_floating(value: object) -> bool:
    return isinstance(value, dt.datetime) and value.tzinfo is None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOf:
    """What all occurrences of one event share.

    Attributes:
        uid: Of the series.
        repeats: Whether occurrences need a number of their own.
        zone: For times without one; None is the workstation's own.
    """

    uid: str
    repeats: bool
    zone: dt.tzinfo | None

    def appointment(self, event: Any) -> IncomingAppointment | SkipReason:
        """Return one occurrence as an appointment, or why it is none.

        Raises:
            Unreadable: A date is out of reach.
            ValueError: A property is said in two ways, or is not what it should be.
        """
        start = moment(one(event, "DTSTART").dt, self.zone, "DTSTART")
        clues = tuple(_clues(event))
        status = _STATES.get(str(one(event, "STATUS") or "").upper(), AppointmentStatus.BOOKED)
        if not clues and status not in ENDS:
            return SkipReason.NO_PATIENT
        at = one(event, "RECURRENCE-ID")
        summary = plain(str(one(event, "SUMMARY") or ""))
        return IncomingAppointment(
            identifiers=self.identifiers(at.dt if at is not None else None),
            patient="",
            clues=clues,
            start=start,
            end=self._end(event, start),
            status=status,
            practitioner_name=plain(str(_parameter(one(event, "ORGANIZER"), "CN"))),
            location=plain(str(one(event, "LOCATION") or "")),
            reason=summary if clues and clues[0].source is ClueSource.ATTENDEE else "",
            sent_at=sent_at(event),
        )

    def identifiers(self, instance: dt.date | None) -> tuple[str, ...]:
        """Return the series' number and, where it repeats, the occurrence's by its original time."""
        series = f"{SERIES}|{self.uid}"
        if instance is None or not self.repeats:
            return (series,)
        if isinstance(instance, dt.datetime):
            written = f"{moment(instance, self.zone, 'RECURRENCE-ID'):%Y%m%dT%H%M%SZ}"
        else:
            written = f"{instance:%Y%m%d}"
        return (series, f"{INSTANCE}|{self.uid}/{written}")

    def taken_out(self, instance: dt.date, event: Any) -> IncomingAppointment:
        """Return the cancellation of one occurrence by its original time (EXDATE)."""
        return IncomingAppointment(
            identifiers=self.identifiers(instance),
            patient="",
            clues=tuple(_clues(event)),
            start=None,
            status=AppointmentStatus.CANCELLED,
            sent_at=sent_at(event),
        )

    def cancelled(self, event: Any) -> IncomingAppointment:
        """Return the cancellation of the whole series (METHOD:CANCEL)."""
        return IncomingAppointment(
            identifiers=(f"{SERIES}|{self.uid}",),
            patient="",
            clues=tuple(_clues(event)),
            whole_series=True,
            start=None,
            status=AppointmentStatus.CANCELLED,
            sent_at=sent_at(event),
        )

    def _end(self, event: Any, start: dt.datetime) -> dt.datetime | None:
        told, length = one(event, "DTEND"), one(event, "DURATION")
        if told is not None and isinstance(told.dt, dt.datetime):
            end = moment(told.dt, self.zone, "DTEND")
        elif length is not None and isinstance(length.dt, dt.timedelta):
            end = start + length.dt if dt.timedelta(0) <= length.dt <= _LONGEST else start
        else:
            return None
        return end if start <= end <= start + _LONGEST else None


def sent_at(event: Any) -> dt.datetime | None:
    """Return when an event was last written: LAST-MODIFIED, else DTSTAMP."""
    for name in ("LAST-MODIFIED", "DTSTAMP"):
        found = one(event, name)
        if isinstance(found, vDDDTypes) and isinstance(found.dt, dt.datetime):
            return moment(found.dt, dt.UTC, name)
    return None


def _clues(event: Any) -> list[PatientClue]:
    invited = event.get("ATTENDEE") or []
    organizer = _address(one(event, "ORGANIZER"))
    found = []
    for attendee in invited if isinstance(invited, list) else [invited]:
        name, email = plain(str(_parameter(attendee, "CN"))), _address(attendee)
        if str(_parameter(attendee, "CUTYPE")).upper() in _NO_PERSON or (email and email == organizer):
            continue
        if str(_parameter(attendee, "ROLE")).upper() in _NOT_SEEN or not (name or email):
            continue
        found.append(PatientClue(source=ClueSource.ATTENDEE, name=name if "@" not in name else "", email=email))
    summary = plain(str(one(event, "SUMMARY") or ""))
    if not found and summary:
        found.append(PatientClue(source=ClueSource.SUMMARY, name=summary))
    return list(dict.fromkeys(found))


def _parameter(value: Any, name: str) -> Any:
    return value.params.get(name, "") if hasattr(value, "params") else ""


def _address(value: Any) -> str:
    scheme, colon, address = str(value or "").partition(":")
    address = plain(address if colon and scheme.lower() == "mailto" else "").casefold()
    return address if "@" in address else ""
