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
from tests.ui.scenes.retention import NAME, looked_through, rules
from tests.ui.stage import Stage
from ui.rights.retention import RetentionDialog
from ui.theme import Theme


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
