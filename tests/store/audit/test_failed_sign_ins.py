"""Wrong secrets are counted without the vault key, and an edited count does not let anybody guess faster."""

import datetime as dt

from sqlalchemy import update

from rapportdesk.store.audit.failed_sign_ins import (
    UNKNOWN_COUNT,
    FailedSignIns,
    _key,
    _place,
    failed_sign_ins,
    note_failed_sign_in,
    note_reported,
    note_right_secret,
    note_waiting,
)
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.tables import FailedSignInRow, table_of
from rapportdesk.vault.framing import frame
from rapportdesk.vault.sealing import new_key, seal
from tests.store.clinic import MORNING, Clinic
from tests.store.outsider import outside


def test_wrong_secrets_are_counted_for_each_person_and_outlive_closing(clinic: Clinic) -> None:
    ana, maren = clinic.receptionist.slot.staff_id, clinic.manager.slot.staff_id
    with VaultFile.open(clinic.path) as file:
        note_failed_sign_in(file, clinic.device_key, ana, MORNING)
        note_failed_sign_in(file, clinic.device_key, maren, MORNING)
    with VaultFile.open(clinic.path) as file:
        later = MORNING + dt.timedelta(minutes=1)
        counted = note_failed_sign_in(file, clinic.device_key, ana, later)
        assert counted == FailedSignIns(staff_id=ana, in_a_row=2, unreported=2, last_at=later)
        assert counted in failed_sign_ins(file, clinic.device_key)
        note_reported(file, clinic.device_key, counted)
        (mine,) = (each for each in failed_sign_ins(file, clinic.device_key) if each.staff_id == ana)
        assert (mine.in_a_row, mine.unreported) == (2, 0)
        assert note_right_secret(file, clinic.device_key, ana) == mine
        assert [each.staff_id for each in failed_sign_ins(file, clinic.device_key)] == [maren]
        assert note_right_secret(file, clinic.device_key, ana) is None


def test_the_last_time_never_runs_backwards(clinic: Clinic) -> None:
    with VaultFile.open(clinic.path) as file:
        note_failed_sign_in(file, clinic.device_key, "ana", MORNING)
        earlier = MORNING - dt.timedelta(days=1)
        assert note_failed_sign_in(file, clinic.device_key, "ana", earlier).last_at == MORNING


def test_an_edited_or_swapped_count_is_taken_for_a_high_one_and_named(clinic: Clinic) -> None:
    ana, maren = clinic.receptionist.slot.staff_id, clinic.manager.slot.staff_id
    with VaultFile.open(clinic.path) as file:
        for _ in range(5):
            note_failed_sign_in(file, clinic.device_key, ana, MORNING)
        note_failed_sign_in(file, clinic.device_key, maren, MORNING)
    with clinic.open() as store:
        assert store.verify().clean
    with outside(clinic) as connection:
        (lower,) = connection.execute("SELECT sealed FROM failed_sign_in WHERE staff_id = ?", (maren,)).fetchone()
        connection.execute("UPDATE failed_sign_in SET sealed = ? WHERE staff_id = ?", (lower, ana))
    with clinic.file_and_store() as (file, store):
        counts = {each.staff_id: each for each in failed_sign_ins(file, clinic.device_key)}
        assert (counts[ana].in_a_row, counts[ana].authentic) == (UNKNOWN_COUNT, False)
        assert (counts[maren].in_a_row, counts[maren].authentic) == (1, True)
        assert [fault.where for fault in store.verify().faults] == [f"failed_sign_in {ana}"]
        assert note_failed_sign_in(file, clinic.device_key, ana, MORNING).in_a_row == UNKNOWN_COUNT + 1


def test_counts_say_nothing_to_another_device_key(clinic: Clinic) -> None:
    with VaultFile.open(clinic.path) as file:
        note_failed_sign_in(file, clinic.device_key, "ana", MORNING)
        assert [each.authentic for each in failed_sign_ins(file, new_key())] == [False]


def test_a_count_from_before_the_monotonic_clock_was_written_still_counts(clinic: Clinic) -> None:
    ana = clinic.receptionist.slot.staff_id
    with VaultFile.open(clinic.path) as file:
        note_failed_sign_in(file, clinic.device_key, ana, MORNING, 12.5)
        assert [each.waits_since for each in failed_sign_ins(file, clinic.device_key)] == [12.5]
        older = seal(_key(clinic.device_key), frame(3, 1, MORNING.isoformat()), _place(ana))
        with file.transaction() as writing:
            writing.connection.execute(update(table_of(FailedSignInRow)).values(sealed=older))
        (counted,) = failed_sign_ins(file, clinic.device_key)
        assert (counted.in_a_row, counted.authentic, counted.waits_since) == (3, True, None)
        note_waiting(file, clinic.device_key, ana, 7.0)
        (counted,) = failed_sign_ins(file, clinic.device_key)
        assert (counted.in_a_row, counted.last_at, counted.waits_since) == (3, MORNING, 7.0)
