"""`erase` takes somebody out for good, under a manager, and says until when copies hold them."""

from pathlib import Path

from tests.command_line.clinic import CLINICIAN, MANAGER, RECEPTION, Clinic
from tests.paper.reading import text_of


def test_a_manager_erases_somebody_with_a_certificate(clinic: Clinic, tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.pdf"
    for staff in (RECEPTION, CLINICIAN):
        clinic.call("erase", "40218", "--reason", "asked at the desk", staff=staff).refused()
    said = clinic.call(
        "erase", "40218", "--reason", "asked at the desk", "--certificate", certificate, staff=MANAGER
    ).done()
    assert said.splitlines()[0] == "Erased."
    assert "Nia Prydderch" in text_of(certificate.read_bytes())
    clinic.call("erase", "40218", "--reason", "asked again", staff=MANAGER).refused()
    assert clinic.call("search", "--json", "Prydderch").json() == []
    assert clinic.counts()["patients"] == 1


def test_a_refused_one_leaves_no_file_behind(clinic: Clinic, tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.pdf"
    clinic.call("erase", "40218", "--reason", "Nia asked", "--certificate", certificate, staff=MANAGER).refused()
    assert not certificate.exists()
    assert clinic.call("search", "--json", "Prydderch").json()


def test_a_certified_one_writes_a_new_sheet_that_opens_the_vault(
    clinic_with_a_store_of_its_own: Clinic, tmp_path: Path
) -> None:
    clinic = clinic_with_a_store_of_its_own  # the former key of this computer goes with it
    sheet = tmp_path / "sheet.txt"
    clinic.call("erase", "40218", "--reason", "asked", "--certified", staff=MANAGER).refused()
    clinic.call(
        "erase", "40218", "--reason", "asked", "--certified", "--recovery-out", sheet, staff=MANAGER
    ).done()  # fmt: skip
    backup = tmp_path / "desk.rapport-backup"
    clinic.call("backup", backup, staff=MANAGER).done()
    assert clinic.program.call("restore", backup, "--prove", "--recovery-file", sheet).done()


def test_a_manager_prints_what_a_supervisor_asks_for(clinic: Clinic, tmp_path: Path) -> None:
    clinic.call("accountability", staff=RECEPTION).refused()
    rows = clinic.call("accountability", "--json", staff=MANAGER).json()["safeguards"]
    assert {row["standard"]: row["holds"] for row in rows}["164.312(c)(1), (c)(2)"] is True
    out = tmp_path / "page.pdf"
    clinic.call("accountability", "--out", out, staff=MANAGER).done()
    assert "Controller" in text_of(out.read_bytes())


def test_what_is_past_its_time_is_listed_for_a_manager_alone(clinic: Clinic) -> None:
    clinic.call("retention", staff=RECEPTION).refused()
    assert clinic.call("retention", "--json", staff=MANAGER).json() == {"due": [], "more": False}
    assert "Nothing is past its time" in clinic.call("retention", staff=MANAGER).done()
