"""What the command line's tests share: one real password store, one practice in it, and copies of its vault."""

import platform
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command_line.clinic import Clinic, found
from tests.command_line.program import Program
from tests.exchange.samples import INTEROP

if TYPE_CHECKING:  # it imports what only Linux has
    from tests.vault.secret_service import SecretService

_ANYWHERE = {"conftest.py", "__init__.py", "test_usage.py"}


def _ignored() -> list[str]:
    if platform.system() != "Linux":
        return [each.name for each in Path(__file__).parent.glob("*.py") if each.name not in _ANYWHERE]
    return [] if INTEROP.is_dir() else ["test_import_from_elsewhere.py"]


collect_ignore = _ignored()


@pytest.fixture(scope="session")
def store() -> "Iterator[SecretService]":
    """Give a password store that is running, unlocked and shared by all tests: none may change its state."""
    from tests.vault.secret_service import SecretService

    service = SecretService()
    service.start()
    yield service
    service.close()


@pytest.fixture(scope="session")
def program(store: "SecretService") -> Program:
    """Give the program where the shared password store is reached."""
    return Program(store.environment, known={})


@pytest.fixture(scope="session")
def founded(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """Give the practice that all copies are made of; commands that change something want `clinic`."""
    with pytest.MonkeyPatch.context() as surroundings:
        return _found(tmp_path_factory.mktemp("founded"), program, surroundings)


def _found(folder: Path, program: Program, surroundings: pytest.MonkeyPatch) -> Clinic:
    for name in ("PYTHON_KEYRING_BACKEND", "XDG_CURRENT_DESKTOP"):
        surroundings.delenv(name, raising=False)
    for name, value in program.environment.items():
        surroundings.setenv(name, value)
    return found(folder, program)


@pytest.fixture
def clinic_with_a_store_of_its_own(tmp_path: Path) -> "Iterator[Clinic]":
    """Give a practice for a command that takes keys out of the password store, which all other copies need."""
    from tests.vault.secret_service import SecretService

    service = SecretService()
    service.start()
    try:
        with pytest.MonkeyPatch.context() as surroundings:
            yield _found(tmp_path, Program(service.environment), surroundings)
    finally:
        service.close()


@pytest.fixture
def clinic(founded: Clinic, tmp_path: Path) -> Clinic:
    """Give a practice of the test's own."""
    return founded.copied(tmp_path / "copy")
