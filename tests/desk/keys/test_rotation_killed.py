"""Killed at any moment of replacing a key, the vault opens for everybody, and trying again ends what was begun."""

import json
import multiprocessing
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.doorway import read_doorway
from rapportdesk.desk.keys.custody import MemoryCustody
from tests.desk.conftest import SECRET, Practice, add_nia


class KeptInFile(MemoryCustody):
    """A password store that outlives the process; `step` is called before and after each change to it."""

    def __init__(self, path: Path, step: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._path, self._step = path, step
        if path.exists():
            self._keys = {name: bytes.fromhex(key) for name, key in json.loads(path.read_text()).items()}

    def write(self, key_id: str, key: bytes) -> None:
        """Keep it, on the disk."""
        self._step()
        super().write(key_id, key)
        self.save()
        self._step()

    def delete(self, key_id: str) -> None:
        """Take it off the disk."""
        self._step()
        super().delete(key_id)
        self.save()
        self._step()

    def prove(self, key_id: str, key: bytes) -> None:
        """Compare with what is on the disk."""
        self._step()
        super().prove(key_id, key)

    def save(self) -> None:
        """Put everything on the disk."""
        self._path.write_text(json.dumps({name: key.hex() for name, key in self._keys.items()}))


Replace = Callable[[Desk, KeptInFile], None]


def of_device(desk: Desk, custody: KeptInFile) -> None:
    """Replace this computer's key, and let the next cold start take the former one away."""
    desk.replace_device_key(custody)


def of_vault(desk: Desk, _custody: KeptInFile) -> None:
    """Replace the vault's key, and every patient's."""
    desk.replace_vault_key()
    desk.replace_patient_keys()


def rotate(path: Path, store: Path, clock: object, replace: Replace, at: int) -> int:
    """Replace a key and come in again after a cold start; killed at one step. Returns how many there are."""
    count = 0

    def step(*_arguments: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    custody = KeptInFile(store, step)
    for replaces in (True, False):
        with Desk.open(path, custody, clock) as desk:  # type: ignore[arg-type]  # a Clock, handed on
            event.listen(desk._file._engine, "before_cursor_execute", step)
            desk.sign_in(next(each.id for each in desk.door() if each.name == "Ben Morgan"), SECRET)
            if replaces:
                replace(desk, custody)
    return count


@pytest.mark.parametrize("replace", [of_device, of_vault])
def test_killed_between_any_two_steps_everybody_comes_in_and_one_key_is_left(
    practice: Practice, replace: Replace
) -> None:
    add_nia(practice.sign_in("Ben Morgan"))
    practice.desk.close()
    store, original = practice.path.with_name("store"), practice.path.with_name("original")
    custody = KeptInFile(store)
    custody._keys |= practice.custody._keys
    custody.save()
    kept = store.read_bytes()
    shutil.copy2(practice.path, original)
    total = rotate(practice.path, store, practice.clock, replace, 0)
    assert total > 50
    assert list(KeptInFile(store)._keys) == [read_doorway(practice.path).device_key_id]
    fork, former_keys = multiprocessing.get_context("fork"), set[str]()
    for at in range(1, total, total // 7):
        for left_over in practice.path.parent.glob("desk.rapport*"):
            left_over.unlink()
        shutil.copy2(original, practice.path)
        store.write_bytes(kept)
        process = fork.Process(target=rotate, args=(practice.path, store, practice.clock, replace, at))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL
        practice.custody = KeptInFile(store)
        practice.reopen()
        former_keys.add(practice.desk._file.device_key_id)
        for name in ("Ana Ruiz", "Dr Osei", "Ben Morgan"):
            practice.sign_in(name)
        assert practice.desk.verify().clean
        assert list(KeptInFile(store)._keys) == [practice.desk._file.device_key_id], "a key was left behind"
        rotate_again(practice, replace)
        practice.desk.close()
    assert len(former_keys) > (replace is of_device), "no kill came before the commit, or none after it"


def rotate_again(practice: Practice, replace: Replace) -> None:
    """Replace it once more, and see that it goes through."""
    assert isinstance(practice.custody, KeptInFile)
    replace(practice.desk, practice.custody)
    practice.reopen()
    practice.sign_in("Ana Ruiz")
    assert practice.desk.verify().clean
