"""Stretching is Argon2id as published, bounded before it takes memory, and the same however a secret is typed."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.errors import Tampered
from rapportdesk.vault.kdf import Argon2idParameters, derive, stretch
from tests.vault.clinic import cheap


def test_the_defaults_are_rfc_9106s_second_recommended_option() -> None:
    parameters = Argon2idParameters.fresh()
    assert (parameters.memory_kib, parameters.iterations, parameters.lanes) == (65536, 3, 4)
    assert len(parameters.salt) == 16
    assert parameters.salt != Argon2idParameters.fresh().salt


@pytest.mark.parametrize(
    ("memory_kib", "iterations", "lanes"),
    [
        (1 << 32, 3, 4),  # 4 TiB
        ((1 << 20) + 1, 1, 1),
        (0, 3, 4),
        (-65536, 3, 4),
        (31, 3, 4),
        (65536, 0, 4),
        (65536, 65, 4),
        (65536, 1 << 40, 4),
        (65536, 3, 0),
        (65536, 3, 17),
        (65536, 3, 1 << 24),
    ],
)
def test_hostile_costs_are_refused(memory_kib: int, iterations: int, lanes: int) -> None:
    with pytest.raises(Tampered):
        Argon2idParameters(memory_kib=memory_kib, iterations=iterations, lanes=lanes, salt=bytes(16))


@pytest.mark.parametrize("salt", [b"", bytes(15), bytes(65), "0123456789abcdef", None])
def test_hostile_salts_are_refused(salt: object) -> None:
    with pytest.raises(Tampered):
        Argon2idParameters(memory_kib=64, iterations=1, lanes=1, salt=salt)  # type: ignore[arg-type]  # as a file may hold


@pytest.mark.parametrize("memory_kib", ["65536", 65536.0, None, True])
def test_costs_that_are_no_whole_numbers_are_refused(memory_kib: object) -> None:
    with pytest.raises(Tampered):
        Argon2idParameters(memory_kib=memory_kib, iterations=1, lanes=1, salt=bytes(16))  # type: ignore[arg-type]  # as a file may hold


@given(st.integers(), st.integers(), st.integers())
@settings(deadline=None, max_examples=300)
def test_whatever_is_accepted_is_bounded(memory_kib: int, iterations: int, lanes: int) -> None:
    try:
        kept = Argon2idParameters(memory_kib=memory_kib, iterations=iterations, lanes=lanes, salt=bytes(16))
    except Tampered:
        return
    assert kept.memory_kib <= 1 << 20
    assert kept.memory_kib * kept.iterations <= 1 << 22
    assert 1 <= kept.lanes <= 16


@pytest.mark.parametrize(
    ("typed", "again"),
    [
        ("Llŷn a Môn", "Lly\u0302n a Mo\u0302n"),  # composed and decomposed
        ("ｇｗｙｒｄｄ", "gwyrdd"),  # an input method left in full-width mode
        ("two words", "two\u00a0words"),  # a no-break space
    ],
)
def test_one_passphrase_typed_two_ways_is_one_passphrase(typed: str, again: str) -> None:
    parameters = cheap()
    assert typed != again
    assert stretch(typed, parameters) == stretch(again, parameters)


def test_another_secret_or_salt_gives_another_key() -> None:
    parameters = cheap()
    assert stretch("secret one", parameters) != stretch("secret two", parameters)
    assert stretch("secret one", parameters) != stretch("secret one", cheap())
    assert stretch("Secret one", parameters) != stretch("secret one", parameters)


def test_a_secret_with_a_lone_surrogate_is_kept_as_it_is() -> None:
    parameters = cheap()
    assert stretch("\ud800 odd", parameters) != stretch("? odd", parameters)


def test_derived_keys_are_rfc_5869s() -> None:
    # RFC 5869, appendix A.1, first 32 of its 42 bytes
    expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    key = derive(bytes([0x0B] * 22), info=bytes(range(0xF0, 0xFA)), salt=bytes(range(13)))
    assert key.hex() == expected


def test_each_purpose_has_its_own_key() -> None:
    assert derive(bytes(32), info=b"one") != derive(bytes(32), info=b"two")


LIMITED = """
import resource
from dataclasses import replace
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
from rapportdesk.errors import Tampered
from rapportdesk.vault.kdf import Argon2idParameters, stretch
from rapportdesk.vault.slots import open_slot
from tests.vault.clinic import SECRET, Clinic
clinic = Clinic()
slot = clinic.slot()._replace(memory_kib=1 << 20, iterations=4)
try:
    stretch(SECRET, slot.parameters)
except MemoryError:
    print("stretching takes the memory")
try:
    open_slot(clinic.device_key, slot, SECRET, clinic.vault_id)
except Tampered:
    print("opening refuses first")
"""


@pytest.mark.linux
def test_costs_edited_within_the_bounds_take_no_memory_either() -> None:
    done = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["stretching takes the memory", "opening refuses first"]
