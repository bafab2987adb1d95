"""FHIR Appointment to `IncomingAppointment` (R4 section 12.24; STU3 differs in where the reason stands)."""

import datetime as dt
from typing import Any

from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.fhir_json import Json
from rapportdesk.exchange.fhir_references import References, referred_identifier, type_named
from rapportdesk.exchange.plan import ENDS, IncomingAppointment
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.values import moment, plain
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.patient import Identifier

_PRACTITIONERS = ("Practitioner", "PractitionerRole")


def incoming_appointment(
    appointment: Any,
    *,
    references: References,
    keys: dict[int, str],
    logical: Identifier | None,
    contained: list[Json],
    sent_at: dt.datetime | None,
) -> IncomingAppointment | SkipReason:
    """Return the appointment, or why it is left out.

    Args:
        appointment: A validated resource of fhir.resources.
        references: Of its file.
        keys: Keys of the file's patients by the number of their entry.
        logical: The resource's own id.
        contained: Resources inside this one.
        sent_at: When it was written, UTC.

    Raises:
        Unreadable: A date is out of reach, or the status is none of FHIR's.
    """
    patients = [actor for actor in _actors(appointment) if _is_patient(actor, references, contained)]
    if not patients:
        return SkipReason.NO_PATIENT
    if len({actor.reference or id(actor) for actor in patients}) > 1:
        return SkipReason.SEVERAL_PATIENTS
    status = _status(appointment.status)
    start = _moment(appointment.start, "Appointment.start")
    if start is None and status not in ENDS:
        return SkipReason.NO_TIME
    actor = patients[0]
    entry = references.entry(actor.reference or "")
    return IncomingAppointment(
        identifiers=_identifiers(appointment, logical),
        patient=keys.get(entry.item, "") if entry is not None else "",
        patient_identifiers=_patient_identifiers(actor),
        start=start,
        end=_end(appointment, start),
        status=status,
        practitioner_name=_first_name(appointment, references, _PRACTITIONERS, contained),
        location=_first_name(appointment, references, ("Location",), contained),
        reason=_reason(appointment),
        sent_at=sent_at,
    )


def _actors(appointment: Any) -> list[Any]:
    return [each.actor for each in appointment.participant or [] if each.actor is not None]


def _type_of(actor: Any, references: References, contained: list[Json]) -> str:
    reference = actor.reference or ""
    inside = next((each for each in contained if reference == f"#{each.get('id')}"), None)
    if inside is not None:
        return str(inside.get("resourceType", ""))
    entry = references.entry(reference)
    return (
        (entry.resource_type if entry is not None else "") or type_named(reference) or getattr(actor, "type", "") or ""
    )


def _is_patient(actor: Any, references: References, contained: list[Json]) -> bool:
    return _type_of(actor, references, contained) == "Patient"


def _first_name(appointment: Any, references: References, types: tuple[str, ...], contained: list[Json]) -> str:
    actors = [actor for actor in _actors(appointment) if _type_of(actor, references, contained) in types]
    return next((name for actor in actors if (name := references.name(actor, types, contained))), "")


def _status(written: str | None) -> AppointmentStatus:
    try:
        return AppointmentStatus(written or "")
    except ValueError as fault:
        raise Unreadable(Fault.FIELD, field="Appointment.status") from fault


def _moment(value: Any, field: str) -> dt.datetime | None:
    return moment(value, dt.UTC, field) if isinstance(value, dt.datetime) else None


def _end(appointment: Any, start: dt.datetime | None) -> dt.datetime | None:
    end = _moment(appointment.end, "Appointment.end")
    if start is None:
        return None
    minutes = appointment.minutesDuration
    if end is None and minutes is not None and 0 < minutes <= 7 * 24 * 60:
        end = start + dt.timedelta(minutes=minutes)
    return end if end is not None and end >= start else None


def _identifiers(appointment: Any, logical: Identifier | None) -> tuple[str, ...]:
    found = [f"{plain(each.system or '')}|{plain(each.value)}" for each in appointment.identifier or [] if each.value]
    if logical is not None:
        found.append(f"{logical.system}|{logical.value}")
    return tuple(dict.fromkeys(found))


def _patient_identifiers(actor: Any) -> tuple[Identifier, ...]:
    found = []
    named = getattr(actor, "identifier", None)
    if named is not None and named.value:
        found.append(Identifier(system=plain(named.system or ""), value=plain(named.value)))
    if (referred := referred_identifier(actor.reference or "")) is not None:
        found.append(referred)
    return tuple(found)


def _reason(appointment: Any) -> str:
    concepts = getattr(appointment, "reasonCode", None) or getattr(appointment, "reason", None) or []
    for concept in concepts:
        shown = next((coding.display for coding in concept.coding or [] if coding.display), "")
        if words := plain(concept.text or shown):
            return words
    return plain(appointment.description or "")
