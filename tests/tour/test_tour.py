"""Every screen and dialog can be read at both text sizes and both widths; the pictures are the program's affair."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.tour.tour import SCALES, check
from tests.ui.screens import Scene, all_scenes
from tests.ui.stage import Stage
from ui.look.palette import LIGHT
from ui.theme import Theme, load_other_scripts
from ui.widgets.controls import Label


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(LIGHT)
    theme.apply(qapp)
    theme.also(load_other_scripts(), qapp)
    return theme


@pytest.mark.parametrize("scale", SCALES)
def test_nothing_is_cut_or_covered(
    qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path, scale: float
) -> None:
    found = list(check(qapp, theme, scale, all_scenes(), tmp_path))
    assert not found, "\n".join(found)


def test_the_tour_fails_on_a_label_that_is_cut(qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    def show(stage: Stage) -> QWidget:
        label = Label("Waiting for the results letter", wrap=False, parent=stage.window)
        label.setFixedSize(60, 20)
        label.show()
        return stage.window

    found = list(check(qapp, theme, 1.0, [Scene(name="planted", show=show)], tmp_path))
    assert any("planted" in fault and "is cut" in fault for fault in found)
