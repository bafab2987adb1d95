"""The window on an invented clinic, offscreen: made once for a run, copied for each test."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.invention.demo import DEMO_SECRET, fill_clinic, founder
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.vault.kdf import Argon2idParameters
from tests.ui.consulting import Room
from tests.ui.counter import Counter
from tests.ui.offscreen import use_offscreen
from tests.ui.waiting import nothing_begins_by_itself
from ui.frame.shell import Shell
from ui.frame.window import Window
from ui.guard.session_signals import Finished, Told
from ui.look.palette import LIGHT
from ui.start.application import Application
from ui.start.beginning import Beginning
from ui.start.run import make_app
from ui.start.settings import Settings
from ui.start.surroundings import Surroundings
from ui.theme import Theme, load_fonts
from ui.work import Work

use_offscreen()

MORNING = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
"""A Friday, 09:04: the moment of the target pictures."""

SECRET = DEMO_SECRET
WAIT_MS = 20_000


class Platform:
    """A platform that tells when the test says so."""

    def __init__(self) -> None:
        self.told: Told | None = None
        self.finished = 0

    def start(self, told: Told) -> bool:
        """Remember whom to tell."""
        self.told = told
        return True

    def stop(self) -> None:
        """Tell no more."""
        self.told = None

    def leave(self) -> None:
        """Say that the session is being left."""
        assert self.told is not None
        finished: Finished = self._finished
        self.told(finished)

    def _finished(self) -> None:
        self.finished += 1


@dataclass(frozen=True, slots=True)
class Copy:
    """One test's own copy of the invented clinic, not opened yet."""

    path: Path
    custody: MemoryCustody
    cost: Argon2idParameters

    def open(self, clock: StandingClock) -> Desk:
        """Open it; nobody is signed in."""
        return Desk.open(self.path, self.custody, clock, cost=self.cost)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """Qt's application as the program makes it, with the bundled fonts."""
    app = make_app()
    load_fonts()
    return app


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme at 100 %, worn by the application."""
    theme = Theme(LIGHT, 1.0)
    theme.apply(qapp)
    return theme


@pytest.fixture
def clock() -> StandingClock:
    """Stands at 09:04 on Friday 20 November 2026."""
    return StandingClock(MORNING)


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The invented clinic of the demo, made once."""
    cost = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
    copy = Copy(tmp_path_factory.mktemp("clinic") / "desk.rapport", MemoryCustody(), cost)
    desk, _codes = Desk.create(copy.path, copy.custody, founder(), StandingClock(MORNING), cost=cost)
    fill_clinic(desk)
    desk.close()
    return copy


@pytest.fixture
def demo_copy(invented: Copy, tmp_path: Path) -> Copy:
    """A copy of the invented clinic, for whoever opens it themselves."""
    path = tmp_path / "vault" / "desk.rapport"
    path.parent.mkdir(mode=0o700)
    shutil.copyfile(invented.path, path)
    path.chmod(0o600)
    return Copy(path, invented.custody, invented.cost)


@pytest.fixture
def demo_desk(demo_copy: Copy, clock: StandingClock) -> Iterator[Desk]:
    """The invented clinic, open on this thread, with nobody signed in; everybody's secret is `SECRET`."""
    with demo_copy.open(clock) as desk:
        yield desk


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Work], None]:
    """Waits until the worker has nothing left and every answer has been delivered."""

    def settle(work: Work) -> None:
        qtbot.waitUntil(lambda: work.idle, timeout=WAIT_MS)

    return settle


@pytest.fixture
def platform() -> Platform:
    """A platform that tells of lock and sleep when the test says so."""
    return Platform()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of nobody yet."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture(autouse=True)
def only_what_is_asked() -> Iterator[None]:
    """Nothing begins by itself while a test asks the desk on its own thread."""
    with nothing_begins_by_itself():
        yield


MakeApplication = Callable[..., Application]


@pytest.fixture
def bugs() -> list[BaseException]:
    """What went wrong on the worker; whoever made it go wrong takes it out again, and else the test fails."""
    return []


@pytest.fixture
def make_application(
    qapp: QApplication,
    qtbot: QtBot,
    theme: Theme,
    clock: StandingClock,
    settings: Settings,
    platform: Platform,
    bugs: list[BaseException],
) -> Iterator[MakeApplication]:
    """Makes the whole window over a beginning; it is closed after the test."""
    made: list[Application] = []
    closed: list[Application] = []

    def make(beginning: Beginning, open_desk: Callable[[Beginning], Desk] | None = None) -> Application:
        around = Surroundings(
            app=qapp,
            beginning=beginning,
            clock=clock,
            settings=settings,
            theme=theme,
            watcher=lambda _window: platform,
            open_desk=open_desk,
        )
        application = Application(around, Window(settings))
        application.closed.connect(lambda: closed.append(application))
        application.work.bug.connect(bugs.append)
        made.append(application)
        return application

    yield make
    for application in made:
        if application not in closed:
            with qtbot.waitSignal(application.closed, timeout=WAIT_MS):
                application.close()
        qapp.removeEventFilter(application.cover)
        qapp.removeEventFilter(application.idle)
        application.window.deleteLater()
        application.deleteLater()
    # Now, and not once the next test waits: whatever that one does to all widgets would be done to these as well.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for bug in bugs:  # the window says "something went wrong" and goes on; a test does not
        raise bug


@pytest.fixture
def application(make_application: MakeApplication, demo_copy: Copy, clock: StandingClock, qtbot: QtBot) -> Application:
    """The window on the invented clinic, at its sign-in, with the desk open behind it."""
    beginning = Beginning(vault=demo_copy.path, custody=demo_copy.custody)
    made = make_application(beginning, lambda _beginning: demo_copy.open(clock))
    made.window.resize(1366, 690)
    made.start()
    qtbot.waitUntil(lambda: made.desk is not None, timeout=WAIT_MS)
    return made


EnterAs = Callable[[str], Shell]


@pytest.fixture
def enter_as(application: Application, qtbot: QtBot, settle: Callable[[Work], None]) -> EnterAs:
    """Signs somebody of the invented clinic in by name and returns their shell, settled."""

    def enter(name: str) -> Shell:
        assert application.desk is not None
        page = application.sign_in
        assert page is not None, "somebody is signed in already"
        who = next(person.id for person in application.people if person.name == name)
        with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
            page.wanted.emit(who, SECRET)
        settle(application.work)
        assert application.shell is not None
        return application.shell

    return enter


@pytest.fixture
def shell(enter_as: EnterAs) -> Shell:
    """Ana Ruiz at reception has signed in; nobody's card is open."""
    return enter_as("Ana Ruiz")


@pytest.fixture
def counter(shell: Shell, qtbot: QtBot, settle: Callable[[Work], None]) -> Counter:
    """Ana at the counter, the window in front of her."""
    shell.window().activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return Counter(shell, qtbot, settle)


@pytest.fixture
def room(enter_as: EnterAs, qtbot: QtBot, settle: Callable[[Work], None]) -> Room:
    """Dr Osei before the session, the window in front of them."""
    shell = enter_as("Dr Osei")
    shell.window().activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    return Room(shell, settle)
