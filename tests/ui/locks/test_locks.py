"""A manager changes the locks by keyboard, and everybody comes in again with their own passphrase."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.model.audit import AuditAction
from tests.ui.conftest import Copy
from tests.ui.keys import Key, press
from tests.ui.stage import Stage
from ui.locks.locks import LocksDialog
from ui.theme import Theme


@pytest.fixture
def stage(qapp: QApplication, theme: Theme, invented: Copy, tmp_path: Path) -> Iterator[Stage]:
    custody = MemoryCustody()
    custody._keys |= invented.custody._keys
    with Stage(qapp, theme, (invented.path, custody), tmp_path / "stage") as made:
        yield made


def opened(stage: Stage) -> LocksDialog:
    dialog = stage.run("locks")
    assert isinstance(dialog, LocksDialog)
    return dialog


def test_this_computers_key_is_changed_and_the_desk_locks(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    before = stage.desk._file.device_key_id
    opened(stage).computer_key.setFocus()
    press(Key.Key_Space)
    stage.until(lambda: stage.application.sign_in is not None)
    stage.settle()
    assert stage.desk._file.device_key_id != before
    for name in ("Ana Ruiz", "Dr Osei", "Ben Morgan"):
        stage.enter(name)
        stage.leave()


def test_the_desks_key_is_changed_and_nobody_notices(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    opened(stage).desk_key.setFocus()
    press(Key.Key_Space)
    stage.until(lambda: "new lock" in stage.shell.tools.messages.text)
    stage.settle()
    lines = [each.action for each in stage.desk.session().store.audit_events()]
    assert AuditAction.KEY_OPERATION in lines
    stage.leave()
    stage.enter("Ana Ruiz")
    stage.open("Nia Prydderch")
