"""The record as FHIR R4 AuditEvents in BALP's shape, every action of them read by fhir.resources."""

import dataclasses
import datetime as dt
import json
from typing import Any

import pytest
from fhir.resources.R4B.auditevent import AuditEvent as FhirAuditEvent
from fhir.resources.R4B.bundle import Bundle

from rapportdesk.desk.audit_files import as_fhir
from rapportdesk.exchange.audit_fhir import audit_entry, audit_event
from rapportdesk.model.audit import AuditAction, AuditEvent, Outcome, PurposeOfUse
from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.staff import Role

AT = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
NIA = PatientId("b" * 32)
LINE = AuditEvent(
    at=AT, action=AuditAction.CARD_VIEWED, who=StaffId("a" * 32), who_name="Ana Ruiz", roles=(Role.RECEPTION,),
    patient=NIA, purpose=PurposeOfUse.OPERATIONS,
)  # fmt: skip


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [each["code"] for each in found]


@pytest.mark.parametrize("action", AuditAction)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_action_makes_an_audit_event_that_fhir_resources_takes(action: AuditAction, outcome: Outcome) -> None:
    full = dataclasses.replace(
        LINE, action=action, outcome=outcome, why="added", about=StaffId("c" * 32), about_name="Ben", count=3,
        happened_at=AT,
    )  # fmt: skip
    bare = AuditEvent(at=AT, action=action, who=None, who_name="", outcome=outcome)
    for event in (full, bare):
        made = audit_event(event)
        read = FhirAuditEvent.model_validate({"resourceType": "AuditEvent", **made})
        assert read.recorded == AT
        assert read.outcome == ("0" if outcome is Outcome.SUCCESS else "4")
        assert action in codes(made["subtype"])


def test_a_look_at_a_card_has_the_agents_and_entities_of_balps_patient_read() -> None:
    made = audit_event(LINE)
    assert (made["type"]["code"], made["subtype"][0]["code"], made["action"]) == ("rest", "read", "R")
    user, client, server = made["agent"]
    assert user["requestor"] is True
    assert user["type"]["coding"][0]["code"] == "IRCP"
    assert (user["name"], user["who"]["identifier"]["value"]) == ("Ana Ruiz", "a" * 32)
    assert user["purposeOfUse"][0]["coding"][0]["code"] == "HOPERAT"
    assert [each["type"]["coding"][0]["code"] for each in (client, server)] == ["110152", "110153"]
    assert not client["requestor"]
    assert all(each["network"] for each in (client, server))
    patient, data = made["entity"]
    assert patient["what"] == {"reference": f"Patient/{NIA}"}
    assert (patient["type"]["code"], patient["role"]["code"]) == ("1", "1")
    assert (data["type"]["code"], data["role"]["code"]) == ("2", "4")
    assert "meta" not in made  # scoped to, never conformant


def test_what_is_written_is_a_create_by_its_author() -> None:
    made = audit_event(dataclasses.replace(LINE, action=AuditAction.NOTE_WRITTEN))
    assert (made["subtype"][0]["code"], made["action"]) == ("create", "C")
    assert made["agent"][0]["type"]["coding"][0]["code"] == "AUT"
    assert [each["type"]["coding"][0]["code"] for each in made["agent"][1:]] == ["110153", "110152"]


def test_emergency_access_says_that_the_glass_was_broken() -> None:
    event = dataclasses.replace(LINE, action=AuditAction.EMERGENCY_ACCESS, purpose=PurposeOfUse.BREAK_THE_GLASS)
    made = audit_event(event)
    assert made["purposeOfEvent"][0]["coding"][0]["code"] == "BTG"
    assert "110127" in codes(made["subtype"])


def test_a_wrong_secret_names_whose_it_was_and_when() -> None:
    event = AuditEvent(
        at=AT, action=AuditAction.SIGN_IN_FAILED, who=StaffId("a" * 32), who_name="Ana Ruiz", about=StaffId("c" * 32),
        about_name="Ben", count=3, happened_at=AT - dt.timedelta(hours=1), outcome=Outcome.FAILURE,
    )  # fmt: skip
    made = audit_event(event)
    assert (made["type"]["code"], made["outcome"]) == ("110114", "4")
    assert made["period"] == {"end": "2026-11-20T08:04:00+00:00"}
    assert made["entity"][0]["what"]["display"] == "Ben"
    assert made["entity"][0]["detail"] == [{"type": "count", "valueString": "3"}]


def test_a_bundle_is_read_whole_and_alike_lines_have_ids_of_their_own() -> None:
    made = b"".join(as_fhir([[LINE, LINE], [], [dataclasses.replace(LINE, why="added")]]))
    bundle = Bundle.model_validate_json(made)
    assert bundle.type == "collection"
    entries = bundle.entry or []
    assert len({entry.fullUrl for entry in entries}) == len(entries) == 3
    assert b"".join(as_fhir([[LINE, LINE], [dataclasses.replace(LINE, why="added")]])) == made


def test_a_record_without_a_line_is_a_bundle_without_entries() -> None:
    made = b"".join(as_fhir([]))
    assert "entry" not in json.loads(made)
    Bundle.model_validate_json(made)


def test_an_id_is_made_of_what_the_line_says_alone() -> None:
    assert audit_entry(LINE) == audit_entry(dataclasses.replace(LINE))
    assert audit_entry(LINE)["fullUrl"] != audit_entry(LINE, alike=1)["fullUrl"]
    assert audit_entry(LINE)["fullUrl"] == f"urn:uuid:{audit_entry(LINE)['resource']['id']}"
