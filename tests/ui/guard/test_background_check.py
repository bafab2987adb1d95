"""What was changed from outside is noticed after sign-in, and said once; an untouched file says nothing."""

import sqlite3
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Copy, EnterAs
from ui.guard.background_check import BackgroundCheck
from ui.start.application import Application
from ui.work import Work


@pytest.fixture
def robbed(demo_copy: Copy) -> None:
    """Somebody took a record out of the file before it was opened."""
    with sqlite3.connect(demo_copy.path) as file:
        file.execute("DELETE FROM record WHERE id = (SELECT id FROM record ORDER BY id LIMIT 1)")
    file.close()


def checked(application: Application, settle: Callable[[Work], None]) -> str:
    assert application.desk is not None
    assert application.shell is not None
    messages = application.shell.tools.messages
    messages.clear()
    BackgroundCheck(application.work, application.desk, messages).begin()
    settle(application.work)
    return messages.text


def test_an_untouched_file_says_nothing(
    application: Application, enter_as: EnterAs, settle: Callable[[Work], None]
) -> None:
    enter_as("Ana Ruiz")
    assert checked(application, settle) == ""


def test_a_record_that_was_taken_away_is_said_and_locks_nobody_out(
    robbed: None, application: Application, enter_as: EnterAs, settle: Callable[[Work], None]
) -> None:
    shell = enter_as("Ana Ruiz")
    assert "taken away from outside" in checked(application, settle)
    assert shell.isVisible()


def test_a_lock_in_the_middle_ends_the_check(
    application: Application, enter_as: EnterAs, settle: Callable[[Work], None], qtbot: QtBot
) -> None:
    shell = enter_as("Ana Ruiz")
    assert application.desk is not None
    check = BackgroundCheck(application.work, application.desk, shell.tools.messages)
    check.begin()
    with qtbot.waitSignal(application.locked, timeout=10_000):
        application.lock()
    settle(application.work)
    assert enter_as("Ana Ruiz").isVisible()
