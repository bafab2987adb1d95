"""FHIR JSON: who somebody is and when they come; everything else is named and left out."""

import datetime as dt
import json
from pathlib import Path

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.exchange import FHIR_ID, FileFormat, IncomingPerson, Skipped, SkipReason, parse_files
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier
from tests.exchange.samples import FIXTURES, LONDON, plan_of


def skipped(resource_type: str, reason: SkipReason, count: int = 1) -> Skipped:
    return Skipped(resource_type=resource_type, reason=reason, count=count)


def test_a_bundle_of_r4_is_read() -> None:
    plan = parse_files([FIXTURES / "searchset.json"])
    (file,) = plan.files
    assert (file.format, file.version, file.name) == (FileFormat.FHIR_JSON, "R4B", "searchset.json")
    assert (file.read, file.patients, file.appointments) == (8, 1, 1)
    assert set(file.skipped) == {
        skipped("Practitioner", SkipReason.NAMES_ONLY),
        skipped("Location", SkipReason.NAMES_ONLY),
        skipped("Appointment", SkipReason.NO_TIME),
        skipped("Appointment", SkipReason.NO_PATIENT),
        skipped("OperationOutcome", SkipReason.NOT_KEPT),
        skipped("Bundle.entry", SkipReason.DELETION),
    }
    (nia,) = plan.patients
    assert nia.name == "Nia Mair Prydderch"
    assert nia.sort_name == "Prydderch, Nia Mair"
    assert nia.preferred_name == "Nia fach"
    assert nia.former_names == ("Nia Vaughan",)
    assert nia.birth_date == dt.date(1958, 3, 14)
    assert nia.identifiers == (
        Identifier(system="https://fhir.nhs.uk/Id/nhs-number", value="999 000 1234", label="NHS number"),
        Identifier(system="https://pas.example/number", value="4471"),
        Identifier(system="https://pas.example/fhir/Patient", value="p1"),
    )
    assert nia.contact_points == (
        ContactPoint(system=ContactSystem.PHONE, value="07700 900123", from_import=True),
        ContactPoint(system=ContactSystem.EMAIL, value="nia@example.org", from_import=True),
        ContactPoint(system=ContactSystem.POST, value="3 Heol y Bont, Aberystwyth, SY23 1AA", from_import=True),
    )
    assert nia.languages == ("Welsh", "English")
    assert nia.interpreter == "Welsh"
    assert nia.people == (IncomingPerson(name="Gwen Prydderch", relation="daughter"),)
    assert nia.deceased is None
    assert nia.sent_at == dt.datetime(2025, 3, 13, 17, 2, 11, tzinfo=dt.UTC)


def test_an_appointment_has_the_names_of_those_it_refers_to() -> None:
    plan = parse_files([FIXTURES / "searchset.json"])
    (visit,) = plan.appointments
    assert visit.patient == plan.patients[0].key
    assert visit.identifiers == ("https://pas.example/slot|S-77", "https://pas.example/fhir/Appointment|a1")
    assert visit.start == dt.datetime(2025, 3, 14, 9, 30, tzinfo=dt.UTC)
    assert visit.minutes == 20
    assert visit.status is AppointmentStatus.BOOKED
    assert (visit.practitioner_name, visit.location, visit.reason) == ("Dr Ama Osei", "Room 2", "Review")
    assert visit.sent_at == dt.datetime(2025, 3, 13, 16, 5, tzinfo=dt.UTC)


def test_one_resource_to_a_line_is_read() -> None:
    plan = parse_files([FIXTURES / "bulk.ndjson"])
    (file,) = plan.files
    assert (file.format, file.version) == (FileFormat.FHIR_NDJSON, "R4B")
    assert (file.read, file.patients, file.appointments) == (5, 2, 2)
    wang, suharto = plan.patients
    assert (wang.name, wang.own_script_name) == ("Wang Xiuying", "王秀英")
    assert (suharto.name, suharto.birth_date) == ("Suharto", None)
    assert (suharto.deceased, suharto.deceased_on) == (True, dt.date(2024, 12, 1))
    arrived, cancelled = plan.appointments
    assert arrived.patient == wang.key
    assert arrived.start == dt.datetime(2025, 3, 14, 7, 45, tzinfo=dt.UTC)
    assert (arrived.minutes, arrived.status) == (20, AppointmentStatus.ARRIVED)
    assert arrived.practitioner_name == "Nurse Lind"
    assert (cancelled.patient, cancelled.start) == ("", None)
    assert cancelled.patient_identifiers == (Identifier(system=FHIR_ID, value="99"),)


def test_stu3_is_read_where_r4_does_not_fit_and_said() -> None:
    plan = parse_files([FIXTURES / "stu3.json"])
    assert plan.files[0].version == "STU3"
    assert plan.patients[0].name == "Łukasz Kowalski"
    assert plan.appointments[0].reason == "Dressing"
    assert plan.appointments[0].patient == plan.patients[0].key


def test_an_appointment_finds_its_patient_in_another_file(tmp_path: Path) -> None:
    visit = {
        "resourceType": "Appointment",
        "status": "booked",
        "start": "2025-03-14T09:00:00Z",
        "participant": [{"actor": {"reference": "Patient/7"}, "status": "accepted"}],
    }
    patient = {"resourceType": "Patient", "id": "7", "name": [{"text": "Nia Prydderch"}]}
    plan = plan_of(tmp_path, json.dumps(visit), json.dumps(patient))
    assert plan.appointments[0].patient == plan.patients[0].key


def test_the_same_logical_id_is_no_proof_that_two_people_are_one(tmp_path: Path) -> None:
    one = {"resourceType": "Patient", "id": "7", "name": [{"text": "Nia Prydderch"}]}
    other = {"resourceType": "Patient", "id": "7", "name": [{"text": "Huw Parry"}], "birthDate": "1950-01-02"}
    plan = plan_of(tmp_path, json.dumps(one), json.dumps(other))
    assert [patient.name for patient in plan.patients] == ["Nia Prydderch", "Huw Parry"]
    again = plan_of(tmp_path, json.dumps(one), json.dumps(one))
    assert len(again.patients) == 1
    assert again.earlier_states == 1


def test_a_bundle_in_a_bundle_is_counted_by_what_it_holds(tmp_path: Path) -> None:
    inner = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceType": "Claim"}}] * 3}
    outer = {"resourceType": "Bundle", "type": "batch-response", "entry": [{"resource": inner}, {"response": {}}]}
    (file,) = plan_of(tmp_path, json.dumps(outer)).files
    assert file.read == 4
    assert file.version == ""
    assert set(file.skipped) == {
        skipped("Claim", SkipReason.NOT_KEPT, 3),
        skipped("Bundle.entry", SkipReason.NO_CONTENT),
    }


def test_an_empty_bundle_holds_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, '{"resourceType": "Bundle", "type": "searchset"}')
    assert plan.read == 0


def test_a_name_is_on_one_line_without_control_characters(tmp_path: Path) -> None:
    patient = {"resourceType": "Patient", "name": [{"text": " Nia\u0000\n\tPrydderch\u0085"}]}
    assert plan_of(tmp_path, json.dumps(patient)).patients[0].name == "Nia Prydderch"


def test_right_to_left_names_and_emoji_are_kept(tmp_path: Path) -> None:
    patient = {"resourceType": "Patient", "name": [{"text": "محمد الرشيد 😀"}]}
    assert plan_of(tmp_path, json.dumps(patient)).patients[0].name == "محمد الرشيد 😀"


def test_a_patient_without_a_name_is_skipped(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, '{"resourceType": "Patient", "id": "1"}')
    assert plan.files[0].skipped == (skipped("Patient", SkipReason.NO_NAME),)


def test_an_appointment_for_several_patients_is_skipped(tmp_path: Path) -> None:
    visit = {
        "resourceType": "Appointment",
        "status": "booked",
        "start": "2025-03-14T09:00:00Z",
        "participant": [{"actor": {"reference": f"Patient/{number}"}, "status": "accepted"} for number in ("1", "2")],
    }
    assert plan_of(tmp_path, json.dumps(visit)).files[0].skipped == (
        skipped("Appointment", SkipReason.SEVERAL_PATIENTS),
    )


def test_a_contained_practitioner_lends_its_name(tmp_path: Path) -> None:
    visit = {
        "resourceType": "Appointment",
        "contained": [{"resourceType": "Practitioner", "id": "d", "name": [{"text": "Dr Osei"}]}],
        "status": "booked",
        "start": "2025-03-14T09:00:00Z",
        "participant": [
            {"actor": {"reference": "Patient/1", "display": "somebody"}, "status": "accepted"},
            {"actor": {"reference": "#d"}, "status": "accepted"},
        ],
    }
    assert plan_of(tmp_path, json.dumps(visit)).appointments[0].practitioner_name == "Dr Osei"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("birthDate", "0000-00-00", "no calendar"),
        ("birthDate", "1999-02-30", "no calendar"),
        ("birthDate", "9999-12-31", "no calendar"),
        ("birthDate", 19580314, "no calendar"),
        ("deceasedDateTime", "2025-13-01", "no calendar"),
        ("name", "Nia SECRETPERSON", "not as its format asks"),
        ("name", [{"family": 7}], "not as its format asks"),
        ("name", [{"text": "\ud800 SECRETPERSON"}], "letters that do not exist"),
        ("SECRETPERSON", "SECRETPERSON", "not as its format asks"),
        ("telecom", {"SECRETPERSON": 1}, "not as its format asks"),
        ("gender", ["SECRETPERSON"], "not as its format asks"),
    ],
)
def test_a_wrong_field_is_told_without_what_it_holds(tmp_path: Path, field: str, value: object, says: str) -> None:
    patient = {"resourceType": "Patient", "name": [{"text": "Nia"}], field: value}
    with pytest.raises(BadInput) as caught:
        plan_of(tmp_path, json.dumps(patient))
    assert says in caught.value.message
    assert "sample0" in caught.value.message
    assert "SECRETPERSON" not in str(caught.value)


@pytest.mark.parametrize("start", ["2025-02-30T09:00:00Z", "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00Z", 5])
def test_an_impossible_start_is_told(tmp_path: Path, start: object) -> None:
    visit = {
        "resourceType": "Appointment",
        "status": "booked",
        "start": start,
        "participant": [{"actor": {"reference": "Patient/1"}, "status": "accepted"}],
    }
    with pytest.raises(BadInput, match=r"Appointment\.start"):
        plan_of(tmp_path, json.dumps(visit))


def test_a_status_that_fhir_does_not_know_is_told(tmp_path: Path) -> None:
    visit = {
        "resourceType": "Appointment",
        "status": "bookd",
        "start": "2025-03-14T09:00:00Z",
        "participant": [{"actor": {"reference": "Patient/1"}, "status": "accepted"}],
    }
    with pytest.raises(BadInput, match=r"Appointment\.status"):
        plan_of(tmp_path, json.dumps(visit))


def test_one_bad_file_leaves_no_plan_and_each_is_told(tmp_path: Path) -> None:
    good = tmp_path / "good.json"
    good.write_text('{"resourceType": "Patient", "name": [{"text": "Nia"}]}')
    bad, absent = tmp_path / "bad.json", tmp_path / "absent.json"
    bad.write_text("{")
    with pytest.raises(BadInput) as caught:
        parse_files([good, bad, absent], zone=LONDON)
    assert "bad.json is damaged" in caught.value.message
    assert "no file absent.json" in caught.value.message
    assert "good.json" not in caught.value.message
    assert len(parse_files([good], zone=LONDON).patients) == 1
