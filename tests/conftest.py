"""What holds for all tests: those that take longest begin first, and a property fails on no slow machine.

Garbage is collected between two tests, on their own thread, as the program does between two events of its window
(`ui.start.collector`).
"""

import gc

import pytest
from hypothesis import HealthCheck, settings

LONGEST_FIRST = (
    "tests/ui/test_every_scene.py",
    "tests/tour/test_tour.py",
    "tests/ui/test_pseudo_locale.py",
    "tests/rules/test_visibility_properties.py",
    "tests/interference/test_window.py",
    "tests/rules/test_visibility_table.py",
    "tests/command_line/test_no_network.py",
    "tests/faults/test_rows.py",
    "tests/paper/test_brief_page.py",
    "tests/interference/test_memory.py",
    "tests/desk/test_canaries.py",
)
"""Files of which one test takes many seconds: begun last, one of them would keep all other processes waiting."""

# How long it took to make examples says what else the machine was doing.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
# With `--hypothesis-profile thorough`: four times as many examples wherever a test does not name a number of its own.
settings.register_profile("thorough", settings(), max_examples=4 * settings().max_examples)

_YOUNG, _ALL = 1, 2
_ALL_EVERY = 20
"""After so many tests; to look through everything takes a hundred times as long as what the last test left."""


def pytest_sessionstart() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # the tests themselves stay until the end


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    gc.collect(_ALL if gc.get_count()[_ALL] >= _ALL_EVERY else _YOUNG)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rank = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: rank.get(item.nodeid.partition("::")[0], len(rank)))
