"""A file of every released format opens with today's program, for everybody, with everything that was in it."""

import shutil
from pathlib import Path

import pytest

from rapportdesk.clock import StandingClock
from rapportdesk.desk.backup.restoring import restore
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.recovery import recover
from rapportdesk.store.file.location import FORMAT_VERSION, check_existing
from rapportdesk.vault.custody import MemoryCustody
from tests.desk.conftest import MORNING, SECRET
from tests.faults.animals import Animal, animals
from tests.faults.zoo_keeping import facts


@pytest.fixture(params=animals(), ids=lambda animal: f"format {animal.number}")
def animal(request: pytest.FixtureRequest) -> Animal:
    """Each file of the zoo."""
    found: Animal = request.param
    return found


def _copied(animal: Animal, tmp_path: Path) -> Path:
    path = tmp_path / "vault" / "desk.rapport"
    path.parent.mkdir(mode=0o700)
    shutil.copyfile(animal.vault, path)
    path.chmod(0o600)
    return path


def _custody(animal: Animal) -> MemoryCustody:
    custody = MemoryCustody()
    for key_id, key in animal.keys.items():
        custody.write(key_id, key)
    return custody


def _is_whole(desk: Desk, animal: Animal) -> None:
    assert facts(desk, SECRET) == animal.facts
    for person in desk.door():
        desk.sign_in(person.id, SECRET)
        assert desk.verify().clean


def test_it_opens_with_everything_that_was_in_it_and_again(animal: Animal, tmp_path: Path) -> None:
    path, custody = _copied(animal, tmp_path), _custody(animal)
    for _time in range(2):
        with Desk.open(path, custody, StandingClock(MORNING)) as desk:
            _is_whole(desk, animal)
    assert check_existing(path) == FORMAT_VERSION


def test_its_backup_restores_everything_with_the_code_alone(animal: Animal, tmp_path: Path) -> None:
    custody, target = MemoryCustody(), tmp_path / "restored" / "desk.rapport"
    assert restore(animal.backup, target, animal.code, custody, StandingClock(MORNING)).report.clean
    with Desk.open(target, custody, StandingClock(MORNING)) as desk:
        _is_whole(desk, animal)


def test_its_code_leads_back_in_when_the_password_store_is_empty(animal: Animal, tmp_path: Path) -> None:
    recovered = recover(_copied(animal, tmp_path), MemoryCustody(), animal.code, StandingClock(MORNING))
    with recovered.desk as desk:
        assert recovered.kept
        _is_whole(desk, animal)


def test_there_is_one_of_every_format_to_this_day() -> None:
    """A migration was added: keep its file, with `python -m tests.faults.zoo_keeping NUMBER`, before it is released."""
    assert [int(animal.number) for animal in animals()] == list(range(1, FORMAT_VERSION + 1))
    assert [check_existing_copy(animal.vault) for animal in animals()] == list(range(1, FORMAT_VERSION + 1))


def check_existing_copy(vault: Path) -> int:
    """Return the format that stands in a file of the zoo."""
    return int.from_bytes(vault.read_bytes()[60:64], "big")
