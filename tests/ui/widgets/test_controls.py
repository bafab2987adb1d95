"""What is taken out of a layout is gone, however deep it lay: one person's words never stay under another's."""

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QSpacerItem, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from ui.theme import Theme
from ui.widgets.controls import Label, column, empty, place, row
from ui.widgets.flow import FlowLayout


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


def test_a_layout_is_put_in_its_place_before_it_is_filled(theme: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    whole, late = column(page), column()
    late.addWidget(Label("too early"))
    with pytest.raises(ValueError, match="before"):
        place(whole, late)


def test_no_python_object_outlives_the_item_it_stands_for(theme: Theme, qtbot: QtBot) -> None:
    """A stale one is taken for whatever Qt makes next at its address, and that ends in a crash."""
    page, careless = QWidget(), QWidget()
    for holder in (page, careless):
        qtbot.addWidget(holder)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    before = _items()
    whole = column(page)
    row(whole, Label("a"), Label("b"), stretch_last=True)
    place(whole, FlowLayout()).addWidget(Label("c"))
    _delete_labels(page)
    kept = _items()
    assert kept <= before
    outer, filled = column(careless), column()
    filled.addWidget(Label("d"))
    outer.addLayout(filled)
    _delete_labels(careless)
    assert _items() == kept + 1, "PySide keeps none any more: `place` may go"


def _delete_labels(page: QWidget) -> None:
    for label in page.findChildren(Label):
        label.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _items() -> int:
    gc.collect()
    return sum(type(each) in (QWidgetItem, QSpacerItem) for each in getAllValidWrappers())
