"""The record of who looked leaves the desk as text, JSON, CSV or FHIR, into a new file that only its owner can read."""

import csv
import io
import json
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle

from tests.command_line.clinic import CLINICIAN, MANAGER, RECEPTION, Clinic


def test_text_is_in_words(clinic: Clinic) -> None:
    clinic.call("brief", "--patient", clinic.nia, staff=CLINICIAN).done()
    said = clinic.call("audit", "--patient", clinic.nia, staff=MANAGER).done()
    line = [line for line in said.splitlines() if "read the brief" in line][-1]  # others may have been read before
    assert CLINICIAN in line
    assert "for treatment" in line


def test_csv_is_written_to_a_file(clinic: Clinic, tmp_path: Path) -> None:
    out = tmp_path / "record.csv"
    clinic.call("audit", "--format", "csv", "--out", out, staff=MANAGER).done()
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"), newline="")))
    assert rows[0]["action"] == "vault-created"
    assert rows[0]["agent_name"] == MANAGER
    assert out.stat().st_mode & 0o077 == 0
    clinic.call("audit", "--format", "csv", "--out", out, staff=MANAGER).refused()  # never over one that exists


def test_fhir_is_a_bundle_of_audit_events(clinic: Clinic) -> None:
    made = clinic.call("audit", "--patient", clinic.nia, "--format", "fhir", staff=RECEPTION).done()
    bundle = Bundle.model_validate_json(made)
    patients = {
        entity["what"]["reference"]
        for entry in json.loads(made)["entry"]
        for entity in entry["resource"]["entity"]
    }  # fmt: skip
    assert bundle.entry
    assert patients == {f"Patient/{clinic.nia}"}


def test_json_says_who_what_which_patient_when_and_why(clinic: Clinic) -> None:
    clinic.call("search", "Nia").done()
    last = clinic.call("audit", "--patient", clinic.nia, "--format", "json", staff=MANAGER).json()[-2]
    assert (last["who"], last["action"], last["patient"], last["purpose"]) == (
        RECEPTION, "searched", clinic.nia, "HOPERAT",
    )  # fmt: skip


def test_somebody_erased_is_asked_after_by_id_by_a_manager_alone(clinic: Clinic) -> None:
    gone = "f" * 32
    assert clinic.call("audit", "--patient", gone, staff=MANAGER).done() == ""
    clinic.call("audit", "--patient", gone, staff=RECEPTION).refused()


@pytest.mark.parametrize("staff", [RECEPTION, CLINICIAN])
def test_the_whole_record_is_the_managers(clinic: Clinic, staff: str, tmp_path: Path) -> None:
    out = tmp_path / "record"
    clinic.call("audit", "--format", "csv", "--out", out, staff=staff).refused()
    assert not out.exists()
