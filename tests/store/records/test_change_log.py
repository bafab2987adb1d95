"""Every commit says whose records it wrote, and nobody without the vault's key reads it."""

import dataclasses
import shutil
from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import text

from rapportdesk.model.identity import PatientId
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.records import change_log
from rapportdesk.store.records.change_log import Changes
from rapportdesk.store.sealed_store import SealedStore
from tests.store.clinic import Clinic, a_note, a_patient


def changed(store: SealedStore, write: Callable[[], object]) -> set[PatientId]:
    """Return whose records a write is said to have written."""
    before = store.changes.position()
    write()
    since = store.changes.since(before)
    assert since is not None
    assert store.changes.since(since.position) == Changes((), since.position)
    return set(since.patients)


def test_each_kind_of_write_says_whose_records_it_wrote(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia, huw = (store.put_patient(a_patient()) for _ in range(2))
        note = store.put(a_note(nia))
        assert changed(store, lambda: store.put_patient(nia)) == {nia.id}
        assert changed(store, lambda: store.put(a_note(huw))) == {huw.id}
        assert changed(store, lambda: store.put(dataclasses.replace(note, text="roses"))) == {nia.id}
        assert changed(store, lambda: store.move(note.id, huw.id)) == {nia.id, huw.id}
        assert changed(store, lambda: store.delete(note.id)) == {huw.id}
        assert changed(store, lambda: store.join(huw.id, nia.id)) == {nia.id, huw.id}
        assert changed(store, lambda: store.take_apart(huw.id)) == {nia.id, huw.id}
        assert changed(store, lambda: store.delete_patient(huw.id)) == {huw.id}
        assert changed(store, lambda: store.put_setting("a", "b")) == set()
        assert store.verify().clean


def test_what_was_rolled_back_is_not_said(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia, huw = (store.put_patient(a_patient()) for _ in range(2))

        def half() -> None:
            with store.transaction():
                store.put(a_note(nia))
                with suppress(ZeroDivisionError), store.transaction():
                    store.put(a_note(huw))
                    raise ZeroDivisionError

        assert changed(store, half) == {nia.id}


def test_bulk_work_says_everybody_it_wrote(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        mair, huw = a_patient(), a_patient()

        def stage() -> None:
            staging = store.stage()
            staging.put_patient(nia)
            staging.put_patient(mair)
            staging.publish()
            store.arrived(store.arrivals(2))

        assert changed(store, stage) == {nia.id, mair.id}
        assert changed(store, lambda: store.add_people([(huw, [a_note(huw)])])) == {huw.id}


def test_a_record_that_is_sealed_anew_has_not_changed(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        store.put(a_note(nia))

        def replace_keys() -> None:
            store.rotate_vault_key(bytes(range(32)), lambda: None)
            assert sum(store.rotate_patient_keys_in_steps()) > 0

        before = store.changes.position()
        replace_keys()
        rewritten = store.changes.since(before)
        assert rewritten is None, "under another key another history begins: the read model is another's too"
        assert changed(store, lambda: store.put(a_note(nia))) == {nia.id}
        assert store.verify().clean


def test_an_older_copy_that_was_written_on_is_another_history(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        store.changes.position()
    copy = clinic.path.with_name("copy")
    shutil.copy(clinic.path, copy)
    with clinic.open() as store:
        for _ in range(3):
            store.put(a_note(nia))
        place = store.changes.position()
    shutil.copy(copy, clinic.path)
    with clinic.open() as store:
        assert store.changes.since(place) is None
        for _ in range(9):
            store.put(a_note(nia))
        assert store.changes.since(place) is None
        assert store.changes.since(store.changes.position()) is not None


def test_whoever_was_last_here_too_long_ago_begins_anew(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_log, "KEPT", 3)
    monkeypatch.setattr(change_log, "_TAKEN_OFF", 2)
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        first = store.changes.position()
        for _ in range(3):
            store.put(a_note(nia))
        assert store.changes.since(first) is not None, "the control"
        for _ in range(3):
            store.put(a_note(nia))
            store.changes.trim()
        assert store.changes.since(first) is None
        assert store.verify().clean


def test_a_row_from_outside_is_not_believed_and_is_named(clinic: Clinic) -> None:
    with clinic.open() as store:
        nia = store.put_patient(a_patient())
        place = store.changes.position()
        store.put(a_note(nia))
    with VaultFile.open(clinic.path) as file, file.transaction() as writing:
        writing.connection.execute(
            text("UPDATE change SET sealed = zeroblob(64) WHERE epoch = (SELECT max(epoch) FROM change)")
        )
    with clinic.open() as store:
        assert store.changes.since(place) is None
        assert any("change" in fault.where for fault in store.verify().faults)
