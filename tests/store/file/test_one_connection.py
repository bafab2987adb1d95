"""One connection: asked for twice it refuses, and a commit is whole or nothing."""

import sqlite3
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rapportdesk.errors import VaultBusy, VaultFault
from rapportdesk.store.file.engine import driver, make_engine
from rapportdesk.store.file.location import make_empty
from rapportdesk.store.file.pragmas import PAGE_SIZE
from rapportdesk.store.file.vault_file import VaultFile
from tests.store.clinic import Clinic, a_note, a_patient, a_task


def _in_a_thread(work: Callable[[], object]) -> BaseException | object:
    result: list[BaseException | object] = []

    def run() -> None:
        try:
            result.append(work())
        except Exception as error:  # noqa: BLE001  # handed to the test
            result.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return result[0]


def test_a_nested_checkout_raises(clinic: Clinic) -> None:
    engine = make_engine(clinic.path)
    with engine.connect() as first:
        first.execute(text("UPDATE header SET device_key_id = 'changed'"))
        with pytest.raises(PoolTimeout):
            engine.connect()
        # and what the first was doing is still there
        assert first.execute(text("SELECT device_key_id FROM header")).scalar_one() == "changed"
    with engine.connect() as after:
        assert after.execute(text("SELECT device_key_id FROM header")).scalar_one() == "key-1"
    engine.dispose()


def test_a_second_thread_is_refused_while_a_transaction_is_open(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
        with store.transaction():
            refused = _in_a_thread(lambda: store.put(a_note(patient)))
        assert isinstance(refused, PoolTimeout)
        assert store.things(patient.id) == ()


def test_one_worker_thread_may_do_all_the_work(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = a_patient()
        assert _in_a_thread(lambda: store.put_patient(patient)) == patient
        assert _in_a_thread(lambda: store.patient(patient.id)) == patient


def test_every_setting_holds_on_the_connection(clinic: Clinic) -> None:
    engine = make_engine(clinic.path)
    with engine.connect() as connection:
        found = {
            name: driver(connection).execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("locking_mode", "journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
        }
    engine.dispose()
    assert found == {
        "locking_mode": "exclusive",
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "temp_store": 2,
    }


def test_a_transaction_begins_at_once_and_immediately(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, _store):
        said: list[str] = []
        with file.transaction() as writing:
            assert driver(writing.connection).in_transaction
            driver(writing.connection).set_trace_callback(said.append)
            writing.connection.execute(text("SELECT 1"))
        with file.transaction() as writing:
            driver(writing.connection).set_trace_callback(None)
        assert "BEGIN IMMEDIATE" in said


def _fill_the_disk(file: VaultFile) -> None:
    with file.transaction() as writing:
        pages = writing.connection.execute(text("PRAGMA page_count")).scalar_one()
        writing.connection.execute(text(f"PRAGMA max_page_count = {pages + 1}"))


def test_what_fails_leaves_nothing_behind(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())

        def half_done() -> None:
            with store.transaction():
                store.put(a_note(patient))
                store.put(a_task(patient))
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            half_done()
        assert store.things(patient.id) == ()
        assert store.verify().clean
        with store.transaction():
            kept = store.put(a_note(patient))
        assert store.things(patient.id) == (kept,)


def test_a_part_that_fails_is_undone_alone(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())

        def half_done() -> None:
            with store.transaction():
                store.put(a_note(patient, "gone"))
                raise ZeroDivisionError

        with store.transaction():
            before = store.put(a_note(patient, "before"))
            with pytest.raises(ZeroDivisionError):
                half_done()
            after = store.put(a_note(patient, "after"))
        assert set(store.things(patient.id)) == {before, after}
        assert store.verify().clean


def test_a_write_that_fails_midway_dooms_its_transaction_even_when_swallowed(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        patient = store.put_patient(a_patient())

        def half_a_write() -> None:
            with file.writing():
                store.put(a_note(patient))
                raise ZeroDivisionError

        def swallowing() -> None:
            with store.transaction():
                store.put(a_note(patient))
                with pytest.raises(ZeroDivisionError):
                    half_a_write()

        with pytest.raises(VaultFault):
            swallowing()
        assert store.things(patient.id) == ()
        assert store.verify().clean


def test_a_full_disk_is_told_and_half_of_nothing_is_kept(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        patient = store.put_patient(a_patient())
        _fill_the_disk(file)

        def write_much() -> None:
            with store.transaction():
                for number in range(100):
                    store.put(a_note(patient, f"{number} canary " * 20))

        with pytest.raises(VaultFault) as told:
            write_much()
        assert "canary" not in str(told.value)
        assert store.things(patient.id) == ()
        assert store.verify().clean


def test_a_full_disk_that_somebody_swallows_is_still_told(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        patient = store.put_patient(a_patient())
        _fill_the_disk(file)
        swallowed: list[VaultFault] = []

        def write_much() -> None:
            with store.transaction():
                for number in range(40):
                    try:
                        store.put(a_note(patient, f"{number} canary " * 20))
                    except VaultFault as fault:
                        swallowed.append(fault)

        with pytest.raises(VaultFault):
            write_much()
        assert swallowed
        assert store.things(patient.id) == ()
        assert store.verify().clean


def test_a_second_opening_is_told_that_the_vault_is_open(clinic: Clinic) -> None:
    with clinic.open(), pytest.raises(VaultBusy):
        VaultFile.open(clinic.path)


def test_a_closed_file_is_not_opened_again_behind_the_back(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
    with pytest.raises(RuntimeError):
        store.patient(patient.id)
    with clinic.open() as store:
        assert store.patient(patient.id) == patient


def test_rows_that_the_manifest_counts_need_somebody_signed_in(clinic: Clinic) -> None:
    with VaultFile.open(clinic.path) as file:
        with pytest.raises(RuntimeError):
            file.remove_slot(clinic.receptionist.slot.staff_id)
        assert len(file.slots()) == 3


def test_faults_never_carry_a_value(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, _store), pytest.raises(VaultFault) as told, file.transaction() as writing:
        writing.connection.execute(text("INSERT INTO header VALUES (:a, :b, 'x')"), {"a": 1, "b": "canary"})
    assert "canary" not in f"{told.value}{told.value.__cause__}"
    assert told.value.__suppress_context__


def test_a_file_cut_short_anywhere_is_told_in_words(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
        for number in range(40):
            store.put(a_note(patient, f"{number} " * 100))
    whole = clinic.path.read_bytes()
    for length in range(0, len(whole), PAGE_SIZE):
        clinic.path.write_bytes(whole[:length])
        assert _what_is_wrong(clinic) != ()
    clinic.path.write_bytes(whole)
    assert _what_is_wrong(clinic) == ()


def test_a_page_overwritten_anywhere_is_told_in_words(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
        for number in range(40):
            store.put(a_note(patient, f"{number} " * 100))
    whole = clinic.path.read_bytes()
    for start in range(0, len(whole), PAGE_SIZE):
        if any(whole[start : start + PAGE_SIZE]):
            clinic.path.write_bytes(whole[:start] + bytes(PAGE_SIZE) + whole[start + PAGE_SIZE :])
            assert _what_is_wrong(clinic) != ()


def _what_is_wrong(clinic: Clinic) -> tuple[object, ...]:
    try:
        with clinic.open() as store:
            return store.verify().faults
    except VaultFault as fault:
        return (fault,)


def test_the_drivers_connection_is_sqlites(clinic: Clinic) -> None:
    engine = make_engine(clinic.path)
    with engine.connect() as connection:
        assert isinstance(driver(connection), sqlite3.Connection)
    engine.dispose()
    with pytest.raises(VaultFault):
        make_empty(clinic.path)
