"""A verb of several words breaks where a button would be cut, and is one line again where there is room."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.tour.faults import faults
from ui.theme import Theme
from ui.widgets.choice import LongVerb
from ui.widgets.controls import column, place
from ui.widgets.flow import FlowLayout

WORDS = "They say it is wrong; we keep both"


@pytest.fixture
def page(qapp: QApplication, theme: Theme, qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    return page


def test_it_is_as_wide_as_its_words_where_there_is_room_and_breaks_where_there_is_none(page: QWidget) -> None:
    verb = LongVerb(WORDS)
    rows = column(page)
    place(rows, FlowLayout()).addWidget(verb)
    rows.addStretch(1)
    page.resize(600, 300)
    page.show()
    one_line = verb.height()
    assert verb.text() == WORDS
    page.resize(150, 300)
    assert verb.width() <= 150
    assert verb.text().count("\n") >= 1
    assert verb.height() > one_line
    assert faults(page) == []
    page.resize(600, 300)
    assert (verb.text(), verb.height()) == (WORDS, one_line)
    assert faults(page) == []


def test_it_looks_and_is_read_out_like_any_button(page: QWidget) -> None:
    verb = LongVerb(WORDS, parent=page)
    assert verb.property("role") == "secondary"
    assert verb.accessibleName() == WORDS
