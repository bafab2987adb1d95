"""A copy made in steps holds what was written between them, and leaves nothing behind when nobody wants it any more."""

import sqlite3
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from rapportdesk.errors import VaultFault
from rapportdesk.model.patient import Patient
from rapportdesk.store.file import copying as room
from rapportdesk.store.file.beside import beside
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from tests.store.clinic import Clinic, a_note, a_patient


@pytest.fixture(autouse=True)
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PAGES", 2)


def fill(store: SealedStore, people: int = 40) -> None:
    with store.transaction():
        for number in range(people):
            store.put(a_note(store.put_patient(a_patient(f"P{number}"))))


def fill_and_fail(store: SealedStore) -> None:
    with store.transaction():
        fill(store)
        raise ZeroDivisionError


def answer(steps: Generator[None, None, str]) -> str:
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            return str(ended.value)


def test_what_is_written_between_two_steps_is_in_the_copy_too(clinic: Clinic, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    with clinic.file_and_store() as (file, store):
        fill(store)
        saved: list[Patient] = []
        for done, total in file.copy_in_steps(target):
            assert 0 < done < total
            saved.append(store.put_patient(a_patient(f"between {len(saved)}")))
            store.checkpoint()
        assert len(saved) > 10
        everybody = set(store.patients())
    with VaultFile.open(target) as copy:
        copied = SealedStore(copy, clinic.clinician.keys, clinic.clock)
        assert set(copied.patients()) == everybody
        assert copied.verify().clean


def test_what_was_rolled_back_between_two_steps_is_not(clinic: Clinic, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    with clinic.file_and_store() as (file, store):
        fill(store)
        steps = file.copy_in_steps(target)
        next(steps)
        with pytest.raises(ZeroDivisionError):
            fill_and_fail(store)
        assert list(steps)
        everybody = set(store.patients())
    with VaultFile.open(target) as copy:
        copied = SealedStore(copy, clinic.clinician.keys, clinic.clock)
        assert set(copied.patients()) == everybody
        assert copied.verify().clean


def test_a_copy_that_is_given_up_at_any_step_lets_go_of_both_files(clinic: Clinic, tmp_path: Path) -> None:
    threads = threading.active_count()
    with clinic.file_and_store() as (file, store):
        fill(store)
        for stop_after in range(4):
            steps = file.copy_in_steps(tmp_path / "copy")
            for _ in range(stop_after):
                next(steps)
            steps.close()
            assert threading.active_count() == threads
            store.put_patient(a_patient("goes on"))
        assert store.verify().clean


def test_a_copy_makes_no_step_inside_a_transaction_or_of_a_closed_file(clinic: Clinic, tmp_path: Path) -> None:
    with clinic.file_and_store() as (file, store):
        fill(store)
        steps = file.copy_in_steps(tmp_path / "copy")
        next(steps)
        with store.transaction(), pytest.raises(RuntimeError):
            next(steps)
        steps = file.copy_in_steps(tmp_path / "other")
        next(steps)
    with pytest.raises(RuntimeError):
        next(steps)


def test_a_disk_that_does_not_let_us_is_said(clinic: Clinic, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with clinic.file_and_store() as (file, _store), pytest.raises(VaultFault):
        list(file.copy_in_steps(tmp_path / "a file" / "copy"))


def test_what_is_done_beside_is_waited_for_and_its_error_is_ours() -> None:
    gate = threading.Event()

    def wait() -> str:
        gate.wait()
        return "done"

    steps = beside(wait)
    next(steps)
    next(steps)
    gate.set()
    assert answer(steps) == "done"

    def fail() -> None:
        raise sqlite3.OperationalError("full")

    with pytest.raises(sqlite3.OperationalError, match="full"):
        list(beside(fail))
