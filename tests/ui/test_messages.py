"""What happened is said in the window and can be taken back; a problem stays until somebody closes it."""

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.errors import NotFound
from tests.ui.keys import Key, press
from ui.messages import Messages
from ui.theme import Theme
from ui.widgets.controls import column


@pytest.fixture
def messages(theme: Theme, qtbot: QtBot) -> Messages:
    made = Messages(theme)
    qtbot.addWidget(made)
    return made


def button(messages: Messages, name: str) -> QPushButton:
    return next(each for each in messages.findChildren(QPushButton) if each.accessibleName() == name)


def test_nothing_is_shown_while_there_is_nothing_to_say(messages: Messages) -> None:
    assert messages.isHidden()
    assert messages.text == ""


def test_undo_takes_back_once_and_the_bar_goes(messages: Messages) -> None:
    undone: list[str] = []
    messages.say("Saved for Nia.", lambda: undone.append("undone"))
    assert messages.text == "Saved for Nia."
    press(Key.Key_Space, on=button(messages, "Undo"))
    assert undone == ["undone"]
    assert messages.isHidden()


def test_what_cannot_be_undone_offers_no_undo(messages: Messages) -> None:
    messages.say("Saved.", lambda: None)
    messages.say("The schedule is in.")
    assert button(messages, "Undo").isHidden()


def test_a_success_leaves_by_itself_and_a_problem_does_not(theme: Theme, qtbot: QtBot) -> None:
    messages, control = (Messages(theme, leaves_after_ms=1) for _each in range(2))
    page, field = QWidget(), QLineEdit()
    qtbot.addWidget(page)
    rows = column(page)
    for each in (field, messages, control):
        rows.addWidget(each)
    page.show()
    page.move(700, 400)  # not under the pointer, which keeps it, as the focus on one of its buttons does
    field.setFocus()
    messages.problem(NotFound("That note is no longer there.", "Open the card again."))
    control.say("Saved.")
    qtbot.waitUntil(lambda: control.text == "")
    assert messages.text == "That note is no longer there. Open the card again."
    button(messages, "Close this message").click()
    assert messages.text == ""


def test_a_bug_is_told_without_a_word_of_its_own(messages: Messages) -> None:
    messages.bug()
    assert messages.text.startswith("Something went wrong here.")
