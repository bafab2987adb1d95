"""Room is kept while there is some, given up when there is none, and taken again; nothing else is ever touched."""

import shutil
from pathlib import Path

import pytest

from rapportdesk.store.file.ballast import Ballast
from rapportdesk.store.file.vault_file import VaultFile
from tests.store.clinic import Clinic, a_patient

SIZE = 1 << 16


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes the disk has; to be changed by the test."""
    room = [1 << 40]
    usual = shutil.disk_usage

    def usage(path: Path) -> object:
        return usual(path)._replace(free=room[0])

    monkeypatch.setattr(shutil, "disk_usage", usage)
    return room


@pytest.fixture
def ballast(tmp_path: Path) -> Ballast:
    """Room that is kept."""
    kept = Ballast(tmp_path / "desk.rapport", SIZE)
    kept.make()
    return kept


def _size(ballast: Ballast) -> int:
    found = ballast.path.stat()
    assert found.st_blocks * 512 >= found.st_size  # no hole: a hole keeps no room
    return found.st_size


def test_it_is_the_owners_alone_and_takes_its_room(ballast: Ballast) -> None:
    assert _size(ballast) == SIZE
    assert ballast.path.stat().st_mode & 0o077 == 0


def test_half_of_it_lets_people_in_and_all_of_it_lets_them_erase(ballast: Ballast, free: list[int]) -> None:
    ballast.give_up(all_of_it=True)
    assert _size(ballast) == SIZE  # there is room
    free[0] = SIZE - 1
    for _time in range(2):
        ballast.give_up(all_of_it=False)
        assert _size(ballast) == SIZE // 2
    ballast.give_up(all_of_it=True)
    assert _size(ballast) == 0
    ballast.give_up(all_of_it=False)
    assert _size(ballast) == 0


def test_it_is_taken_again_when_there_is_plenty(ballast: Ballast, free: list[int]) -> None:
    free[0] = 0
    ballast.give_up(all_of_it=True)
    for there_is, taken in ((0, 0), (4 * SIZE - 1, 0), (4 * SIZE, SIZE)):
        free[0] = there_is
        ballast.refill()
        assert _size(ballast) == taken


def test_a_vault_that_never_had_any_is_left_alone(clinic: Clinic) -> None:
    with VaultFile.open(clinic.path) as file:
        file.ballast.refill()
        file.ballast.give_up(all_of_it=True)
        assert not file.ballast.path.exists()


def test_a_link_in_its_place_is_never_followed(tmp_path: Path, free: list[int]) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"mine")
    ballast = Ballast(tmp_path / "desk.rapport", SIZE)
    ballast.path.symlink_to(other)
    free[0] = 0
    ballast.give_up(all_of_it=True)
    free[0] = 1 << 40
    ballast.make()
    ballast.refill()
    assert other.read_bytes() == b"mine"


def test_deleting_somebody_gives_it_up_on_a_full_disk(clinic: Clinic, free: list[int]) -> None:
    with clinic.file_and_store() as (file, store):
        file.ballast.make()
        patient = store.put_patient(a_patient())
        free[0] = 0
        assert _size(file.ballast) == file.ballast.size
        store.delete_patient(patient.id)
        assert _size(file.ballast) == 0
        assert store.verify().clean
        free[0] = 1 << 40
    with VaultFile.open(clinic.path) as file:
        assert _size(file.ballast) == file.ballast.size
