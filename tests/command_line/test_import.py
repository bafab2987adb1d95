"""`import` says what became of everything it read, in counts that add up; what is broken changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line.clinic import CLINICIAN, Clinic
from tests.exchange.samples import FIXTURES, hl7

PID = "PID|1||4471^^^PRACTICE^MR||Vaughan^Mair||19610203|F"
SCH = "SCH|P1^PLACER|F1^FILLER|||||Review||20|min|^^^20311121100000||||||||||||||Booked"


def adds_up(report: dict[str, Any]) -> bool:
    """Whether every count of a report is the sum of its parts."""
    described = {"patients": 0, "appointments": 0}
    for file in report["files"]:
        left_out = sum(each["count"] for each in file["skipped"])
        if file["read"] != file["patients"] + file["appointments"] + file["people"] + file["merges"] + left_out:
            return False
        for kind in described:
            described[kind] += file[kind]
    parts = ("added", "changed", "unchanged", "replaced_by_later")
    return all(
        report[kind]["read"]
        == described[kind]
        == sum(report[kind][part] for part in parts) + sum(each["count"] for each in report[kind]["skipped"])
        for kind in described
    )


def test_a_report_that_does_not_add_up_is_noticed() -> None:
    """The control of the check above."""
    nothing = {"read": 0, "added": 0, "changed": 0, "unchanged": 0, "replaced_by_later": 0, "skipped": []}
    file = {"read": 1, "patients": 0, "appointments": 0, "people": 0, "merges": 0, "skipped": [{"count": 1}]}
    assert adds_up({"files": [file], "patients": nothing, "appointments": nothing})
    assert not adds_up({"files": [{**file, "read": 2}], "patients": nothing, "appointments": nothing})
    assert not adds_up({"files": [file], "patients": {**nothing, "added": 1}, "appointments": nothing})


def test_every_file_of_ours_is_read_twice_and_kept_once(clinic: Clinic) -> None:
    files = sorted(FIXTURES.iterdir())
    tried = clinic.call("import", *files, "--dry-run", "--json").json()
    assert clinic.counts()["patients"] == 2
    first = clinic.run("import", *files, "--json").json()
    assert adds_up(first)
    assert {kind: first[kind] for kind in ("patients", "appointments")} == {
        kind: tried[kind] for kind in ("patients", "appointments")
    }
    kept = clinic.counts()
    assert kept["patients"] == 2 + first["patients"]["added"]
    again = clinic.call("import", *files, "--json").json()
    assert adds_up(again)
    assert [again[kind][part] for kind in ("patients", "appointments") for part in ("added", "changed")] == [0] * 4
    after = clinic.counts()
    assert (after["patients"], after["records"]) == (kept["patients"], kept["records"])


def test_what_is_left_out_is_named_by_type_with_its_reason(clinic: Clinic) -> None:
    report = clinic.call("import", FIXTURES / "batch.hl7", "--json").json()
    left_out = {(each["type"], each["reason"], each["count"]) for file in report["files"] for each in file["skipped"]}
    assert left_out == {("SIU^S23", "block", 1)}
    assert [file["merges"] for file in report["files"]] == [1]
    said = clinic.call("import", FIXTURES / "batch.hl7").done()
    assert "1 SIU^S23 skipped" in said
    assert "1 proposal to join two people" in said
    assert "known already" in said
    assert "Siobh" not in said


def test_who_was_brought_in_is_found_and_read_on_the_day(clinic: Clinic, tmp_path: Path) -> None:
    feed = tmp_path / "feed.hl7"
    feed.write_text(hl7("SIU^S12", SCH, PID), encoding="ascii", newline="")
    clinic.call("import", feed).done()
    (hit,) = clinic.call("search", "mair vaughan", "--json").json()
    assert (hit["birth_date"], hit["number"]) == ("1961-02-03", "4471")
    (brief,) = clinic.call("brief", "--date", "2031-11-21", "--json", staff=CLINICIAN).json()
    assert brief["patient"]["name"] == "Mair Vaughan"
    assert brief["appointment"]["status"] == "booked"


BROKEN = {
    "cut short": b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "name": [{"te',
    "garbage": bytes(range(256)) * 4,
    "nothing": b"",
    "another encoding": '{"resourceType": "Patient", "name": [{"text": "Siân"}]}'.encode("latin-1"),
    "no such day": b'{"resourceType": "Patient", "name": [{"text": "Nia"}], "birthDate": "1958-02-30"}',
    "not a schedule": b"<html><body>Please sign in</body></html>",
    "half a message": b"MSH|^~\\&|A",
    "deep": b"[" * 200_000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_input_is_one_line_and_changes_nothing(clinic: Clinic, tmp_path: Path, content: bytes) -> None:
    good, broken = tmp_path / "good.hl7", tmp_path / "broken.json"
    good.write_text(hl7("SIU^S12", SCH, PID), encoding="ascii", newline="")
    broken.write_bytes(content)
    before = clinic.counts()
    said = clinic.call("import", good, broken).refused()
    assert "broken.json" in said
    assert "Nothing was brought in" in said
    after = clinic.counts()
    assert (after["patients"], after["records"]) == (before["patients"], before["records"])
    assert clinic.call("search", "Mair", "--json").json() == []


def test_absent_files_folders_and_devices_are_one_line(clinic: Clinic, tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path, Path("/dev/zero"), clinic.vault):
        said = clinic.call("import", path).refused()
        assert path.name in said
    assert clinic.counts()["patients"] == 2


def test_two_files_about_one_appointment_end_in_its_last_state(clinic: Clinic, tmp_path: Path) -> None:
    first, last = tmp_path / "1.hl7", tmp_path / "2.hl7"
    first.write_text(hl7("SIU^S12", SCH, PID, sent="20311119080000"), encoding="ascii", newline="")
    last.write_text(hl7("SIU^S15", SCH, PID, sent="20311120080000"), encoding="ascii", newline="")
    report = clinic.call("import", last, first, "--json").json()
    assert (report["appointments"]["added"], report["appointments"]["replaced_by_later"]) == (1, 1)
    assert clinic.call("brief", "--date", "2031-11-21", "--json", staff=CLINICIAN).json() == []  # cancelled
    assert clinic.call("import", first, "--json").json()["appointments"]["unchanged"] == 1


def test_json_of_a_refusal_is_nothing_on_standard_output(clinic: Clinic, tmp_path: Path) -> None:
    ran = clinic.call("import", tmp_path / "none.json", "--json")
    ran.refused()
    assert ran.out == ""
    assert json.loads(clinic.call("import", FIXTURES / "batch.hl7", "--json").out)
