"""An older copy is said at sign-in and keeps nobody from working; a manager says how to go on, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from rapportdesk.model.audit import AuditAction
from rapportdesk.model.standing import Stands
from tests.ui.conftest import Copy
from tests.ui.keys import Key, press
from tests.ui.scenes.standing import lose, open_standing, remember_more
from tests.ui.stage import Stage
from ui.guard.background_standing import BackgroundStanding
from ui.theme import Theme


@pytest.fixture
def stage(qapp: QApplication, theme: Theme, invented: Copy, tmp_path: Path) -> Iterator[Stage]:
    with Stage(qapp, theme, (invented.path, invented.custody), tmp_path / "stage") as made:
        yield made


def said_at_sign_in(stage: Stage, name: str) -> str:
    """Sign somebody in and return what the comparison says in the message bar."""
    shell = stage.enter(name)
    shell.tools.messages.clear()
    manager = name == "Ben Morgan"
    look = (lambda: shell.run("standing")) if manager else None
    standing = BackgroundStanding(stage.application.work, stage.desk, shell.tools.messages, look)
    standing.begin()
    stage.until(lambda: standing._minute.isActive())
    stage.settle()
    return shell.tools.messages.text


def test_a_file_that_is_as_it_was_says_nothing(stage: Stage) -> None:
    for name in ("Ana Ruiz", "Ben Morgan", "Ana Ruiz"):
        assert said_at_sign_in(stage, name) == ""
        stage.leave()


def test_an_older_copy_is_said_to_everybody_and_nobody_is_locked_out(stage: Stage) -> None:
    stage.enter("Ana Ruiz")
    remember_more(stage)
    stage.leave()
    assert "Tell your practice manager" in said_at_sign_in(stage, "Ana Ruiz")
    stage.open("Nia Prydderch")
    stage.leave()
    assert said_at_sign_in(stage, "Ben Morgan") == "This is an older copy of the desk: later notes are missing."


def test_a_note_that_was_taken_out_is_said_to_everybody(stage: Stage) -> None:
    stage.enter("Ana Ruiz")
    lose(stage)
    stage.leave()
    for name in ("Ana Ruiz", "Ben Morgan"):
        said = said_at_sign_in(stage, name)
        assert "had noted of the desk is gone" in said
        assert ("Tell your practice manager" in said) is (name == "Ana Ruiz")
        stage.leave()


def test_a_manager_goes_on_with_it_by_keyboard(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    remember_more(stage)
    dialog = open_standing(stage)
    assert "older copy" in dialog._how.text()
    assert dialog.go_on.isVisible()
    dialog.go_on.setFocus()
    press(Key.Key_Space)
    stage.settle()
    assert "decided so is recorded" in stage.shell.tools.messages.text
    lines = [each.action for each in stage.desk.session().store.audit_events()]
    assert lines[-1] is AuditAction.VERIFIED
    stage.desk.standing.ask()
    assert stage.desk.standing.compare().stands is Stands.AS_BEFORE


def test_what_was_taken_away_is_counted_and_gone_on_without(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    dialog = open_standing(stage)
    assert "Everything that is kept opens" in dialog._found.text()
    assert not dialog.go_on.isVisible(), "there is nothing to decide"
    dialog.reject()
    with stage.desk._file.transaction() as writing:
        writing.connection.exec_driver_sql("DELETE FROM record_revision")
        writing.connection.exec_driver_sql("DELETE FROM record WHERE id = (SELECT id FROM record LIMIT 1)")
    dialog = open_standing(stage)
    assert "taken away from outside" in dialog._found.text()
    dialog.go_on.click()
    stage.settle()
    assert stage.desk.verify().clean
