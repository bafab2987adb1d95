"""Every screen and dialog can be read at twice the text size, in both widths; the pictures are the program's affair.

At the text size it is made for `tests.ui.test_every_scene` asks the same, in the walk in which it asks everything else.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.tour.tour import SCALES, check
from tests.ui.screens import Scene, all_scenes
from tests.ui.stage import Stage
from ui.card.card_header import CardHeader
from ui.look.palette import LIGHT
from ui.theme import Theme, load_other_scripts
from ui.widgets.controls import Label, Scroll, column
from ui.widgets.dialog import Dialog


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(LIGHT)
    theme.apply(qapp)
    theme.also(load_other_scripts(), qapp)
    return theme


def test_nothing_is_cut_or_covered_at_twice_the_size(
    qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    found = list(check(qapp, theme, SCALES[-1], all_scenes(), tmp_path))
    assert not found, "\n".join(found)


def test_the_tour_fails_on_a_label_that_is_cut(qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    def show(stage: Stage) -> QWidget:
        label = Label("Waiting for the results letter", wrap=False, parent=stage.window)
        label.setFixedSize(60, 20)
        label.show()
        return stage.window

    found = list(check(qapp, theme, 1.0, [Scene(name="planted", show=show)], tmp_path))
    assert any("planted" in fault and "is cut" in fault for fault in found)


def test_the_tour_fails_on_a_dialog_that_the_screen_would_cut(
    qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    """Nothing in it is cut, because it cannot be made as narrow as the window."""

    def show(stage: Stage) -> QWidget:
        dialog = Dialog(theme, "Their data, their say", stage.window)
        dialog.setMinimumWidth(600)
        dialog.open()
        return dialog

    found = list(check(qapp, theme, 1.0, [Scene(name="planted", show=show)], tmp_path))
    assert [fault for fault in found if "480 wide" in fault and "too wide" in fault]
    assert not [fault for fault in found if "1366 wide" in fault]


def test_the_tour_fails_on_two_bars_beside_each_other(
    qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    def show(stage: Stage, inner_height: int) -> QWidget:
        dialog, lines = Dialog(theme, "Everything promised", stage.window), QWidget()
        rows = column(lines)
        for _line in range(40):
            rows.addWidget(Label("A letter in large print"))
        scroll = Scroll(lines)
        scroll.setFixedHeight(inner_height)
        dialog.rows.addWidget(scroll)
        dialog.open()
        return dialog

    def faults(inner_height: int) -> list[str]:
        planted = Scene(name="planted", show=lambda stage: show(stage, inner_height))
        folder = tmp_path / str(inner_height)
        folder.mkdir()
        return [each for each in check(qapp, theme, 1.0, [planted], folder) if "scrolls within" in each]

    assert faults(700)  # more than the dialog shows, and less than the lines need
    assert not faults(300)


def test_the_tour_fails_when_it_is_no_longer_seen_whose_card_it_is(
    qapp: QApplication, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    def show(stage: Stage, scrolled: int) -> QWidget:
        stage.enter("Ana Ruiz")
        stage.open("Nia Prydderch", "card")
        head = stage.window.findChild(CardHeader)
        assert head is not None
        head.move(head.pos() - QPoint(0, scrolled))
        return stage.window

    def faults(scrolled: int) -> list[str]:
        planted = Scene(name="planted", show=lambda stage: show(stage, scrolled))
        folder = tmp_path / str(scrolled)
        folder.mkdir()
        return [each for each in check(qapp, theme, 1.0, [planted], folder) if "scrolled away" in each]

    assert faults(60)
    assert not faults(0)
