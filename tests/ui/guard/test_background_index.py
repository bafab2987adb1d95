"""What search does not know yet is told to it beside the work, and how far it is is said as long as nothing else is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Copy
from tests.ui.stage import Stage
from ui.guard.background_index import BackgroundIndex
from ui.theme import Theme


@pytest.fixture
def stage(qapp: QApplication, theme: Theme, invented: Copy, tmp_path: Path) -> Iterator[Stage]:
    with Stage(qapp, theme, (invented.path, invented.custody), tmp_path / "stage") as made:
        yield made


def telling(stage: Stage) -> BackgroundIndex:
    return BackgroundIndex(stage.application.work, stage.desk, stage.shell)


def nothing_is_told_yet(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the read model away, and let it be made anew one person at a step."""
    stage.settle()
    monkeypatch.setattr("rapportdesk.desk.search.indexing._BEGINNING", 1)
    monkeypatch.setattr("rapportdesk.desk.search.indexing._STEP_MOST", 1)
    monkeypatch.setattr("ui.bring_in.stepping.MOST_STEPS", 1)
    stage.desk.session().forget_index()
    for each in stage.desk._file.path.parent.glob("*-index*"):
        each.unlink()


def test_where_everything_is_told_nothing_is_said_and_it_is_looked_again_later(stage: Stage) -> None:
    shell = stage.enter("Ana Ruiz")
    stage.settle()
    shell.tools.messages.clear()
    index = telling(stage)
    index.begin()
    stage.until(index.isActive)
    assert shell.tools.messages.text == ""


def test_the_desk_is_used_while_search_is_made_ready_and_that_is_said(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = stage.enter("Ana Ruiz")
    nothing_is_told_yet(stage, monkeypatch)
    assert not stage.desk.session()._open_index().built, "the control: there is something to tell"
    shell.tools.messages.clear()
    said = list[str]()
    shell.tools.messages.said.connect(lambda: said.append(shell.tools.messages.text))
    index = telling(stage)
    index.begin()
    stage.until(index.isActive)
    stage.settle()
    assert stage.desk.session()._open_index().built
    assert any(each.startswith("Search is being made ready: ") for each in said)
    assert shell.tools.messages.text == "Search finds everything now."
    assert [hit.name for hit in stage.desk.search("prydderch").hits]


def test_it_takes_no_word_from_whatever_else_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = stage.enter("Ana Ruiz")
    nothing_is_told_yet(stage, monkeypatch)
    shell.tools.messages.say("Saved for Nia.")
    index = telling(stage)
    index.begin()
    stage.until(index.isActive)
    assert shell.tools.messages.text == "Saved for Nia."
