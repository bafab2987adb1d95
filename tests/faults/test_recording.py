"""What a power cut may leave is between what was synced and what was asked for, and nothing else."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.recording import SECTOR, Event, Kind, PowerCuts

FOLDER = Path("/desk")


def _event(kind: Kind, content: bytes = b"", *, at: int = 0, descriptor: int = 3) -> Event:
    return Event(kind, descriptor, at, content)


def _images(events: Sequence[Event], until: int | None = None) -> list[dict[str, bytes]]:
    cuts = PowerCuts({}, events, FOLDER)
    cuts.go_on(len(events) if until is None else until)
    return [cuts.image(random.Random(seed)) for seed in range(200)]


def _made(*, named: bool = True) -> list[Event]:
    made = [_event(Kind.OPEN, b"/desk/a", at=1)]
    folder = [
        _event(Kind.OPEN, b"/desk", descriptor=4), _event(Kind.SYNC, descriptor=4), _event(Kind.CLOSE, descriptor=4)
    ]  # fmt: skip
    return [*made, *folder] if named else made


def test_what_was_synced_is_there() -> None:
    events = [*_made(), _event(Kind.WRITE, b"kept"), _event(Kind.SYNC), _event(Kind.WRITE, b"more", at=4)]
    assert {image["a"] for image in _images(events)} == {b"kept", b"keptmore", b"kept\0\0\0\0"}


def test_what_was_not_synced_may_be_torn_lost_or_out_of_order() -> None:
    events = [
        *_made(), _event(Kind.WRITE, b"a" * 2 * SECTOR), _event(Kind.WRITE, b"b" * SECTOR, at=2 * SECTOR)
    ]  # fmt: skip
    found = {image["a"] for image in _images(events)}
    assert b"" in found
    assert b"a" * 2 * SECTOR + b"b" * SECTOR in found
    assert bytes(2 * SECTOR) + b"b" * SECTOR in found
    assert b"a" * SECTOR + bytes(SECTOR) in {each[: 2 * SECTOR] for each in found}


def test_a_name_counts_from_the_sync_of_its_folder() -> None:
    events = [*_made(named=False), _event(Kind.WRITE, b"kept"), _event(Kind.SYNC)]
    assert {"a" in image for image in _images(events)} == {True, False}
    assert {"a" in image for image in _images([*events, *_made()[1:]])} == {True}


@pytest.mark.parametrize("kind", [Kind.UNLINK, Kind.RENAME])
def test_a_name_that_was_taken_away_may_come_back(kind: Kind) -> None:
    names = b"/desk/a" if kind is Kind.UNLINK else b"/desk/a\0/desk/b"
    events = [*_made(), _event(kind, names)]
    assert {"a" in image for image in _images(events)} == {True, False}
    assert {"a" in image for image in _images([*events, *_made()[1:]])} == {False}


def test_a_linked_file_is_one_file() -> None:
    events = [*_made(), _event(Kind.LINK, b"/desk/a\0/desk/b"), _event(Kind.WRITE, b"kept"), _event(Kind.SYNC)]
    assert all(image.get("b", b"kept") == b"kept" == image["a"] for image in _images(events))


@given(st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=1500)), max_size=8))
def test_everything_synced_is_the_file_itself(writes: list[tuple[int, bytes]]) -> None:
    events, truth = _made(), bytearray()
    for at, content in writes:
        events.append(_event(Kind.WRITE, content, at=at))
        truth.extend(bytes(max(0, at + len(content) - len(truth))))
        truth[at : at + len(content)] = content
    cuts = PowerCuts({}, [*events, _event(Kind.SYNC)], FOLDER)
    cuts.go_on(len(events) + 1)
    assert cuts.image(random.Random(1))["a"] == truth
    assert cuts.unsynced == 0
