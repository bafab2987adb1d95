"""Every record is sealed to its place: moved, swapped or replayed, it does not open.

AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D, 8.2.2: at most 2**32 seals under one key, which one patient's
records never reach), over padded plaintext.
"""

import os
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rapportdesk.vault.faults import tampered
from rapportdesk.vault.framing import frame
from rapportdesk.vault.padding import pad, unpad

FORMAT = 1
"""The version of the sealed form, bound into every seal."""

KEY_BYTES = 32
_NONCE_BYTES = 12


class Place(NamedTuple):
    """Where a sealed thing belongs.

    Attributes:
        table: The table's name.
        record_id: The row's id.
        patient_id: The patient the row is about; "" for records of no patient.
        revision: The row's revision, counted up at every change.
    """

    table: str
    record_id: str
    patient_id: str
    revision: int


def new_key() -> bytes:
    """Return 32 random bytes from the operating system."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plaintext: bytes, place: Place) -> bytes:
    """Seal a record.

    Args:
        key: 32 bytes: the patient's key, or the vault key for records of no patient.
        plaintext: The record's content; its length is padded.
        place: Where alone it opens again.

    Returns:
        Nonce (12 bytes), ciphertext, tag (16 bytes).
    """
    return seal_bound(key, plaintext, _bound("record", place))


def unseal(key: bytes, sealed: bytes, place: Place) -> bytes:
    """Open what `seal` returned.

    Raises:
        Tampered: The bytes were changed, the place is another, or the key is another.
    """
    return unseal_bound(key, sealed, _bound("record", place))


def wrap_key(vault_key: bytes, patient_key: bytes, place: Place) -> bytes:
    """Seal a patient's key under the vault key; a wrapped key never opens as a record, nor a record as a key."""
    return seal_bound(vault_key, patient_key, _bound("key", place))


def unwrap_key(vault_key: bytes, wrapped: bytes, place: Place) -> bytes:
    """Open what `wrap_key` returned.

    Raises:
        Tampered: The bytes were changed, the place is another, or the key is another.
    """
    patient_key = unseal_bound(vault_key, wrapped, _bound("key", place))
    if len(patient_key) != KEY_BYTES:
        raise tampered()
    return patient_key


def seal_bound(key: bytes, plaintext: bytes, bound_to: bytes) -> bytes:
    """Seal under AES-256-GCM, bound to bytes that are not kept beside it (the AAD).

    Raises:
        ValueError: The key is not 32 bytes long.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, pad(plaintext), bound_to)


def unseal_bound(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Open what `seal_bound` returned.

    Raises:
        Tampered: Bytes, binding or key are not those it was sealed with.
        ValueError: The key is not 32 bytes long.
    """
    cipher = _cipher(key)
    nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    if len(nonce) < _NONCE_BYTES:
        raise tampered()
    try:
        padded = cipher.decrypt(nonce, ciphertext, bound_to)
    except InvalidTag:
        # The cause would say nothing that a reader may act on.
        raise tampered() from None
    return unpad(padded)


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:  # AESGCM would quietly take 16 bytes as AES-128
        raise ValueError("a key is 32 bytes long")
    return AESGCM(key)


def _bound(purpose: str, place: Place) -> bytes:
    return frame("rapportdesk", FORMAT, purpose, place.table, place.record_id, place.patient_id, place.revision)
