"""A patient's file as a FHIR R4 Bundle of type collection, for other systems; ours reads all of it back.

What FHIR has a resource for is one: Patient, RelatedPerson, Consent, Observation (what they said of themselves), Flag
(adjustments and boundaries), Task, Appointment, Communication, QuestionnaireResponse, DocumentReference; the rest is
Basic. Each carries the whole record as JSON in the extension `urn:rapportdesk:record`. No profile is claimed.
"""

import datetime as dt
import json
from typing import Any, Final

from pydantic import ValidationError

from rapportdesk.exchange.patient_file_json import ADAPTER, checked, in_lines, not_ours
from rapportdesk.exchange.patient_file_resources import RECORD, full_url, resource_of, resource_of_patient
from rapportdesk.exchange.patient_file_resources import related_people as people_of
from rapportdesk.model.patient_file import LISTS, PatientFile

TAG: Final = "urn:rapportdesk:patient-file"
VERSION: Final = "1"


def file_fhir(file: PatientFile, *, made_at: dt.datetime, made_by: str) -> bytes:
    """Return the Bundle's bytes (RFC 8259 in ASCII); arguments as of `file_json`."""
    whole = ADAPTER.dump_python(file, mode="json")
    entries = [_entry(file.patient.id, resource_of_patient(file.patient, whole["patient"]))]
    entries += [_entry(each["id"], each) for each in people_of(file.patient)]
    for kind in LISTS:
        for thing, data in zip(getattr(file, kind), whole[kind], strict=True):
            made = resource_of(kind, thing, data, file.patient)
            entries.append(_entry(made["id"], made))
    bundle = {
        "resourceType": "Bundle",
        "meta": {"tag": [{"system": TAG, "code": VERSION, **({"display": made_by} if made_by.strip() else {})}]},
        "type": "collection",
        "timestamp": made_at.isoformat(),
        "entry": entries,
    }
    return in_lines(bundle, "entry")


def read_file_fhir(content: bytes) -> PatientFile:
    """Return what `file_fhir` was given.

    Raises:
        BadInput: It is something else.
    """
    try:
        bundle = json.loads(content)
        if not any(tag["system"] == TAG and tag["code"] == VERSION for tag in bundle["meta"]["tag"]):
            raise not_ours()
        lists: dict[str, Any] = {kind: [] for kind in LISTS}
        for entry in bundle["entry"]:
            for extension in entry["resource"].get("extension", []):
                if extension["url"] == RECORD:
                    held = json.loads(extension["valueString"])
                    if held["kind"] == "patient":
                        lists["patient"] = held["data"]
                    else:
                        lists[held["kind"]].append(_with_scan(held, entry["resource"]))
        return checked(ADAPTER.validate_python(lists))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError):
        raise not_ours() from None


def _entry(some_id: str, resource: dict[str, Any]) -> dict[str, Any]:
    return {"fullUrl": full_url(some_id), "resource": resource}


def _with_scan(held: dict[str, Any], resource: dict[str, Any]) -> Any:
    """Return a record with its scan, which lies in the attachment alone."""
    if held["kind"] != "forms":
        return held["data"]
    return {**held["data"], "content": resource["content"][0]["attachment"].get("data", "")}
