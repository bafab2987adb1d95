"""What an answer brings has the keys it asks for, also when the platform raises the dialog only afterwards."""

from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.look.palette import LIGHT
from ui.theme import Theme
from ui.widgets.dialog import Dialog


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
