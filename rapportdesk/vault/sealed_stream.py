"""A long file is sealed in chunks, each bound to its number, to whether it is the last, and to what stands before all.

So chunks cannot be changed, moved, left out, doubled or added, and a file that ends early is noticed: the STREAM
construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance, CRYPTO 2015) with AES-256-GCM. A key seals one stream, so the nonce is the
chunk's number and the mark.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.sealing import KEY_BYTES

CHUNK = 1 << 20
"""Bytes of plaintext in each chunk but the last, which has 0 to as many."""

_NUMBER_BYTES = 11
_TAG = 16


def seal_stream(key: bytes, plaintext: Iterable[bytes], bound_to: bytes) -> Iterator[bytes]:
    """Yield the sealed chunks of a stream.

    Args:
        key: 32 random bytes that seal nothing else.
        plaintext: In pieces of any length.
        bound_to: What stands before the chunks and must be the same when they are opened.
    """
    cipher, number, waiting = _cipher(key), 0, bytearray()
    for piece in plaintext:
        waiting += piece
        while len(waiting) > CHUNK:  # never all of it: only what is followed by more is known not to be the last
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:CHUNK]), bound_to)
            del waiting[:CHUNK]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), bound_to)


def open_stream(key: bytes, sealed: BinaryIO, bound_to: bytes) -> Iterator[bytes]:
    """Yield the plaintext of a stream, chunk by chunk; nothing of it counts until the end has come without an error.

    Args:
        key: As given to `seal_stream`.
        sealed: At the first chunk.
        bound_to: As given to `seal_stream`.

    Raises:
        Tampered: A chunk was changed, moved or left out, or the end is missing or not the end.
    """
    cipher, number = _cipher(key), 0
    chunk = sealed.read(CHUNK + _TAG)
    while True:
        following = sealed.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, bound_to)
        except (InvalidTag, ValueError):  # ValueError: shorter than a tag
            raise tampered() from None
        if not following:
            return
        chunk = following
        number += 1


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:  # AESGCM would quietly take 16 bytes as AES-128
        raise ValueError("a key is 32 bytes long")
    return AESGCM(key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NUMBER_BYTES, "big") + bytes([last])
