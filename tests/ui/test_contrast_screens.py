"""Real screens can be read in all three themes, measured on rendered pixels: text 4.5:1, edges of controls 3:1."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.legible import faint
from tests.ui.screens import Gallery, all_scenes
from ui.look.palette import LIGHT, PALETTES
from ui.theme import Theme, load_other_scripts
from ui.widgets.controls import Button, Label, Panel

SCENES = {
    "first-run-passphrase", "sign-in-refused", "recovery-code-refused", "welcome", "today", "card-unfolded",
    "card-not-asked", "card-deceased", "card-namesake", "search-namesakes", "quick-line-hobby", "line-chosen",
    "consent-someone-else", "note-edit", "person-add-namesake", "topic-in-front-of", "import", "help", "look",
    "message-undo", "message-problem", "brief", "staff-refused",
}  # fmt: skip
"""One of each kind: together they show every role there is."""


def test_every_kind_of_screen_can_be_read_in_every_theme(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    scenes = [scene for scene in all_scenes() if scene.name in SCENES or scene.name.startswith("first-run")]
    assert {scene.name for scene in scenes} >= SCENES
    theme = Theme(LIGHT)
    theme.apply(qapp)
    theme.also(load_other_scripts(), qapp)
    found = []
    for shown in Gallery(qapp, theme, tmp_path).walk(scenes):
        if shown.scene.name not in SCENES:
            continue
        for palette in PALETTES:
            theme.change(qapp, palette=palette)
            shown.stage.settle()
            found += [f"{palette.name}/{shown.scene.name}: {fault}" for fault in faint(shown.widget, palette)]
        theme.change(qapp, palette=LIGHT)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("part", ["text", "one tone of several", "edge of a field", "edge of a button"])
def test_what_is_too_faint_is_noticed(theme: Theme, qtbot: QtBot, part: str) -> None:
    page = Panel("page", margins=(20, 20, 20, 20))
    qtbot.addWidget(page)
    label, field, button = Label("Nia Prydderch"), QLineEdit("Nia"), Button("Save")
    page.add(label, field, button)
    page.resize(page.sizeHint())
    page.show()
    assert list(faint(page, LIGHT)) == []
    if part == "text":
        label.setStyleSheet("color: #b0b0b0")
    elif part == "one tone of several":
        label.setStyleSheet(f"background: {LIGHT.text}; color: white")
        extra = Label("Prydderch", parent=label)
        extra.setStyleSheet(f"color: {LIGHT.caution}; font-weight: 900; background: transparent")
        extra.show()
    elif part == "edge of a field":
        field.setStyleSheet(f"border: 2px solid {LIGHT.line}; background: {LIGHT.page}; color: {LIGHT.text}")
    else:
        button.setStyleSheet(f"border: 2px solid {LIGHT.line}; background: {LIGHT.page}; color: {LIGHT.text}")
    assert list(faint(page, LIGHT)) != []
