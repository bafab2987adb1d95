"""What the store's tests share: a founded vault, made once and copied for each test."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rapportdesk.clock import StandingClock
from tests.store.clinic import MORNING, Clinic, make_clinic


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """Give a founded vault that no test may change."""
    return make_clinic(tmp_path_factory.mktemp("founded") / "desk.rapport")


@pytest.fixture
def clinic(founded: Clinic, tmp_path: Path) -> Clinic:
    """Give a founded vault of the test's own."""
    path = tmp_path / "desk.rapport"
    shutil.copyfile(founded.path, path)
    path.chmod(0o600)
    return replace(founded, path=path, clock=StandingClock(MORNING))
