"""FHIR: Patient, RelatedPerson and Appointment come in, Practitioner and Location lend names, the rest is skipped.

The whole file is read as one release of FHIR, which is said (`rapportdesk.exchange.fhir_releases`).
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rapportdesk.exchange.faults import Unreadable
from rapportdesk.exchange.fhir_appointment import incoming_appointment
from rapportdesk.exchange.fhir_json import (
    Entry,
    Json,
    decode,
    entries,
    entries_of_lines,
    load,
)
from rapportdesk.exchange.fhir_patient import incoming_patient
from rapportdesk.exchange.fhir_people import incoming_person, is_replaced, merges
from rapportdesk.exchange.fhir_references import References, logical_identifier
from rapportdesk.exchange.fhir_releases import Release, in_a_release
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.parsed import Parsed
from rapportdesk.exchange.plan import FileFormat
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.values import moment

_NAMES_ONLY = frozenset({"Practitioner", "PractitionerRole", "Location"})
_KEPT = frozenset({"Patient", "RelatedPerson", "Appointment"})
_NO_RESOURCE = "Bundle.entry"


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
    return _parse(entries_of_lines(data), FileFormat.FHIR_NDJSON)


def _parse(found: list[Entry], file_format: FileFormat) -> Parsed:
    references = References(found)
    if all(_why_skipped(entry) is not None for entry in found):  # nothing for fhir.resources to check
        return _Reading(Parsed(format=file_format), references, None).run(found)

    def read(release: Release) -> Parsed:
        return _Reading(Parsed(format=file_format, version=release.name), references, release).run(found)

    return in_a_release(read)


def _why_skipped(entry: Entry) -> SkipReason | None:
    if entry.deletes:
        return SkipReason.DELETION
    if entry.resource_type == _NO_RESOURCE:
        return SkipReason.NO_CONTENT
    if entry.resource_type in _NAMES_ONLY:
        return SkipReason.NAMES_ONLY
    return None if entry.resource_type in _KEPT else SkipReason.NOT_KEPT


class _Reading:
    """Reads one file as one release, a resource at a time: patients, then their people, then appointments."""

    def __init__(self, parsed: Parsed, references: References, release: Release | None) -> None:
        self._parsed = parsed
        self._references = references
        self._release = release
        self._at: dict[int, int] = {}
        self._keys: dict[int, str] = {}

    def run(self, found: list[Entry]) -> Parsed:
        self._parsed.read = len(found)
        by_type: dict[str, list[Entry]] = {kind: [] for kind in _KEPT}
        for entry in found:
            reason = _why_skipped(entry)
            if reason is None:
                by_type[entry.resource_type].append(entry)
            else:
                self._parsed.skip(entry.resource_type, reason)
        for kind, take in (
            ("Patient", self._patient),
            ("RelatedPerson", self._person),
            ("Appointment", self._appointment),
        ):
            for entry in by_type[kind]:
                with _telling(entry):
                    take(entry, self._release.validated(entry) if self._release else None)
        return self._parsed

    def _patient(self, entry: Entry, resource: Any) -> None:
        logical, sent_at = logical_identifier(entry), _sent_at(resource)
        patient = incoming_patient(resource, key=f"{entry.item}", logical=logical, sent_at=sent_at)
        own = patient.identifiers if patient is not None else ((logical,) if logical is not None else ())
        proposed = list(merges(resource, own, self._references, sent_at))
        self._parsed.merges += proposed
        if is_replaced(resource):  # another record stands for it: the merge is all that it says
            self._parsed.read += max(len(proposed) - 1, 0)
            if not proposed:
                self._parsed.skip("Patient", SkipReason.NO_NUMBERS)
            return
        self._parsed.read += len(proposed)
        if patient is None:
            self._parsed.skip("Patient", SkipReason.NO_NAME)
        else:
            self._at[entry.item] = len(self._parsed.patients)
            self._keys[entry.item] = patient.key
            self._parsed.patients.append(patient)

    def _person(self, entry: Entry, resource: Any) -> None:
        person = incoming_person(resource)
        of = self._references.entry(resource.patient.reference or "") if resource.patient is not None else None
        at = self._at.get(of.item) if of is not None else None
        if isinstance(person, SkipReason):
            self._parsed.skip(entry.resource_type, person)
        elif at is None:
            self._parsed.skip(entry.resource_type, SkipReason.PATIENT_ELSEWHERE)
        else:
            patient = self._parsed.patients[at]
            people = tuple(dict.fromkeys((*patient.people, person)))
            self._parsed.patients[at] = dataclasses.replace(patient, people=people)
            self._parsed.people += 1

    def _appointment(self, entry: Entry, resource: Any) -> None:
        appointment = incoming_appointment(
            resource,
            references=self._references,
            keys=self._keys,
            logical=logical_identifier(entry),
            contained=_contained(entry),
            sent_at=_sent_at(resource),
        )
        if isinstance(appointment, SkipReason):
            self._parsed.skip("Appointment", appointment)
        else:
            self._parsed.appointments.append(appointment)


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
