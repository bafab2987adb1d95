"""On a computer that has nothing a desk is brought back by keyboard: the backup, the code, and one's own passphrase."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.model.staff import Role
from tests.ui.conftest import SECRET, WAIT_MS, Copy, MakeApplication
from tests.ui.keys import Key, press, to_front, type_in
from ui.door.first_run import FirstRun
from ui.door.restore import RestorePage
from ui.start.beginning import begin
from ui.work import Work

Settle = Callable[[Work], None]


@pytest.fixture
def backup(tmp_path: Path, invented: Copy, clock: StandingClock) -> tuple[Path, str]:
    """A backup of a desk whose computer is gone, and the code of its sheet."""
    founder = Founder(clinic_name="Cwm Road", name="Ben Morgan", roles=frozenset({Role.MANAGER}), secret=SECRET)
    desk, codes = Desk.create(tmp_path / "lost" / "x", MemoryCustody(), founder, clock, cost=invented.cost)
    with desk:
        stick = tmp_path / "stick"
        stick.mkdir()
        return Path(desk.backups.make(stick).path), codes.desk.code


def test_a_desk_is_brought_back_by_keyboard_alone(
    backup: tuple[Path, str], make_application: MakeApplication, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    path, code = backup
    target, custody = tmp_path / "data" / "desk.rapport", MemoryCustody()
    application = make_application(begin(target, custody))
    application.start()
    to_front(application.window, qtbot)
    wizard = application.window.page
    assert isinstance(wizard, FirstRun)
    wizard.restore.setFocus()
    press(Key.Key_Space)
    page = application.window.page
    assert isinstance(page, RestorePage)
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert page.backup.edit.accessibleDescription() == "Choose the backup first."
    page.backup.edit.setFocus()
    type_in(str(path))
    press(Key.Key_Return)
    type_in(code[:-1])
    press(Key.Key_Return)
    settle(application.work)
    assert page.bring.isEnabled()
    assert "six groups" in page.code.edit.accessibleDescription()
    assert not target.exists()
    page.code.edit.clear()
    type_in(code)
    press(Key.Key_Return)
    qtbot.waitUntil(page.go_on.isVisible, timeout=WAIT_MS)
    assert target.exists()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: bool(application.people), timeout=WAIT_MS)
    settle(application.work)
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        type_in(SECRET)
        press(Key.Key_Return)
    assert len(custody._keys) == 1


def test_somebody_may_come_back_and_begin_a_new_desk(
    make_application: MakeApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    application = make_application(begin(tmp_path / "data" / "desk.rapport", MemoryCustody()))
    application.start()
    wizard = application.window.page
    assert isinstance(wizard, FirstRun)
    wizard.restore.click()
    page = application.window.page
    assert isinstance(page, RestorePage)
    page.back.click()
    assert isinstance(application.window.page, FirstRun)
