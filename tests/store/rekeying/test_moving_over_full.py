"""A disk that runs full at any write of a moving loses nothing, and the same session goes on once there is room."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from rapportdesk.errors import VaultFault
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.rekeying import moving_over
from tests.store.clinic import Clinic
from tests.store.rekeying.test_moving_over import counted_by, fill, wrapped_under
from tests.store.rekeying.test_rekeying import NEW, nobody, replace_all, with_the_new_key

EVERY = 3
"""Of the statements that write, each so many is the one at which the room ends."""

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "COMMIT", "RELEASE")


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many steps over few rows."""
    monkeypatch.setattr(moving_over, "_WRAPPED", 2)
    monkeypatch.setattr(moving_over, "_COUNTED", 5)


@contextmanager
def full_from(file: VaultFile, statement: int) -> Iterator[Callable[[], int]]:
    """Let every write fail from one of the next ones on, until this ends; yields how to ask how many there were."""
    count = 0

    def before(_connection: object, _cursor: object, words: str, *_more: object) -> None:
        nonlocal count
        if words.lstrip().upper().startswith(_WRITES):
            count += 1
            if count >= statement > 0:
                raise OperationalError(words, {}, sqlite3.OperationalError("database or disk is full"))

    event.listen(file._engine, "before_cursor_execute", before)
    try:
        yield lambda: count
    finally:
        event.remove(file._engine, "before_cursor_execute", before)


def test_a_full_disk_at_any_write_loses_nothing_and_the_same_session_goes_on(clinic: Clinic) -> None:
    with clinic.open() as store:
        fill(store, 4)
        before = set(store.all_things())
    original = clinic.path.read_bytes()
    with clinic.file_and_store() as (file, store), full_from(file, 0) as writes:
        replace_all(store)
        total = writes()
    assert total > 20
    old, epochs = clinic.clinician.keys.vault_key, set()
    for statement in range(1, total, EVERY):
        clinic.path.write_bytes(original)
        with clinic.file_and_store() as (file, store):
            with full_from(file, statement), suppress(VaultFault):  # a patient's key that cannot be replaced stays due
                replace_all(store)
            epochs.add(store.keys.vault_key_epoch)
            assert store.keys.vault_key_epoch == 1 or store.patient_keys_due() > 0, "nothing is said to be done"
            assert set(store.all_things()) == before, statement
            assert store.verify().clean, statement
            if store.keys.vault_key_epoch == 1:
                store.rotate_vault_key(NEW, nobody)
            list(store.rotate_patient_keys_in_steps())
            assert store.patient_keys_due() == 0
            assert set(store.all_things()) == before
            assert wrapped_under(file, old) == 0
            assert counted_by(file, NEW)
            assert store.verify().clean
        with clinic.open(with_the_new_key(clinic.clinician)) as store:
            assert set(store.all_things()) == before
            assert store.verify().clean
    assert epochs == {1, 2}, "before the one commit, and after it"
