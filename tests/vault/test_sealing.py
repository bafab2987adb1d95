"""A sealed record opens in its place, under its key, unchanged, and in no other way."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rapportdesk.errors import Tampered
from rapportdesk.vault.sealing import Place, new_key, seal, unseal, unwrap_key, wrap_key
from tests.vault.damage import bits, flipped, keys

words = st.text(max_size=8)
places = st.builds(
    Place,
    table=words,
    record_id=words,
    patient_id=words,
    revision=st.integers(min_value=-(1 << 63), max_value=(1 << 63) - 1),
)
HERE = Place(table="record", record_id="r1", patient_id="p1", revision=3)


@given(keys, st.binary(max_size=2000), places)
@settings(deadline=None)
def test_a_record_opens_in_its_place(key: bytes, content: bytes, place: Place) -> None:
    assert unseal(key, seal(key, content, place), place) == content


@given(keys, st.binary(max_size=200), bits)
@settings(deadline=None)
def test_one_flipped_bit_is_noticed(key: bytes, content: bytes, bit: int) -> None:
    with pytest.raises(Tampered):
        unseal(key, flipped(seal(key, content, HERE), bit), HERE)


@given(keys, places, places)
@settings(deadline=None)
def test_a_moved_record_is_noticed(key: bytes, place: Place, other: Place) -> None:
    assume(place != other)
    with pytest.raises(Tampered):
        unseal(key, seal(key, b"likes chess", place), other)


@pytest.mark.parametrize(
    "other",
    [
        HERE._replace(table="patient"),
        HERE._replace(record_id="r2"),
        HERE._replace(patient_id="p2"),
        HERE._replace(patient_id=""),
        HERE._replace(revision=2),
        HERE._replace(record_id="r1p1", patient_id=""),
    ],
)
def test_each_part_of_the_place_counts(other: Place) -> None:
    key = new_key()
    sealed = seal(key, b"likes chess", HERE)
    assert unseal(key, sealed, HERE) == b"likes chess"
    with pytest.raises(Tampered):
        unseal(key, sealed, other)


def test_another_patients_key_does_not_open() -> None:
    with pytest.raises(Tampered):
        unseal(new_key(), seal(new_key(), b"likes chess", HERE), HERE)


@pytest.mark.parametrize("length", range(28))
def test_a_record_cut_short_is_noticed(length: int) -> None:
    key = new_key()
    with pytest.raises(Tampered):
        unseal(key, seal(key, b"likes chess", HERE)[:length], HERE)


def test_the_same_record_never_looks_the_same() -> None:
    key = new_key()
    sealed = {seal(key, b"likes chess", HERE) for _attempt in range(100)}
    assert len({one[:12] for one in sealed}) == 100


def test_a_wrapped_key_comes_back_and_is_no_record() -> None:
    vault_key, patient_key = new_key(), new_key()
    wrapped = wrap_key(vault_key, patient_key, HERE)
    assert unwrap_key(vault_key, wrapped, HERE) == patient_key
    with pytest.raises(Tampered):
        unseal(vault_key, wrapped, HERE)
    with pytest.raises(Tampered):
        unwrap_key(vault_key, seal(vault_key, patient_key, HERE), HERE)
    with pytest.raises(Tampered):
        unwrap_key(vault_key, wrapped, HERE._replace(record_id="r2"))


@pytest.mark.parametrize("length", [0, 16, 24, 31, 33])
def test_a_key_of_another_length_is_a_bug(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal(bytes(length), b"", HERE)
