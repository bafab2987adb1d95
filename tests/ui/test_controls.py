"""What is taken out of a layout is gone, however deep it lay: one person's words never stay under another's."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.controls import Label, column, empty
from ui.flow import FlowLayout
from ui.theme import Theme


@pytest.mark.parametrize("nested", [QGridLayout, FlowLayout, column])
def test_emptying_takes_out_what_lies_in_a_layout_of_any_kind(
    theme: Theme, qtbot: QtBot, nested: Callable[[], QLayout]
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    whole, between, inner = column(page), column(), nested()
    labels = [Label("on top"), Label("inside"), Label("deep inside")]
    whole.addWidget(labels[0])
    whole.addLayout(between)
    between.addWidget(labels[1])
    between.addLayout(inner)
    inner.addWidget(labels[2])
    page.show()
    assert all(label.isVisible() for label in labels)
    empty(whole)
    assert not any(label.isVisible() for label in labels)
    assert whole.count() == 0
