"""Whatever is wrong with a file, there is a sentence about it, and nothing is half read."""

import json
import os
from pathlib import Path

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.exchange import ImportPlan, parse_files
from rapportdesk.exchange.source import BIGGEST
from tests.exchange.samples import LONDON, OWN, plan_of


def told(path: Path, *, biggest: int = BIGGEST) -> str:
    with pytest.raises(BadInput) as caught:
        parse_files([path], zone=LONDON, biggest=biggest)
    return caught.value.message


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    assert told(tmp_path / "absent.json") == "There is no file absent.json."
    assert "no file x" in told(tmp_path / "absent.json" / "x")


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.write_text('{"resourceType": "Patient", "name": [{"text": "Nia"}]}')
    link, pipe, folder = tmp_path / "link", tmp_path / "pipe", tmp_path / "folder"
    link.symlink_to(real)
    os.mkfifo(pipe)
    folder.mkdir()
    for path in (link, pipe, folder, Path("/dev/zero")):
        assert "not a file" in told(path)
    assert parse_files([real]).patients


def test_an_empty_or_blank_file_is_told(tmp_path: Path) -> None:
    for content in (b"", b" \r\n\t"):
        (tmp_path / "empty").write_bytes(content)
        assert told(tmp_path / "empty") == "empty is empty."


def test_a_file_that_is_too_big_is_told(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    path.write_text('{"resourceType": "Patient", "name": [{"text": "Nia"}]}')
    assert "too big" in told(path, biggest=path.stat().st_size - 1)
    assert parse_files([path], biggest=path.stat().st_size).patients


def test_a_path_that_cannot_be_is_told() -> None:
    assert "may not be read" in told(Path("a\x00b"))


def test_a_file_name_with_control_characters_is_cleaned(tmp_path: Path) -> None:
    assert told(tmp_path / "a\x1b[31m\nb") == "There is no file a [31m b."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"hello", "no format known"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "ends before"),
        (b"name,born\r\nNia,spring\r\n", "(entry 2, Patient.birthDate)"),
        (b"%PDF-1.7", "no format known"),
        (b"\x00\x01\x02\x03", "no format known"),
        (b"[1, 2]", "damaged"),
        (b"{", "damaged"),
        (b'{"resourceType": NaN}', "damaged"),
        (b'{"resourceType": ' + b"9" * 5000 + b"}", "damaged"),
        (b"{}", "resourceType"),
        (b'{"resourceType": "nia prydderch"}', "resourceType"),
        (b'{"resourceType": "Bundle", "entry": {}}', "Bundle.entry"),
        (b'{"resourceType": "Bundle", "entry": [[]]}', "Bundle.entry"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": []}]}', "damaged"),
        (b'{"resourceType": "Patient", "id": "1", "id": "2"}', "one thing twice"),
        (b'{"resourceType": "Claim", "x": "\xe1"}', "encoding"),
        ('{"resourceType": "Claim"}'.encode("utf-16"), "encoding"),
        ('{"resourceType": "Claim"}'.encode("utf-16-be"), "encoding"),
        ('{"resourceType": "Claim"}'.encode("utf-32"), "encoding"),
        (b'{"resourceType": "Claim", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too deeply"),
        (b"[" * 1_000_000, "too deeply"),
        (b'{"resourceType": "Claim", "x": "a\x01b"}', "damaged"),
        (b'{"resourceType": "Claim"}\n{"resourceType": "Claim"', "(entry 2)"),
        (b'{"resourceType": "Claim"}\n{"resourceType": 7}', "(entry 2, resourceType)"),
    ],
    ids=range(24),
)
def test_bad_content_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        plan_of(tmp_path, content)
    assert says in caught.value.message
    assert caught.value.hint == "Nothing was brought in."


def test_nested_bundles_and_extensions_have_an_end(tmp_path: Path) -> None:
    bundle: object = {"resourceType": "Bundle"}
    for _ in range(50):
        bundle = {"resourceType": "Bundle", "entry": [{"resource": bundle}]}
    with pytest.raises(BadInput, match="too deeply"):
        plan_of(tmp_path, json.dumps(bundle))
    extension: object = {"url": "x", "valueBoolean": True}
    for _ in range(400):
        extension = {"url": "x", "extension": [extension]}
    with pytest.raises(BadInput, match="too deeply"):
        plan_of(tmp_path, json.dumps({"resourceType": "Patient", "extension": [extension]}))


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_file_cut_off_anywhere_is_read_whole_or_told(tmp_path: Path, path: Path) -> None:
    whole = path.read_bytes()
    complete = parse_files([path], zone=LONDON)
    outcomes, refused = [], 0
    for length in [*range(0, len(whole), max(1, len(whole) // 150)), len(whole) - 1, len(whole)]:
        try:
            outcomes.append(plan_of(tmp_path, whole[:length]))
        except BadInput:
            refused += 1
    assert refused > 0
    assert outcomes[-1].patients == complete.patients
    assert all(isinstance(plan, ImportPlan) and plan.read <= complete.read for plan in outcomes)
    if path.suffix == ".json":
        assert all(plan.patients == complete.patients for plan in outcomes)
