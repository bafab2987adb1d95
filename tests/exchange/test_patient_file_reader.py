"""A patient's file that comes back is taken apart in a process of its own: what it does there, it does alone."""

import os
import sys
from pathlib import Path

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.exchange import patient_file_reader
from rapportdesk.exchange.patient_file_fhir import file_fhir
from rapportdesk.exchange.patient_file_json import FORMAT, file_json
from rapportdesk.exchange.patient_file_reader import read_patient_file
from tests.exchange.test_patient_file import AT, a_file

DEEP = b'{"format": "' + FORMAT.encode() + b'", "version": 1, "file": ' + b"[" * 200_000


@pytest.mark.parametrize("write", [file_json, file_fhir])
def test_it_comes_back_whole_from_the_other_process(
    write: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "theirs.json"
    path.write_bytes(write(a_file(), made_at=AT, made_by="Cwm Road"))  # type: ignore[operator]  # one of the two
    monkeypatch.setattr(patient_file_reader, "read_file_fhir", None)  # this process takes no FHIR apart
    assert read_patient_file(path) == a_file()


@pytest.mark.linux  # making links wants rights elsewhere
def test_no_link_is_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "theirs.json", tmp_path / "link.json"
    path.write_bytes(file_json(a_file(), made_at=AT, made_by=""))
    link.symlink_to(path)
    with pytest.raises(BadInput, match=r"link\.json cannot be read"):
        read_patient_file(link)
    assert read_patient_file(path) == a_file()


@pytest.mark.parametrize("content", [b"{}", b"[]", b"\xff\xfe", DEEP])
def test_what_is_something_else_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="does not hold a patient’s file"):
        read_patient_file(path)


def test_a_file_of_a_newer_version_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(f'{{"format": "{FORMAT}", "version": 99}}')
    with pytest.raises(BadInput, match="newer version"):
        read_patient_file(path)


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "print('f{}')", "import os; os.abort()"])
def test_a_reader_that_dies_or_answers_something_else_brings_nothing_in(program: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(file_json(a_file(), made_at=AT, made_by=""))
    with pytest.raises(BadInput):
        read_patient_file(path, command=[sys.executable, "-c", program])


def test_a_reader_that_never_ends_is_killed(tmp_path: Path) -> None:
    told, path = tmp_path / "pid", tmp_path / "x.json"
    path.write_bytes(b"{}")
    stuck = "import os, sys, threading; open(sys.argv[1], 'w').write(str(os.getpid())); threading.Event().wait()"
    with pytest.raises(BadInput, match="too long"):
        read_patient_file(path, timeout=1.5, command=[sys.executable, "-c", stuck, os.fspath(told)])
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)


def test_a_file_that_is_empty_or_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "empty.json").touch()
    for path in (tmp_path / "none.json", tmp_path / "empty.json", tmp_path, Path("a\0b")):
        with pytest.raises(BadInput, match="cannot be read"):
            read_patient_file(path)
