"""What the vault's tests share; what only Linux has is deselected elsewhere, never skipped."""

import platform
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # it imports what only Linux has
    from tests.vault.secret_service import SecretService

ON_LINUX = platform.system() == "Linux"
collect_ignore = [] if ON_LINUX else ["test_door_process.py", "test_forked.py", "test_secret_service.py"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if ON_LINUX:
        return
    elsewhere = [item for item in items if item.get_closest_marker("linux")]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if not item.get_closest_marker("linux")]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> "Iterator[SecretService]":
    """Give a session bus of the test's own on which no password store runs yet."""
    from tests.vault.secret_service import SecretService, turn_to

    service = SecretService()
    turn_to(service, monkeypatch)
    yield service
    service.close()


@pytest.fixture
def secret_service(bus: "SecretService") -> "SecretService":
    """Give a bus with a password store that is running and unlocked."""
    bus.start()
    return bus
