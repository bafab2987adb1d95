"""A manager says where backups go, makes one and proves it, all by keyboard; the day's own makes itself."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from rapportdesk.model.audit import AuditAction
from rapportdesk.store.file import backup_file
from tests.ui.conftest import Copy
from tests.ui.scenes.backups import open_backups, stick
from tests.ui.scenes.today import today_of
from tests.ui.stage import Stage
from ui.bring_in import stepping
from ui.guard.background_backup import BackgroundBackup
from ui.theme import Theme


def words(label: QLabel) -> str:
    """Return what a label says."""
    return label.text()


@pytest.fixture
def stage(qapp: QApplication, theme: Theme, invented: Copy, tmp_path: Path) -> Iterator[Stage]:
    with Stage(qapp, theme, (invented.path, invented.custody), tmp_path / "stage") as made:
        yield made


def backups_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.rapport-backup"))


@pytest.fixture
def another_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder lies on another disk than the vault."""
    monkeypatch.setattr("rapportdesk.desk.backup.backups.on_one_disk", lambda _place, _vault: False)


def test_a_copy_on_the_own_disk_is_said_to_be_no_backup_there_and_on_today(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    dialog = open_backups(stage)
    dialog.make_in(stick(stage))
    stage.settle()
    dialog.make.click()
    stage.until(lambda: "read back" in words(dialog._said))
    stage.settle()
    assert "own disk" in words(dialog._said)
    assert words(dialog._last).startswith("There is no backup yet. The last copy on this computer’s own disk")
    dialog.reject()
    stage.settle()
    today = today_of(stage).reminders
    assert words(today.standing) == "No backup yet."
    assert "own disk" in words(today.words)


def test_a_manager_says_where_they_go_and_makes_one(stage: Stage, another_disk: None) -> None:
    stage.enter("Ben Morgan")
    dialog = open_backups(stage)
    assert "There is no backup yet." in words(dialog._last)
    assert not dialog.make.isEnabled()
    dialog.make_in(stick(stage))
    stage.settle()
    dialog.make.click()
    stage.until(lambda: "read back" in words(dialog._said))
    stage.settle()
    (backup,) = backups_in(stick(stage))
    assert "Last backup: " in words(dialog._last)
    made = stage.desk.backups.last()
    assert made is not None
    assert made.path == str(backup)
    dialog.reject()
    stage.settle()
    assert words(today_of(stage).reminders.standing) == "Backup: Friday 20 November 09:04, \u2068Backups\u2069."


def test_it_waits_until_nobody_is_at_the_keys_but_not_for_ever(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    stage.desk.backups.choose_folder(stick(stage))
    quiet = [0.0]
    backup = BackgroundBackup(stage.application.work, stage.desk, stage.shell.tools.messages, lambda: quiet[0])
    backup.look()
    stage.settle()
    assert backups_in(stick(stage)) == [], "somebody is typing"
    quiet[0] = 61.0
    backup.look()
    stage.until(lambda: bool(backups_in(stick(stage))))
    stage.settle()
    stage.clock.move_on(86_400)
    stage.desk.backups.choose_folder(stick(stage))  # a change
    quiet[0] = 0.0
    backup.look()
    stage.settle()
    stage.clock.move_on(21 * 60)
    backup.look()
    stage.until(lambda: len(backups_in(stick(stage))) == 2)
    stage.settle()


def test_one_that_could_not_be_made_is_tried_again_later_and_said_on_today(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.enter("Ben Morgan")
    stage.desk.backups.choose_folder(stick(stage))

    def full(_part: Path) -> None:
        raise OSError(errno.ENOSPC, "")

    backup = BackgroundBackup(stage.application.work, stage.desk, stage.shell.tools.messages)
    with monkeypatch.context() as broken:
        broken.setattr(backup_file, "_begun", full)
        backup.look()
        stage.settle()
    today_of(stage).reminders.refresh()
    stage.settle()
    assert "no room" in words(today_of(stage).reminders.words)
    backup.look()
    stage.settle()
    assert backups_in(stick(stage)) == [], "not at once again"
    stage.clock.move_on(31 * 60)
    backup.look()
    stage.until(lambda: bool(backups_in(stick(stage))))
    stage.settle()


def test_a_stopped_one_leaves_nothing_behind(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping, "MOST_STEPS", 1)  # this clinic is so small that one slice would do
    stage.enter("Ben Morgan")
    dialog = open_backups(stage)
    dialog.make_in(stick(stage))
    stage.settle()
    dialog.make.click()
    dialog.stop.click()
    stage.settle()
    assert list(stick(stage).iterdir()) == []
    assert dialog.make.isEnabled()
    assert stage.desk.backups.last() is None
    dialog.make.click()  # the control: another one goes through
    stage.until(lambda: bool(backups_in(stick(stage))))
    stage.settle()


def test_a_code_that_opens_nothing_proves_nothing_and_is_said(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    dialog = open_backups(stage)
    dialog.prove.click()
    assert dialog.code.edit.accessibleDescription() == "Type the code first."
    backup = Path(stage.desk.backups.make(stick(stage)).path)
    dialog.code.edit.setText("not a code")
    dialog.prove_that(backup)
    stage.settle()
    assert "recovery code" in words(dialog._said)
    code = stage.desk.sheets.new_desk_sheet().code
    dialog.code.edit.setText(code)
    stage.clock.move_on(1)
    dialog.prove_that(Path(stage.desk.backups.make(stick(stage)).path))
    stage.until(lambda: "restored whole" in words(dialog._said))
    stage.settle()
    assert dialog.code.text == ""


def test_the_days_backup_makes_itself_once_and_a_lock_drops_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping, "MOST_STEPS", 1)
    stage.enter("Ben Morgan")
    stage.desk.backups.choose_folder(stick(stage))
    for _twice in range(2):
        BackgroundBackup(stage.application.work, stage.desk, stage.shell.tools.messages).begin()
        stage.settle()
    stage.until(lambda: bool(backups_in(stick(stage))))
    stage.settle()
    assert len(backups_in(stick(stage))) == 1
    lines = [each.action for each in stage.desk.session().store.audit_events()]
    assert lines.count(AuditAction.BACKED_UP) == 1
    stage.clock.move_on(86_400)
    stage.desk.backups.choose_folder(stick(stage))  # a change
    BackgroundBackup(stage.application.work, stage.desk, stage.shell.tools.messages).begin()
    stage.application.lock()
    stage.settle()
    assert len(backups_in(stick(stage))) == 1
    assert [each.name for each in stick(stage).iterdir() if each.suffix == ".part"] == []
