"""This computer’s key is replaced beside a real password store: it and the program are killed between any two steps.

The old key stays until the next cold start, which the new one opened: until then it opens a copy of the file from
before.
"""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.doorway import read_doorway
from rapportdesk.desk.door.founding import Founder
from rapportdesk.errors import CustodyFault, KeyMissing
from rapportdesk.model.staff import Role
from rapportdesk.vault.kdf import Argon2idParameters
from rapportdesk.vault.keyring_custody import KeyringCustody
from tests.desk.conftest import MORNING, SECRET
from tests.vault.secret_service import SecretService, running_store

pytestmark = pytest.mark.linux

CHEAP = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """Give a password store of the test's own, running and unlocked."""
    with running_store(monkeypatch) as service:
        yield service


def killed_at(path: Path, clock: StandingClock, at: str) -> None:
    """Replace this computer's key and be killed: before the store has the new one, before the commit, or after it."""

    def die(*_arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with Desk.open(path, KeyringCustody(timeout_s=60), clock) as desk:
        desk.sign_in(desk.door()[0].id, SECRET)
        custody = KeyringCustody(timeout_s=60)
        if at == "before it is kept":
            patch.object(custody, "write", die).start()
        if at == "before the commit":
            patch("rapportdesk.desk.keys.device_key.count_under", die).start()
        desk.replace_device_key(custody)
        die()


def is_kept(custody: KeyringCustody, key_id: str) -> bool:
    try:
        custody.read(key_id)
    except KeyMissing:
        return False
    return True


@pytest.mark.parametrize("at", ["before it is kept", "before the commit", "after it"])
def test_program_and_store_are_killed_and_everybody_comes_in(store: SecretService, tmp_path: Path, at: str) -> None:
    path, well, clock = tmp_path / "vault" / "desk.rapport", KeyringCustody(timeout_s=60), StandingClock(MORNING)
    founder = Founder(clinic_name="Cwm Road", name="Ben Morgan", roles=frozenset({Role.MANAGER}), secret=SECRET)
    desk, _codes = Desk.create(path, well, founder, clock, cost=CHEAP)
    desk.close()
    former, before = read_doorway(path).device_key_id, tmp_path / "before.rapport"
    shutil.copy2(path, before)

    process = multiprocessing.get_context("fork").Process(target=killed_at, args=(path, clock, at))
    process.start()
    process.join(120)
    assert process.exitcode == -signal.SIGKILL
    store.signal(signal.SIGKILL)
    store.stop()
    with pytest.raises(CustodyFault):  # the control: there is no store now
        well.read(former)
    store.start()

    present = read_doorway(path).device_key_id
    assert (present != former) is (at == "after it")
    assert is_kept(well, former), "the old key stays until the new one has opened the desk from cold"
    with Desk.open(before, well, clock) as old:
        assert [person.name for person in old.door()] == ["Ben Morgan"], "and opens what lay there before"
    with Desk.open(path, well, clock) as again:
        again.sign_in(again.door()[0].id, SECRET)
        assert again.verify().clean
    assert is_kept(well, former) is (at != "after it")
    assert is_kept(well, present)
