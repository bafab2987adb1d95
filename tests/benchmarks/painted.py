"""A start of the window that leaves as soon as the sign-in takes a key. Imports nothing that the window does not.

What is measured must not pay for the measuring: PySide makes every kind of event known to Python for an application's
first event filter, so the secret's field tells of its painting instead; and the time is taken before the key is made,
and counts only when that key then arrives.
"""

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.start.application import Application
    from ui.widgets.secret_field import SecretEdit


def run_until_painted(vault: str) -> None:
    """Start the window as `ui.__main__` does, and leave as soon as the sign-in takes a key; in a process of its own."""
    import ui.__main__ as program
    import ui.start.beginning as beginning

    begin = beginning.begin

    def begin_and_watch(*arguments: object) -> object:
        begun = begin(*arguments)  # type: ignore[arg-type]  # handed on as it came
        _watch()
        return begun

    beginning.begin = begin_and_watch  # type: ignore[assignment]  # before Qt is imported, as in a real start
    program.main(["--vault", vault])


def _watch() -> None:
    from ui.start.qt_import import import_qt

    import_qt()  # as in a real start
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLineEdit

    from ui.start.application import Application
    from ui.widgets.secret_field import SecretEdit

    fields: list[SecretEdit] = []
    begun: list[Application] = []
    start, listen = Application.start, Application._listen

    def look() -> None:
        if fields:
            _look(begun[-1], fields[-1])

    def start_and_remember(self: Application) -> None:
        begun.append(self)
        start(self)

    def paint(self: SecretEdit, event: "QPaintEvent") -> None:
        QLineEdit.paintEvent(self, event)
        fields.append(self)
        QTimer.singleShot(0, self, look)  # once the rest of the page has been painted too

    def look_and_listen(self: Application) -> None:
        look()  # what follows may wait until the sign-in has been painted, and is not part of it
        listen(self)

    SecretEdit.paintEvent = paint  # type: ignore[method-assign,assignment]  # the only way to look in
    Application.start = start_and_remember  # type: ignore[method-assign]
    Application._listen = look_and_listen  # type: ignore[method-assign]


def _look(application: "Application", field: "SecretEdit") -> None:
    painted = time.time()
    page = application.sign_in
    if page is None or not application.people:
        return
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    from ui.widgets.choice import Choice

    names = page.findChildren(Choice)
    if len(names) != len(application.people) or not all(name.isVisible() for name in names):
        return
    press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(QApplication.focusWidget() or page, press)
    if field.text() == "a":
        sys.stdout.write(repr(painted))
        sys.stdout.flush()
        os._exit(0)
