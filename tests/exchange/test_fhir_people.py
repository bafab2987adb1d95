"""FHIR's people beside the patient: related persons, practitioners by their roles, records that stand for others."""

import json
from pathlib import Path
from typing import Any

import pytest

from rapportdesk.exchange import ImportPlan, IncomingPerson, Skipped, SkipReason
from rapportdesk.model.patient import Identifier
from tests.exchange.samples import plan_of

NIA: dict[str, Any] = {"resourceType": "Patient", "id": "p1", "name": [{"text": "Nia Prydderch"}]}
GWEN: dict[str, Any] = {
    "resourceType": "RelatedPerson",
    "id": "r1",
    "patient": {"reference": "Patient/p1"},
    "relationship": [{"text": "daughter"}],
    "name": [{"use": "old", "text": "Gwen Jones"}, {"given": ["Gwen"], "family": "Prydderch"}],
    "telecom": [{"system": "phone", "value": "07700 900456"}],
}
NUMBER = "https://pas.example/number"


def lines(*resources: dict[str, Any]) -> str:
    return "".join(json.dumps(each) + "\n" for each in resources)


def read(tmp_path: Path, *resources: dict[str, Any]) -> ImportPlan:
    plan = plan_of(tmp_path, lines(*resources))
    assert len(plan.files) == 1
    return plan


def test_a_related_person_comes_in_with_their_patient_whichever_stands_first(tmp_path: Path) -> None:
    for order in ((NIA, GWEN), (GWEN, NIA)):
        plan = read(tmp_path, *order)
        assert plan.patients[0].people == (IncomingPerson(name="Gwen Prydderch", relation="daughter"),)
        assert (plan.files[0].read, plan.files[0].patients, plan.files[0].people) == (2, 1, 1)
        assert plan.patients[0].contact_points == (), "a relative's number is not the patient's"


def test_a_related_person_of_stu3_has_one_relationship(tmp_path: Path) -> None:
    stu3 = {**GWEN, "relationship": {"coding": [{"display": "child"}]}}
    plan = read(tmp_path, NIA, stu3)
    assert plan.files[0].version == "STU3"
    assert plan.patients[0].people[0].relation == "child"
    assert read(tmp_path, NIA, GWEN).files[0].version == "R4B"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"active": False}, SkipReason.NO_LONGER),
        ({"period": {"end": "2020-01-01"}}, SkipReason.NO_LONGER),
        ({"name": []}, SkipReason.NO_NAME),
        ({"patient": {"reference": "Patient/elsewhere"}}, SkipReason.PATIENT_ELSEWHERE),
    ],
)
def test_who_is_left_out_is_told_with_the_reason(tmp_path: Path, changed: dict[str, Any], reason: SkipReason) -> None:
    plan = read(tmp_path, NIA, {key: value for key, value in {**GWEN, **changed}.items() if value != []})
    assert plan.patients[0].people == ()
    assert plan.files[0].skipped == (Skipped(resource_type="RelatedPerson", reason=reason, count=1),)


def test_a_role_lends_the_name_of_the_practitioner_who_holds_it(tmp_path: Path) -> None:
    role = {"resourceType": "PractitionerRole", "id": "o1", "practitioner": {"reference": "Practitioner/d1"}}
    doctor = {"resourceType": "Practitioner", "id": "d1", "name": [{"prefix": ["Dr"], "family": "Osei"}]}
    visit = {
        "resourceType": "Appointment",
        "status": "booked",
        "start": "2026-11-23T09:00:00Z",
        "end": "2026-11-23T09:20:00Z",
        "participant": [
            {"actor": {"reference": "Patient/p1"}, "status": "accepted"},
            {"actor": {"reference": "PractitionerRole/o1"}, "status": "accepted"},
        ],
    }
    assert read(tmp_path, NIA, role, doctor, visit).appointments[0].practitioner_name == "Dr Osei"
    named = {**role, "practitioner": {"display": "Dr Ama Osei"}}
    assert read(tmp_path, NIA, named, visit).appointments[0].practitioner_name == "Dr Ama Osei"


def test_ways_to_reach_somebody_come_in_their_rank_and_without_those_that_ended(tmp_path: Path) -> None:
    telecom = [
        {"system": "phone", "value": "3"},
        {"system": "phone", "value": "2", "rank": 2},
        {"system": "phone", "value": "0", "rank": 1, "period": {"end": "2020-01-01"}},
        {"system": "email", "value": "nia@example.org", "rank": 1},
    ]
    plan = read(tmp_path, {**NIA, "telecom": telecom})
    assert [point.value for point in plan.patients[0].contact_points] == ["nia@example.org", "2", "3"]


def test_a_replaced_record_is_a_proposal_to_join_and_no_patient(tmp_path: Path) -> None:
    old = {
        **NIA,
        "id": "p0",
        "identifier": [{"system": NUMBER, "value": "12"}],
        "active": False,
        "link": [{"other": {"reference": "Patient/p1"}, "type": "replaced-by"}],
    }
    plan = read(tmp_path, {**NIA, "identifier": [{"system": NUMBER, "value": "4471"}]}, old)
    (file,), (merge,) = plan.files, plan.merges
    assert (file.read, file.patients, file.merges) == (2, 1, 1)
    assert merge.survivor_identifiers == (Identifier(system="fhir:id", value="p1"),)
    assert merge.retired_identifiers[0] == Identifier(system=NUMBER, value="12")


def test_a_record_that_replaces_another_is_a_patient_and_a_proposal(tmp_path: Path) -> None:
    link = [
        {"other": {"reference": "Patient/p0"}, "type": "replaces"},
        {"other": {"reference": "Patient/x"}, "type": "seealso"},
    ]
    plan = read(tmp_path, {**NIA, "link": link})
    assert (plan.files[0].read, plan.files[0].patients, plan.files[0].merges) == (2, 1, 1)
    assert plan.merges[0].retired_identifiers == (Identifier(system="fhir:id", value="p0"),)
    nowhere = {**NIA, "link": [{"other": {"display": "somebody"}, "type": "replaced-by"}]}
    assert read(tmp_path, nowhere).files[0].skipped == (
        Skipped(resource_type="Patient", reason=SkipReason.NO_NUMBERS, count=1),
    )
