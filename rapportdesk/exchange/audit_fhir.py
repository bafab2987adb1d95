"""The record of who looked as FHIR R4 AuditEvent, in the shape of IHE's Basic Audit Log Patterns (BALP 1.1.3).

A look at a record is a Read, what is added a Create, what is changed an Update, what goes a Delete, each with the
agents and entities of BALP's Patient patterns; signing in and out, security alerts, exports and the audit's own use
take the DICOM events (DCM) that BALP leaves them to. No profile is claimed: there is no RESTful server here, and the
one machine stands for both ends.
"""

import json
import uuid
from dataclasses import dataclass
from typing import Any, Final

from rapportdesk.model.audit import AuditAction, AuditEvent, Outcome, PurposeOfUse
from rapportdesk.model.staff import Role

_TYPE: Final = "http://terminology.hl7.org/CodeSystem/audit-event-type"
_REST: Final = "http://hl7.org/fhir/restful-interaction"
_DCM: Final = "http://dicom.nema.org/resources/ontology/DCM"
_PARTICIPATION: Final = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
_REASON: Final = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_ENTITY: Final = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
_ENTITY_ROLE: Final = "http://terminology.hl7.org/CodeSystem/object-role"
_SOURCE: Final = "http://terminology.hl7.org/CodeSystem/security-source-type"
_OWN_ROLES: Final = "urn:rapportdesk:role"
_OWN_ACTIONS: Final = "urn:rapportdesk:audit-action"
_OWN_IDS: Final = "urn:rapportdesk:id"
_NAMESPACE: Final = uuid.UUID("6f2f3a52-6c55-5b0e-9a53-0a1f0b7f2f11")

_DISPLAYED: Final = {
    "110100": "Application Activity", "110106": "Export", "110107": "Import", "110101": "Audit Log Used",
    "110113": "Security Alert", "110114": "User Authentication", "110120": "Application Start", "110122": "Login",
    "110123": "Logout", "110127": "Emergency Override Started", "110131": "Security Configuration",
    "110138": "Emergency Override Stopped",
    "110136": "Security Roles Changed", "110137": "User security Attributes Changed",
    "110152": "Destination Role ID", "110153": "Source Role ID",
}  # fmt: skip

_PURPOSES: Final = {
    PurposeOfUse.TREATMENT: "treatment",
    PurposeOfUse.OPERATIONS: "healthcare operations",
    PurposeOfUse.PATIENT_REQUEST: "patient requested",
    PurposeOfUse.BREAK_THE_GLASS: "break the glass",
}


@dataclass(frozen=True, slots=True)
class _Pattern:
    """AuditEvent.action with its codes: of a RESTful pattern, or DICOM's event and what it was in particular."""

    action: str
    rest: str = ""
    dcm: tuple[str, ...] = ()


_READ, _CREATE, _UPDATE = _Pattern("R", "read"), _Pattern("C", "create"), _Pattern("U", "update")

_PATTERNS: Final = {
    AuditAction.VAULT_CREATED: _Pattern("E", dcm=("110100", "110120")),
    AuditAction.SIGN_IN: _Pattern("E", dcm=("110114", "110122")),
    AuditAction.SIGN_IN_FAILED: _Pattern("E", dcm=("110114", "110122")),
    AuditAction.LOCK: _Pattern("E", dcm=("110114", "110123")),
    AuditAction.CARD_VIEWED: _READ,
    AuditAction.HISTORY_VIEWED: _Pattern("R", "history-instance"),
    AuditAction.OPENED_FROM_SEARCH: _Pattern("E", "search-type"),
    AuditAction.SEARCHED: _Pattern("E", "search-type"),
    AuditAction.BRIEF_READ: _READ,
    AuditAction.PREVIEWED: _READ,
    AuditAction.BRIEF_PRINTED: _READ,
    AuditAction.DESK_SLIP_PRINTED: _READ,
    AuditAction.REVEALED: _READ,
    AuditAction.EMERGENCY_ACCESS: _Pattern("R", dcm=("110113", "110127")),
    AuditAction.EMERGENCY_CLOSED: _Pattern("E", dcm=("110113", "110138")),
    AuditAction.EMERGENCY_REVIEWED: _Pattern("R", dcm=("110101",)),
    AuditAction.COMPANY_SET: _UPDATE,
    AuditAction.PERSON_CHANGED: _UPDATE,
    AuditAction.NOTE_WRITTEN: _CREATE,
    AuditAction.NOTE_CHANGED: _UPDATE,
    AuditAction.CONSENT_RECORDED: _CREATE,
    AuditAction.RIGHTS_RECORDED: _CREATE,
    AuditAction.TOPIC_SET: _UPDATE,
    AuditAction.TASK_CHANGED: _UPDATE,
    AuditAction.APPOINTMENT_CHANGED: _UPDATE,
    AuditAction.CONTACT_LOGGED: _CREATE,
    AuditAction.IMPORTED: _Pattern("C", dcm=("110107",)),
    AuditAction.EXPORTED: _Pattern("R", dcm=("110106",)),
    AuditAction.ERASED: _Pattern("D", "delete"),
    AuditAction.STAFF_CHANGED: _Pattern("U", dcm=("110113", "110137")),
    AuditAction.PRACTICE_CHANGED: _Pattern("U", dcm=("110113", "110131")),
    AuditAction.KEY_OPERATION: _Pattern("E", dcm=("110113", "110137")),
    AuditAction.RECOVERED: _Pattern("E", dcm=("110113", "110137")),
    AuditAction.BACKED_UP: _Pattern("E", dcm=("110106",)),
    AuditAction.RESTORED: _Pattern("E", dcm=("110107",)),
    AuditAction.VERIFIED: _Pattern("E", dcm=("110100",)),
    AuditAction.REFUSED: _Pattern("E", dcm=("110113",)),
    AuditAction.AUDIT_READ: _Pattern("R", dcm=("110101",)),
    AuditAction.AUDIT_PRINTED: _Pattern("R", dcm=("110101",)),
    AuditAction.AUDIT_TRIMMED: _Pattern("D", dcm=("110101",)),
    AuditAction.PRINTS_DESTROYED: _Pattern("E", dcm=("110106",)),
}


def audit_entry(event: AuditEvent, *, alike: int = 0) -> dict[str, Any]:
    """Return one line as an entry of a Bundle of type collection.

    Its id is made of what the line says, so that a second export gives the same, and no gap in the record shows.

    Args:
        event: The line.
        alike: How many lines before it say just the same.
    """
    resource = audit_event(event)
    name = uuid.uuid5(_NAMESPACE, json.dumps([resource, alike], sort_keys=True))
    return {"fullUrl": name.urn, "resource": {"resourceType": "AuditEvent", "id": str(name), **resource}}


def audit_event(event: AuditEvent) -> dict[str, Any]:
    """Return one line as the elements of an AuditEvent, without an id."""
    pattern = _pattern(event)
    made: dict[str, Any] = {
        "type": _coding(_TYPE, "rest", "Restful Operation") if pattern.rest else _dcm(pattern.dcm[0]),
        "subtype": [
            *([_coding(_REST, pattern.rest, pattern.rest)] if pattern.rest else map(_dcm, pattern.dcm[1:])),
            _coding(_OWN_ACTIONS, event.action, event.action),
        ],
        "action": pattern.action,
        "recorded": event.at.isoformat(),
        "outcome": "0" if event.outcome is Outcome.SUCCESS else "4",
        "agent": [_user(event, pattern), *_machine(pattern)],
        "source": {
            "observer": {"display": "RapportDesk"},
            "type": [_coding(_SOURCE, "4", "Application Server")],
        },
    }
    if event.happened_at is not None:
        made["period"] = {"end": event.happened_at.isoformat()}
    if desc := event.why or (str(event.count) if event.count != 1 else ""):
        made["outcomeDesc"] = desc
    if event.purpose is not None:
        made["purposeOfEvent"] = [{"coding": [_purpose(event.purpose)]}]
    if entities := _entities(event):
        made["entity"] = entities
    return made


def _pattern(event: AuditEvent) -> _Pattern:
    if event.action is AuditAction.PERSON_CHANGED and event.why == "added":
        return _CREATE
    return _PATTERNS.get(event.action, _Pattern("E", dcm=("110100",)))


def _user(event: AuditEvent, pattern: _Pattern) -> dict[str, Any]:
    participation = ("AUT", "author (originator)") if pattern.action in "CU" else ("IRCP", "information recipient")
    user: dict[str, Any] = {"type": _concept(_PARTICIPATION, *participation), "requestor": True}
    if event.who is not None:
        user["who"] = _somebody(event.who, event.who_name)
    if event.who_name:
        user["name"] = event.who_name
    if event.roles:
        user["role"] = [_concept(_OWN_ROLES, role, role) for role in Role if role in event.roles]
    if event.purpose is not None:
        user["purposeOfUse"] = [{"coding": [_purpose(event.purpose)]}]
    return user


def _machine(pattern: _Pattern) -> list[dict[str, Any]]:
    """Return client and server, which are one machine; whoever reads is the destination of what is read."""
    reading = pattern.action not in "CUD"
    return [
        {
            "type": {"coding": [_dcm(code)]},
            "who": {"display": "RapportDesk"},
            "requestor": False,
            "network": {"address": "localhost", "type": "1"},
        }
        for code in (("110152", "110153") if reading else ("110153", "110152"))
    ]


def _entities(event: AuditEvent) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    if event.patient is not None:
        what = {"reference": f"Patient/{event.patient}"}
        made = [
            {"what": what, "type": _coding(_ENTITY, "1", "Person"), "role": _coding(_ENTITY_ROLE, "1", "Patient")},
            {
                "what": what,
                "type": _coding(_ENTITY, "2", "System Object"),
                "role": _coding(_ENTITY_ROLE, "4", "Domain Resource"),
            },
        ]
    if event.about is not None:
        about: dict[str, Any] = {
            "what": _somebody(event.about, event.about_name),
            "type": _coding(_ENTITY, "1", "Person"),
            "role": _coding(_ENTITY_ROLE, "11", "Security User Entity"),
        }
        if event.count != 1:
            about["detail"] = [{"type": "count", "valueString": str(event.count)}]
        made.append(about)
    return made


def _somebody(staff: str, name: str) -> dict[str, Any]:
    who: dict[str, Any] = {"identifier": {"system": _OWN_IDS, "value": staff}}
    return {**who, "display": name} if name else who


def _purpose(purpose: PurposeOfUse) -> dict[str, str]:
    return _coding(_REASON, purpose, _PURPOSES[purpose])


def _dcm(code: str) -> dict[str, str]:
    return _coding(_DCM, code, _DISPLAYED[code])


def _concept(system: str, code: str, display: str) -> dict[str, Any]:
    return {"coding": [_coding(system, code, display)]}


def _coding(system: str, code: str, display: str) -> dict[str, str]:
    return {"system": system, "code": str(code), "display": str(display)}
