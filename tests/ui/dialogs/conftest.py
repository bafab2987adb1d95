"""The house's dialogs over the invented clinic, for whoever is signed in."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.counter import Counter
from ui.frame.shell import Shell
from ui.start.application import Application
from ui.widgets.controls import Label
from ui.work import Work

DialogT = TypeVar("DialogT", bound=QDialog)
SignIn = Callable[[str], Counter]


@pytest.fixture
def counter(
    application: Application, enter_as: Callable[[str], Shell], qtbot: QtBot, settle: Callable[[Work], None]
) -> SignIn:
    """Signs somebody in, in whoever's place, and gives the counter they stand at."""

    def sign_in(name: str) -> Counter:
        if application.shell is not None:
            application.lock()
            settle(application.work)
        shell = enter_as(name)
        shell.window().activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        return Counter(shell, qtbot, settle)

    return sign_in


def opened(at: Counter, command: str, kind: type[DialogT]) -> DialogT:
    """Do what a command says and return the dialog it opens."""
    at.shell.run(command)
    at.settle()
    return on_top(kind)


def on_top(kind: type[DialogT]) -> DialogT:
    """Return the dialog of this kind that is open."""
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found


def said(widget: QWidget) -> str:
    """Every sentence that can be seen."""
    return "\n".join(each.accessibleName() for each in widget.findChildren(Label) if each.isVisible())


def press_named(widget: QWidget, *words: str) -> None:
    """Press the button whose accessible name has all these words in it."""
    (found,) = [
        each
        for each in widget.findChildren(QPushButton)
        if all(word in each.accessibleName() for word in words) and each.isVisible()
    ]
    found.click()
