"""When it cannot be written down that somebody is there, what they must not see goes all the same."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rapportdesk.errors import VaultFault
from tests.ui.conftest import EnterAs
from tests.ui.consulting import Room
from tests.ui.keys import CTRL, Key, press
from ui.frame.company import CompanyDialog
from ui.work import Work

SEALED = "Wants to talk about the changes since the operation"


def test_a_full_disk_leaves_nothing_open_in_front_of_somebody(
    enter_as: EnterAs, settle: Callable[[Work], None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = enter_as("Dr Osei")
    shell.window().activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    room = Room(shell, settle)
    room.open("Nia Prydderch")
    press(Key.Key_O, CTRL)
    room.settle()
    assert SEALED in room.text()
    shell.run("company")
    room.settle()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CompanyDialog)
    dialog.other.edit.setText("Gwen")
    dialog.other.edit.textEdited.emit("Gwen")

    def full(*_arguments: object) -> None:
        raise VaultFault("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(type(shell.tools.desk.session().store), "put", full)
        dialog.save()
        room.settle()

    assert dialog.isVisible()
    assert SEALED not in room.text()
    dialog.close()
