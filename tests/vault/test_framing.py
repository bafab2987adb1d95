"""Lists of parts that differ never encode alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.errors import Tampered
from rapportdesk.vault.framing import frame, unframe

texts = st.lists(st.text(alphabet="ab\0", max_size=3), max_size=4)


@given(texts, texts)
@settings(deadline=None)
def test_only_equal_lists_encode_alike(left: list[str], right: list[str]) -> None:
    assert (frame(*left) == frame(*right)) == (left == right)


def test_joining_without_lengths_would_confuse_them() -> None:
    assert "".join(["ab", "c"]) == "".join(["a", "bc"])
    assert frame("ab", "c") != frame("a", "bc")


@given(st.lists(st.binary(max_size=40), max_size=5))
@settings(deadline=None)
def test_parts_come_back(parts: list[bytes]) -> None:
    assert unframe(frame(*parts), len(parts)) == tuple(parts)


@given(st.lists(st.binary(max_size=9), min_size=1, max_size=4), st.integers(min_value=1, max_value=60))
@settings(deadline=None)
def test_a_cut_frame_is_refused(parts: list[bytes], cut: int) -> None:
    framed = frame(*parts)
    with pytest.raises(Tampered):
        unframe(framed[:-cut] if cut < len(framed) else b"", len(parts))


@pytest.mark.parametrize("count", [1, 3])
def test_another_number_of_parts_is_refused(count: int) -> None:
    with pytest.raises(Tampered):
        unframe(frame("a", "b"), count)


def test_any_name_can_be_framed() -> None:
    assert frame("\ud800") != frame("?")


@given(st.integers(min_value=-(1 << 63), max_value=(1 << 63) - 1))
@settings(deadline=None)
def test_every_number_sqlite_holds_can_be_framed(number: int) -> None:
    assert int.from_bytes(unframe(frame(number), 1)[0], "big", signed=True) == number
