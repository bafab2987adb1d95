"""A keyboard for tests: what a hand does, sent to whatever has the focus."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier


def focused() -> QWidget:
    """Return what has the focus; fails when nothing has."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, on: QWidget | None = None) -> None:
    """Press one key where the focus is, or on a widget."""
    QTest.keyClick(on or focused(), key, modifiers)


def type_in(text: str, on: QWidget | None = None) -> None:
    """Type letters where the focus is, or into a widget."""
    QTest.keyClicks(on or focused(), text)


def to_front(window: QWidget, qtbot: QtBot) -> None:
    """Have the keys go to `window`, as the window manager does for whoever opens a program."""

    def is_in_front() -> bool:
        window.activateWindow()  # asked before the window is exposed, this is lost
        return window.isActiveWindow()

    qtbot.waitUntil(is_in_front, timeout=10_000)
