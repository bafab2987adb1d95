"""What was written goes from the log into the file beside whoever writes, and never while they wait for it."""

import threading
from pathlib import Path

import pytest

from rapportdesk.readmodel import log as logs
from rapportdesk.readmodel.compartment import Compartment
from rapportdesk.readmodel.database import IndexFault
from rapportdesk.readmodel.encrypted import open_file
from rapportdesk.readmodel.log import Log
from tests.readmodel.people import person

KEY = bytes(32)


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def test_a_long_log_goes_into_the_file_and_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index"
    compartment = Compartment(open_file(path, KEY))
    for number in range(20):
        compartment.put_patient(person(f"Nia Prydderch {number}"))
    before, log = path.stat().st_size, _wal(path).stat().st_size
    assert log > 100 * 4096  # control: nobody brought it into the file, where SQLite itself would not have until later
    monkeypatch.setattr(logs, "LONG", 50)
    compartment.put_patient(person("Idris Nkemelu"))
    assert compartment.caught_up(60)
    assert path.stat().st_size > before
    for number in range(5):
        compartment.put_patient(person(f"Gwen Prydderch {number}"))
        assert compartment.caught_up(60)
    assert _wal(path).stat().st_size == log or _wal(path).stat().st_size < 2 * log
    assert len(compartment.find_people("prydderch").hits) == 25
    compartment.close()


def test_closing_does_not_wait_for_it_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LONG", 1)
    path = tmp_path / "index"
    compartment = Compartment(open_file(path, KEY))
    for number in range(5):
        compartment.put_patient(person(f"Nia Prydderch {number}"))
    compartment.close()
    again = Compartment(open_file(path, KEY))
    assert len(again.find_people("prydderch").hits) == 5
    again.close()
    assert not [each for each in threading.enumerate() if each.name == "log"]


def test_bytes_are_gone_though_it_has_just_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LONG", 1)
    path = tmp_path / "index"
    compartment = Compartment(open_file(path, KEY))
    compartment.put_patient(person("Nia Prydderch"))
    compartment.leave_no_bytes()
    assert _wal(path).stat().st_size == 0
    compartment.close()


def test_a_disk_that_does_not_take_it_is_told_to_whoever_writes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Log, "_shorten", lambda _self, _connection: False)
    compartment = Compartment(open_file(tmp_path / "index", KEY))
    compartment.put_patient(person("Nia Prydderch"))  # control: nobody has asked for it yet
    monkeypatch.setattr(logs, "LONG", 1)
    compartment.put_patient(person("Idris Nkemelu"))
    assert compartment.caught_up(60)
    with pytest.raises(IndexFault):
        compartment.put_patient(person("Gwen Prydderch"))
    compartment.close()
