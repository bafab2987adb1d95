"""The sign-in is painted before anything behind it is made, with its names where they are known."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rapportdesk.desk.keys.custody import MemoryCustody
from tests.ui.conftest import SECRET, WAIT_MS, Copy
from ui.door.recovery import Recovery
from ui.door.sign_in import SignIn
from ui.start.beginning import A_BLINK_S, Asked, Beginning, begin
from ui.start.run import Opening
from ui.start.settings import Settings
from ui.start.single_instance import SingleInstance
from ui.widgets.choice import Choice
from ui.widgets.secret_field import SecretEdit

NAMES = 4


class Late:
    """An answer that nobody has until it is waited for."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self.waited: list[float] = []

    def is_answered_within(self, seconds: float) -> bool:
        """Say that it is on its way."""
        self.waited.append(seconds)
        return False

    def door(self) -> object:
        """Wait for it."""
        return self._asked.door()

    def cancel(self) -> None:
        """There is nothing to stop."""


@pytest.fixture
def single(demo_copy: Copy) -> Iterator[SingleInstance]:
    """This vault's only window."""
    made = SingleInstance(demo_copy.path)
    assert made.is_first()
    yield made
    made.release()


def _opening(qapp: QApplication, beginning: Beginning, single: SingleInstance, settings: Settings) -> Opening:
    opening = Opening(qapp, beginning, single, settings)
    opening.begin()
    return opening


def _close(opening: Opening, qapp: QApplication, qtbot: QtBot) -> None:
    application = opening.application
    assert application is not None
    with qtbot.waitSignal(application.closed, timeout=WAIT_MS):
        opening.window.close()
    qapp.removeEventFilter(application.cover)
    qapp.removeEventFilter(application.idle)
    opening.window.deleteLater()
    application.deleteLater()


def test_names_known_in_time_are_painted_first_and_a_key_is_taken_before_anything_else_is_made(
    qapp: QApplication, demo_copy: Copy, single: SingleInstance, settings: Settings, qtbot: QtBot
) -> None:
    opening = _opening(qapp, begin(demo_copy.path, demo_copy.custody), single, settings)
    page = opening.window.page
    assert isinstance(page, SignIn)
    assert len([name for name in page.findChildren(Choice) if name.isVisible()]) == NAMES
    assert opening.application is None
    field = page.findChild(SecretEdit)
    assert isinstance(field, SecretEdit)
    QTest.keyClicks(field, SECRET)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opening.application is not None and opening.application.shell is not None, timeout=WAIT_MS)
    _close(opening, qapp, qtbot)


def test_names_that_are_late_come_when_they_are_known(
    qapp: QApplication, demo_copy: Copy, single: SingleInstance, settings: Settings, qtbot: QtBot
) -> None:
    beginning = begin(demo_copy.path, demo_copy.custody)
    assert beginning.asked is not None
    late = Late(beginning.asked)
    opening = _opening(qapp, Beginning(demo_copy.path, demo_copy.custody, late), single, settings)  # type: ignore[arg-type]  # its door is another's
    assert late.waited == [A_BLINK_S]
    page = opening.window.page
    assert isinstance(page, SignIn)
    assert page.findChildren(Choice) == []
    qtbot.waitUntil(lambda: len(page.findChildren(Choice)) == NAMES, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: opening.application is not None and opening.application.desk is not None, timeout=WAIT_MS)
    _close(opening, qapp, qtbot)


def test_the_process_is_closed_to_others_before_the_key_comes(
    qapp: QApplication,
    demo_copy: Copy,
    single: SingleInstance,
    settings: Settings,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    beginning = begin(demo_copy.path, demo_copy.custody)
    assert beginning.asked is not None
    late = Late(beginning.asked)
    asked_before = list[int]()
    monkeypatch.setattr("ui.start.run.keep_memory_private", lambda: asked_before.append(len(late.waited)))
    opening = _opening(qapp, Beginning(demo_copy.path, demo_copy.custody, late), single, settings)  # type: ignore[arg-type]  # its door is another's
    assert asked_before == [0]
    assert late.waited == [A_BLINK_S]
    qtbot.waitUntil(lambda: opening.application is not None and opening.application.desk is not None, timeout=WAIT_MS)
    _close(opening, qapp, qtbot)


def test_a_key_that_is_not_there_is_told(
    qapp: QApplication, demo_copy: Copy, single: SingleInstance, settings: Settings, qtbot: QtBot
) -> None:
    opening = _opening(qapp, begin(demo_copy.path, MemoryCustody()), single, settings)
    qtbot.waitUntil(lambda: isinstance(opening.window.page, Recovery), timeout=WAIT_MS)
    _close(opening, qapp, qtbot)
