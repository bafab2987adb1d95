"""The longest steps are told with what they were spent on, and a wait with the steps that stood in its way."""

import gc
from collections.abc import Iterator
from pathlib import Path

from rapportdesk.store.file.engine import make_engine
from tests.benchmarks.bulk_steps import Watched


def _steps(sizes: list[int]) -> Iterator[tuple[int, int]]:
    for number, size in enumerate(sizes):
        sum(each * each for each in range(size))
        if number == 1:
            gc.collect()
        yield number, len(sizes)


def watched(tmp_path: Path) -> Watched:
    file = tmp_path / "file"
    file.touch()
    seen = Watched(make_engine(file))
    seen.watch()
    return seen


def test_the_ten_longest_are_told_longest_first_with_where_they_were(tmp_path: Path) -> None:
    seen, steps = watched(tmp_path), _steps([10] * 30 + [300_000])
    try:
        while seen.next(steps) is not None:
            pass
    finally:
        gc.callbacks.remove(seen._collector)
    told = seen.told()
    longest = told["longest steps"]
    assert len(seen.computing) == 32, "the last one says that there is no further"
    assert len(longest) == len(told["slowest steps"]) == 10
    computing = [each["computing"] for each in longest]
    assert computing == sorted(computing, reverse=True)
    assert {1, 30} <= {each["at"] for each in longest}, "the one that collected, and the one that counted"
    assert next(each for each in longest if each["at"] == 1)["collector"] > 0
    assert all(each["what"].startswith("test_bulk_steps:") for each in longest)


def test_a_wait_that_is_long_is_kept_with_the_steps_of_that_time_and_no_other(tmp_path: Path) -> None:
    seen, steps = watched(tmp_path), _steps([10] * 3)
    try:
        seen.next(steps)
        seen.save_began(0.001)
        assert seen.told()["longest waits"] == []
        seen.save_began(10.0)
    finally:
        gc.callbacks.remove(seen._collector)
    (wait,) = seen.told()["longest waits"]
    assert [each["at"] for each in wait["beside"]] == [0]
