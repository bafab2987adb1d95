"""What the vault's tests share; what only Linux has is deselected elsewhere, never skipped."""

import platform

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if platform.system() == "Linux":
        return
    elsewhere = [item for item in items if item.get_closest_marker("linux")]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if not item.get_closest_marker("linux")]
