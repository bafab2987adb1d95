"""One record as one FHIR R4 resource: what FHIR has a field for goes there, and the whole of it into an extension.

Text is cleaned of what FHIR's string cannot hold; the extension holds it as it was.
"""

import datetime as dt
import json
import re
import uuid
from typing import Any, Final

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.communication import Communication, Direction
from rapportdesk.model.consent import ConsentEvent, ConsentStatus
from rapportdesk.model.consent_form import ConsentForm
from rapportdesk.model.note import Note, NoteKind, NoteStatus
from rapportdesk.model.patient import ContactSystem, Patient
from rapportdesk.model.question import QuestionAsked
from rapportdesk.model.task import Task
from rapportdesk.model.topic import HL7_ACT_CODE, Permission, TopicPermission, sensitivity_code

RECORD: Final = "urn:rapportdesk:record"
_NAMESPACE: Final = uuid.UUID("c1c1a4de-13a5-5b3f-8f5e-52b3f2a3a0d7")
_ID: Final = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_SIGNS_OUT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST_VISIT: Final = 100_000
"""Minutes; what says more says nothing."""

_SCOPE: Final = "http://terminology.hl7.org/CodeSystem/consentscope"
_INTERPRETER: Final = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"

_NOTE_STATUS: Final = {
    NoteStatus.DRAFT: ("preliminary", "inactive"),
    NoteStatus.ACTIVE: ("final", "active"),
    NoteStatus.RETIRED: ("cancelled", "inactive"),
    NoteStatus.ENTERED_IN_ERROR: ("entered-in-error", "entered-in-error"),
}
"""FHIR R4 observation-status and flag-status."""


def fhir_id(some_id: str) -> str:
    """Return an id as FHIR can hold it: ours as it is, anything else as a name-based UUID."""
    return some_id if _ID.fullmatch(some_id) else str(uuid.uuid5(_NAMESPACE, some_id.encode("utf-8", "replace").hex()))


def full_url(some_id: str) -> str:
    """Return what a record is called within the Bundle."""
    return uuid.uuid5(_NAMESPACE, fhir_id(some_id)).urn


def resource_of_patient(patient: Patient, data: dict[str, Any]) -> dict[str, Any]:
    """Return the Patient."""
    names = [
        _named("official", patient.name),
        _named("usual", patient.own_script_name),
        _named("nickname", patient.preferred_name),
        *(_named("old", each) for each in patient.former_names),
    ]
    telecom = [
        {"system": each.system, "value": text}
        for each in patient.contact_points
        if each.system in {ContactSystem.PHONE, ContactSystem.SMS, ContactSystem.EMAIL} and (text := plain(each.value))
    ]
    addresses = [
        {"text": text}
        for each in patient.contact_points
        if each.system is ContactSystem.POST and (text := plain(each.value))
    ]
    languages = [
        {"language": {"text": text}, "preferred": number == 0}
        for number, each in enumerate(patient.languages)
        if (text := plain(each))
    ]
    made: dict[str, Any] = {
        "resourceType": "Patient",
        "id": fhir_id(patient.id),
        "extension": [
            _record("patient", data),
            *([{"url": _INTERPRETER, "valueBoolean": True}] if patient.interpreter else []),
        ],
        "identifier": [_identifier(each.system, each.value, each.label) for each in patient.identifiers if each.value],
        "name": [each for each in names if each],
        "telecom": telecom,
        "address": addresses,
        "birthDate": patient.birth_date.isoformat() if patient.birth_date else "",
        "communication": languages,
    }
    if patient.deceased_on is not None:
        made["deceasedDateTime"] = patient.deceased_on.isoformat()
    elif patient.deceased:
        made["deceasedBoolean"] = True
    return _without_empty(made)


def related_people(patient: Patient) -> list[dict[str, Any]]:
    """Return a RelatedPerson for each; the patient's own record holds the whole of them."""
    return [
        _without_empty(
            {
                "resourceType": "RelatedPerson",
                "id": fhir_id(each.id),
                "active": not each.deceased,
                "patient": _reference(patient.id),
                "relationship": [{"text": text}] if (text := plain(each.relation)) else [],
                "name": [{"text": text}] if (text := plain(each.name)) else [],
            }
        )
        for each in patient.people
    ]


def resource_of(kind: str, thing: Any, data: dict[str, Any], patient: Patient) -> dict[str, Any]:
    """Return one record.

    Args:
        kind: In which of the file's lists it stands.
        thing: The record.
        data: The same as JSON's types.
        patient: Whose it is.
    """
    kept = {**data, "content": ""} if kind == "forms" else data
    return _without_empty(
        {
            "id": fhir_id(f"{thing.id}-{thing.revision}" if kind == "earlier" else thing.id),
            "extension": [_record(kind, kept)],
            **_fields(kind, thing, _reference(patient.id)),
        }
    )


def _fields(kind: str, thing: Any, subject: dict[str, Any]) -> dict[str, Any]:
    match thing:
        case Note() if kind == "notes":
            return _flag(thing, subject) if _is_flag(thing) else _observation(thing, subject)
        case ConsentEvent():
            return _consent(thing, subject)
        case TopicPermission():
            return _topic(thing, subject)
        case Task():
            return _task(thing, subject)
        case Appointment():
            return _appointment(thing, subject)
        case Communication():
            return _communication(thing, subject)
        case QuestionAsked():
            return {
                "resourceType": "QuestionnaireResponse",
                "status": "completed",
                "subject": subject,
                "authored": _moment(thing.asked_at),
                "item": [{"linkId": plain(thing.question) or "question", "answer": [{"valueString": thing.answer}]}],
            }
        case ConsentForm():
            attachment = {"contentType": thing.media_type, "data": thing.content, "size": max(thing.size, 0)}
            return {
                "resourceType": "DocumentReference",
                "status": "current",
                "subject": subject,
                "date": _moment(thing.added_at),
                "content": [{"attachment": _without_empty(attachment)}],
            }
    return {"resourceType": "Basic", "code": _concept("urn:rapportdesk:kind", kind, ""), "subject": subject}


def _is_flag(note: Note) -> bool:
    return note.boundary or note.kind is NoteKind.ADJUSTMENT


def _observation(note: Note, subject: dict[str, Any]) -> dict[str, Any]:
    category = "http://terminology.hl7.org/CodeSystem/observation-category"
    return {
        "resourceType": "Observation",
        "status": _NOTE_STATUS[note.status][0],
        "category": [_concept(category, "social-history", "")],
        "code": _concept("urn:rapportdesk:note-kind", note.kind, ""),
        "subject": subject,
        "effectiveDateTime": _moment(note.noted_at),
        "performer": _displayed(note.noted_by_name),
        "valueString": plain(note.text),
    }


def _flag(note: Note, subject: dict[str, Any]) -> dict[str, Any]:
    return {
        "resourceType": "Flag",
        "status": _NOTE_STATUS[note.status][1],
        "category": [_concept("urn:rapportdesk:note-kind", note.kind, "")],
        "code": {"text": plain(note.text) or note.kind.value},
        "subject": subject,
        "period": {"start": _moment(note.noted_at)},
        "author": next(iter(_displayed(note.noted_by_name)), {}),
    }


def _consent(event: ConsentEvent, subject: dict[str, Any]) -> dict[str, Any]:
    agreed = event.status is ConsentStatus.ACTIVE
    period = {
        "start": event.valid_from.isoformat() if event.valid_from else "",
        "end": event.valid_until.isoformat() if event.valid_until else "",
    }
    return {
        "resourceType": "Consent",
        "status": event.status,
        "scope": _concept(_SCOPE, "patient-privacy", "Privacy Consent"),
        "category": [_concept("urn:rapportdesk:consent-covers", event.covers, "")],
        "patient": subject,
        "dateTime": _moment(event.recorded_at),
        "policyRule": _concept(HL7_ACT_CODE, "OPTIN" if agreed else "OPTOUT", ""),
        "provision": {"type": "permit" if agreed else "deny", "period": _without_empty(period)},
    }


def _topic(topic: TopicPermission, subject: dict[str, Any]) -> dict[str, Any]:
    welcome = topic.permission is Permission.WELCOME
    return {
        "resourceType": "Consent",
        "status": "active" if topic.permission else "proposed",
        "scope": _concept(_SCOPE, "patient-privacy", "Privacy Consent"),
        "category": [_concept("urn:rapportdesk:topic-permission", topic.permission or "not-asked", topic.code)],
        "patient": subject,
        "dateTime": _moment(topic.recorded_at),
        "policyRule": _concept(HL7_ACT_CODE, "OPTIN" if welcome else "OPTOUT", ""),
        "provision": {
            "type": "permit" if welcome else "deny",
            "securityLabel": [{"system": HL7_ACT_CODE, "code": sensitivity_code(topic.code)}],
        },
    }


def _task(task: Task, subject: dict[str, Any]) -> dict[str, Any]:
    due = {"end": task.due.isoformat()} if task.due else {}
    return {
        "resourceType": "Task",
        "status": task.status,
        "intent": "order",
        "code": _concept("urn:rapportdesk:task-code", task.code, ""),
        "description": plain(task.text),
        "for": subject,
        "authoredOn": _moment(task.recorded_at),
        "owner": next(iter(_displayed(task.owner_name)), {}),
        "restriction": {"period": due} if due else {},
    }


def _appointment(visit: Appointment, subject: dict[str, Any]) -> dict[str, Any]:
    with_whom = _displayed(visit.practitioner_name)
    lasts = visit.minutes if 0 < visit.minutes <= _LONGEST_VISIT else 0
    ends = visit.start + dt.timedelta(minutes=min(lasts, _left(visit.start)))
    return {
        "resourceType": "Appointment",
        "identifier": [_identifier("", each, "") for each in visit.identifiers if each],
        "status": visit.status,
        "description": plain(visit.reason),
        "start": _moment(visit.start),
        "end": _moment(ends),
        "minutesDuration": lasts or "",
        "participant": [
            {"actor": subject, "status": "accepted"},
            *({"actor": each, "status": "accepted"} for each in with_whom),
        ],
    }


def _left(start: dt.datetime) -> int:
    """Return how many minutes there are until the end of the calendar."""
    return int((dt.datetime.max.replace(tzinfo=dt.UTC) - start.replace(tzinfo=dt.UTC)).total_seconds() // 60)


def _communication(said: Communication, subject: dict[str, Any]) -> dict[str, Any]:
    incoming = said.direction is Direction.INCOMING
    return {
        "resourceType": "Communication",
        "status": said.status,
        "medium": [_concept("urn:rapportdesk:contact-system", said.medium, "")],
        "subject": subject,
        "received" if incoming else "sent": _moment(said.recorded_at),
        "payload": [{"contentString": text}] if (text := plain(said.text)) else [],
    }


def plain(text: str) -> str:
    """Return a text as FHIR's string can hold it: no control characters, no half characters, never only blanks."""
    return _SIGNS_OUT.sub("\N{REPLACEMENT CHARACTER}", text).strip()


def _record(kind: str, data: Any) -> dict[str, Any]:
    return {"url": RECORD, "valueString": json.dumps({"kind": kind, "data": data}, separators=(",", ":"))}


def _reference(some_id: str) -> dict[str, Any]:
    return {"reference": full_url(some_id)}


def _named(use: str, text: str) -> dict[str, Any]:
    return {"use": use, "text": plain(text)} if plain(text) else {}


def _identifier(system: str, value: str, label: str) -> dict[str, Any]:
    absolute = plain(system) if re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", system) else ""
    kind = {"text": words} if (words := plain(label or system)) else {}
    return _without_empty({"type": kind, "system": absolute, "value": plain(value)})


def _concept(system: str, code: str, words: str) -> dict[str, Any]:
    coding = {"system": system, "code": plain(code)}
    return {"coding": [coding], **({"text": text} if (text := plain(words)) else {})}


def _displayed(name: str) -> list[dict[str, Any]]:
    return [{"display": text}] if (text := plain(name)) else []


def _moment(at: dt.datetime) -> str:
    """Return a FHIR instant: with an offset, in whole seconds where there is no more."""
    return (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).isoformat()


def _without_empty(made: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty: FHIR has no empty strings, lists or objects."""
    return {name: value for name, value in made.items() if value not in ("", [], {}, None)}
