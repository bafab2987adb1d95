"""What stands on a C compiler and Linux is deselected elsewhere, never skipped."""

import pytest

from tests.faults import preload


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if preload.AVAILABLE:
        return
    elsewhere = [item for item in items if item.get_closest_marker("compiler")]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if not item.get_closest_marker("compiler")]
