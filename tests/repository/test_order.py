"""The files that take longest are there, under their names, and come first whatever the order was."""

from pathlib import Path
from typing import cast

import pytest

from tests.conftest import LONGEST_FIRST, pytest_collection_modifyitems

ROOT = Path(__file__).resolve().parents[2]


class _Named:
    def __init__(self, nodeid: str) -> None:
        self.nodeid = nodeid


def test_every_file_that_is_to_come_first_exists() -> None:
    assert [name for name in LONGEST_FIRST if not (ROOT / name).is_file()] == []


def test_the_longest_come_first_and_the_others_stay_as_they_were_shuffled() -> None:
    shuffled = ["tests/b.py::one", f"{LONGEST_FIRST[1]}::two", "tests/a.py::three", f"{LONGEST_FIRST[0]}::four"]
    items = [_Named(each) for each in shuffled]
    pytest_collection_modifyitems(cast("list[pytest.Item]", items))
    assert [item.nodeid.partition("::")[2] for item in items] == ["four", "two", "one", "three"]
