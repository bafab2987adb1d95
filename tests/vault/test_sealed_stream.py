"""A sealed stream opens whole and as it was, or not at all."""

import io
import os
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.errors import Tampered
from rapportdesk.vault import sealed_stream
from rapportdesk.vault.sealed_stream import open_stream, seal_stream

SMALL = 16
KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_stream, "CHUNK", SMALL)


def sealed(plaintext: bytes, bound_to: bytes = b"before") -> bytes:
    return b"".join(seal_stream(KEY, [plaintext], bound_to))


def opened(stream: bytes, bound_to: bytes = b"before", key: bytes = KEY) -> bytes:
    return b"".join(open_stream(key, io.BytesIO(stream), bound_to))


@given(st.lists(st.binary(max_size=50), max_size=6))
def test_whatever_the_pieces_it_opens_as_it_was(pieces: list[bytes]) -> None:
    assert opened(b"".join(seal_stream(KEY, pieces, b"before"))) == b"".join(pieces)


@pytest.mark.parametrize("length", [0, 1, SMALL - 1, SMALL, SMALL + 1, 3 * SMALL])
def test_every_changed_byte_and_every_cut_is_refused(length: int) -> None:
    stream = sealed(os.urandom(length))
    for at in range(len(stream)):
        changed = bytearray(stream)
        changed[at] ^= 1
        with pytest.raises(Tampered):
            opened(bytes(changed))
        with pytest.raises(Tampered):
            opened(stream[:at])


WHOLE = SMALL + 16


@pytest.mark.parametrize(
    "meddle",
    [
        lambda stream: stream[WHOLE:],
        lambda stream: stream[WHOLE : 2 * WHOLE] + stream[:WHOLE] + stream[2 * WHOLE :],
        lambda stream: stream[:WHOLE] + stream,
        lambda stream: stream + stream[-17:],
        lambda stream: stream[: 2 * WHOLE],
    ],
    ids=["first left out", "two exchanged", "first doubled", "last doubled", "last left out"],
)
def test_chunks_belong_in_their_places(meddle: Callable[[bytes], bytes]) -> None:
    stream = sealed(b"x" * (2 * SMALL + 1))
    assert opened(stream)
    with pytest.raises(Tampered):
        opened(meddle(stream))


def test_another_key_and_other_words_before_it_are_refused() -> None:
    stream = sealed(b"leeks")
    with pytest.raises(Tampered):
        opened(stream, b"others")
    with pytest.raises(Tampered):
        opened(stream, key=bytes(32))
