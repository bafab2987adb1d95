"""A good backup is never let go of for a rotten one: what is kept in its stead is read before."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.desk.backup import backup_rotating
from rapportdesk.desk.backup.backup_register import BackupRegister
from rapportdesk.desk.backup.backup_rotating import is_whole
from rapportdesk.desk.backup.restoring import drill
from rapportdesk.desk.rights.person_erasure import _keep, _read
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.rules.rights.backup_rotation import in_stead_of, to_let_go
from rapportdesk.steps import in_one_go
from tests.desk.conftest import Practice, add_nia

START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def week(practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Seven days' backups, of which the next lets go of the first: the second is then the next newer one."""
    monkeypatch.setattr("rapportdesk.desk.backup.backups.on_one_disk", lambda _place, _vault: False)
    disk = tmp_path / "disk"
    disk.mkdir()
    practice.sign_in("Ben Morgan").backups.choose_folder(disk)
    add_nia(practice.desk)
    return [made(practice) for _day in range(7)]


def made(practice: Practice) -> Path:
    """A backup of the next day."""
    practice.clock.move_on(86_400)
    return Path(practice.desk.backups.make().path)


def spoil(backup: Path) -> None:
    """Change one byte of a file where it lies, as a failing disk does."""
    with backup.open("rb+") as held:
        held.seek(-100, 2)
        byte = held.read(1)
        held.seek(-100, 2)
        held.write(bytes([byte[0] ^ 1]))


def test_the_control_the_eighth_day_lets_go_of_the_first(practice: Practice, week: list[Path]) -> None:
    assert all(each.is_file() for each in week)
    made(practice)
    assert [each.is_file() for each in week] == [False] + 6 * [True]
    assert practice.desk.backups.status().damaged == ()


@pytest.mark.parametrize("how", ["a byte", "cut short"])
def test_a_good_one_stays_where_the_one_in_its_stead_was_damaged(
    practice: Practice, week: list[Path], how: str
) -> None:
    if how == "a byte":
        spoil(week[1])
    else:
        week[1].write_bytes(week[1].read_bytes()[:-1])
    newest = made(practice)
    assert week[0].is_file()
    status = practice.desk.backups.status()
    assert status.damaged == (str(week[1]),)
    assert status.last is not None
    assert status.last.path == str(newest)
    assert drill(week[0], practice.path.with_name("scratch"), practice.codes.desk.code, practice.clock).report.clean
    told = [each for each in practice.desk.session().store.audit_events() if each.why == "a kept backup is damaged"]
    assert [(each.action, each.outcome) for each in told] == [(AuditAction.BACKED_UP, Outcome.FAILURE)]
    assert any("damaged" in each.words for each in practice.desk.reminders.mine())
    made(practice)
    assert week[0].is_file(), "of its week it is the last good one now"


def test_nobody_who_was_erased_stays_in_an_older_one_past_the_day_that_was_promised(
    practice: Practice, week: list[Path]
) -> None:
    (patient,) = practice.desk.session().store.patients()
    practice.desk.person_erasure.erase(patient.id, "asked")
    session = practice.desk.session()
    spoil(week[1])
    tomorrow = session.wall_now().date() + dt.timedelta(days=1)
    _keep(session, tuple(replace(each, backups_until=tomorrow) for each in _read(session)))
    made(practice)
    assert not week[0].is_file()


def test_what_nobody_has_read_yet_stands_in_for_nothing(
    practice: Practice, week: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as none_read:
        none_read.setattr(backup_rotating, "MOST_READ", 0)
        made(practice)
    assert week[0].is_file()
    made(practice)
    assert not week[0].is_file(), "the next one reads it"


def test_one_from_before_digests_were_remembered_is_taken_as_it_is(practice: Practice, week: list[Path]) -> None:
    register = BackupRegister(practice.desk.session().store)
    register._keep(replace(register._kept, made=tuple(replace(each, digest="", size=0) for each in register.made)))
    made(practice)
    assert not week[0].is_file()


def test_a_backup_is_read_in_small_steps_and_whole_only_as_it_was_written(
    practice: Practice, week: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_rotating, "_PIECE", 4_096)
    kept = {each.path: each for each in BackupRegister(practice.desk.session().store).made}
    one = kept[str(week[3])]
    assert one.size == week[3].stat().st_size
    assert len(list(is_whole(week[3], one))) > 10
    assert in_one_go(is_whole(week[3], one))
    assert not in_one_go(is_whole(week[4], one))
    assert not in_one_go(is_whole(week[3].with_name("gone"), one))


def test_one_made_while_the_clock_stands_back_stays_however_old_its_name_says_it_is(
    practice: Practice, week: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rapportdesk.rules.rights.backup_rotation.MONTHS", 1)
    monkeypatch.setattr("rapportdesk.rules.rights.backup_rotation.WEEKS", 1)
    now = practice.clock.moment
    practice.clock.moment = now - dt.timedelta(days=400)
    (patient,) = practice.desk.session().store.patients()
    practice.desk.tasks.add(patient.id, "Send the form")
    assert practice.desk.backups.is_due()
    newest = made(practice)
    assert newest.is_file()
    assert all(each.is_file() for each in week)
    assert not practice.desk.backups.is_due(), "or it would be made again and again"
    again = made(practice)
    assert again.is_file()
    assert not newest.is_file(), "the control: by its name it is the oldest of all"
    practice.clock.moment = now
    made(practice)
    assert not again.is_file()


@given(st.sets(st.integers(0, 900), min_size=1, max_size=60))
def test_what_stands_in_for_each_is_kept_and_the_next_newer(days: set[int]) -> None:
    moments = {START + dt.timedelta(days=each) for each in days}
    gone = to_let_go(moments)
    for each in gone:
        (stands_in,) = in_stead_of(moments, {each}) if len(gone) == 1 else in_stead_of(moments - gone | {each}, {each})
        assert stands_in in moments - gone
        assert not any(each < other < stands_in for other in moments - gone)
    assert in_stead_of(moments, gone) <= moments - gone
