"""What is made before the first paint touches no enumeration of Qt's own, and says the same by number."""

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from ui.look.early import never_scroll_sideways, offer_no_menu, show_plain_text, take_no_focus

SIGN_IN = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from rapportdesk.clock import SystemClock
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Practitioner, Role
from ui.look.palette import LIGHT
from ui.start.run import make_app
from ui.door.sign_in import SignIn
from ui.theme import Theme, load_fonts
app = make_app()
load_fonts()
theme = Theme(LIGHT)
theme.apply(app)
page = SignIn(theme, SystemClock())
page.show_people([Practitioner(id=StaffId("a" * 32), name="Ana Ruiz", roles=frozenset({Role.RECEPTION}))])
page.show()
page.repaint()
import PySide6.QtCore
assert "Qt" not in vars(PySide6.QtCore), "the Qt namespace was made"
from PySide6.QtCore import Qt
assert "Qt" in vars(PySide6.QtCore), "the control: it would have been seen"
"""


def test_the_numbers_mean_what_their_names_say(qtbot: QtBot) -> None:
    label, area, field = QLabel(), QScrollArea(), QLineEdit()
    for widget in (label, area, field):
        qtbot.addWidget(widget)
    show_plain_text(label)
    never_scroll_sideways(area)
    take_no_focus(field)
    offer_no_menu(field)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert field.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert field.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu


def test_the_sign_in_is_painted_without_qts_own_enumerations() -> None:
    done = subprocess.run([sys.executable, "-c", SIGN_IN], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
