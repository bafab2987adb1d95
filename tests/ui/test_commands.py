"""A key means one thing in one place."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.model.staff import Role
from tests.ui.keys import CTRL, Key, press
from ui.command_rows import all_commands
from ui.commands import Command, CommandTable, Where, bind
from ui.frame.person_button import menu_groups


def test_no_two_commands_share_a_key_where_both_may_be_meant() -> None:
    table = all_commands()
    assert len(list(table)) > 40


@pytest.mark.parametrize("where", [Where.WINDOW, Where.CARD])
def test_a_clash_is_found_when_the_table_is_made(where: Where) -> None:
    one = Command(id="one", words="One", keys=("Ctrl+K",))
    with pytest.raises(ValueError, match=r"Ctrl\+K means both one and other"):
        CommandTable([one, Command(id="other", words="Other", keys=("Ctrl+k",), where=where)])


def test_the_same_key_may_mean_two_things_in_places_that_never_have_the_keys_together() -> None:
    rows = [Command(id=place, words=place, keys=("Alt+1",), where=place) for place in (Where.TODAY, Where.QUICK_LINE)]
    assert [command.id for command in CommandTable(rows)] == ["today", "quick-line"]


def test_an_id_used_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="two commands are called lock"):
        CommandTable([Command(id="lock", words="Lock"), Command(id="lock", words="Close")])


def test_a_role_sees_only_its_own_commands() -> None:
    reception = {command.id for command in all_commands().for_roles(frozenset({Role.RECEPTION}))}
    assert "find" in reception
    assert not reception & {"staff", "read-next", "open-veiled"}


def test_a_bound_command_is_done_by_its_key_and_not_by_a_held_one(qtbot: QtBot) -> None:
    done: list[str] = []
    widget = QWidget()
    qtbot.addWidget(widget)
    action = bind(widget, all_commands(), "lock", lambda: done.append("lock"))
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    press(Key.Key_L, CTRL, on=widget)
    assert done == ["lock"]
    assert not action.autoRepeat()


def test_every_command_of_the_window_has_a_key_or_stands_in_the_menu() -> None:
    in_menu = {name for _heading, group in menu_groups() for name in group}
    assert in_menu <= {command.id for command in all_commands()}
    window = [command for command in all_commands() if command.where is Where.WINDOW]
    assert [command.id for command in window if not command.keys and command.id not in in_menu] == []


def test_every_command_says_what_it_does_and_where() -> None:
    for command in all_commands():
        assert command.words
        assert not command.words.startswith("&")
        assert command.key_words or command.screen or command.where is Where.WINDOW, command.id
