"""What a supervisor asks for is checked on the real desk behind the window, and goes on paper as it was shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.conftest import Copy
from tests.ui.scenes.accountability import looked_at
from tests.ui.stage import Stage
from ui.brief.preview import PreviewDialog
from ui.theme import Theme


@pytest.fixture
def stage(qapp: QApplication, theme: Theme, invented: Copy, tmp_path: Path) -> Iterator[Stage]:
    with Stage(qapp, theme, (invented.path, invented.custody), tmp_path / "stage") as made:
        yield made


def test_what_does_not_hold_stands_first_and_all_of_it_goes_on_paper(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    dialog = looked_at(stage)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    held = [text for text in texts if text.startswith(("✓", "!", "–"))]
    assert len(held) == 10
    assert held[0].startswith("!")  # the invented clinic has made no backup
    assert sorted(held, key=lambda text: not text.startswith("!")) == held
    assert any("Transfers to other countries" in text for text in texts)
    dialog.show_pages()
    stage.settle()
    assert isinstance(stage.front(), PreviewDialog)


def test_reception_has_no_such_command(stage: Stage) -> None:
    stage.enter("Ana Ruiz")
    before = stage.front()
    assert stage.application.shell is not None
    stage.application.shell.run("accountability")
    stage.settle()
    assert stage.front() is before
