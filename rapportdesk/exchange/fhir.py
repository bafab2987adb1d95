"""FHIR: Patient and Appointment come in, Practitioner and Location lend their names, everything else is skipped.

The whole file is read as one release of FHIR, R4B if that fits and STU3 if not, and the release is said. (R4B differs
from R4 in neither resource.) fhir.resources is large and is imported only when there is something for it to read.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.fhir_appointment import incoming_appointment
from rapportdesk.exchange.fhir_json import (
    Entry,
    Json,
    decode,
    entries,
    kept_text_is_sound,
    load,
    load_lines,
    without_nulls,
)
from rapportdesk.exchange.fhir_patient import incoming_patient
from rapportdesk.exchange.fhir_references import References, logical_identifier
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.parsed import Parsed
from rapportdesk.exchange.plan import FileFormat
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.values import moment

_NAMES_ONLY = frozenset({"Practitioner", "PractitionerRole", "Location"})
_KEPT = frozenset({"Patient", "Appointment"})


def parse_json(data: bytes, _how: Reading) -> Parsed:
    """Read one Bundle or one resource.

    Args:
        data: What the file holds.
        _how: Not asked for: FHIR's moments carry their offset.

    Raises:
        Unreadable: The file is not as FHIR says.
    """
    return _parse(entries(load(decode(data))), FileFormat.FHIR_JSON)


def parse_ndjson(data: bytes, _how: Reading) -> Parsed:
    """Read one resource to a line, as FHIR's bulk data has it; see `parse_json`."""
    found: list[Entry] = []
    for content in load_lines(decode(data)):
        found += entries(content, len(found))
    return _parse(found, FileFormat.FHIR_NDJSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Release:
    """One release of FHIR: its name and the classes of fhir.resources that check it."""

    name: str
    classes: dict[str, Any]


def _releases() -> tuple[_Release, ...]:
    from fhir.resources.R4B.appointment import Appointment
    from fhir.resources.R4B.patient import Patient
    from fhir.resources.STU3.appointment import Appointment as AppointmentSTU3
    from fhir.resources.STU3.patient import Patient as PatientSTU3

    return (
        _Release(name="R4B", classes={"Patient": Patient, "Appointment": Appointment}),
        _Release(name="STU3", classes={"Patient": PatientSTU3, "Appointment": AppointmentSTU3}),
    )


def _parse(found: list[Entry], file_format: FileFormat) -> Parsed:
    parsed = Parsed(format=file_format, read=len(found))
    kept: list[Entry] = []
    for entry in found:
        reason = _why_skipped(entry)
        if reason is None:
            kept.append(entry)
        else:
            parsed.skip(entry.resource_type, reason)
    if kept:
        parsed.version, checked = _checked(kept)
        _bring_in(parsed, kept, checked, References(found))
    return parsed


def _why_skipped(entry: Entry) -> SkipReason | None:
    if entry.deletes:
        return SkipReason.DELETION
    if entry.resource is None:
        return SkipReason.NO_CONTENT
    if entry.resource_type in _NAMES_ONLY:
        return SkipReason.NAMES_ONLY
    return None if entry.resource_type in _KEPT else SkipReason.NOT_KEPT


def _checked(kept: list[Entry]) -> tuple[str, list[Any]]:
    """Return the release that all of `kept` fit, and each as an object of fhir.resources.

    Raises:
        Unreadable: They fit none; what the newest release says is wrong.
    """
    first: Unreadable | None = None
    for release in _releases():
        try:
            return release.name, [_validated(entry, release) for entry in kept]
        except Unreadable as wrong:
            first = first or wrong
    raise first or Unreadable(Fault.MALFORMED)


def _validated(entry: Entry, release: _Release) -> Any:
    from pydantic import ValidationError

    resource = without_nulls(entry.resource or {})
    if not kept_text_is_sound(resource):
        raise Unreadable(Fault.LETTERS, item=entry.item)
    if not isinstance(resource.get("start", ""), str):  # fhir.resources takes a number for seconds
        raise Unreadable(Fault.FIELD, item=entry.item, field="Appointment.start")
    checker = release.classes[entry.resource_type]
    try:
        return checker.model_validate(resource)
    except RecursionError as fault:
        raise Unreadable(Fault.TOO_DEEP, item=entry.item) from fault
    except ValidationError as fault:
        raise _told(fault, entry, checker) from fault
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError) as fault:  # from its own validators
        raise Unreadable(Fault.MALFORMED, item=entry.item) from fault


def _told(fault: Any, entry: Entry, checker: Any) -> Unreadable:
    """Return what is wrong by the standard's name of the field; a name that the file made up is not repeated."""
    wrong = fault.errors(include_url=False, include_context=False, include_input=False)[0]
    field = str(wrong["loc"][0]) if wrong["loc"] else ""
    known = field in checker.model_fields
    in_calendar = "date" not in wrong["type"] and field not in ("birthDate", "deceasedDateTime", "start", "end")
    return Unreadable(
        Fault.FIELD if in_calendar else Fault.DATE,
        item=entry.item,
        field=f"{entry.resource_type}.{field}" if known else entry.resource_type,
    )


def _bring_in(parsed: Parsed, kept: list[Entry], checked: list[Any], references: References) -> None:
    keys: dict[int, str] = {}
    for entry, resource in zip(kept, checked, strict=True):
        if entry.resource_type == "Patient":
            with _telling(entry):
                patient = incoming_patient(
                    resource, key=f"{entry.item}", logical=logical_identifier(entry), sent_at=_sent_at(resource)
                )
            if patient is None:
                parsed.skip("Patient", SkipReason.NO_NAME)
            else:
                keys[entry.item] = patient.key
                parsed.patients.append(patient)
    for entry, resource in zip(kept, checked, strict=True):
        if entry.resource_type == "Appointment":
            with _telling(entry):
                appointment = incoming_appointment(
                    resource,
                    references=references,
                    keys=keys,
                    logical=logical_identifier(entry),
                    contained=_contained(entry),
                    sent_at=_sent_at(resource),
                )
            if isinstance(appointment, SkipReason):
                parsed.skip("Appointment", appointment)
            else:
                parsed.appointments.append(appointment)


@contextmanager
def _telling(entry: Entry) -> Iterator[None]:
    """Say which entry a fault is in."""
    try:
        yield
    except Unreadable as fault:
        raise Unreadable(fault.fault, item=entry.item, field=fault.field) from fault


def _sent_at(resource: Any) -> dt.datetime | None:
    written = resource.meta.lastUpdated if resource.meta is not None else None
    return moment(written, dt.UTC, "meta.lastUpdated") if isinstance(written, dt.datetime) else None


def _contained(entry: Entry) -> list[Json]:
    contained = (entry.resource or {}).get("contained")
    return [each for each in contained if isinstance(each, dict)] if isinstance(contained, list) else []
