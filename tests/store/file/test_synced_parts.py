"""What is written of a large file is never far ahead of what the disk has of it."""

import datetime as dt
import os
from pathlib import Path

import pytest

from rapportdesk.store.file import copying, synced_parts
from rapportdesk.store.file.backup_file import read_backup, read_header, write_backup
from rapportdesk.vault.backup_key import BackupHeader
from tests.store.clinic import Clinic, a_note, a_patient

KEY = bytes(32)
HEADER = BackupHeader(vault_id="0" * 32, made_at=dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), boxes=())
CHUNK, PART = 4_096, 20_000


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synced_parts, "PART", PART)
    for room in ("rapportdesk.vault.sealed_stream", "rapportdesk.store.file.backup_file"):
        monkeypatch.setattr(f"{room}.CHUNK", CHUNK)
    monkeypatch.setattr(copying, "PAGES", 1)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes each sync of a file found that the one before it had not."""
    sync, had, found = os.fsync, dict[int, int](), list[int]()

    def synced(descriptor: int) -> None:
        stat = os.fstat(descriptor)
        found.append(stat.st_size - had.get(stat.st_ino, 0))
        had[stat.st_ino] = stat.st_size
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", synced)
    return found


def test_a_backup_is_synced_part_by_part_when_it_is_made_and_when_it_is_read(tmp_path: Path, ahead: list[int]) -> None:
    snapshot, part, target = tmp_path / "snapshot", tmp_path / "part", tmp_path / "target"
    snapshot.write_bytes(os.urandom(20 * PART))
    target.touch()
    list(write_backup(snapshot, part, HEADER, KEY))
    with part.open("rb") as backup:
        list(read_backup(backup, read_header(backup), KEY, target))
    assert target.read_bytes() == snapshot.read_bytes()
    assert len(ahead) > 30
    assert max(ahead) < PART + 2 * CHUNK


@pytest.mark.parametrize("in_parts", [True, False])
def test_a_copy_of_the_vault_is_synced_part_by_part(
    clinic: Clinic, tmp_path: Path, ahead: list[int], monkeypatch: pytest.MonkeyPatch, in_parts: bool
) -> None:
    if not in_parts:  # the control: all of it would be left to whoever syncs next
        monkeypatch.setattr(synced_parts, "PART", 1 << 30)
    monkeypatch.setattr(copying, "PAGES", 1)
    with clinic.file_and_store() as (file, store), store.transaction():
        for number in range(60):
            store.put(a_note(store.put_patient(a_patient(f"P{number}"))))
    with clinic.file_and_store() as (file, _store):
        for _step in file.copy_in_steps(tmp_path / "copy"):
            pass
    assert (tmp_path / "copy").stat().st_size > 5 * PART
    assert (len(ahead) > 5) == in_parts  # one is its folder
