"""A second start raises the first window and ends; a crash leaves nobody locked out."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS
from ui.start.single_instance import SingleInstance

SECOND_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.start.single_instance import SingleInstance
app = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]))
sys.exit(0 if second.is_first() else 10 + second.raise_first())
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "desk.rapport"


@pytest.fixture
def first(vault: Path, qtbot: QtBot) -> Iterator[SingleInstance]:
    made = SingleInstance(vault)
    assert made.is_first()
    made.listen()
    yield made
    made.release()


def test_a_second_process_raises_the_first_and_is_not_first_itself(
    first: SingleInstance, vault: Path, qtbot: QtBot
) -> None:
    second = QProcess()
    with qtbot.waitSignals([first.raise_wanted, second.finished], timeout=WAIT_MS):
        second.start(sys.executable, ["-c", SECOND_START, str(vault)])
    assert second.exitCode() == 11


def test_another_vault_has_its_own_window(first: SingleInstance, tmp_path: Path) -> None:
    other = SingleInstance(tmp_path / "other.rapport")
    assert other.is_first()
    other.release()


def test_a_window_that_is_gone_is_followed_by_a_new_one(vault: Path) -> None:
    before = SingleInstance(vault)
    assert before.is_first()
    before.release()
    after = SingleInstance(vault)
    assert after.is_first()
    after.release()


def test_a_process_that_was_killed_keeps_nobody_out(vault: Path) -> None:
    killed = f"{SECOND_START.replace('sys.exit(', 'print(second.is_first(), flush=True); app.exec(); sys.exit(')}"
    with subprocess.Popen([sys.executable, "-c", killed, str(vault)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "True"
        assert not SingleInstance(vault).is_first(), "the control: it is held while the process lives"
        process.kill()
    after = SingleInstance(vault)
    assert after.is_first()
    after.release()


def test_where_nobody_answers_that_is_known(vault: Path, qtbot: QtBot) -> None:
    assert not SingleInstance(vault).raise_first(wait_ms=50)


def test_the_name_says_nothing_about_where_the_file_lies(first: SingleInstance, vault: Path) -> None:
    assert vault.name not in first.name
    assert len(first.name) < 40
