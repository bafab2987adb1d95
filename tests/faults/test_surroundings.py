"""What surrounds the vault is hostile or odd: each is refused in words or does no harm, and the file stays as it is.

A link in the vault's place and a newer file are in tests/store/file/test_location.py, rows swapped between patients,
kinds and revisions in tests/store/test_outsider_edits.py, a stopped password store in
tests/vault/test_secret_service.py and tests/command_line/test_keyring.py, a folder on a network in
tests/desk/backup/test_file_systems.py and tests/desk/test_doctor.py, a folder that nobody may write into in the row
`full-disk`, every older format in test_zoo.py.
"""

import datetime as dt
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.doctor import examine
from rapportdesk.errors import Tampered, VaultBusy, VaultFault
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.note import NoteKind
from rapportdesk.store.file.vault_file import VaultFile
from tests.desk.conftest import MORNING, SECRET, Practice, add_nia, founded, practice

__all__ = ["founded", "practice"]  # fixtures

TEN_YEARS = dt.timedelta(days=3653)
FOUR_TEBIBYTES = 1 << 32  # in KiB
ANA, BEN = "Ana Ruiz", "Ben Morgan"


def _edit(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement, values).rowcount > 0


@pytest.mark.parametrize("column", ["memory_kib", "iterations", "lanes"])
@pytest.mark.parametrize("hostile", [FOUR_TEBIBYTES, 0])
def test_hostile_costs_in_a_slot_refuse_that_person_and_nobody_else(
    practice: Practice, column: str, hostile: int
) -> None:
    people = {each.name: each.id for each in practice.desk.door()}
    practice.desk.close()
    _edit(practice.path, f"UPDATE staff_slot SET {column} = ? WHERE staff_id = ?", hostile, people[ANA])  # noqa: S608
    desk = practice.reopen()
    with pytest.raises(Tampered):
        desk.sign_in(people[ANA], SECRET)
    desk.sign_in(people[BEN], SECRET)
    assert not desk.verify().clean


OPENING = """
import sys
from pathlib import Path
from rapportdesk.errors import VaultBusy
from rapportdesk.store.file.doorway import read_doorway
from rapportdesk.store.file.vault_file import VaultFile
for opening in (read_doorway, VaultFile.open):
    try:
        opening(Path(sys.argv[1]))
    except VaultBusy:
        print("busy")
"""


def test_a_second_process_is_told_and_the_first_goes_on(practice: Practice) -> None:
    second = subprocess.run(
        [sys.executable, "-c", OPENING, practice.path], capture_output=True, text=True, check=True
    )  # fmt: skip
    assert second.stdout.split() == ["busy", "busy"]
    add_nia(practice.desk)
    assert practice.desk.verify().clean
    practice.desk.close()
    third = subprocess.run([sys.executable, "-c", OPENING, practice.path], capture_output=True, text=True, check=True)
    assert third.stdout == ""  # the control: nobody was in the way


@pytest.mark.linux
def test_a_loose_mode_is_told_by_doctor_and_what_is_made_beside_it_is_not_loose(practice: Practice) -> None:
    practice.desk.close()
    practice.path.chmod(0o666)
    practice.path.parent.chmod(0o777)
    found = {each.check: each for each in examine(practice.path, practice.custody, practice.clock)}
    assert not found["permissions"].well
    practice.reopen()
    practice.sign_in(ANA)
    practice.path.parent.chmod(0o700)
    practice.path.chmod(0o600)
    found = {each.check: each for each in examine(practice.path, practice.custody, practice.clock)}
    assert found["permissions"].well


@pytest.mark.parametrize("way", [-1, 1])
def test_a_clock_ten_years_off_loses_nothing_and_revives_nothing(practice: Practice, way: int) -> None:
    desk = practice.sign_in(ANA)
    nia = add_nia(desk)
    desk.notes.write(nia, "grows leeks", kind=NoteKind.HOBBY)
    desk.consents.record(nia, Covers.PHONE, ConsentStatus.ACTIVE, until=MORNING.date() + dt.timedelta(days=30))
    practice.clock.moment = MORNING + way * TEN_YEARS
    practice.reopen()
    desk = practice.sign_in(ANA)
    desk.notes.write(nia, "keeps bees", kind=NoteKind.HOBBY)
    practice.clock.moment = MORNING + dt.timedelta(days=1)  # somebody has set it right
    practice.reopen()
    for name in (ANA, BEN, "Dr Osei"):
        assert practice.sign_in(name).verify().clean
    desk = practice.sign_in(ANA)
    assert {note.text for note in desk.session().known(nia).notes} == {"grows leeks", "keeps bees"}
    events = [event.at for event in practice.sign_in(BEN).session().store.audit_events()]
    assert events == sorted(events)  # the recorded clock never ran back
    assert (desk.session().store.recorded_now() > MORNING + TEN_YEARS / 2) is (way > 0)


@pytest.mark.parametrize(
    "evening", [dt.datetime(2027, 3, 27, 23, 30, tzinfo=dt.UTC), dt.datetime(2027, 10, 30, 23, 30, tzinfo=dt.UTC)]
)
def test_the_hour_that_is_missing_and_the_hour_that_comes_twice_do_no_harm(
    practice: Practice, evening: dt.datetime
) -> None:
    practice.clock.zone = ZoneInfo("Europe/London")
    desk = practice.sign_in(ANA)
    nia = add_nia(desk)
    written = []
    practice.clock.moment = evening
    for hour in range(4):
        practice.clock.moment += dt.timedelta(hours=1)
        written.append(desk.notes.write(nia, f"hour {hour}", kind=NoteKind.HOBBY))
    assert {note.text for note in desk.session().known(nia).notes} == {f"hour {hour}" for hour in range(4)}
    moments = [note.noted_at for note in written]
    assert moments == sorted(moments)
    practice.reopen()
    assert practice.sign_in(BEN).verify().clean
    events = [event.at for event in practice.desk.session().store.audit_events()]
    assert events == sorted(events)


def test_nothing_of_a_vault_that_cannot_be_locked_is_read_as_if_it_were_whole(practice: Practice) -> None:
    practice.desk.close()
    whole = practice.path.read_bytes()
    with closing(sqlite3.connect(practice.path)) as other:  # another program holds it
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises((VaultBusy, VaultFault)):
            VaultFile.open(practice.path)
    assert practice.path.read_bytes() == whole
    with Desk.open(practice.path, practice.custody, StandingClock(MORNING)) as desk:
        assert len(desk.door()) == 3
