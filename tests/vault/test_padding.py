"""Sizes tell little, and padding that RapportDesk did not write is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.errors import Tampered
from rapportdesk.vault.padding import pad, padded_size, unpad


@given(st.binary(max_size=3000))
@settings(deadline=None)
def test_what_was_padded_comes_back(data: bytes) -> None:
    assert unpad(pad(data)) == data


@given(st.integers(min_value=0, max_value=1 << 31))
@settings(deadline=None)
def test_sizes_grow_by_at_most_an_eighth(length: int) -> None:
    size = padded_size(length)
    assert size >= length + 4
    assert size % 64 == 0
    assert size <= max(length + 4 + 63, (length + 4) * 1.125)


def test_a_kind_and_a_short_sentence_have_few_sizes() -> None:
    assert {padded_size(length) for length in range(509)} == set(range(64, 513, 64))


def test_up_to_a_mebibyte_a_size_tells_less_than_eight_bits() -> None:
    assert len({padded_size(length) for length in range(0, 1 << 20, 16)}) < 256


def test_sizes_never_shrink_as_lengths_grow() -> None:
    sizes = [padded_size(length) for length in range(20_000)]
    assert sizes == sorted(sizes)


@given(st.binary(max_size=700), st.data())
@settings(deadline=None)
def test_filling_other_than_zeros_is_refused(content: bytes, data: st.DataObject) -> None:
    padded = bytearray(pad(content))
    filling = range(4 + len(content), len(padded))
    if filling:
        padded[data.draw(st.sampled_from(filling))] = data.draw(st.integers(1, 255))
        with pytest.raises(Tampered):
            unpad(bytes(padded))


@pytest.mark.parametrize(
    "padded", [b"", b"\0\0\0", b"\0\0\0\0", b"\xff" * 64, pad(b"x") + bytes(64), pad(b"x" * 100)[:64]]
)
def test_sizes_that_padding_never_has_are_refused(padded: bytes) -> None:
    with pytest.raises(Tampered):
        unpad(padded)
