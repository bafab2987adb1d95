"""The whole window without pytest: made over an invented clinic, driven, settled, and taken down again.

The tour is a program of its own, so nothing here needs a fixture. Nothing sleeps: `settle` runs Qt's events until the
worker has nothing left and every short timer that was started has come.
"""

import datetime as dt
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.invention.demo import DEMO_SECRET, fill_clinic, founder
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.model.identity import PatientId
from rapportdesk.vault.kdf import Argon2idParameters
from tests.ui.waiting import nothing_begins_by_itself, wait_for_an_event
from ui.card.card import CardScreen
from ui.door.own_secret import OwnSecret
from ui.door.recovery import Recovery
from ui.door.sign_in import SignIn
from ui.frame.shell import Shell
from ui.frame.window import Window
from ui.guard.session_signals import Told
from ui.start.application import Application
from ui.start.beginning import Beginning
from ui.start.settings import Settings
from ui.start.surroundings import Surroundings
from ui.theme import Theme
from ui.today.today import TodayScreen
from ui.widgets.kept_form import FormDialog

MORNING = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
"""A Friday, 09:04: the moment of the target pictures."""

CHEAP = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
GIVE_UP_S = 60.0
QUIET_ROUNDS = 24
"""Each layout around another hears of a change of size one round of events later, and they stand a dozen deep."""

LOOKS_AT_TIMERS = 4
"""Every so many quiet rounds, and at the last."""

SOON_MS = 1_000
"""Single-shot timers up to this long belong to what was just done."""


class Silent:
    """A platform that never tells of lock or sleep."""

    def start(self, _told: Told) -> bool:
        """Say that it would tell."""
        return True

    def stop(self) -> None:
        """Tell no more."""


def make_clinic(folder: Path, *, empty: bool = False) -> tuple[Path, MemoryCustody]:
    """Make the invented clinic, or only its founder's desk, in `folder`; return its file and who keeps its key."""
    custody, path = MemoryCustody(), folder / "desk.rapport"
    folder.mkdir(mode=0o700, exist_ok=True)
    desk, _codes = Desk.create(path, custody, founder(), StandingClock(MORNING), cost=CHEAP)
    if not empty:
        fill_clinic(desk)
    desk.close()
    return path, custody


class Stage:
    """One window over one copy of a clinic; a context manager.

    Args:
        app: Qt's application, dressed by `theme`.
        theme: In use.
        clinic: A clinic's file and custody; None for no file at all, which is a first run.
        folder: An empty directory for the copy and the settings.
    """

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        clinic: tuple[Path, MemoryCustody] | None,
        folder: Path,
    ) -> None:
        self.app, self.theme, self.clock = app, theme, StandingClock(MORNING)
        folder.mkdir(mode=0o700, exist_ok=True)
        path, custody = folder / "desk.rapport", MemoryCustody()
        if clinic is not None:
            shutil.copyfile(clinic[0], path)
            path.chmod(0o600)
            custody = clinic[1]
        self.settings = Settings(folder / "settings.ini")
        self.application = Application(
            Surroundings(
                app=app,
                beginning=Beginning(vault=path, custody=custody),
                clock=self.clock,
                settings=self.settings,
                theme=theme,
                watcher=lambda _window: Silent(),
                open_desk=self._open if clinic is not None else None,
            ),
            Window(self.settings),
        )

        self._bugs: list[BaseException] = []
        self.application.work.bug.connect(self._bugs.append)

    def __enter__(self) -> "Stage":
        """Show the first page."""
        self._waiting = ExitStack()
        self._waiting.enter_context(nothing_begins_by_itself())
        self.application.start()
        self.settle()
        return self

    def __exit__(self, *_raised: object) -> None:
        """Close the window and everything behind it."""
        self._waiting.close()
        application = self.application
        self.close_dialogs()
        application.close()
        self.until(lambda: not application.window.isVisible() and application.work.idle)
        self.app.removeEventFilter(application.cover)
        self.app.removeEventFilter(application.idle)
        application.window.deleteLater()
        application.deleteLater()
        self.settle()

    @property
    def window(self) -> QWidget:
        """The one window."""
        return self.application.window

    @property
    def shell(self) -> Shell:
        """What is seen while somebody is signed in."""
        assert self.application.shell is not None, "nobody is signed in"
        return self.application.shell

    @property
    def desk(self) -> Desk:
        """The desk behind the window; asked directly only while the worker is idle."""
        assert self.application.desk is not None
        return self.application.desk

    def to_door(self) -> SignIn:
        """Go back to the sign-in from what stands in its place, and return it."""
        page = self.application.window.page
        if isinstance(page, Recovery):
            page.back_wanted.emit()
            self.settle()
        elif isinstance(page, OwnSecret):
            self.application.show_sign_in(self.application.people)
            self.settle()
        assert self.application.sign_in is not None, "somebody is signed in"
        return self.application.sign_in

    def enter(self, name: str) -> Shell:
        """Sign somebody in by name."""
        page = self.to_door()
        page.wanted.emit(next(each.id for each in self.application.people if each.name == name), DEMO_SECRET)
        self.settle()
        assert self.application.shell is not None, f"{name} was not let in: {self._said_at_door()}"
        return self.shell

    def _said_at_door(self) -> str:
        """Return which page stands there, and what it says, for whoever has to find out why."""
        page = self.application.window.page
        if page is None:
            return "no page"
        words = [label.text() for label in page.findChildren(QLabel) if label.text() and label.isVisible()]
        return f"{type(page).__name__}: {' | '.join(words)}"

    def leave(self) -> None:
        """Lock."""
        self.close_dialogs()
        self.application.lock()
        self.settle()

    def tidy(self) -> Shell:
        """Put everything away as it is after a sign-in, with nobody open, and return the shell."""
        self.close_dialogs()
        shell = self.shell
        card, today = shell.screens.panels["card"], shell.screens.today
        assert isinstance(card, CardScreen)
        assert isinstance(today, TodayScreen)
        shell.bar.search.clear()
        card.edit.leave()
        card.quick.let_go()
        card.close_card()
        self.settle()
        for draft in self.desk.drafts.mine():
            self.desk.drafts.discard(draft.patient)
        shell.body.main.setCurrentWidget(shell.welcome)
        shell.body.close_drawer()
        shell.screens.mark_open(None)
        shell.tools.messages.clear()
        today.go_to_today()
        shell.window().setFocus()
        self.settle()
        return shell

    def find(self, name: str, born: int = 0) -> PatientId:
        """Return the person who is written so, born in a year if that is needed to tell."""
        hits = self.desk.search(name).hits
        return next(
            hit.id
            for hit in hits
            if hit.name == name and (not born or (hit.birth_date and hit.birth_date.year == born))
        )

    def open(self, name: str, panel: str = "", *, born: int = 0) -> PatientId:
        """Open somebody's card or brief."""
        patient = self.find(name, born)
        self.shell.open_person(patient, panel)
        self.settle()
        return patient

    def run(self, command_id: str) -> QWidget:
        """Do what a command says and return what has the keys then: a dialog, or the window."""
        self.shell.run(command_id)
        self.settle()
        return self.front()

    def front(self) -> QWidget:
        """Return the dialog or menu that is open over the window, or the window."""
        popup = self.app.activePopupWidget()
        return popup or self.app.activeModalWidget() or self.window

    def close_dialogs(self) -> None:
        """Close whatever is open over the window; what was typed into a form is not wanted."""
        for widget in self.app.topLevelWidgets():
            if isValid(widget) and widget is not self.window and widget.isVisible():
                if isinstance(widget, FormDialog):
                    widget.leave()
                else:
                    widget.close()
        self.settle()

    def settle(self) -> None:
        """Run Qt's events until nothing more is to come of what was done."""
        quiet = 0
        ends = time.monotonic() + GIVE_UP_S
        while quiet < QUIET_ROUNDS:
            assert time.monotonic() < ends, "the window does not come to rest"
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            for bug in self._bugs:  # the window says that something went wrong and goes on; a scene does not
                raise bug
            # To look through all timers takes longer than a quiet round.
            looks = quiet % LOOKS_AT_TIMERS == 0 or quiet == QUIET_ROUNDS - 1
            quiet = quiet + 1 if self.application.work.idle and not (looks and self._soon()) else 0
            if quiet == 0:
                wait_for_an_event(self.app)

    def until(self, come: Callable[[], bool]) -> None:
        """Run Qt's events until something has come about."""
        ends = time.monotonic() + GIVE_UP_S
        while not come():
            assert time.monotonic() < ends, "it did not come about"
            wait_for_an_event(self.app)

    def _soon(self) -> bool:
        roots = [widget for widget in self.app.topLevelWidgets() if widget.parent() is None]  # which hold the others
        timers = [timer for widget in roots for timer in widget.findChildren(QTimer)]
        return any(timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS for timer in timers)

    def _open(self, beginning: Beginning) -> Desk:
        return Desk.open(beginning.vault, beginning.custody, self.clock, cost=CHEAP)
