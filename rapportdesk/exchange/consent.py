"""The whole history of consents leaves as FHIR R4: one Consent for each event, with who recorded it as Provenance.

Scoped to Consent, RelatedPerson, Patient and Provenance; R4B, with which it is checked, differs from R4 in none of
them. What FHIR has no element for stands in extensions under `urn:rapportdesk:consent:`. fhir.resources is large and
imported only when there is something to export.
"""

import base64
import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.consent_form import ConsentForm
from rapportdesk.model.consent_shown import HistoryEntry
from rapportdesk.model.identity import RecordId
from rapportdesk.model.patient import Patient, RelatedPerson

OWN = "urn:rapportdesk:consent:"
_TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"

_ACTIONS = {
    Covers.KEEP_NOTES: ("collect", "use"),
    Covers.SHARE_WITH_CLINICIANS: ("disclose", "use"),
    Covers.TALK_WITH: ("disclose",),
}
_PURPOSES = {
    Covers.KEEP_NOTES: "CAREMGT",
    Covers.SHARE_WITH_CLINICIANS: "TREAT",
    Covers.TALK_WITH: "PATRQT",
}


def consent_bundle(
    patient: Patient,
    entries: Sequence[HistoryEntry],
    forms: Mapping[RecordId, Sequence[ConsentForm]],
    *,
    made_at: dt.datetime,
) -> bytes:
    """Return a collection Bundle in JSON, validated by fhir.resources.

    Args:
        patient: Whose consents these are.
        entries: Every event with what became of it, in any order.
        forms: The scans that lie with events, whole; the first becomes the Consent's source.
        made_at: When the Bundle is made, with an offset.

    Raises:
        ValueError: What was made is not FHIR; a mistake of ours.
    """
    from fhir.resources.R4B.bundle import Bundle

    oldest_first = sorted(entries, key=lambda entry: (entry.event.recorded_at, entry.event.id))
    staff = {entry.event.recorded_by: entry.event.recorded_by_name for entry in oldest_first}
    resources = [
        _patient(patient),
        *(_related(patient, each) for each in _people(patient, oldest_first)),
        *({"resourceType": "Practitioner", "id": _id(each), "name": [{"text": name}]} for each, name in staff.items()),
        *(_consent(patient, entry, forms.get(entry.event.id, ())) for entry in oldest_first),
        *(_provenance(entry.event) for entry in oldest_first),
    ]
    made = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": made_at.isoformat(),
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": _without_blanks(each)} for each in resources],
    }
    text: str = Bundle.model_validate(made).model_dump_json(indent=2)
    return text.encode() + b"\n"


def _patient(patient: Patient) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": _id(patient.id),
        "identifier": [{"system": each.system, "value": each.value} for each in patient.identifiers],
        "name": [{"text": patient.name}],
        "birthDate": patient.birth_date.isoformat() if patient.birth_date else None,
    }


def _people(patient: Patient, entries: Sequence[HistoryEntry]) -> list[RelatedPerson]:
    """Return everybody an event refers to, also those who are no longer on the card."""
    known = {person.id: person for person in patient.people}
    for entry in entries:
        event = entry.event
        if event.given_by:
            known.setdefault(event.given_by, RelatedPerson(id=event.given_by, name=event.given_by_name))
        if event.person:
            known.setdefault(event.person, RelatedPerson(id=event.person, name=""))
    said = {each for entry in entries for each in (entry.event.given_by, entry.event.person)}
    return [person for each, person in known.items() if each in said]


def _related(patient: Patient, person: RelatedPerson) -> dict[str, Any]:
    return {
        "resourceType": "RelatedPerson",
        "id": _id(person.id),
        "patient": _to(patient.id),
        "name": [{"text": person.name}],
        "relationship": [{"text": person.relation}],
    }


def _consent(patient: Patient, entry: HistoryEntry, forms: Sequence[ConsentForm]) -> dict[str, Any]:
    event = entry.event
    return {
        "resourceType": "Consent",
        "id": _id(event.id),
        "extension": _extensions(entry),
        "status": ConsentStatus.INACTIVE if entry.ended is not None else event.status,
        "scope": _coded(f"{_TERMINOLOGY}consentscope", "patient-privacy"),
        "category": [_coded("http://loinc.org", "59284-0")],
        "patient": _to(patient.id),
        "dateTime": event.recorded_at.isoformat(),
        "performer": [_to(event.given_by or patient.id)],
        "sourceAttachment": _attachment(forms[0]) if forms else None,
        "policyRule": _coded(f"{_TERMINOLOGY}v3-ActCode", "OPTIN" if _permits(event) else "OPTOUT"),
        "provision": {
            "type": "permit" if _permits(event) else "deny",
            "period": {"start": _day(event.valid_from), "end": _day(event.valid_until)},
            "actor": _actor(event),
            "action": [_coded(f"{_TERMINOLOGY}consentaction", code) for code in _ACTIONS.get(event.covers, ("use",))],
            "purpose": [{"system": f"{_TERMINOLOGY}v3-ActReason", "code": _PURPOSES.get(event.covers, "HOPERAT")}],
        },
    }


def _extensions(entry: HistoryEntry) -> list[dict[str, Any]]:
    event = entry.event
    reason = entry.ended or event.inactive_reason
    said = {
        "covers": event.covers,
        "recorded-status": event.status,
        "inactive-reason": reason or "",
        "reason": event.reason,
        "given": event.given,
        "where": event.where,
        "words": event.words,
        "language": event.language,
        "present": event.present,
        "authority": event.authority if event.given_by else "",
        "authority-proof": event.authority_proof,
        "authority-scope": event.authority_scope,
        "undoes": _id(event.undoes) if event.undoes else "",
    }
    dates = {
        "inactive-since": entry.ended_on,
        "ask-again-on": event.ask_again_on,
        "authority-until": event.authority_until,
    }
    return [
        *({"url": OWN + name, "valueString": value} for name, value in said.items() if value),
        *({"url": OWN + name, "valueDate": _day(value)} for name, value in dates.items() if value),
        *({"url": OWN + name, "valueBoolean": True} for name in ("alone", "erased") if getattr(event, name)),
    ]


def _actor(event: ConsentEvent) -> list[dict[str, Any]]:
    role = _coded(f"{_TERMINOLOGY}v3-ParticipationType", "IRCP")
    if event.covers is Covers.TALK_WITH:
        return [{"role": role, "reference": _to(event.person)}]
    if event.covers is Covers.SHARE_WITH_CLINICIANS:
        return [{"role": role, "reference": {"display": "The practice's clinicians"}}]
    return []


def _attachment(form: ConsentForm) -> dict[str, Any]:
    scan = form.scan
    sha1 = hashlib.sha1(scan, usedforsecurity=False).digest()  # the hash that FHIR's Attachment names
    return {
        "contentType": form.media_type,
        "data": form.content,
        "size": form.size,
        "hash": base64.b64encode(sha1).decode("ascii"),
        "creation": form.added_at.isoformat(),
    }


def _provenance(event: ConsentEvent) -> dict[str, Any]:
    return {
        "resourceType": "Provenance",
        "id": str(uuid.uuid5(uuid.UUID(event.id), "provenance")),
        "target": [_to(event.id)],
        "recorded": event.recorded_at.isoformat(),
        "agent": [
            {
                "type": _coded(f"{_TERMINOLOGY}provenance-participant-type", "enterer"),
                "who": {**_to(event.recorded_by), "display": event.recorded_by_name},
            }
        ],
    }


def _permits(event: ConsentEvent) -> bool:
    return event.status in {ConsentStatus.ACTIVE, ConsentStatus.PROPOSED, ConsentStatus.DRAFT}


def _coded(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def _to(record_id: str) -> dict[str, Any]:
    return {"reference": f"urn:uuid:{_id(record_id)}"}


def _id(record_id: str) -> str:
    """Return an id as a UUID; what is none (a related person of an older file) becomes one, always the same."""
    try:
        return str(uuid.UUID(record_id))
    except ValueError:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, OWN + record_id))


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _without_blanks(value: Any) -> Any:
    """Leave out what is empty: FHIR has no empty elements."""
    if isinstance(value, dict):
        kept = {key: _without_blanks(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        return [each for each in map(_without_blanks, value) if each not in (None, "", [], {})]
    return value
