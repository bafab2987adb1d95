"""The oldest lines go by rule; what is left verifies, and is guarded as the whole was."""

import datetime as dt
import sqlite3
from collections.abc import Callable

import pytest

from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import StaffId
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.vault.sealing import new_key
from tests.store.clinic import MORNING, Clinic
from tests.store.outsider import outside

DAY = dt.timedelta(days=1)
LINES = 12


def _fill(store: SealedStore) -> None:
    for number in range(LINES):
        at = MORNING + number * DAY
        store.audit(AuditEvent(at=at, action=AuditAction.SIGN_IN, who=StaffId("1"), who_name="Ana", why=f"{number}"))


def _kept(store: SealedStore) -> list[str]:
    return [event.why for event in store.audit_events()]


def test_what_is_past_its_time_goes_and_the_rest_verifies(clinic: Clinic) -> None:
    with clinic.open() as store:
        _fill(store)
        assert store.trim_audit(MORNING + 5 * DAY, 100) == 5
        assert _kept(store) == [f"{number}" for number in range(5, LINES)]
        assert store.verify().clean
    with clinic.open(clinic.receptionist) as store:
        assert store.verify().clean
        assert store.trim_audit(MORNING + 5 * DAY, 100) == 0


def test_a_few_go_at_a_time_and_lines_are_written_on_at_the_end(clinic: Clinic) -> None:
    with clinic.open() as store:
        _fill(store)
        assert [store.trim_audit(MORNING + 5 * DAY, 2) for _time in range(4)] == [2, 2, 1, 0]
        store.audit(AuditEvent(at=MORNING + 99 * DAY, action=AuditAction.LOCK, who=None, who_name="", why="new"))
        assert _kept(store)[-1] == "new"
        report = store.verify()
        assert report.clean
        assert report.audit_lines == LINES - 5 + 1


def test_the_newest_line_stays_for_it_holds_the_recorded_clock(clinic: Clinic) -> None:
    with clinic.open() as store:
        _fill(store)
        assert store.trim_audit(MORNING + 1000 * DAY, 100) == LINES - 1
        assert _kept(store) == [f"{LINES - 1}"]
    clinic.clock.move_on(-864_000)
    with clinic.open() as store:
        assert store.recorded_now() == MORNING + (LINES - 1) * DAY
        assert store.verify().clean


def test_taking_off_is_one_commit(clinic: Clinic) -> None:
    with clinic.open() as store:
        _fill(store)

        def half_done() -> None:
            with store.transaction():
                store.trim_audit(MORNING + 5 * DAY, 100)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            half_done()
        assert len(_kept(store)) == LINES
        assert store.verify().clean


def test_a_line_that_was_changed_stays_with_all_after_it_for_verify_to_name(clinic: Clinic) -> None:
    with clinic.open() as store:
        _fill(store)
    with outside(clinic) as connection:
        connection.execute("UPDATE audit_entry SET sealed = zeroblob(length(sealed)) WHERE sequence = 3")
    with clinic.open() as store:
        assert store.trim_audit(MORNING + 8 * DAY, 100) == 2
        assert {fault.where for fault in store.verify().faults} == {"audit_entry 3", "manifest"}


def test_lines_that_go_while_everything_is_being_checked_are_no_fault(clinic: Clinic) -> None:
    with clinic.open() as store:
        for number in range(250):  # more than one page of the walk
            at = MORNING + number * DAY
            store.audit(AuditEvent(at=at, action=AuditAction.LOCK, who=None, who_name=""))
        trimmed = 0

        def between(seen: int, _total: int) -> None:
            nonlocal trimmed
            if seen > 200 and not trimmed:
                trimmed = store.trim_audit(MORNING + 230 * DAY, 1000)

        assert store.verify(between).clean
        assert trimmed == 230


EDITS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "one more line taken off": lambda file: file.execute("DELETE FROM audit_entry WHERE sequence = 6"),
    "a line in the middle taken off": lambda file: file.execute("DELETE FROM audit_entry WHERE sequence = 8"),
    "where the chain begins taken away": lambda file: file.execute("DELETE FROM record WHERE patient_id IS NULL"),
    "where the chain begins changed": lambda file: file.execute(
        "UPDATE record SET sealed = zeroblob(length(sealed)) WHERE patient_id IS NULL"
    ),
    "a line that had gone put back": lambda file: file.execute(
        "INSERT INTO audit_entry SELECT 5, sealed, link FROM audit_entry WHERE sequence = 6"
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_after_that_an_outsiders_edit_is_noticed_as_before(clinic: Clinic, name: str) -> None:
    with clinic.open() as store:
        _fill(store)
        store.trim_audit(MORNING + 5 * DAY, 100)
        assert store.verify().clean
    with outside(clinic) as connection:
        EDITS[name](connection)
    with clinic.open() as store:
        assert not store.verify().clean


def test_where_an_older_file_began_put_back_is_noticed(clinic: Clinic) -> None:
    with clinic.open() as store:
        _fill(store)
        store.trim_audit(MORNING + 3 * DAY, 100)
    older = clinic.path.with_name("older")
    older.write_bytes(clinic.path.read_bytes())
    with clinic.open() as store:
        store.trim_audit(MORNING + 6 * DAY, 100)
    with outside(clinic) as connection:
        connection.execute("ATTACH ? AS older", (str(older),))
        connection.execute("DELETE FROM record WHERE patient_id IS NULL")
        connection.execute("INSERT INTO record SELECT * FROM older.record WHERE patient_id IS NULL")
    with clinic.open() as store:
        wheres = {fault.where for fault in store.verify().faults}
    assert wheres == {"audit_entry 7", "manifest"}


def test_the_chain_goes_on_from_where_it_begins_under_a_new_vault_key(clinic: Clinic) -> None:
    with clinic.open(clinic.manager) as store:
        _fill(store)
        store.trim_audit(MORNING + 5 * DAY, 100)
        store.rotate_vault_key(new_key(), lambda: None)
        assert store.verify().clean
        assert _kept(store) == [f"{number}" for number in range(5, LINES)]
        store.trim_audit(MORNING + 7 * DAY, 100)
        assert store.verify().clean
