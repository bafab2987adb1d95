"""From a file that does not open, or lacks something, a backup leads back, by keyboard; the file is kept as it is."""

from collections.abc import Callable
from dataclasses import dataclass
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
from ui.door.recovery import Recovery
from ui.door.restore import RestorePage
from ui.standing.standing import StandingDialog
from ui.start.application import Application
from ui.start.beginning import begin
from ui.work import Work

Settle = Callable[[Work], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A closed desk and a backup of it."""

    path: Path
    custody: MemoryCustody
    backup: Path
    code: str


@pytest.fixture
def practice(tmp_path: Path, invented: Copy, clock: StandingClock) -> Practice:
    path, custody, stick = tmp_path / "data" / "desk.rapport", MemoryCustody(), tmp_path / "stick"
    founder = Founder(clinic_name="Cwm Road", name="Ben Morgan", roles=frozenset({Role.MANAGER}), secret=SECRET)
    desk, codes = Desk.create(path, custody, founder, clock, cost=invented.cost)
    stick.mkdir()
    with desk:
        return Practice(path=path, custody=custody, backup=Path(desk.backups.make(stick).path), code=codes.desk.code)


def bring_back(application: Application, practice: Practice, settle: Settle, qtbot: QtBot) -> str:
    """Type path and code, wait until the desk is back, and return what is said before and after."""
    page = application.window.page
    assert isinstance(page, RestorePage)
    to_front(application.window, qtbot)
    type_in(str(practice.backup))
    press(Key.Key_Return)
    settle(application.work)
    before = page._what.text()
    type_in(practice.code)
    press(Key.Key_Return)
    qtbot.waitUntil(page.go_on.isVisible, timeout=WAIT_MS)
    settle(application.work)
    assert not page._what.isVisible()
    said = f"{before} {page._why.accessibleName()}"
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: bool(application.people) and application.desk is not None, timeout=WAIT_MS)
    settle(application.work)
    to_front(application.window, qtbot)
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        type_in(SECRET)
        press(Key.Key_Return)
    return said


def aside(practice: Practice) -> Path:
    (found,) = practice.path.parent.glob("desk-set-aside-*.rapport")
    return found


def test_from_a_file_that_does_not_open(
    practice: Practice, make_application: MakeApplication, settle: Settle, qtbot: QtBot
) -> None:
    practice.path.write_bytes(practice.path.read_bytes()[: 4096 + 50])
    damaged = practice.path.read_bytes()
    application = make_application(begin(practice.path, practice.custody))
    application.start()
    settle(application.work)
    page = application.window.page
    assert isinstance(page, Recovery)
    to_front(application.window, qtbot)
    page.restore.setFocus()
    press(Key.Key_Space)
    said = bring_back(application, practice, settle, qtbot)
    assert "This backup was made on 20 November 2026" in said
    assert "whoever has left since can sign in" in said
    assert aside(practice).name in said
    assert aside(practice).read_bytes() == damaged


def test_somebody_may_go_back_to_what_was_wrong(
    practice: Practice, make_application: MakeApplication, settle: Settle
) -> None:
    practice.path.write_bytes(b"SQLite format 3\0 and no more")
    damaged = practice.path.read_bytes()
    application = make_application(begin(practice.path, practice.custody))
    application.start()
    settle(application.work)
    page = application.window.page
    assert isinstance(page, Recovery)
    page.restore.click()
    restore = application.window.page
    assert isinstance(restore, RestorePage)
    restore.back.click()
    settle(application.work)
    assert isinstance(application.window.page, Recovery)
    assert practice.path.read_bytes() == damaged


def test_a_file_that_is_no_backup_is_told_at_the_field(
    practice: Practice, make_application: MakeApplication, settle: Settle
) -> None:
    practice.path.write_bytes(b"SQLite format 3\0 and no more")
    application = make_application(begin(practice.path, practice.custody))
    application.start()
    settle(application.work)
    application.bring_back()
    page = application.window.page
    assert isinstance(page, RestorePage)
    page.take(practice.path)
    settle(application.work)
    assert page.backup.edit.accessibleDescription() == "This is not a RapportDesk backup. Choose another file."
    assert not page._what.isVisible()


def test_a_manager_brings_one_back_from_where_everything_is_checked(
    practice: Practice, make_application: MakeApplication, clock: StandingClock, settle: Settle, qtbot: QtBot
) -> None:
    application = make_application(begin(practice.path, practice.custody))
    application.start()
    settle(application.work)
    to_front(application.window, qtbot)
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        type_in(SECRET)
        press(Key.Key_Return)
    settle(application.work)
    assert application.shell is not None
    assert application.desk is not None
    with application.desk._file.transaction() as writing:  # as somebody with an editor would
        writing.connection.exec_driver_sql("DELETE FROM record")
    application.shell.run("standing")
    dialog = application.window.findChild(StandingDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.restore.isVisible(), timeout=WAIT_MS)
    dialog.restore.click()
    assert isinstance(application.window.page, RestorePage)
    bring_back(application, practice, settle, qtbot)
    with qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        application.close()
    with Desk.open(practice.path, practice.custody, clock) as desk:
        desk.sign_in(desk.door()[0].id, SECRET)
        assert desk.verify().clean
    assert aside(practice).stat().st_size > 0
