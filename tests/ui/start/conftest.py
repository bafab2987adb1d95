"""What the tests of the start share."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """A practice with its key in a real password store."""
    from tests.benchmarks.start import practice_of_its_own

    with practice_of_its_own() as given:
        yield given
