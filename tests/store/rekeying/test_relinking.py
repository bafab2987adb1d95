"""After a new vault key the audit's lines are moved a page at a time; between any two pages the chain holds."""

from contextlib import closing, suppress

import pytest
from sqlalchemy import event

from rapportdesk.errors import RapportError, Tampered
from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.store.audit.audit_log import line_place
from rapportdesk.store.audit.audit_retention import read_start
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.rekeying import relinking
from rapportdesk.store.rekeying.former_keys import former_keys_of
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.store.tables import AuditRow
from rapportdesk.vault.sealing import new_key, unseal
from tests.store.clinic import MORNING, Clinic
from tests.store.outsider import outside
from tests.store.rekeying.test_rekeying import NEW, nobody, with_the_new_key

LINES = 11
YEARS_LATER = MORNING.replace(year=2040)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many steps over few lines."""
    monkeypatch.setattr(relinking, "_LINKED", 3)


def looked(store: SealedStore, number: int) -> None:
    store.audit(AuditEvent(at=MORNING, action=AuditAction.LOCK, who=None, who_name="", why=str(number)))


def whys(store: SealedStore) -> list[str]:
    return [each.why for each in store.audit_events()]


def filled(clinic: Clinic, lines: int = LINES) -> list[str]:
    with clinic.open() as store:
        for number in range(lines):
            looked(store, number)
        return whys(store)


def opened_by(file: VaultFile, key: bytes) -> list[int]:
    """The numbers of the lines that lie under a vault key."""
    found = []
    for row in file.all_rows(AuditRow):
        with suppress(Tampered):
            unseal(key, row["sealed"], line_place(row["sequence"]))
            found.append(row["sequence"])
    return found


def test_between_any_two_pages_everything_is_read_the_chain_holds_and_lines_are_added(clinic: Clinic) -> None:
    before, old = filled(clinic), clinic.clinician.keys.vault_key
    with clinic.file_and_store() as (file, store):
        store.rotate_vault_key(NEW, nobody)
        assert len(opened_by(file, old)) == len(before), "the commit itself moves none"
        added, under_old = list[str](), len(before)
        for number, _done in enumerate(store.rotate_patient_keys_in_steps(), start=100):
            assert whys(store) == before + added
            assert store.verify().clean
            assert len(opened_by(file, old)) <= under_old
            under_old = len(opened_by(file, old))
            if number < 108:
                looked(store, number)
                added.append(str(number))
        assert len(added) > 4, "the control: lines were added between the pages"
        assert opened_by(file, old) == []
        assert len(opened_by(file, NEW)) == len(before + added)
        assert former_keys_of(file, NEW).lines is None
    with clinic.open(with_the_new_key(clinic.clinician)) as store:
        assert whys(store) == before + added
        assert store.verify().clean


def test_what_is_written_after_the_commit_no_leaver_reads(clinic: Clinic) -> None:
    before = filled(clinic)
    with clinic.file_and_store() as (file, store):
        store.rotate_vault_key(NEW, nobody)
        looked(store, 100)
        assert max(opened_by(file, clinic.clinician.keys.vault_key)) == len(before)
        assert opened_by(file, NEW) == [len(before) + 1]


@pytest.mark.parametrize("pages", range(6))
def test_cut_off_after_any_page_the_next_sign_in_goes_on(clinic: Clinic, pages: int) -> None:
    before = filled(clinic)
    with clinic.open() as store:
        store.rotate_vault_key(NEW, nobody)
        looked(store, 100)
        with closing(store.rotate_patient_keys_in_steps()) as steps:
            for _page in range(pages):
                next(steps)
    for _again in range(2):
        with clinic.open(with_the_new_key(clinic.clinician)) as store:
            assert whys(store) == [*before, "100"]
            assert store.verify().clean
            list(store.rotate_patient_keys_in_steps())
            assert store.verify().clean


@pytest.mark.parametrize("ahead", range(5))
def test_a_check_and_the_moving_may_take_turns(clinic: Clinic, monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    monkeypatch.setattr("rapportdesk.store.checking.verification._PAGE", 2)
    filled(clinic)
    with clinic.open() as store:
        store.rotate_vault_key(NEW, nobody)
        moving, checking = store.rotate_patient_keys_in_steps(), store.verify_in_steps()
        for _step in range(ahead):
            next(checking)
        report = None
        while report is None:
            next(moving, None)
            looked(store, 100)
            try:
                next(checking)
            except StopIteration as end:
                report = end.value
        assert report.faults == ()
        list(moving)
        assert store.verify().clean


def test_another_new_key_in_the_midst_of_it_leaves_one_chain_under_the_last(clinic: Clinic) -> None:
    before, third = filled(clinic), new_key()
    with clinic.file_and_store() as (file, store):
        store.rotate_vault_key(NEW, nobody)
        steps = store.rotate_patient_keys_in_steps()
        next(steps)
        store.rotate_vault_key(third, nobody)
        assert store.verify().clean
        list(steps)
        list(store.rotate_patient_keys_in_steps())
        assert whys(store) == before
        assert store.verify().clean
        assert len(opened_by(file, third)) == len(before)


def test_somebody_who_reads_line_by_line_reads_on_over_the_moving(clinic: Clinic) -> None:
    before = filled(clinic)
    with clinic.open() as store:
        store.rotate_vault_key(NEW, nobody)
        reading = store.audit_events()
        first = next(reading).why
        list(store.rotate_patient_keys_in_steps())
        assert [first, *(each.why for each in reading)] == before


@pytest.mark.parametrize("sequence", [1, 3, 4, 7, LINES])
@pytest.mark.parametrize("pages", [0, 2, 5])
def test_a_line_from_outside_is_named_and_never_made_right(clinic: Clinic, sequence: int, pages: int) -> None:
    filled(clinic)
    with clinic.open() as store:
        store.rotate_vault_key(NEW, nobody)
        with closing(store.rotate_patient_keys_in_steps()) as steps:
            for _page in range(pages):
                next(steps)
    with outside(clinic) as connection:
        connection.execute("UPDATE audit_entry SET link = zeroblob(32) WHERE sequence = ?", (sequence,))
    with clinic.open(with_the_new_key(clinic.clinician)) as store:
        assert not store.verify().clean
        list(store.rotate_patient_keys_in_steps())
        named = [fault.where for fault in store.verify().faults]
        assert f"audit_entry {sequence}" in named


def test_no_line_is_taken_off_by_rule_before_all_are_moved(clinic: Clinic) -> None:
    before = filled(clinic)
    with clinic.open() as store:
        store.rotate_vault_key(NEW, nobody)
        with closing(store.rotate_patient_keys_in_steps()) as steps:
            next(steps)
        assert store.trim_audit(YEARS_LATER, 4) == 0
        list(store.rotate_patient_keys_in_steps())
        assert store.trim_audit(YEARS_LATER, 4) == 4
        assert whys(store) == before[4:]
        assert read_start(store._held().settings).sequence == 4
        store.rotate_vault_key(new_key(), nobody)
        assert store.verify().clean
        list(store.rotate_patient_keys_in_steps())
        assert store.verify().clean


def test_the_commit_of_a_new_key_does_not_grow_with_the_lines(clinic: Clinic) -> None:
    def statements() -> int:
        count = 0

        def one(*_arguments: object) -> None:
            nonlocal count
            count += 1

        with clinic.file_and_store(person) as (file, store):
            event.listen(file._engine, "before_cursor_execute", one)
            store.rotate_vault_key(new_key(), nobody)
        return count

    person, original = clinic.clinician, clinic.path.read_bytes()
    filled(clinic, 2)
    few = statements()
    clinic.path.write_bytes(original)
    filled(clinic, 60)
    assert statements() == few


def test_what_was_kept_by_a_program_from_before_is_read(clinic: Clinic) -> None:
    with clinic.open() as store:
        store.rotate_vault_key(NEW, nobody)
        with suppress(RapportError):
            store.put_setting("clinic-name", "Cwm Road")
    with VaultFile.open(clinic.path) as file:
        assert former_keys_of(file, NEW).wrapping == (clinic.clinician.keys.vault_key,)
