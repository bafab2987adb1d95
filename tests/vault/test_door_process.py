"""Another process finds out who may sign in; each fault comes back as what it is, and a silent one is given up."""

import sys
from pathlib import Path

import pytest

from rapportdesk.clock import SystemClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.door_question import DoorQuestion
from rapportdesk.desk.door.doorway import read_doorway
from rapportdesk.desk.door.founding import Founder
from rapportdesk.desk.keys.custody import MemoryCustody, system_custody
from rapportdesk.errors import (
    KeyMissing,
    KeyringLocked,
    KeyringTimeout,
    NoKeyring,
    VaultBusy,
    VaultFault,
    VaultMissing,
)
from rapportdesk.model.staff import Role
from rapportdesk.vault.kdf import Argon2idParameters
from rapportdesk.vault.spawned import Spawned
from tests.vault.secret_service import SecretService

pytestmark = pytest.mark.linux

FOUNDER = Founder(
    clinic_name="Cwm Road",
    name="Siân \u2068רחל\u2069 'ap' Rhys",
    roles=frozenset({Role.MANAGER, Role.CLINICIAN}),
    secret="leeks and bara brith",
)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "vault" / "desk.rapport"


@pytest.fixture
def practice(secret_service: SecretService, vault: Path) -> SecretService:
    """A vault whose key lies in a real password store."""
    cost = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
    desk, _codes = Desk.create(vault, system_custody(), FOUNDER, cost=cost)
    desk.close()
    return secret_service


def test_names_roles_and_key_come_back_as_the_desk_itself_reads_them(practice: SecretService, vault: Path) -> None:
    question = DoorQuestion(vault)
    door = question.door()
    assert question.door() == door, "it may be asked again"
    with Desk.open(vault, system_custody(), device_key=door.device_key) as desk:
        (person,) = desk.door()
        assert [(each.id, each.name, each.roles) for each in door.people] == [(person.id, person.name, person.roles)]


def test_an_empty_store_is_told_as_a_missing_key(practice: SecretService, vault: Path) -> None:
    door = DoorQuestion(vault).door()
    custody = system_custody()
    custody.delete(read_doorway(vault).device_key_id)
    with pytest.raises(KeyMissing):
        DoorQuestion(vault).door()
    assert door.people


def test_a_locked_store_that_nobody_unlocks_is_told_as_locked(practice: SecretService, vault: Path) -> None:
    practice.lock()
    with pytest.raises((KeyringLocked, KeyringTimeout)):
        DoorQuestion(vault, timeout_s=20.0).door()


def test_no_store_on_the_bus_is_told_as_none(bus: SecretService, practice_file: Path) -> None:
    with pytest.raises(NoKeyring):
        DoorQuestion(practice_file).door()


@pytest.fixture
def practice_file(vault: Path) -> Path:
    """A vault whose key is nowhere on this computer."""
    cost = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
    desk, _codes = Desk.create(vault, MemoryCustody(), FOUNDER, SystemClock(), cost=cost)
    desk.close()
    return vault


def test_a_file_that_is_none_is_told_before_any_store_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "desk.rapport"
    file.write_bytes(b"This is a letter." * 300)
    file.chmod(0o600)
    with pytest.raises(VaultFault):
        DoorQuestion(file).door()
    with pytest.raises(VaultMissing):
        DoorQuestion(tmp_path / "nowhere.rapport").door()


def test_a_vault_that_another_process_has_open_is_told_as_busy(practice: SecretService, vault: Path) -> None:
    with Desk.open(vault, system_custody()), pytest.raises(VaultBusy):
        DoorQuestion(vault).door()


def test_a_process_that_never_answers_is_ended(vault: Path) -> None:
    silent = [sys.executable, "-c", "import time; time.sleep(600)"]
    with pytest.raises(KeyringTimeout):
        DoorQuestion(vault, Spawned(silent), timeout_s=0.2).door()


def test_waiting_can_be_given_up(vault: Path) -> None:
    question = DoorQuestion(vault, Spawned([sys.executable, "-c", "import time; time.sleep(600)"]))
    question.cancel()
    with pytest.raises(KeyringTimeout):
        question.door()


def test_a_process_that_dies_without_an_answer_is_a_fault_of_the_store(vault: Path) -> None:
    with pytest.raises(NoKeyring):
        DoorQuestion(vault, Spawned([sys.executable, "-c", "pass"])).door()


def test_a_process_that_cannot_be_started_is_told_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rapportdesk.desk.door.door_question.default_command", lambda: [str(tmp_path / "none")])
    with pytest.raises(NoKeyring, match="does not work"):
        DoorQuestion(tmp_path / "desk.rapport").door()
