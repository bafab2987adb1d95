"""The reader is a process of its own: it can be killed, may die, and says nothing but its answer."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.exchange import parse_files, read_files
from tests.exchange.samples import LONDON, OWN

STUCK = "import os, sys, threading; open(sys.argv[1], 'w').write(str(os.getpid())); threading.Event().wait()"


def test_the_child_answers_what_this_process_would() -> None:
    assert read_files(OWN, zone=LONDON) == parse_files(OWN, zone=LONDON)


def test_what_is_wrong_with_a_file_crosses_over_in_this_languages_words(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(BadInput) as caught:
        read_files([OWN[0], tmp_path / "bad.json"])
    assert caught.value.message == "bad.json is damaged or not written as its format asks."


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_reader_that_takes_too_long_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with pytest.raises(BadInput, match="too long"):
        read_files(OWN, timeout=1.5, command=[sys.executable, "-c", STUCK, os.fspath(told)])
    assert _gone(int(told.read_text()))


def test_cancelling_kills_the_reader(tmp_path: Path) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(BadInput, match="stopped"):
        read_files(OWN, cancelled=cancelled, command=[sys.executable, "-c", STUCK, os.fspath(tmp_path / "pid")])


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "print('no answer')", "import os; os.abort()"])
def test_a_reader_that_dies_is_told(program: str) -> None:
    with pytest.raises(BadInput, match="made the reader stop"):
        read_files(OWN, command=[sys.executable, "-c", program])


def test_a_file_name_stands_in_no_list_of_processes() -> None:
    answer = '{"faults": [{"file": "x", "fault": "empty"}]}'
    program = f"import sys, json; json.load(sys.stdin); assert len(sys.argv) == 1; print({answer!r})"
    with pytest.raises(BadInput, match="x is empty"):
        read_files(OWN, command=[sys.executable, "-c", program])


@pytest.mark.parametrize("zone", [None, ZoneInfo("Asia/Kathmandu"), LONDON])
def test_the_zone_crosses_over(tmp_path: Path, zone: ZoneInfo | None) -> None:
    framed = next(path for path in OWN if path.name == "framed.hl7")
    assert read_files([framed], zone=zone).appointments == parse_files([framed], zone=zone).appointments


if sys.platform == "linux":

    @pytest.mark.parametrize(("most", "ends_well"), [("256 << 20", False), ("3 << 30", True)])
    def test_the_reader_meets_a_wall_before_the_machine_does(most: str, ends_well: bool) -> None:
        program = f"from rapportdesk.exchange.reader import limit_memory; limit_memory({most}); bytearray(512 << 20)"
        ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
        assert (ended.returncode == 0) is ends_well
        assert (b"MemoryError" in ended.stderr) is not ends_well
