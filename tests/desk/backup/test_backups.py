"""A backup is whole or none, opens with the recovery sheet alone, and brings everything back without any key."""

import errno
import io
import json
from pathlib import Path

import pytest

from rapportdesk.desk.backup.restoring import drill, restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import (
    BadInput,
    CustodyFault,
    NotAllowed,
    RapportError,
    Tampered,
    VaultFault,
    WrongSecret,
)
from rapportdesk.model.audit import AuditAction, Outcome
from rapportdesk.model.backup import BackupStatus
from rapportdesk.model.note import NoteKind
from rapportdesk.steps import in_one_go
from rapportdesk.store.file.backup_file import read_header
from rapportdesk.vault.recovery_code import new_code
from tests.desk.conftest import SECRET, Practice, add_nia
from tests.desk.custodies import LockedCustody


def everything(desk: Desk) -> set[object]:
    """Return all that the signed-in person's keys open, revisions left out: sealing anew counts them up."""
    session = desk.session()
    people = list(session.store.patients())
    return {*people, *(thing for person in people for thing in session.store.things(person.id))}


def backed_up(practice: Practice, tmp_path: Path) -> Path:
    desk = practice.sign_in("Ben Morgan")
    nia = add_nia(desk)
    desk.notes.write(nia, "Leeks for the county show", kind=NoteKind.HOBBY)
    return Path(desk.backups.make(tmp_path).path)


def code_of(practice: Practice) -> str:
    return practice.codes.desk.code


def test_all_of_it_comes_back_on_a_machine_that_never_saw_the_key(practice: Practice, tmp_path: Path) -> None:
    backup = backed_up(practice, tmp_path)
    before, bens = everything(practice.desk), practice.desk.door()
    custody, target = MemoryCustody(), tmp_path / "new" / "desk.rapport"
    restored = restore(backup, target, code_of(practice), custody, practice.clock)
    assert (restored.kept, restored.report.clean) == (True, True)
    with Desk.open(target, custody, practice.clock, cost=practice.cost) as desk:
        assert desk.door() == bens
        for person in bens:
            desk.sign_in(person.id, SECRET)
            assert desk.verify().clean
        desk.sign_in(next(each.id for each in bens if each.name == "Ben Morgan"), SECRET)
        assert everything(desk) == before
        assert AuditAction.RESTORED in [event.action for event in desk.session().store.audit_events()]
    with pytest.raises(CustodyFault):  # the lost computer's key opens nothing here
        Desk.open(target, practice.custody, practice.clock)


def test_what_the_vault_remembers_of_it_is_where_it_is_and_which_sheet_opens_it(
    practice: Practice, tmp_path: Path
) -> None:
    assert practice.sign_in("Ana Ruiz").backups.last() is None
    made = practice.desk.backups.make(tmp_path)
    assert practice.desk.backups.last() == made
    assert made.sheets == (practice.codes.desk.number,)
    assert Path(made.path).stat().st_mode & 0o077 == 0


def test_no_file_is_ever_replaced_and_nothing_is_left_beside_it(practice: Practice, tmp_path: Path) -> None:
    kept = tmp_path / "mine.rapport-backup"
    kept.write_bytes(b"mine")
    before = set(practice.path.parent.iterdir()), set(tmp_path.iterdir())
    with pytest.raises(BadInput):
        practice.sign_in("Ben Morgan").backups.make(kept)
    assert kept.read_bytes() == b"mine"
    with pytest.raises(VaultFault):
        practice.desk.backups.make(tmp_path / "no such folder" / "b.rapport-backup")
    steps = practice.desk.backups.make_in_steps(tmp_path / "stopped.rapport-backup")
    next(steps)
    steps.close()
    assert (set(practice.path.parent.iterdir()), set(tmp_path.iterdir())) == before
    assert practice.desk.backups.last() is None


def test_a_vault_in_which_something_does_not_open_is_no_backup(practice: Practice, tmp_path: Path) -> None:
    desk = practice.sign_in("Ben Morgan")
    add_nia(desk)
    with practice.desk._file.transaction() as writing:  # as somebody with an editor would
        writing.connection.exec_driver_sql("UPDATE record SET sealed = zeroblob(64)")
    with pytest.raises(VaultFault):
        desk.backups.make(tmp_path)
    assert [each for each in tmp_path.iterdir() if each.is_file()] == []


def test_every_changed_byte_and_every_cut_is_refused_and_nothing_is_restored(
    practice: Practice, tmp_path: Path
) -> None:
    backup = backed_up(practice, tmp_path)
    content = backup.read_bytes()
    header = content.index(b"}]")
    # All of the header, and of the sealed chunks every so many bytes: each chunk is one seal.
    for at in [*range(0, header + 40, 7), *range(header, len(content), 9_001), len(content) - 1]:
        changed = bytearray(content)
        changed[at] ^= 1
        for broken in (bytes(changed), content[:at]):
            backup.write_bytes(broken)
            with pytest.raises(RapportError):
                restore(backup, tmp_path / "x.rapport", code_of(practice), MemoryCustody(), practice.clock)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("x.rapport")] == []
    backup.write_bytes(content)  # the control
    assert restore(backup, tmp_path / "x.rapport", code_of(practice), MemoryCustody(), practice.clock).kept


@pytest.mark.parametrize("number", [-1, 0, 10**30, "1", None])
def test_a_backup_whose_sheet_has_no_number_of_ours_is_refused_in_words(
    practice: Practice, tmp_path: Path, number: object
) -> None:
    backup = backed_up(practice, tmp_path)
    start, header = backup.read_bytes()[:19], read_bytes_of_header(backup)
    changed = json.loads(header)
    changed["sheets"][0]["number"] = number
    written = json.dumps(changed, sort_keys=True).encode()
    rest = backup.read_bytes()[23 + len(header) :]
    backup.write_bytes(start + len(written).to_bytes(4, "big") + written + rest)
    with pytest.raises(Tampered):
        restore(backup, tmp_path / "x.rapport", code_of(practice), MemoryCustody(), practice.clock)


def read_bytes_of_header(backup: Path) -> bytes:
    with backup.open("rb") as held:
        return read_header(held).to_bytes()


def test_another_code_a_mistyped_one_and_a_vault_in_the_way_are_refused(practice: Practice, tmp_path: Path) -> None:
    backup = backed_up(practice, tmp_path)
    for code, refusal in ((new_code(), WrongSecret), ("ABC", BadInput)):
        with pytest.raises(refusal):
            restore(backup, tmp_path / "x.rapport", code, MemoryCustody(), practice.clock)
    vault = practice.path.read_bytes()
    with pytest.raises(VaultFault):
        restore(backup, practice.path, code_of(practice), MemoryCustody(), practice.clock)
    assert practice.path.read_bytes() == vault
    with pytest.raises(VaultFault):
        restore(practice.path, tmp_path / "x.rapport", code_of(practice), MemoryCustody(), practice.clock)


def test_a_drill_proves_it_and_leaves_nothing(practice: Practice, tmp_path: Path) -> None:
    backup = backed_up(practice, tmp_path)
    scratch = tmp_path / "scratch"
    scratch.mkdir(mode=0o700)
    proved = drill(backup, scratch / "x", code_of(practice), practice.clock)
    assert (proved.report.patients, proved.sheet) == (1, practice.codes.desk.number)
    assert list(scratch.iterdir()) == []


def test_without_a_password_store_everything_is_back_and_the_sheet_is_needed(
    practice: Practice, tmp_path: Path
) -> None:
    backup = backed_up(practice, tmp_path)
    restored = restore(backup, tmp_path / "x.rapport", code_of(practice), LockedCustody(), practice.clock)
    assert (restored.kept, restored.reason) == (False, "Your computer's password store is locked.")
    assert (tmp_path / "x.rapport").is_file()


def test_a_backup_tells_nothing_that_the_vault_does_not(practice: Practice, tmp_path: Path) -> None:
    backup = backed_up(practice, tmp_path).read_bytes()
    for word in (b"Prydderch", b"Leeks", b"Ben Morgan", b"SQLite"):
        assert word not in backup


def test_without_a_sheet_to_open_it_there_is_no_backup(practice: Practice, tmp_path: Path) -> None:
    desk = practice.sign_in("Ben Morgan")
    with desk._file.transaction() as writing:
        writing.connection.exec_driver_sql("DELETE FROM recovery_sheet")
    with pytest.raises((NotAllowed, Tampered)):
        desk.backups.make(tmp_path)


def test_where_they_are_made_by_themselves_is_a_managers_to_say(practice: Practice, tmp_path: Path) -> None:
    desk = practice.sign_in("Ben Morgan")
    assert desk.backups.status() == BackupStatus(
        last=None, folder="", folder_is_there=False, same_disk=False, overdue=True
    )
    assert not desk.backups.is_due()
    with pytest.raises(BadInput):
        desk.backups.make()
    with pytest.raises(BadInput):
        desk.backups.choose_folder(tmp_path / "no such folder")
    folder = tmp_path / "stick"
    folder.mkdir()
    desk.backups.choose_folder(folder)
    assert desk.backups.is_due()
    made = desk.backups.make()
    assert Path(made.path).parent == folder
    assert desk.backups.status() == BackupStatus(
        last=None, copy=made, folder=str(folder), folder_is_there=True, same_disk=True, overdue=True
    ), "a copy on the vault's own disk is no backup"
    assert not desk.backups.is_due()
    with pytest.raises(NotAllowed):
        practice.sign_in("Ana Ruiz").backups.choose_folder(tmp_path)
    practice.clock.move_on(86_400)
    assert not practice.desk.backups.is_due(), "nothing was changed since"
    add_nia(practice.desk)
    assert practice.desk.backups.is_due(), "whoever is there makes the day's backup"
    folder.rename(tmp_path / "gone")
    assert not practice.desk.backups.is_due()
    assert not practice.desk.backups.status().folder_is_there


def test_old_ones_of_this_vault_are_let_go_of_and_nothing_else_in_the_folder(
    practice: Practice, tmp_path: Path
) -> None:
    desk = practice.sign_in("Ben Morgan")
    folder = tmp_path / "stick"
    folder.mkdir()
    desk.backups.choose_folder(folder)
    foreign = folder / "desk-2020-01-01-120000.rapport-backup"
    foreign.write_bytes(b"RapportDesk backup\n and not of this vault")
    mine = folder / "before the move.rapport-backup"
    desk.backups.make(mine)
    made = []
    for _morning in range(9):
        made.append(Path(desk.backups.make().path))
        practice.clock.move_on(86_400)
    kept = set(folder.glob("*.rapport-backup"))
    assert {foreign, mine, *made[-7:]} <= kept
    assert made[0] not in kept
    assert len(kept) == 2 + 7  # from a Friday on: the first week ends among the last seven days


def test_a_proof_is_recorded_whichever_way_it_ends(practice: Practice, tmp_path: Path) -> None:
    backup = backed_up(practice, tmp_path)
    proved = in_one_go(practice.desk.backups.prove_in_steps(backup, code_of(practice)))
    assert proved.report.clean
    with pytest.raises(WrongSecret):
        in_one_go(practice.desk.backups.prove_in_steps(backup, new_code()))
    lines = [each for each in practice.desk.session().store.audit_events() if each.why == "backup proved"]
    assert [each.outcome for each in lines] == [Outcome.SUCCESS, Outcome.FAILURE]


def test_a_backup_whose_disk_gives_way_while_it_is_read_is_told_in_words() -> None:
    class GivingWay(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(VaultFault):
        read_header(GivingWay())
