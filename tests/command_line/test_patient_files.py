"""`export` writes one patient's file for the patient or for another practice, and `import` brings it back whole."""

import json
from pathlib import Path

from tests.command_line.clinic import CLINICIAN, MANAGER, RECEPTION, Clinic
from tests.paper.reading import text_of


def test_a_file_is_written_as_pdf_json_and_fhir(clinic: Clinic, tmp_path: Path) -> None:
    clinic.call("note", "add", "40218", "--kind", "hobby", "Leeks for the show").done()
    for form in ("pdf", "json", "fhir"):
        out = tmp_path / form
        clinic.call("export", "40218", "--format", form, "--out", out).done()
        assert out.stat().st_mode & 0o077 == 0
        clinic.call("export", "40218", "--format", form, "--out", out).refused()  # never over one that exists
    assert "Leeks for the show" in text_of((tmp_path / "pdf").read_bytes())
    assert json.loads((tmp_path / "json").read_bytes())["file"]["patient"]["name"] == "Nia Prydderch"
    assert json.loads((tmp_path / "fhir").read_bytes())["resourceType"] == "Bundle"


def test_only_a_manager_may_say_whole(clinic: Clinic) -> None:
    for staff in (RECEPTION, CLINICIAN):
        clinic.call("export", "40218", "--format", "json", "--whole", staff=staff).refused()
    clinic.call("export", "40218", "--format", "json", "--whole", staff=MANAGER).done()


def test_an_export_comes_back_by_import_and_changes_nobody_who_is_here(clinic: Clinic, tmp_path: Path) -> None:
    out = tmp_path / "nia.json"
    clinic.call("export", "40218", "--format", "json", "--out", out).done()
    clinic.call("import", out, staff=MANAGER).refused()
    elsewhere = tmp_path / "elsewhere.json"
    text = out.read_text(encoding="ascii")
    for some_id in {each["id"] for each in _things(json.loads(text)["file"])}:
        text = text.replace(some_id, some_id[::-1])
    elsewhere.write_text(text, encoding="ascii")
    clinic.call("import", elsewhere, staff=RECEPTION).refused()
    clinic.call("import", "--dry-run", elsewhere, staff=MANAGER).done()
    added = clinic.call("import", "--json", elsewhere, staff=MANAGER).json()
    assert added["patients"] == {"added": 1}
    assert len(clinic.call("search", "--json", "Prydderch").json()) == 2


def _things(file: dict[str, object]) -> list[dict[str, str]]:
    lists = [each for each in file.values() if isinstance(each, list)]
    patient = file["patient"]
    assert isinstance(patient, dict)
    return [patient, *(thing for each in lists for thing in each)]
