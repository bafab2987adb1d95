"""Whole stretches of work by keyboard alone: every key goes to whatever has the focus, and nothing else is touched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.model.audit import AuditAction
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Note, NoteStatus
from rapportdesk.model.shown import Card, KeepConsent
from tests.ui.conftest import SECRET, WAIT_MS
from tests.ui.keys import Key, focused, press, to_front, type_in
from ui.command_rows import all_commands
from ui.frame.shell import Shell
from ui.guard.cover import CoverPage
from ui.start.application import Application
from ui.work import Work


class Hands:
    """Two hands on a keyboard, and eyes on the window."""

    def __init__(self, application: Application, qtbot: QtBot, settle: Callable[[Work], None]) -> None:
        self.application, self._qtbot, self._settle = application, qtbot, settle
        self._commands = all_commands()
        to_front(application.window, qtbot)

    @property
    def shell(self) -> Shell:
        """What is seen while somebody is signed in."""
        assert self.application.shell is not None
        return self.application.shell

    @property
    def said(self) -> str:
        """What the message bar says."""
        return self.shell.tools.messages.text

    def wait(self) -> None:
        """Wait for the desk, and for what its answers ask of it in turn."""
        for _round in range(4):
            self._settle(self.application.work)
            QApplication.processEvents()
        if QApplication.activeWindow() is None:  # a dialog has closed: the window manager turns to the one below
            to_front(self.application.window, self._qtbot)

    def do(self, command_id: str) -> None:
        """Press the keys that the help screen names for a command."""
        keys = QKeySequence(self._commands[command_id].keys[0], QKeySequence.SequenceFormat.PortableText)
        combination = keys[0]  # type: ignore[index]  # PySide's stubs leave it out
        press(combination.key(), combination.keyboardModifiers())
        self.wait()

    def write(self, text: str) -> None:
        """Type a line and press Enter."""
        type_in(text)
        press(Key.Key_Return)
        self.wait()

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until what is called so has the keys."""
        for _step in range(60):
            if focused().accessibleName() == name:
                return focused()
            press(Key.Key_Tab)
        raise AssertionError(f"Tab does not come to {name}")

    def sign_in(self, name: str) -> None:
        """Choose a name with the arrows, type the secret, press Enter."""
        page = self.application.sign_in
        assert page is not None
        self._qtbot.waitUntil(lambda: page.person is not None, timeout=WAIT_MS)
        while page.person is None or page.person.name != name:
            press(Key.Key_Down)
        with self._qtbot.waitSignal(self.application.signed_in, timeout=WAIT_MS):
            self.write(SECRET)
        self.wait()

    def find(self, text: str, arrows: int = 0) -> PatientId | None:
        """Search, choose with arrows, press Enter; return who is open then."""
        self.do("find")
        type_in(text)
        self.wait()
        for _arrow in range(arrows):
            press(Key.Key_Down)
        press(Key.Key_Return)
        self.wait()
        return self.shell.person

    def up_to(self, text: str) -> None:
        """Go up from the quick line with the arrow until a line of the card with `text` has the keys."""
        for _step in range(40):
            if text in focused().accessibleName():
                return
            press(Key.Key_Up)
        raise AssertionError(f"no line says {text}")

    def note(self, text: str) -> Note:
        """Return the open person's note with `text`, as the desk has it."""
        person = self.shell.person
        assert person is not None
        self.wait()
        lines = [line for block in self._card(person).blocks for line in block.lines]
        return next(line.note for line in lines if line.note is not None and text in line.note.text)

    def texts(self, person: PatientId) -> str:
        """Return everything on somebody's card, as the desk gives it."""
        self.wait()
        return " | ".join(line.text for block in self._card(person).blocks for line in block.lines)

    def _card(self, person: PatientId) -> Card:
        return self.shell.tools.desk.people.card_unrecorded(person)


@pytest.fixture
def hands(application: Application, qtbot: QtBot, settle: Callable[[Work], None]) -> Hands:
    return Hands(application, qtbot, settle)


def test_a_receptionists_morning(hands: Hands, tmp_path: Path) -> None:
    hands.sign_in("Ana Ruiz")
    desk = hands.shell.tools.desk

    assert hands.find("Margaret Hughes") is None, "two people are called so: Enter opens neither"
    margaret = hands.find("Margaret Hughes", arrows=2)
    assert margaret is not None
    assert desk.people.get(margaret).name == "Margaret Hughes"
    hands.write("Knits for the hospice")
    assert "Knits for the hospice" in hands.texts(margaret)

    asked = hands.find("maria jose")
    assert asked is not None
    hands.write("Likes the window seat")
    press(Key.Key_Return)
    hands.wait()
    assert desk.people.card_unrecorded(asked).keep is KeepConsent.NOT_ASKED
    press(Key.Key_Y)
    hands.wait()
    assert desk.people.card_unrecorded(asked).keep is KeepConsent.AGREED
    assert "Likes the window seat" in hands.texts(asked)

    hands.up_to("Likes the window seat")
    hands.do("note.edit")
    hands.write(" by the door")
    assert hands.note("window seat by the door").revision > 1

    hands.up_to("window seat by the door")
    hands.do("note.confirm")
    assert hands.note("by the door").last_confirmed_on is not None

    hands.do("note.retire")
    assert "by the door" not in hands.texts(asked)
    hands.do("undo")
    assert hands.note("by the door").status is NoteStatus.ACTIVE

    hands.do("note")
    hands.up_to("window seat by the door")
    hands.do("note.move")
    type_in("tomasz wojcik")
    hands.wait()
    press(Key.Key_Return)
    hands.wait()
    hands.tab_to("Move")
    press(Key.Key_Space)
    hands.wait()
    assert "by the door" not in hands.texts(asked)
    tomasz = hands.find("tomasz wojcik")
    assert tomasz is not None
    assert "by the door" in hands.texts(tomasz)

    hands.write("promise: ring back by 27 November")
    assert "ring back" in hands.texts(tomasz)

    hands.do("slips")
    hands.tab_to("Save as PDF…")
    press(Key.Key_Space)
    hands.wait()
    chooser = QApplication.activeModalWidget()
    assert isinstance(chooser, QFileDialog)
    file = tmp_path / "slips.pdf"
    name = chooser.findChild(QLineEdit)
    assert name is not None
    assert name.hasFocus()
    QTest.keyClick(name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.write(str(file))
    hands.wait()
    assert file.read_bytes().startswith(b"%PDF")


def test_a_receptionist_covers_locks_and_comes_back(hands: Hands) -> None:
    hands.sign_in("Ana Ruiz")
    nia = hands.find("Nia Prydderch", arrows=1)
    type_in("The leeks took sec")
    hands.do("cover")
    assert isinstance(focused(), CoverPage)
    for key in (Key.Key_Return, Key.Key_Escape, Key.Key_Space, Key.Key_A):
        press(key)
    assert hands.application.cover.is_up, "only F9 uncovers"
    hands.do("cover")
    hands.write("ond prize")
    assert nia is not None
    assert "The leeks took second prize" in hands.texts(nia)

    type_in("And the onions")
    hands.do("lock")
    assert hands.application.shell is None
    hands.sign_in("Ana Ruiz")
    assert hands.shell.person == nia
    assert focused().property("plainText") == "And the onions"


def test_a_clinicians_brief_and_a_fast_switch(hands: Hands) -> None:
    hands.sign_in("Dr Osei")
    desk = hands.shell.tools.desk
    first = hands.shell.person
    assert first is not None, "who waits for them is open"
    hands.do("open-veiled")
    assert any(event.action is AuditAction.REVEALED for event in desk.audit.of(first))
    hands.do("read-next")
    second = hands.shell.person
    assert second not in {None, first}
    hands.do("print")
    hands.tab_to("Print…")
    press(Key.Key_Escape)
    hands.wait()

    hands.do("switch")
    hands.sign_in("Ana Ruiz")
    hands.find("tomasz wojcik")
    hands.do("switch")
    hands.sign_in("Dr Osei")
    assert hands.shell.person == second, "back where they were"
