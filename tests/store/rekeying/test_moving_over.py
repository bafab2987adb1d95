"""After a new vault key's commit work goes on between any two steps, and in the end nothing lies under the old one."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace

import pytest

from rapportdesk.errors import Tampered
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.patient import Patient
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import COVERED
from rapportdesk.store.manifest.manifest_keeper import ManifestKeeper
from rapportdesk.store.records.changed import changes_key, is_opened_by
from rapportdesk.store.records.patient_keys import PatientKeys
from rapportdesk.store.rekeying import moving_over
from rapportdesk.store.rekeying.former_keys import keeper_of
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.store.tables import ChangeRow, PatientRow
from rapportdesk.store.transaction import Change
from rapportdesk.vault.sealing import new_key
from tests.store.bulk.test_staging import a_visit
from tests.store.clinic import MORNING, Clinic, a_note, a_patient
from tests.store.outsider import outside
from tests.store.rekeying.test_rekeying import NEW, nobody, with_the_new_key


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many steps over few rows."""
    monkeypatch.setattr(moving_over, "_WRAPPED", 2)
    monkeypatch.setattr(moving_over, "_COUNTED", 3)


def fill(store: SealedStore, count: int = 7) -> list[Patient]:
    """Some people with three notes each."""
    people = [store.put_patient(a_patient(f"Person {number}")) for number in range(count)]
    for each in people:
        for number in range(3):
            store.put(a_note(each, f"note {number}"))
    store.put_setting("clinic-name", "Cwm Road")
    return people


def moving(store: SealedStore) -> Generator[int, None, None]:
    """The steps before the first patient's key is replaced, and nothing of that."""
    with closing(store.rotate_patient_keys_in_steps()) as steps:
        for done in steps:
            if done:
                return
            yield done


def wrapped_under(file: VaultFile, key: bytes) -> int:
    """How many patients' keys lie under a vault key."""
    keys, opened = PatientKeys(key), 0
    for row in file.all_rows(PatientRow):
        try:
            keys.unwrap(row)
        except Tampered:
            continue
        opened += 1
    return opened


def counted_by(file: VaultFile, key: bytes) -> bool:
    """Whether the manifest is the sum of the rows' terms under this key alone."""
    keeper = ManifestKeeper(key, file.vault_id)
    with file.reading() as reading:
        return keeper.load(reading.connection).holds(keeper.count(reading.connection, epoch=0))


def test_the_new_key_is_there_by_a_commit_that_touches_no_patient_and_the_rest_follows(clinic: Clinic) -> None:
    old = clinic.clinician.keys.vault_key
    with clinic.file_and_store() as (file, store):
        fill(store)
        rows = file.all_rows(PatientRow)
        store.rotate_vault_key(NEW, nobody)
        assert file.all_rows(PatientRow) == rows
        assert wrapped_under(file, old) == len(rows)
        assert not counted_by(file, NEW)
        steps = sum(1 for _step in moving(store))
        assert steps > len(rows) // 2 + len(COVERED)
        assert wrapped_under(file, old) == 0
        assert counted_by(file, NEW)
        assert store.verify().clean


def test_whatever_is_written_between_any_two_steps_is_counted_and_verifies(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        people = fill(store)
        gone = store.put(a_note(people[0], "taken back"))
        store.rotate_vault_key(NEW, nobody)
        steps = moving(store)
        for number, _step in enumerate(steps):
            if number > 60:
                break
            each = people[number % len(people)]
            written = store.put(a_note(each, f"meanwhile {number}"))
            store.put(replace(written, text="changed at once"))
            store.audit(AuditEvent(at=MORNING, action=AuditAction.LOCK, who=None, who_name=""))
            if number == 30:
                store.delete(gone.id)
                store.delete_patient(people[1].id)
                people = [people[0], *people[2:], store.put_patient(a_patient("New"))]
            if number % 20 == 0:
                assert store.verify().clean
        assert number > 60
        list(steps)
        assert counted_by(file, NEW)
        assert store.verify().clean
    with clinic.open(with_the_new_key(clinic.clinician)) as store:
        assert store.verify().clean
        assert len(list(store.patients())) == 7


def test_left_at_any_step_the_next_session_goes_on(clinic: Clinic) -> None:
    with clinic.open() as store:
        fill(store, 4)
        before = set(store.all_things())
        store.rotate_vault_key(NEW, nobody)
    person = with_the_new_key(clinic.clinician)
    for most in (1, 2, 3, 9, 17, 1_000):
        with clinic.open(person) as store:
            assert store.verify().clean
            with closing(moving(store)) as steps:
                for number, _step in enumerate(steps, start=1):
                    if number == most:
                        break
            assert set(store.all_things()) == before
            store.put_setting("clinic-name", f"Cwm Road {most}")
    with clinic.file_and_store(person) as (file, store):
        assert counted_by(file, NEW)
        assert wrapped_under(file, clinic.clinician.keys.vault_key) == 0
        assert store.verify().clean


def test_two_who_move_it_at_once_leave_it_whole(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        fill(store)
        store.rotate_vault_key(NEW, nobody)
        one, other = moving(store), moving(store)
        for _step in one:
            next(other, None)
            next(other, None)
        list(other)
        assert counted_by(file, NEW)
        assert store.verify().clean


def test_a_second_new_key_before_the_first_has_reached_everything(clinic: Clinic) -> None:
    third = new_key()
    with clinic.file_and_store() as (file, store):
        people = fill(store)
        store.rotate_vault_key(NEW, nobody)
        steps = moving(store)
        next(steps)
        store.put(a_note(people[-1], "under the second"))
        store.rotate_vault_key(third, nobody)
        assert store.verify().clean
        assert len(set(store.all_things())) == 22
        list(steps)
        list(store.rotate_patient_keys_in_steps())
        assert wrapped_under(file, third) == len(people)
        assert counted_by(file, third)
        assert store.patient_keys_due() == 0
        assert store.verify().clean


def test_an_import_under_way_is_published_after_it_and_verifies(clinic: Clinic) -> None:
    nia, huw = a_patient(), a_patient("Huw Eynon")
    with clinic.file_and_store() as (file, store):
        store.put_patient(nia)
        fill(store)
        store.rotate_vault_key(NEW, nobody)
        steps = moving(store)
        next(steps)
        staging = store.stage()
        staging.put_patient(huw)
        staging.write()
        for number, _step in enumerate(steps):
            if number < 40:
                staging.put(a_visit(nia.id))
                staging.write()
        staging.put(visit := a_visit(huw.id))
        staging.publish()
        assert store.things(huw.id) == (visit,)
        assert counted_by(file, NEW)
        assert store.verify().clean


def test_what_was_changed_from_outside_on_the_way_is_still_noticed(clinic: Clinic) -> None:
    with clinic.open() as store:
        fill(store)
        store.rotate_vault_key(NEW, nobody)
        next(moving(store))
    with outside(clinic) as connection:
        connection.execute("DELETE FROM record WHERE id = (SELECT max(id) FROM record WHERE patient_id IS NOT NULL)")
    with clinic.file_and_store(with_the_new_key(clinic.clinician)) as (file, store):
        list(store.rotate_patient_keys_in_steps())
        assert not counted_by(file, NEW)
        assert [fault.where for fault in store.verify().faults] == ["manifest"]
        store.accept_as_it_is()
        assert store.verify().clean


def test_former_keys_are_in_no_list_and_gone_in_the_end(clinic: Clinic) -> None:
    with clinic.file_and_store() as (file, store):
        fill(store)
        assert keeper_of(file, clinic.clinician.keys.vault_key).key == store._held().keeper.key
        store.rotate_vault_key(NEW, nobody)
        assert store.settings() == {"clinic-name": "Cwm Road"}
        assert keeper_of(file, NEW).key == store._held().keeper.key != ManifestKeeper(NEW, file.vault_id).key
        list(store.rotate_patient_keys_in_steps())
        assert keeper_of(file, NEW).key == store._held().keeper.key == ManifestKeeper(NEW, file.vault_id).key


def test_no_key_of_today_is_taken_from_under_a_former_vault_key() -> None:
    oldest, old = new_key(), new_key()
    present = PatientKeys(NEW, 3, (old, oldest))

    def row(under: bytes, epoch: int) -> dict[str, object]:
        _key, wrapped = PatientKeys(under, epoch).make("patient")
        return {"id": "patient", "key_revision": epoch, "wrapped_key": wrapped}

    for taken in (row(NEW, 3), row(old, 2), row(old, 1), row(oldest, 1)):  # the control: what the desk itself wrote
        assert len(present.unwrap(taken)) == 32
    for forged in (row(old, 3), row(oldest, 3), row(oldest, 2)):  # a leaver's: nothing later is sealed with it
        with pytest.raises(Tampered):
            present.unwrap(forged)


def test_moving_over_says_how_far_it_is_from_nothing_to_all_of_it(clinic: Clinic) -> None:
    with clinic.file_and_store() as (_file, store):
        people = fill(store)
        store.rotate_vault_key(NEW, nobody)
        at = list(store.move_to_new_key_in_steps())
        dones, totals = [done for done, _total in at], {total for _done, total in at}
        assert len(totals) == 1
        assert at[-1] == (at[-1][1], at[-1][1])
        assert dones == sorted(dones)
        assert dones[0] < at[-1][1]
        assert at[-1][1] > 2 * len(people)
        assert store.patient_keys_due() == 0
        assert list(store.move_to_new_key_in_steps()) == [(0, len(people))]  # control: then nothing is left to be moved
        assert store.verify().clean


@pytest.mark.parametrize("commits", [3, 30])
def test_of_what_commits_said_of_themselves_one_row_comes_along_and_the_others_are_taken_off(
    clinic: Clinic, commits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving_over, "_TAKEN_OFF", 4)
    old = changes_key(clinic.clinician.keys.vault_key)
    with clinic.file_and_store() as (file, store):
        nia = store.put_patient(a_patient("Nia"))
        first = store.changes.position()
        for number in range(commits):
            store.put(a_note(nia, f"note {number}"))
        written = list[Change]()
        with file.telling(written.extend):
            store.rotate_vault_key(NEW, nobody)
        assert sum(each.covered.table.name == ChangeRow.__tablename__ for each in written) == 1
        assert store.verify().clean, "those that wait to be taken off are no fault"
        place = store.changes.position()
    with VaultFile.open(clinic.path) as file:  # cut off before the first step
        store = SealedStore(file, with_the_new_key(clinic.clinician).keys, clinic.clock)
        assert store.changes.since(first) is None, "whoever followed the old ones begins anew"
        store.put(a_note(nia, "since then"))
        list(moving(store))
        rows = file.all_rows(ChangeRow)
        assert len(rows) == 2
        assert not any(is_opened_by((old,), row) for row in rows)
        since = store.changes.since(place)
        assert since is not None
        assert since.patients == (nia.id,)
        assert store.verify().clean


def test_what_was_changed_from_outside_among_what_commits_said_is_named_by_the_check_and_not_taken_off(
    clinic: Clinic,
) -> None:
    with clinic.file_and_store() as (file, store):
        fill(store)
        epoch = file.all_rows(ChangeRow)[3]["epoch"]
    with outside(clinic) as connection:
        connection.execute("UPDATE change SET sealed = zeroblob(60) WHERE epoch = ?", [epoch])
    with clinic.file_and_store() as (file, store):
        store.rotate_vault_key(NEW, nobody)
        list(moving(store))
        assert epoch in {row["epoch"] for row in file.all_rows(ChangeRow)}
        assert f"change {epoch}" in {fault.where for fault in store.verify().faults}
