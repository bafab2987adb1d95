"""A start of the window that leaves as soon as the sign-in takes a key. Imports nothing that the window does not."""

import os
import sys
import time


def run_until_painted(vault: str) -> None:
    """Start the window as `ui.__main__` does, and leave as soon as the sign-in takes a key; in a process of its own."""
    import ui.__main__ as program
    import ui.beginning as beginning

    begin = beginning.begin

    def begin_and_watch(*arguments: object) -> object:
        begun = begin(*arguments)  # type: ignore[arg-type]  # handed on as it came
        import ui.application as application

        start = application.Application.start

        def start_and_watch(self: application.Application) -> None:
            start(self)
            _watch(self)

        application.Application.start = start_and_watch  # type: ignore[method-assign]  # the only way to look in
        return begun

    beginning.begin = begin_and_watch  # type: ignore[assignment]  # before Qt is imported, as in a real start
    program.main(["--vault", vault])


def _watch(application: object) -> None:
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication, QLineEdit

    painted = {"names": False}

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
            if event.type() is QEvent.Type.Paint and isinstance(watched, QLineEdit) and watched.isEnabled():
                QTimer.singleShot(0, self.look)
            return False

        def look(self) -> None:
            field = QApplication.focusWidget()
            if not isinstance(field, QLineEdit) or painted["names"]:
                return
            press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
            QApplication.sendEvent(field, press)
            if field.text() == "a":
                painted["names"] = True
                sys.stdout.write(repr(time.time()))
                sys.stdout.flush()
                os._exit(0)

    app = QApplication.instance()
    assert app is not None
    watcher = Painted(app)
    app.installEventFilter(watcher)
