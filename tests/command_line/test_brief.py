"""The brief in each of its forms: for the clinician alone, whole in a file of their own, and never over another one."""

import io
import json
import stat
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.command_line.clinic import CLINICIAN, DAY, MANAGER, RECEPTION, Clinic

FORMS = ("text", "html", "json", "pdf")
MARKUP = "<b>Racing</b> & {pigeons} #set $x$"
SEALED = "Waits for a result"


@pytest.fixture(scope="module")
def told(founded: Clinic, tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """A practice that knows something of Nia, and something for clinicians only."""
    clinic = founded.copied(tmp_path_factory.mktemp("told") / "vault")
    clinic.call("note", "add", clinic.nia, "--kind", "hobby", MARKUP).done()
    clinic.call("note", "add", clinic.nia, "--kind", "hobby", SEALED, "--audience", "clinicians").done()
    return clinic


def brief(clinic: Clinic, *arguments: str | Path, staff: str = CLINICIAN) -> str:
    """Return what `brief` prints."""
    return clinic.call("brief", *arguments, staff=staff).done()


def words(form: str, content: bytes) -> str:
    """Return the words of a form."""
    if form == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("which", ["patient", "day"])
def test_every_form_is_written_for_its_owner_alone_and_holds_nothing_veiled(
    told: Clinic, tmp_path: Path, form: str, which: str
) -> None:
    out = tmp_path / f"brief.{form}"
    who = ("--patient", told.nia) if which == "patient" else ("--date", DAY.isoformat())
    said = brief(told, *who, "--format", form, "--out", out)
    assert "Nia" not in said
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    content = out.read_bytes()
    shown = words(form, content)
    assert "Prydderch" in shown
    assert "Racing" in shown
    assert SEALED not in shown
    if form == "html":
        assert "<b>Racing</b>" not in shown  # as typed, and not as markup
        assert "script" not in shown
    again = told.call("brief", *who, "--format", form, "--out", out, staff=CLINICIAN).refused()
    assert out.name in again
    assert out.read_bytes() == content


def test_json_is_one_object_for_a_patient_and_a_list_for_a_day(told: Clinic, tmp_path: Path) -> None:
    for form in (("--json",), ("--format", "json")):
        assert json.loads(brief(told, "--patient", "40218", *form))["patient"]["id"] == told.nia
        assert [each["patient"]["id"] for each in json.loads(brief(told, "--date", DAY.isoformat(), *form))] == [
            told.nia
        ]
    out = tmp_path / "brief.json"
    assert brief(told, "--patient", told.nia, "--json", "--out", out) == ""
    assert json.loads(out.read_bytes())["veiled"] is True


@pytest.mark.parametrize("form", FORMS)
def test_a_day_without_anybody_is_told_and_no_fault(told: Clinic, tmp_path: Path, form: str) -> None:
    out = tmp_path / "brief"
    brief(told, "--date", "2031-01-01", "--format", form, "--out", out)
    content = out.read_bytes()
    if form == "json":
        assert json.loads(content) == []
    else:
        assert "Nia" not in words(form, content)


def test_a_pdf_goes_whole_into_a_pipe_and_never_onto_a_terminal(told: Clinic) -> None:
    import os
    import pty
    import subprocess

    arguments = (
        "brief", "--patient", told.nia, "--format", "pdf", "--vault", told.vault, "--staff", CLINICIAN,
        "--secret-file", told.secret_file,
    )  # fmt: skip
    piped = told.program.start(*arguments, stdout=subprocess.PIPE)
    content, _err = piped.communicate(timeout=120)
    assert piped.returncode == 0
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    ours, theirs = pty.openpty()
    try:
        shown = told.program.start(*arguments, stdout=theirs, stderr=subprocess.PIPE)
        _out, err = shown.communicate(timeout=120)
    finally:
        os.close(ours)
        os.close(theirs)
    assert shown.returncode == 1
    assert "--out" in err.decode()


@pytest.mark.parametrize("staff", [RECEPTION, MANAGER])
@pytest.mark.parametrize("form", ["text", "pdf"])
def test_a_brief_is_not_for_the_desk(told: Clinic, tmp_path: Path, staff: str, form: str) -> None:
    out = tmp_path / "brief"
    for which in (("--patient", told.nia), ("--date", DAY.isoformat())):
        said = told.call("brief", *which, "--format", form, "--out", out, staff=staff).refused()
        assert "Nia" not in said
        assert not out.exists()


def test_what_was_printed_and_read_is_in_the_audit(clinic: Clinic, tmp_path: Path) -> None:
    brief(clinic, "--patient", clinic.nia, "--format", "pdf", "--out", tmp_path / "brief.pdf")
    events = clinic.call("audit", "--patient", clinic.nia, "--json", staff=MANAGER).json()
    assert (CLINICIAN, "brief-printed") in {(event["who"], event["action"]) for event in events}


def test_a_place_that_cannot_be_written_to_is_a_sentence(told: Clinic, tmp_path: Path) -> None:
    told.call("brief", "--patient", told.nia, "--out", tmp_path / "no" / "brief", staff=CLINICIAN).refused()
    told.call("brief", "--patient", told.nia, "--out", tmp_path, staff=CLINICIAN).refused()
