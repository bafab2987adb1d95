"""Whoever could not read the former keys writes no total without them: it would be wrong for good."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from rapportdesk.errors import VaultFault
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from tests.store.clinic import Clinic, a_patient
from tests.store.rekeying.test_moving_over import fill
from tests.store.rekeying.test_rekeying import NEW, nobody, with_the_new_key

CORRUPT, IOERR = sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR


@contextmanager
def records_unread(file: VaultFile, times: int, code: int) -> Iterator[None]:
    """Let the next questions about records fail so often."""
    left = times

    def before(_connection: object, _cursor: object, words: str, *_more: object) -> None:
        nonlocal left
        if "FROM record" in words and left:
            left -= 1
            error = sqlite3.DatabaseError("the disk")
            error.sqlite_errorcode = code
            raise error

    event.listen(file._engine, "before_cursor_execute", before)
    try:
        yield
    finally:
        event.remove(file._engine, "before_cursor_execute", before)


@pytest.fixture
def begun(clinic: Clinic) -> Clinic:
    """A vault whose new key is there, and whose rows are still counted by the former one's terms."""
    with clinic.open() as store:
        fill(store, 3)
        store.rotate_vault_key(NEW, nobody)
    return clinic


def test_a_read_that_failed_once_is_tried_again_and_the_total_holds(begun: Clinic) -> None:
    with VaultFile.open(begun.path) as file:
        with records_unread(file, 1, CORRUPT):
            store = SealedStore(file, with_the_new_key(begun.clinician).keys, begun.clock)
        store.put_patient(a_patient("Huw"))
        assert store.verify().clean
        list(store.rotate_patient_keys_in_steps())
        assert store.verify().clean


def test_with_a_disk_that_does_not_give_them_nobody_works_and_nothing_is_wrong_afterwards(begun: Clinic) -> None:
    keys = with_the_new_key(begun.clinician).keys
    with VaultFile.open(begun.path) as file:
        with records_unread(file, 9, IOERR), pytest.raises(VaultFault, match="cannot be read"):
            SealedStore(file, keys, begun.clock)
        store = SealedStore(file, keys, begun.clock)
        store.put_patient(a_patient("Huw"))
        assert store.verify().clean


def test_damage_for_good_keeps_nobody_out_and_is_named(begun: Clinic) -> None:
    with VaultFile.open(begun.path) as file:
        with records_unread(file, 9, CORRUPT):
            store = SealedStore(file, with_the_new_key(begun.clinician).keys, begun.clock)
        assert store.patient_keys_due() == 3
        assert not store.verify().clean
