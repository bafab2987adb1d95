"""What is too faint on rendered pixels is noticed: text under 4.5:1, edges of controls under 3:1.

`tests.ui.test_every_scene` looks for it on real screens in all three themes.
"""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.legible import faint
from ui.look.palette import LIGHT
from ui.theme import Theme
from ui.widgets.controls import Button, Label, Panel


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
