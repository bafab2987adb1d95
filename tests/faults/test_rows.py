"""A little of every row of `python -m tests.faults` in every run, and what its summary says of itself."""

import subprocess
import sys
from dataclasses import replace

import pytest

from tests.faults.rows import TASKS, Row

ROW = Row(fault="a fault", runs=3)


@pytest.mark.compiler
def test_nothing_is_lost_and_every_vault_opens() -> None:
    command = [sys.executable, "-m", "tests.faults", "--quick"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(f"tests.faults {task.name} --seed 1" in done.stdout for task in TASKS)


def test_a_row_with_a_loss_or_without_a_run_is_not_well() -> None:
    assert ROW.well
    assert not replace(ROW, runs=0).well
    assert not replace(ROW, lost=1).well
    assert not replace(ROW, not_opening=1).well
    assert not replace(ROW, not_told=1).well


def test_a_control_that_loses_nothing_is_not_well() -> None:
    assert not replace(ROW, must_lose=True).well
    assert replace(ROW, must_lose=True, lost=1).well
