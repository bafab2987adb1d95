"""The tour notices what it is there for: each kind of fault is planted, and the same widgets with room have none."""

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, QStringListModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.tour.faults import faults
from ui.look.palette import LIGHT
from ui.theme import Theme
from ui.widgets.controls import Button, Label, Scroll, Tick, column

Index = QModelIndex | QPersistentModelIndex
WORDS = "Offer the chair by the window; the corridor is too loud"


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> QWidget:
    Theme(LIGHT).apply(qapp)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(600, 200)
    return page


def _placeholder() -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(WORDS)
    return field


def _box() -> QComboBox:
    box = QComboBox()
    box.addItem(WORDS)
    return box


def _lines() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setPlaceholderText(WORDS)
    return field


@pytest.mark.parametrize(
    "make",
    [lambda: Label(WORDS, wrap=False), lambda: Label(WORDS), lambda: Button(WORDS), _placeholder, _box, _lines],
    ids=["label", "wrapping label", "button", "field", "choice", "long field"],
)
def test_words_with_too_little_room_are_noticed(page: QWidget, make: type[QWidget]) -> None:
    widget = make()
    widget.setParent(page)
    widget.setGeometry(10, 10, 560, 60)
    page.show()
    assert faults(page) == []
    widget.setGeometry(10, 10, 80, 30)
    assert any("is cut" in fault for fault in faults(page))


def test_words_outside_of_what_holds_them_are_noticed(page: QWidget) -> None:
    label = Label("Nia", wrap=False, parent=page)
    page.show()
    label.setGeometry(10, 10, 80, 30)
    assert faults(page) == []
    label.move(570, 10)
    assert any("sticks out" in fault for fault in faults(page))


def test_words_that_scroll_into_sight_are_no_fault_and_those_at_the_side_are(page: QWidget) -> None:
    inside = QWidget()
    rows = column(inside)
    for _line in range(30):
        rows.addWidget(Label(WORDS))
    scroll = Scroll(inside)
    column(page).addWidget(scroll)
    page.show()
    assert faults(page) == []
    scroll.setWidgetResizable(False)
    inside.resize(900, inside.height())
    assert any("at the side" in fault for fault in faults(page))


def test_a_view_too_low_to_read_in_is_noticed(page: QWidget) -> None:
    inside = QWidget()
    rows = column(inside)
    for _line in range(30):
        rows.addWidget(Label(WORDS))
    scroll = Scroll(inside, page)
    scroll.setGeometry(0, 0, 600, 100)
    page.show()
    assert faults(page) == []
    scroll.setGeometry(0, 0, 600, 12)
    assert any("too low" in fault for fault in faults(page))


def test_words_on_other_words_are_noticed(page: QWidget) -> None:
    first, second = Label("Nia", wrap=False, parent=page), Label("Gwen", wrap=False, parent=page)
    first.setGeometry(10, 10, 80, 30)
    second.setGeometry(10, 50, 80, 30)
    page.show()
    assert faults(page) == []
    second.move(10, 20)
    assert any("lie on each other" in fault for fault in faults(page))


def test_a_layout_squeezed_together_is_noticed(page: QWidget) -> None:
    inner = QWidget(page)
    line = QHBoxLayout(inner)
    for _each in range(3):
        line.addWidget(Tick("Their own words"))
    inner.setGeometry(0, 0, 590, 60)
    page.show()
    assert faults(page) == []
    inner.setGeometry(0, 0, 120, 60)
    assert any("narrower" in fault for fault in faults(page))


class _Careless(QStyledItemDelegate):
    """Paints its words twice, the second time further on."""

    second = QPointF(250, 20)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802  # Qt's own name
        return QSize(100, 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        for at in (QPointF(0, 20), self.second):
            painter.drawText(QPointF(option.rect.topLeft()) + at, str(index.data()))


def test_painted_words_that_are_cut_or_lie_on_others_are_noticed(page: QWidget) -> None:
    view, delegate = QListView(), _Careless()
    view.setModel(QStringListModel(["Nia Prydderch", "Tomasz Wójcik"]))
    view.setItemDelegate(delegate)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    column(page).addWidget(view)
    page.show()
    assert faults(page) == []
    delegate.second = QPointF(560, 20)
    assert any("is cut in" in fault for fault in faults(page))
    delegate.second = QPointF(30, 20)
    assert any("lie on each other in" in fault for fault in faults(page))


def test_what_is_hidden_is_not_looked_at(page: QWidget) -> None:
    label = QLabel(WORDS, page)
    label.setGeometry(10, 10, 20, 10)
    label.hide()
    page.show()
    assert faults(page) == []


def test_a_label_that_takes_markup_is_noticed(page: QWidget) -> None:
    label = Label("<img src='file:///etc/passwd'>", wrap=False, parent=page)
    label.adjustSize()
    page.show()
    assert faults(page) == []
    label.setTextFormat(Qt.TextFormat.AutoText)
    assert any("markup" in fault for fault in faults(page))
