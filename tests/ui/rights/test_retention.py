"""A manager looks through what is past its time; what is not ticked, or not sure, stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from rapportdesk.model.identity import RecordId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.retention import RetentionDue, RetentionKind, RetentionRules
from tests.ui.conftest import Copy
from tests.ui.keys import focused
from tests.ui.scenes.retention import NAME, looked_through, old_things, rules, sealed_long_ago
from tests.ui.stage import Stage
from ui.guard.background_retention import BackgroundRetention
from ui.rights.retention import RetentionDialog
from ui.theme import Theme
from ui.widgets.controls import Button


@pytest.fixture
def stage(qapp: QApplication, theme: Theme, invented: Copy, tmp_path: Path) -> Iterator[Stage]:
    with Stage(qapp, theme, (invented.path, invented.custody), tmp_path / "stage") as made:
        made.enter("Ben Morgan")
        yield made


def due(stage: Stage) -> dict[RetentionKind, RetentionDue]:
    return {each.kind: each for each in stage.desk.retention.due().due if each.name == NAME}


def tick(dialog: RetentionDialog, record: RecordId) -> None:
    dialog.ticks[record].click()


def test_only_what_is_ticked_goes_and_only_once_they_are_sure(stage: Stage) -> None:
    dialog = looked_through(stage)
    assert not any(each.isChecked() for each in dialog.ticks.values())
    assert focused() is next(iter(dialog.ticks.values()))
    before = due(stage)
    tick(dialog, before[RetentionKind.NOTE].id)
    dialog.erase()
    stage.settle()
    assert due(stage) == before
    assert focused() is dialog.sure
    dialog.sure.click()
    dialog.erase()
    stage.settle()
    assert due(stage) == {RetentionKind.CONTACT: before[RetentionKind.CONTACT]}
    assert before[RetentionKind.NOTE].id not in dialog.ticks
    assert not dialog.sure.isChecked()


def test_once_a_day_in_a_quiet_moment_it_is_looked_for_and_said_on_today(stage: Stage) -> None:
    old_things(stage)
    quiet, shell, work = [0.0], stage.shell, stage.application.work
    watch = BackgroundRetention(work, stage.desk, shell.tools.messages, shell.refresh, lambda: quiet[0])
    watch.look()
    stage.settle()
    assert stage.desk.retention.is_to_look(), "somebody is typing"
    assert not any(each.command == "retention" for each in stage.desk.reminders.mine())
    quiet[0] = 61.0
    watch.look()
    stage.until(lambda: watch.looking is None and not stage.desk.retention.is_to_look())
    stage.settle()
    assert [each.words for each in stage.desk.reminders.mine() if each.command == "retention"]
    dialog = stage.run("retention")
    assert isinstance(dialog, RetentionDialog)
    stage.settle()
    for each in dialog.ticks.values():
        each.click()
    dialog.sure.click()
    dialog.erase()
    stage.settle()
    assert not any(each.command == "retention" for each in stage.desk.reminders.mine())


def test_a_clinician_is_given_the_list_and_no_rules(stage: Stage) -> None:
    stage.leave()
    stage.enter("Dr Osei")
    sealed_long_ago(stage)
    dialog = stage.run("retention")
    assert isinstance(dialog, RetentionDialog)
    stage.settle()
    assert len(dialog.ticks) == 1
    assert "How long things are kept…" not in [each.text() for each in dialog.findChildren(Button)]


def test_sure_with_nothing_ticked_erases_nothing(stage: Stage) -> None:
    dialog = looked_through(stage)
    before = due(stage)
    dialog.sure.click()
    dialog.erase()
    stage.settle()
    assert due(stage) == before
    assert "Nothing is ticked" in dialog._said.text()


def test_keeping_for_longer_needs_a_reason(stage: Stage) -> None:
    dialog = looked_through(stage)
    call = due(stage)[RetentionKind.CONTACT].id
    tick(dialog, call)
    dialog.keep()
    stage.settle()
    assert RetentionKind.CONTACT in due(stage)
    dialog.why.edit.setText("a letter is still to be answered")
    dialog.keep()
    stage.settle()
    assert RetentionKind.CONTACT not in due(stage)
    assert stage.desk.session().store.thing(call)


def test_years_are_settled_for_each_kind_and_the_list_follows(stage: Stage) -> None:
    dialog = rules(stage)
    dialog.fields["contacts"].edit.setText("0")
    dialog.kind.setCurrentIndex(dialog.kind.findData(NoteKind.HOBBY))
    dialog.of_kind.edit.setText("50")
    dialog.save.click()
    stage.settle()
    assert stage.desk.retention.rules() == RetentionRules(
        contacts=0, note_kinds=((NoteKind.PLEASE_DONT, 0), (NoteKind.HOBBY, 50), (NoteKind.ADJUSTMENT, 0))
    )
    assert due(stage) == {}


@pytest.mark.parametrize("typed", ["101", "-1", "two", "²"])
def test_years_that_cannot_be_are_said_at_their_field(stage: Stage, typed: str) -> None:
    dialog = rules(stage)
    dialog.kind.setCurrentIndex(dialog.kind.findData(NoteKind.HOBBY))
    dialog.of_kind.edit.setText(typed)
    dialog.kind.setCurrentIndex(0)
    dialog.save.click()
    stage.settle()
    assert dialog.kind.currentData() == NoteKind.HOBBY
    assert focused() is dialog.of_kind.edit
    assert dialog.of_kind.edit.accessibleDescription() == "A number from 0 to 100."
    assert stage.desk.retention.rules() == RetentionRules()
