"""The window over a made vault, driven by keys and timed to what was painted; nothing below the widgets is called.

Between two keys nothing of the measuring runs on the window's thread but waiting for Qt's next event, so that the
worker has the processor as it has it under a real event loop.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Self

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from rapportdesk.clock import SystemClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.note.notes import Notes, Written
from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.note import Audience
from rapportdesk.rules.wording.quick_line import QuickLine
from tests.benchmarks.vaults import SECRET, open_vault
from tests.ui.keys import CTRL, PLAIN, Key, press
from tests.ui.stage import Silent
from ui.card.card import CardScreen
from ui.frame.shell import Shell
from ui.frame.window import Window
from ui.guard import background_check, background_standing
from ui.search.search import SearchScreen
from ui.start.application import Application
from ui.start.beginning import Beginning
from ui.start.import_behind import PARTS
from ui.start.run import keep_for_good
from ui.start.settings import Settings
from ui.start.surroundings import Surroundings
from ui.theme import Theme
from ui.today.today import TodayScreen

GIVE_UP_S = 600.0
SIZE = (1366, 690)
_NEVER_MS = 100_000_000
_WRITE_LINE = "write_line"
_BY_THEMSELVES = (background_check, background_standing)
"""What begins some seconds after a sign-in and takes minutes in a big vault: "beside a check" is a row of its own."""


def stroke(letter: str, widget: QWidget) -> None:
    """Press a key that types a letter, of whatever alphabet."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, 0, PLAIN, letter))


class Painted(QObject):
    """Tells when a widget was painted after something had come about.

    Args:
        widget: Which; for a list its viewport.
        come: Whether what is painted now is what is waited for.
    """

    def __init__(self, widget: QWidget, come: Callable[[], bool]) -> None:
        super().__init__(widget)
        self._widget, self._come = widget, come
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        """Notice a painting."""
        if event.type() == QEvent.Type.Paint and not self.seen and self._come():
            self.seen = True
        return False

    def leave(self) -> None:
        """Look no more."""
        self._widget.removeEventFilter(self)
        self.deleteLater()


@dataclass(frozen=True, slots=True)
class Taken:
    """What something took, in milliseconds: on the wall's clock, and of the processors by this process."""

    wall: float
    processor: float


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def taken(self) -> Taken:
        """Return what has been taken so far."""
        wall, processor = time.perf_counter() - self._wall, time.process_time() - self._processor
        return Taken(wall * 1000, processor * 1000)


class Driven:
    """One window over one vault; a context manager.

    Args:
        app: Qt's application, dressed by `theme`.
        theme: In use.
        folder: Of the vault, as `vaults.make_vault` made it; it is changed.
        give_up_s: How long anything is waited for; a big vault's index takes minutes.
    """

    def __init__(self, app: QApplication, theme: Theme, folder: Path, give_up_s: float = GIVE_UP_S) -> None:
        self.app, self._folder, self._give_up_s = app, folder, give_up_s
        self.settings = Settings(folder / "settings.ini")
        self.application = Application(
            Surroundings(
                app=app, beginning=Beginning(vault=folder), clock=SystemClock(), settings=self.settings, theme=theme,
                watcher=lambda _window: Silent(), open_desk=self._open,
            ),
            Window(self.settings),
        )  # fmt: skip
        self.bugs: list[BaseException] = []
        self.application.work.bug.connect(self.bugs.append)
        self.application.work.problem.connect(self.bugs.append)
        self._began = [each.BEGINS_AFTER_MS for each in _BY_THEMSELVES]

    def __enter__(self) -> Self:
        """Show the sign-in."""
        for each in _BY_THEMSELVES:
            setattr(each, "BEGINS_AFTER_MS", _NEVER_MS)  # noqa: B010  # a constant to all others
        self.application.start()
        self.application.window.resize(*SIZE)
        self.until(lambda: self.application.desk is not None and self.application.work.idle)
        for part in PARTS:  # as `ui.start.run` does while somebody types their secret
            import_module(part)
        keep_for_good(self.application)
        return self

    def __exit__(self, *_raised: object) -> None:
        """Close the window and everything behind it."""
        for each, began in zip(_BY_THEMSELVES, self._began, strict=True):
            setattr(each, "BEGINS_AFTER_MS", began)  # noqa: B010  # likewise
        application = self.application
        gc.unfreeze()
        application.close()
        self.until(lambda: application.work.idle and not application.window.isVisible())
        for listener in (application.cover, application.idle):
            self.app.removeEventFilter(listener)
        application.window.deleteLater()
        application.deleteLater()
        self._clear_away()

    def _clear_away(self) -> None:
        """Delete what was left, as a real event loop does by itself; its timers would go on ticking."""
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @property
    def shell(self) -> Shell:
        """What is seen while somebody is signed in."""
        if self.application.shell is None:
            raise RuntimeError("nobody is signed in")
        return self.application.shell

    @property
    def desk(self) -> Desk:
        """The desk behind the window; asked directly only while the worker is idle."""
        if self.application.desk is None:
            raise RuntimeError("the desk is not open")
        return self.application.desk

    @property
    def card(self) -> CardScreen:
        """The card's screen."""
        panel = self.shell.screens.panels["card"]
        if not isinstance(panel, CardScreen):
            raise TypeError(type(panel))
        return panel

    @property
    def today(self) -> TodayScreen:
        """Today."""
        today = self.shell.screens.today
        if not isinstance(today, TodayScreen):
            raise TypeError(type(today))
        return today

    @property
    def search(self) -> SearchScreen:
        """What drops down under the field."""
        if not isinstance(self.shell.search, SearchScreen):
            raise TypeError(type(self.shell.search))
        return self.shell.search

    def until(self, come: Callable[[], bool]) -> None:
        """Run Qt's events until something has come about; a bug of the desk's is raised here."""
        ends = time.monotonic() + self._give_up_s
        wait = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        while not come():
            if time.monotonic() > ends:
                raise TimeoutError("it did not come about")
            self.app.processEvents(wait)
            for bug in self.bugs:
                raise bug

    def settle(self) -> None:
        """Wait until the worker has answered everything and the window has painted it."""
        self.until(lambda: self.application.work.idle)
        self.app.processEvents()
        self.until(lambda: self.application.work.idle)

    def timed(self, act: Callable[[], object], widget: QWidget, come: Callable[[], bool]) -> Taken:
        """Return what it takes from an act to a painting of what it is to bring.

        Args:
            act: Presses a key.
            widget: What is painted.
            come: Whether that has come.
        """
        painted = Painted(widget, come)
        watch = Stopwatch()
        act()
        self.until(lambda: painted.seen)
        taken = watch.taken()
        painted.leave()
        return taken

    def type_secret(self, name: str) -> None:
        """Choose somebody on the sign-in and type their secret, without the last Enter."""
        page = self.application.sign_in
        if page is None:
            raise RuntimeError("somebody is signed in")
        page.choose(StaffId(next(each.id for each in self.application.people if each.name == name)))
        page._secret.edit.setFocus()
        page._secret.edit.setText(SECRET)

    def enter(self, name: str) -> None:
        """Sign somebody in and wait until everything stands."""
        self.type_secret(name)
        self.press_enter()
        self.until(lambda: self.application.shell is not None)
        self.settle()

    def press_enter(self) -> None:
        """Press Enter in the secret's field."""
        page = self.application.sign_in
        if page is None:
            raise RuntimeError("somebody is signed in")
        press(Key.Key_Return, on=page._secret.edit)

    def go_to_search(self) -> None:
        """Press Ctrl+K."""
        press(Key.Key_K, CTRL, on=self.shell)
        self.shell.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keystroke(self, letter: str) -> Taken:
        """Type one letter into the search field; returns what it takes until its results are painted."""
        field, screen = self.shell.bar.search, self.search
        text = field.text() + letter
        finder = screen.finder

        def come() -> bool:
            found = finder._results
            return found is not None and found.text == text and not screen.isHidden()

        return self.timed(lambda: stroke(letter, field), screen.hits.viewport(), come)

    def clear_search(self) -> None:
        """Empty the search field."""
        self.shell.bar.search.clear()
        self.settle()

    def open_card(self, patient: PatientId) -> Taken:
        """Open somebody's card; returns what it takes until it is painted."""
        card = self.card
        return self.timed(
            lambda: self.shell.open_person(patient, "card"), card.header, lambda: card.patient_id == patient
        )

    def save_note(self, text: str) -> tuple[Taken, Taken]:
        """Type a note into the open card's line and save it.

        Returns:
            What it takes from Enter until it is durable, and until that was said.
        """
        quick = self.card.quick
        quick.field.setFocus()
        for letter in text:
            stroke(letter, quick.field)
        self.app.processEvents()  # and not until the worker is idle: beside long work it never is
        saved, durable, write_line = list[str](), list[Taken](), Notes.write_line

        def timed(notes: Notes, patient: PatientId, line: QuickLine, *, audience: Audience) -> Written:
            written = write_line(notes, patient, line, audience=audience)
            durable.append(watch.taken())
            return written

        quick.saved.connect(saved.append)
        setattr(Notes, _WRITE_LINE, timed)  # it returns when its commit has
        watch = Stopwatch()
        try:
            press(Key.Key_Return)
            self.until(lambda: bool(saved))
            said = watch.taken()
        finally:
            setattr(Notes, _WRITE_LINE, write_line)
        quick.saved.disconnect(saved.append)
        return durable[0], said

    def lock(self) -> Taken:
        """Lock; returns what it takes until the sign-in is there and the keys are gone."""
        gone: list[None] = []
        application = self.application

        def keys_gone() -> None:
            gone.append(None)

        application.locked.connect(keys_gone)
        watch = Stopwatch()
        application.lock()
        self.until(lambda: bool(gone))
        taken = watch.taken()
        application.locked.disconnect(keys_gone)
        self._clear_away()
        return taken

    def _open(self, beginning: Beginning) -> Desk:
        return open_vault(beginning.vault)
