"""The file is its owner's alone from the first moment, and what is no vault is left as it is."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from rapportdesk.errors import NewerFormat, VaultFault, VaultMissing
from rapportdesk.model.identity import new_id
from rapportdesk.store.file import location
from rapportdesk.store.file.doorway import read_doorway
from rapportdesk.store.file.vault_file import VaultFile
from tests.store.clinic import Clinic, a_patient

POSIX = os.name == "posix"


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_file_is_made_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with VaultFile.create(tmp_path / "new" / "deep" / "desk.rapport", vault_id=new_id()) as file:
            assert [_mode(path) for path in (file.path, file.path.parent, file.path.parent.parent)] == (
                [0o600, 0o700, 0o700] if POSIX else [_mode(file.path), 0o777, 0o777]
            )
    finally:
        os.umask(before)


def test_the_write_ahead_log_is_the_owners_alone_too(clinic: Clinic) -> None:
    before = os.umask(0)
    try:
        with clinic.open() as store:
            store.put_patient(a_patient())
            beside = clinic.path.with_name("desk.rapport-wal")
            assert beside.exists()
            assert _mode(beside) == (_mode(clinic.path) if POSIX else _mode(beside))
    finally:
        os.umask(before)


def test_a_link_is_refused(clinic: Clinic, tmp_path: Path) -> None:
    link = tmp_path / "link.rapport"
    link.symlink_to(clinic.path)
    with pytest.raises(VaultFault):
        VaultFile.open(link)
    with pytest.raises(VaultFault):
        VaultFile.create(tmp_path / "dangling" / ".." / "link.rapport", vault_id=new_id())
    VaultFile.open(clinic.path).close()


def test_a_vault_is_never_made_over_another(clinic: Clinic) -> None:
    before = clinic.path.read_bytes()
    with pytest.raises(VaultFault):
        VaultFile.create(clinic.path, vault_id=new_id())
    assert clinic.path.read_bytes() == before


def test_a_beginning_that_was_never_founded_is_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "desk.rapport"
    VaultFile.create(path, vault_id=new_id()).close()
    with pytest.raises(VaultMissing):
        VaultFile.open(path)
    with pytest.raises(VaultMissing):
        read_doorway(path)
    VaultFile.create(path, vault_id=new_id()).close()


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0", b"%PDF-1.7" + bytes(4000)])
def test_what_is_no_vault_is_said_to_be_none_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.rapport"
    path.write_bytes(content)
    for read in (read_doorway, VaultFile.open):
        with pytest.raises(VaultMissing if not content else VaultFault):
            read(path)
    assert path.read_bytes() == content
    assert [each.name for each in tmp_path.iterdir()] == ["desk.rapport"]


@pytest.mark.parametrize("version", [0, 1, 70])
def test_another_programs_database_is_left_as_it_is(tmp_path: Path, version: int) -> None:
    path = tmp_path / "desk.rapport"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    for read in (read_doorway, VaultFile.open, _create):
        with pytest.raises(VaultFault):
            read(path)
    assert path.read_bytes() == before


def test_another_programs_open_database_keeps_what_is_in_its_log(tmp_path: Path) -> None:
    path = tmp_path / "desk.rapport"
    with closing(sqlite3.connect(tmp_path / "theirs")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE photos (id INTEGER)")
        connection.commit()
        for name in ("", "-wal"):
            shutil.copyfile(tmp_path / f"theirs{name}", tmp_path / f"desk.rapport{name}")
    for read in (read_doorway, VaultFile.open, _create):
        with pytest.raises(VaultFault):
            read(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]


def test_a_making_that_is_cut_off_anywhere_is_begun_again(tmp_path: Path) -> None:
    making, snapshots = tmp_path / "making", tmp_path / "snapshots"
    taken = 0

    def take(*_statement: object) -> None:
        nonlocal taken
        taken += 1
        shutil.copytree(making, snapshots / str(taken))

    event.listen(Engine, "before_cursor_execute", take)
    try:
        _create(making / "desk.rapport")
    finally:
        event.remove(Engine, "before_cursor_execute", take)
    assert taken > 20
    for number in range(1, taken + 1, 3):
        path = snapshots / str(number) / "desk.rapport"
        for read in (read_doorway, VaultFile.open, read_doorway):
            with pytest.raises(VaultMissing):
                read(path)
        _create(path)


def _create(path: Path) -> None:
    VaultFile.create(path, vault_id=new_id()).close()


def test_a_newer_file_is_refused_untouched(clinic: Clinic) -> None:
    connection = sqlite3.connect(clinic.path)
    connection.execute(f"PRAGMA user_version = {location.FORMAT_VERSION + 1}")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    before = clinic.path.read_bytes()
    for read in (read_doorway, VaultFile.open):
        with pytest.raises(NewerFormat):
            read(clinic.path)
    assert clinic.path.read_bytes() == before
    assert sorted(each.name for each in clinic.path.parent.iterdir()) == ["desk.rapport"]


def test_there_is_no_vault_where_there_is_nothing(tmp_path: Path) -> None:
    for read in (read_doorway, VaultFile.open):
        for path in (tmp_path / "none", tmp_path / "no" / "folder"):
            with pytest.raises(VaultMissing):
                read(path)
        with pytest.raises(VaultFault):
            read(tmp_path)


def test_where_nothing_can_be_written_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(VaultFault):
        VaultFile.create(tmp_path / "file" / "desk.rapport", vault_id=new_id())
