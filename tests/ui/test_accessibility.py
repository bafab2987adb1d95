"""What would stop somebody who sees little, uses no mouse or has an unsteady hand is noticed.

`tests.ui.test_every_scene` looks for it on every screen.
"""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.assistive import (
    doubled_mnemonics,
    doubled_shortcuts,
    never_left,
    small_targets,
    unnamed,
    unreached,
    unscrolled,
    unseen_focus,
)
from ui.theme import Theme
from ui.widgets.controls import Button, Field, Label, Panel, Scroll, column
from ui.widgets.dialog import Dialog


@pytest.fixture
def page(qapp: QApplication, theme: Theme, qtbot: QtBot) -> QWidget:
    page = Panel("page")
    page.setWindowTitle("RapportDesk")
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    page.activateWindow()
    return page


def _add(page: QWidget, *widgets: QWidget) -> None:
    assert isinstance(page, Panel)
    page.add(*widgets)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    for widget in widgets:
        widget.show()


def test_a_control_without_a_name_is_noticed(page: QWidget) -> None:
    _add(page, Button("Save"), Field("Name"))
    assert list(unnamed(page)) == []
    _add(page, QLineEdit(), QPushButton())
    assert len(list(unnamed(page))) == 2


def test_a_letter_that_presses_two_things_is_noticed(page: QWidget) -> None:
    _add(page, QPushButton("&Save"), QPushButton("&Print"))
    assert list(doubled_mnemonics(page)) == []
    _add(page, QPushButton("&Send"))
    assert len(list(doubled_mnemonics(page))) == 1


def test_a_key_that_means_two_things_is_noticed(page: QWidget) -> None:
    button = Button("Save")
    _add(page, button)
    for holder in (page, button):
        action = QAction("Save", holder)
        action.setShortcut(QKeySequence("Ctrl+S"))
        holder.addAction(action)
        assert bool(list(doubled_shortcuts(page))) is (holder is button)


def test_a_target_too_small_is_noticed(page: QWidget) -> None:
    button = Button("Save")
    _add(page, button)
    assert list(small_targets(page)) == []
    button.setFixedSize(20, 30)
    assert len(list(small_targets(page))) == 1


def test_what_tab_does_not_reach_and_what_keeps_it_is_noticed(page: QWidget, qtbot: QtBot) -> None:
    class Trap(QLineEdit):
        def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: N802  # Qt's own name
            return True

    first, last = Field("Name"), Field("Number")
    _add(page, first, last)
    qtbot.waitUntil(page.isActiveWindow)
    assert list(unreached(page)) == ["the keys are nowhere"]
    assert list(unreached(page)) == []
    trap = Trap()
    trap.setAccessibleName("Trap")
    _add(page, trap)
    trap.setFocus()
    assert {fault for fault in unreached(page) if "Trap" not in fault} == {
        "QLineEdit “Name” is not reached by Tab",
        "QLineEdit “Number” is not reached by Tab",
    }


def test_what_only_the_mouse_works_is_noticed(page: QWidget, qtbot: QtBot) -> None:
    for policy in (Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.ClickFocus):
        button = Button("Save")
        _add(page, Field("Name"), button)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        next(page.findChildren(QLineEdit).__iter__()).setFocus()
        assert list(unreached(page)) == []
        button.setFocusPolicy(policy)
        next(page.findChildren(QLineEdit).__iter__()).setFocus()
        assert list(unreached(page)) == ["Button “Save” is not reached by Tab"]
        button.hide()


def test_what_keeps_the_keys_when_everything_was_reached_is_noticed(page: QWidget, qtbot: QtBot) -> None:
    class Trap(QLineEdit):
        def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: N802  # Qt's own name
            return True

    first, trap = Field("Name"), Trap()
    trap.setAccessibleName("Trap")
    _add(page, first, trap)
    qtbot.waitUntil(page.isActiveWindow)
    first.edit.setFocus()
    assert list(unreached(page)) == ["Trap “Trap” keeps the keys", "Trap “Trap” keeps the keys"]


def test_what_no_key_scrolls_is_noticed(page: QWidget, theme: Theme, qtbot: QtBot) -> None:
    class Stiff(Dialog):
        def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's own name
            QDialog.keyPressEvent(self, event)

    for kind in (Dialog, Stiff):
        dialog = kind(theme, "Long", page, height=200)
        tall = QWidget()
        tall.setFixedSize(50, 2_000)
        dialog.rows.addWidget(tall)
        dialog.add_close().setFocus()
        dialog.open()
        area = dialog.findChild(Scroll)
        assert area is not None
        qtbot.waitUntil(dialog.isActiveWindow)
        with qtbot.waitSignal(area.verticalScrollBar().rangeChanged):
            dialog.resize(400, 190)
        assert bool(list(unscrolled(dialog))) is (kind is Stiff)
        dialog.close()


def test_a_dialog_that_esc_does_not_leave_is_noticed(page: QWidget, theme: Theme, qtbot: QtBot) -> None:
    class Kept(Dialog):
        def reject(self) -> None:
            pass

    for kind in (Dialog, Kept):
        dialog = kind(theme, "Asked", page)
        dialog.add_close().setFocus()
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        assert bool(list(never_left(dialog))) is (kind is Kept)
        if kind is Kept:
            dialog.hide()
            dialog.deleteLater()


def test_focus_that_cannot_be_seen_is_noticed(page: QWidget, qtbot: QtBot) -> None:
    _add(page, Button("Save"))
    qtbot.waitUntil(page.isActiveWindow)
    assert list(unseen_focus(page, set())) == []
    plain = QPushButton("Print")
    plain.setStyleSheet("QPushButton, QPushButton:focus { border: 2px solid #808080; }")
    _add(page, plain)
    assert len(list(unseen_focus(page, set()))) == 1


def test_labels_are_no_controls(page: QWidget) -> None:
    holder = QWidget()
    column(holder).addWidget(Label(""))
    _add(page, holder)
    assert list(unnamed(page)) == []
