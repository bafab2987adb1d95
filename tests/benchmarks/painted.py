"""A start of the window that leaves as soon as the sign-in takes a key. Imports nothing that the window does not.

What is measured must not pay for the measuring: PySide makes every kind of event known to Python for an application's
first event filter, so the secret's field tells of its painting instead; and all is noted before the key is made, and
counts only when that key then arrives.
"""

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.widgets.secret_field import SecretEdit


def run_until_painted(people: int) -> None:
    """Start the window as `rapportdesk` does, and leave as soon as the sign-in takes a key; in a process of its own.

    Prints as JSON: "painted", the time then; "own" and "beside", the seconds of processor that this process and the one
    beside it took until then; "modules", what was imported by then.

    Args:
        people: How many names have to be listed.
    """
    import ui.__main__ as program
    import ui.start.qt_import as qt_import

    before = qt_import.import_qt

    def import_qt_and_watch() -> None:
        before()
        _watch(people)

    qt_import.import_qt = import_qt_and_watch
    program.main([])


def _watch(people: int) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLineEdit

    from ui.widgets.secret_field import SecretEdit

    def paint(self: SecretEdit, event: "QPaintEvent") -> None:
        QLineEdit.paintEvent(self, event)
        QTimer.singleShot(0, self, lambda: _look(self, people))  # once the rest of the page has been painted too

    SecretEdit.paintEvent = paint  # type: ignore[method-assign,assignment]  # the only way to look in


def _look(field: "SecretEdit", people: int) -> None:
    noted: dict[str, object] = {"painted": time.time(), "own": time.process_time(), "modules": sorted(sys.modules)}
    import json
    from resource import RUSAGE_CHILDREN, getrusage

    beside = getrusage(RUSAGE_CHILDREN)
    noted["beside"] = beside.ru_utime + beside.ru_stime
    from ui.widgets.choice import Choice

    names = field.window().findChildren(Choice)
    if len(names) != people or not all(name.isVisible() for name in names):
        return
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(QApplication.focusWidget() or field.window(), press)
    if field.text() == "a":
        sys.stdout.write(json.dumps(noted))
        sys.stdout.flush()
        os._exit(0)
