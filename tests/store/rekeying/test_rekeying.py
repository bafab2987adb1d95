"""A new vault key reaches every row, makes good nothing that was bad, and a cut at any moment leaves a whole vault."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import pytest

from rapportdesk.errors import RapportError, Tampered
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.note import Audience
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.manifest.covered import COVERED, Covered
from rapportdesk.store.records.payload import Thing
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.sealing import new_key
from tests.store.clinic import MORNING, Clinic, Person, a_form, a_note, a_patient
from tests.store.outsider import outside
from tests.store.test_outsider_edits import EDITS, _fill

NEW = new_key()


def nobody() -> None:
    """Hand the new key out to nobody: who gets it is the desk's to say."""


def with_the_new_key(person: Person, key: bytes = NEW) -> Person:
    """The same person, granted the second vault key."""
    return dataclasses.replace(person, keys=dataclasses.replace(person.keys, vault_key=key, vault_key_epoch=2))


@pytest.mark.parametrize("name", sorted(set(EDITS) - {"the manifest deleted", "the manifest's epoch changed"}))
def test_what_an_outsider_did_is_noticed_after_a_new_vault_key_as_before(clinic: Clinic, name: str) -> None:
    _fill(clinic)
    with outside(clinic) as connection:
        EDITS[name](connection)
    with clinic.open(clinic.manager) as store:
        store.rotate_vault_key(NEW, nobody)
        assert not store.verify().clean
        list(store.rotate_patient_keys_in_steps())
        assert not store.verify().clean


NO_TEXT, EMPTY = "CAST(x'ff00ff' AS TEXT)", "x''"


@pytest.mark.parametrize("content", [NO_TEXT, EMPTY], ids=["bytes that are no text", "nothing"])
def test_a_damaged_setting_keeps_no_vault_key_in_place_and_is_named_as_before(clinic: Clinic, content: str) -> None:
    _fill(clinic)  # the clinic's name is the one setting
    with outside(clinic) as connection:
        connection.execute(f"UPDATE record SET sealed = {content} WHERE patient_id IS NULL")  # noqa: S608
    with clinic.open(clinic.manager) as store:
        named = {fault.where for fault in store.verify().faults}
        assert named
        store.rotate_vault_key(NEW, nobody)
        assert {fault.where for fault in store.verify().faults} == named
        with pytest.raises(RapportError):
            store.settings()
    with clinic.open(with_the_new_key(clinic.manager)) as store:
        assert store.patient_keys_due() == 2


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("patient", "id"), ("patient", "sealed"), ("patient", "wrapped_key"), ("record", "id"),
        ("record", "patient_id"), ("record", "revision"), ("record_revision", "record_id"),
        ("record_revision", "sealed"), ("tombstone", "id"), ("tombstone", "mac"), ("audit_entry", "sealed"),
        ("audit_entry", "link"), ("key_grant", "grant_id"), ("recovery_sheet", "sheet_id"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_text_keep_no_vault_key_in_place_wherever_they_are(
    clinic: Clinic, table: str, column: str
) -> None:
    _fill(clinic)
    key = coverage_of(table).key[0]
    with outside(clinic) as connection:
        changed = connection.execute(
            f"UPDATE {table} SET {column} = {NO_TEXT} WHERE {key} = (SELECT min({key}) FROM {table})"  # noqa: S608
        )
        assert changed.rowcount >= 1
    with clinic.open(clinic.manager) as store:
        store.rotate_vault_key(NEW, nobody)
        assert not store.verify().clean


def coverage_of(table: str) -> Covered:
    return next(each for each in COVERED if each.table.name == table)


def test_where_a_shortened_audit_begins_is_carried_over_though_another_setting_is_damaged(clinic: Clinic) -> None:
    _fill(clinic)
    with outside(clinic) as connection:
        (name,) = connection.execute("SELECT id FROM record WHERE patient_id IS NULL").fetchone()
    with clinic.open(clinic.manager) as store:
        assert store.trim_audit(MORNING + dt.timedelta(days=1), 2) == 2
        assert store.verify().clean
    with outside(clinic) as connection:
        connection.execute("UPDATE record SET sealed = x'' WHERE id = ?", (name,))
    with clinic.open(clinic.manager) as store:
        before = {fault.where for fault in store.verify().faults}
        assert before == {f"record {name}", "manifest"}
        store.rotate_vault_key(NEW, nobody)
        assert {fault.where for fault in store.verify().faults} == before


@pytest.mark.parametrize("name", ["the manifest deleted", "the manifest's epoch changed"])
def test_without_a_manifest_there_is_no_new_vault_key_until_somebody_decides(clinic: Clinic, name: str) -> None:
    _fill(clinic)
    with outside(clinic) as connection:
        EDITS[name](connection)
    with clinic.open(clinic.manager) as store:
        with pytest.raises(Tampered):
            store.rotate_vault_key(NEW, nobody)
        store.accept_as_it_is()
        store.rotate_vault_key(NEW, nobody)
        assert store.verify().clean


def everything(store: SealedStore) -> tuple[set[Thing], dict[str, str], list[AuditEvent]]:
    """What this session opens: things, settings and the audit."""
    return set(store.all_things()), store.settings(), list(store.audit_events())


def test_everything_is_there_under_the_new_key_and_nothing_under_the_old(clinic: Clinic) -> None:
    _fill(clinic)
    with clinic.open() as store:
        store.put(a_form(None, clinic.clinician))
        before, histories = everything(store), {thing.id: store.history(thing.id) for thing in store.all_things()}
        store.rotate_vault_key(NEW, nobody)
        assert everything(store) == before
        assert len(before[0]) > 8
        store.put_setting("clinic-name", "Cwm Road")
        assert store.settings() == {"clinic-name": "Cwm Road"}
        assert store.setting("clinic-name") == "Cwm Road"
        assert store.setting("another") is None
        for _step in store.rotate_patient_keys_in_steps():
            assert set(store.all_things()) == before[0]
        assert {thing.id: store.history(thing.id) for thing in store.all_things()} == histories
        assert len(store.things(None)) == 1
        assert store.verify().clean
    with clinic.open(with_the_new_key(clinic.clinician)) as store:
        assert set(store.all_things()) == before[0]
        assert store.verify().clean
    with clinic.open() as store, suppress(RapportError):  # the old key
        assert set(store.all_things()) == set()
        pytest.fail("the old vault key opened something")
    with clinic.open() as store, pytest.raises(Tampered):
        store.put_patient(a_patient())


def test_a_new_patient_needs_no_new_key_and_an_old_one_has_it_before_the_next_write(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
        store.rotate_vault_key(NEW, nobody)
        assert store.patient_keys_due() == 1
        other = store.put_patient(a_patient("Huw"))
        assert store.patient_keys_due() == 1
        note = store.put(a_note(other))
        assert store.patient_keys_due() == 1
        store.move(note.id, patient.id)
        assert store.patient_keys_due() == 0
        assert store.verify().clean


def test_a_new_vault_key_is_a_commit_of_its_own(clinic: Clinic) -> None:
    with clinic.open() as store:
        with pytest.raises(RuntimeError), store.transaction():
            store.rotate_vault_key(NEW, nobody)
        assert store.keys.vault_key_epoch == 1
        store.put_patient(a_patient())
        assert store.verify().clean


def test_when_the_new_key_cannot_be_handed_out_the_old_one_stays(clinic: Clinic) -> None:
    _fill(clinic)

    def fail() -> None:
        raise Tampered("no")

    with clinic.open() as store:
        before = everything(store)
        with pytest.raises(Tampered):
            store.rotate_vault_key(NEW, fail)
        assert everything(store) == before
        store.put_patient(a_patient())
        assert store.verify().clean


def cut_at(file: VaultFile, statement: int) -> Callable[[], int]:
    """Have the power go at one of the next statements; returns how to ask how many there were."""
    from sqlalchemy import event

    count = 0

    def before(*_arguments: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            raise KeyboardInterrupt

    event.listen(file._engine, "before_cursor_execute", before)
    return lambda: count


def replace_all(store: SealedStore) -> None:
    """Put a new vault key in place, and new keys for every patient."""
    store.rotate_vault_key(NEW, nobody)
    list(store.rotate_patient_keys_in_steps())


def test_cut_off_at_any_statement_the_vault_is_whole_under_one_key_or_the_other(clinic: Clinic) -> None:
    with clinic.open() as store:
        for name in ("Nia", "Huw", "Gwen"):
            patient = store.put_patient(a_patient(name))
            store.put(dataclasses.replace(store.put(a_note(patient)), text="second"))
            store.put(a_note(patient, "for clinicians", Audience.CLINICIANS))
        store.put_setting("clinic-name", "Cwm Road")
        store.audit(AuditEvent(at=MORNING, action=AuditAction.LOCK, who=None, who_name=""))
        before = everything(store)
    original = clinic.path.read_bytes()
    with clinic.file_and_store() as (file, store):
        statements = cut_at(file, 0)
        replace_all(store)
        total = statements()
    assert total > 40
    epochs = set()
    for statement in range(1, total + 1, 3):
        clinic.path.write_bytes(original)
        with clinic.file_and_store() as (file, store):
            cut_at(file, statement)
            with pytest.raises(KeyboardInterrupt):
                replace_all(store)
        person = clinic.clinician if opens(clinic, clinic.clinician) else with_the_new_key(clinic.clinician)
        epochs.add(person.keys.vault_key_epoch)
        with clinic.open(person) as store:
            assert store.verify().clean
            assert everything(store) == before
            if person.keys.vault_key_epoch == 2:
                list(store.rotate_patient_keys_in_steps())
                assert store.patient_keys_due() == 0
                assert store.verify().clean
    assert epochs == {1, 2}


def opens(clinic: Clinic, person: Person) -> bool:
    """Whether this person's vault key is the vault's."""
    with clinic.open(person) as store:
        return store.verify().clean
