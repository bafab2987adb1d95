"""What an answer brings has the keys it asks for, also when the platform raises the dialog only afterwards."""

from PySide6.QtWidgets import QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from ui.look.palette import LIGHT
from ui.theme import Theme
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout


def raised_after_the_answer(qtbot: QtBot, *, turn: bool) -> tuple[Dialog, QLineEdit]:
    """Return a dialog and the field that wanted its keys while another window was in front."""
    other = QWidget()
    qtbot.addWidget(other)
    dialog = Dialog(Theme(LIGHT), "Who is with them?", None)
    qtbot.addWidget(dialog)
    dialog.add_close()
    dialog.show()
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    field = QLineEdit()
    dialog.rows.addWidget(field)
    if turn:
        dialog.turn_to(field)
    else:
        field.setFocus()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog, field


def test_what_an_answer_brought_has_the_keys_once_the_dialog_is_in_front(qtbot: QtBot) -> None:
    dialog, field = raised_after_the_answer(qtbot, turn=True)
    assert dialog.focusWidget() is field
    assert field.hasFocus()


def test_control_the_keys_asked_for_by_what_is_not_shown_yet_go_elsewhere(qtbot: QtBot) -> None:
    dialog, field = raised_after_the_answer(qtbot, turn=False)
    assert dialog.focusWidget() is not field


def test_rows_stay_together_while_the_list_that_takes_the_rest_is_hidden(qtbot: QtBot) -> None:
    dialog = Dialog(Theme(LIGHT), "Who looked", None)
    qtbot.addWidget(dialog)
    first, second, listed = Label("From this day"), Label("To this day"), QListView()
    for row in (first, second, listed):
        dialog.rows.addWidget(row)
    dialog.give_the_rest(listed)
    dialog.show()
    qtbot.waitUntil(lambda: listed.height() > dialog.height() // 2)
    apart = second.y() - first.y()
    listed.hide()
    dialog.rows.activate()
    assert second.y() - first.y() == apart


def test_words_in_a_line_of_buttons_break_only_where_there_is_no_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    words, button = Label("What you had typed is back."), Button("Start afresh")
    flow.addWidget(words)
    flow.addWidget(button)
    holder.resize(600, 100)
    holder.show()
    qtbot.waitUntil(lambda: button.x() > 0)
    assert words.height() < 2 * words.fontMetrics().height()
    assert button.y() < words.height(), "they stand in one row"
    holder.resize(100, 100)
    flow.activate()
    assert words.height() >= 2 * words.fontMetrics().height()
