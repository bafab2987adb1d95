"""A manager settles numbers by keyboard; one that cannot be is said where it was typed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from rapportdesk.model.practice import PracticeSettings
from tests.ui.counter import Counter
from tests.ui.keys import Key, focused, press, type_in
from ui.frame.shell import Shell
from ui.practice.practice import PracticeDialog
from ui.work import Work


@pytest.fixture
def manager(enter_as: Callable[[str], Shell], qtbot: QtBot, settle: Callable[[Work], None]) -> Counter:
    shell = enter_as("Ben Morgan")
    shell.window().activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return Counter(shell, qtbot, settle)


@pytest.fixture
def dialog(manager: Counter) -> PracticeDialog:
    manager.shell.run("practice")
    manager.settle()
    found = manager.shell.window().findChild(PracticeDialog)
    assert found is not None
    return found


def test_it_opens_with_what_is_settled_and_the_keys_in_the_first_number(dialog: PracticeDialog) -> None:
    assert [field.text for field in dialog.fields.values()] == ["30", "16", "8"]
    assert focused() is dialog.fields["grace_days"].edit


def test_a_number_typed_and_entered_counts(dialog: PracticeDialog, manager: Counter) -> None:
    type_in("14")
    press(Key.Key_Return)
    manager.settle()
    assert manager.desk.practice.settings() == PracticeSettings(grace_days=14)
    assert "Saved" in manager.said


@pytest.mark.parametrize("typed", ["", "sixteen", "99", "-3", "16.5"])
def test_what_is_no_number_that_can_be_is_said_at_its_field_and_nothing_is_kept(
    dialog: PracticeDialog, manager: Counter, typed: str
) -> None:
    field = dialog.fields["guardian_until"]
    field.edit.setText(typed)
    dialog.fields["grace_days"].edit.setText("14")
    press(Key.Key_Return)
    manager.settle()
    assert field.edit.accessibleDescription() == "A number from 10 to 25."
    assert focused() is field.edit
    assert manager.desk.practice.settings() == PracticeSettings()


def test_reception_cannot_open_it(counter: Counter) -> None:
    counter.shell.run("practice")
    counter.settle()
    QCoreApplication.processEvents()
    assert counter.shell.window().findChild(PracticeDialog) is None
