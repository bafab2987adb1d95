"""Monday, 8:55, walked whole: killed in a draft, password store locked, clock a year back, old schedule, full disk.

Every combination of the last three is started over the file that the killed program left, through the window's own
beginning, and finds the store locked. The first screen says what is safe, in words without ours, and asks at most two
things; then the worst of them is walked on, to the draft, the consents, the clock put right, and the sheet for tomorrow
at closing. Each is pictured in the test's folder: run it with `--basetemp` to look at them.
"""

import datetime as dt
import itertools
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import KeyringLocked
from rapportdesk.model.consent import ConsentEvent, ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.practice import PracticeSettings
from rapportdesk.model.printout import PrintKind
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.consent_state import state
from tests.ui.conftest import SECRET, WAIT_MS, Copy, MakeApplication
from tests.ui.keys import to_front
from tests.ui.test_nothing_is_lost import NIA, TYPED, killed
from ui.brief.preview import PreviewDialog
from ui.card.card import CardScreen
from ui.door.recovery import Recovery
from ui.frame.shell import Shell
from ui.messages import Messages
from ui.prints.prints_dialog import PrintsDialog
from ui.start.application import Application
from ui.start.beginning import begin
from ui.today.reminders import Reminders
from ui.widgets.controls import Button, Label
from ui.work import Work

FRIDAY = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 23, 8, 55, tzinfo=dt.UTC)
A_YEAR_BACK = MONDAY.replace(year=2025)
OURS = ("keyring", "vault", "manifest", "exception", "database")
MOST_DECISIONS = 2

Settle = Callable[[Work], None]


class Disk(NamedTuple):
    """What `shutil.disk_usage` answers."""

    total: int
    used: int
    free: int


class Locked(MemoryCustody):
    """A password store that opens when somebody unlocks it."""

    def __init__(self, inside: MemoryCustody) -> None:
        super().__init__()
        self._keys, self._inside, self.is_locked = inside._keys, inside, True

    def read(self, key_id: str) -> bytes:
        """Refuse while it is locked."""
        if self.is_locked:
            raise KeyringLocked("")
        return super().read(key_id)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the computer on this Monday."""

    clock_back: bool
    old_schedule: bool
    disk_full: bool

    @property
    def name(self) -> str:
        """A folder's and a picture's name."""
        return "-".join(name for name in self.__slots__ if getattr(self, name)) or "well"


EVERY = [Trouble(*each) for each in itertools.product((False, True), repeat=3)]
"""The worst is the last."""


@pytest.fixture
def weekend(invented: Copy, tmp_path: Path) -> tuple[Copy, PatientId]:
    """What Friday left: a schedule was brought in, a consent was to end, and the program was killed while Ana typed."""
    copy = Copy(tmp_path / "friday" / "desk.rapport", invented.custody, invented.cost)
    copy.path.parent.mkdir(mode=0o700)
    shutil.copyfile(invented.path, copy.path)
    copy.path.chmod(0o600)
    with copy.open(StandingClock(FRIDAY - dt.timedelta(minutes=2))) as desk:
        sign_in(desk, "Ben Morgan")
        desk.practice.change(PracticeSettings(offers_day_sheet=True))
        nia = sign_in(desk, "Ana Ruiz")
        desk.consents.record(nia, Covers.SMS, ConsentStatus.ACTIVE, until=dt.date(2026, 11, 21))
        desk.today.add_appointment(nia, MONDAY + dt.timedelta(days=1, hours=1))
        desk.imports.read([feed(tmp_path, "Bevan")])
    path = killed(copy, tmp_path / "killed", "sealed")
    return Copy(path, invented.custody, invented.cost), nia


def feed(folder: Path, family: str) -> Path:
    """Write a file of the practice system's with one person in it."""
    path = folder / "feed.json"
    path.write_text(json.dumps({"resourceType": "Patient", "name": [{"family": family, "given": ["Nye"]}]}))
    return path


def sign_in(desk: Desk, name: str) -> PatientId:
    desk.sign_in(next(person.id for person in desk.door() if person.name == name), SECRET)
    return next(hit.id for hit in desk.search(NIA).hits if hit.name == NIA)


def consents(desk: Desk, patient: PatientId) -> tuple[ConsentEvent, ...]:
    """Return every answer that was ever recorded of somebody."""
    return tuple(desk.session().known(patient).consents)


def sms(desk: Desk, patient: PatientId) -> KeepConsent:
    """Return where the consent that ended on Saturday stands."""
    known = desk.session().known(patient)
    return state(known.consents, Covers.SMS, known.patient, desk.session().today())


def said(page: QWidget) -> str:
    return "\n".join(label.accessibleName() for label in page.findChildren(Label) if label.isVisible())


def decisions(page: QWidget) -> list[str]:
    """Return the verbs that want an answer: all of a page of its own; beside the day, those of what asks."""
    asking = [page] if isinstance(page, Recovery) else [*page.findChildren(Reminders), *page.findChildren(Messages)]
    buttons = (button for each in asking for button in each.findChildren(QPushButton))
    return [button.text() for button in buttons if button.isVisible() and button.isEnabled()]


class Monday:
    """One start of the program, and what is seen of it."""

    def __init__(self, application: Application, settle: Settle, qtbot: QtBot, pictures: Path) -> None:
        self.application, self._settle, self._qtbot, self._pictures = application, settle, qtbot, pictures

    def settle(self) -> None:
        """Wait for the answers."""
        self._settle(self.application.work)

    def look(self, name: str, widget: QWidget | None = None) -> str:
        """Picture what is shown, hold it against what every first screen keeps, and return what it says."""
        page = widget or self.application.window.page
        assert page is not None
        assert (widget or self.application.window).grab().save(str(self._pictures / f"{name}.png"), "PNG")
        words = said(page)
        assert not [word for word in OURS if word in words.casefold()], words
        assert len(decisions(page)) <= MOST_DECISIONS, decisions(page)
        assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
        return words

    def unlock(self, custody: Locked) -> None:
        """Unlock the password store and try again."""
        page = self.application.window.page
        assert isinstance(page, Recovery)
        custody.is_locked = False
        page.again.click()
        self.settle()

    def let_in(self) -> Shell:
        """Sign Ana in."""
        self._qtbot.waitUntil(lambda: self.application.desk is not None, timeout=WAIT_MS)
        page = self.application.sign_in
        assert page is not None
        page.wanted.emit(next(each.id for each in self.application.people if each.name == "Ana Ruiz"), SECRET)
        self.settle()
        assert self.application.shell is not None, said(self.application.window)
        return self.application.shell

    def close(self) -> None:
        """Close the window."""
        with self._qtbot.waitSignal(self.application.closed, timeout=WAIT_MS):
            self.application.close()


@pytest.fixture
def start(
    make_application: MakeApplication,
    weekend: tuple[Copy, PatientId],
    clock: StandingClock,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    settle: Settle,
    tmp_path: Path,
) -> Callable[[Trouble], tuple[Monday, Locked]]:
    """Starts the program on the next morning of work, over a copy of what the killed one left."""
    pictures = tmp_path / "pictures"
    pictures.mkdir()

    friday, _nia = weekend
    monday = tmp_path / "monday"
    shutil.copytree(friday.path.parent, monday)
    with Copy(monday / friday.path.name, friday.custody, friday.cost).open(
        StandingClock(MONDAY - dt.timedelta(minutes=5))
    ) as desk:
        sign_in(desk, "Ana Ruiz")
        desk.imports.read([feed(tmp_path, "Bevan-Rees")])  # the day's own schedule

    def start(trouble: Trouble) -> tuple[Monday, Locked]:
        folder = tmp_path / trouble.name
        shutil.copytree(friday.path.parent if trouble.old_schedule else monday, folder)
        clock.moment = A_YEAR_BACK if trouble.clock_back else MONDAY
        free = 4096 if trouble.disk_full else 2**39
        monkeypatch.setattr(
            "rapportdesk.desk.today.workstation.shutil.disk_usage", lambda _path: Disk(2**40, 2**40 - free, free)
        )
        custody = Locked(friday.custody)
        application = make_application(begin(folder / friday.path.name, custody))
        application.window.resize(1366, 690)
        application.start()
        to_front(application.window, qtbot)
        settle(application.work)
        return Monday(application, settle, qtbot, pictures), custody

    return start


def test_monday_is_walked(
    start: Callable[[Trouble], tuple[Monday, Locked]],
    weekend: tuple[Copy, PatientId],
    clock: StandingClock,
    qtbot: QtBot,
) -> None:
    _copy, nia = weekend
    for trouble in EVERY:
        monday, custody = start(trouble)
        words = monday.look(f"{trouble.name}-1")
        assert "password store is locked" in words
        assert "here and safe" in words
        monday.unlock(custody)
        shell = monday.let_in()
        words = monday.look(f"{trouble.name}-2", shell)
        friday = "20 November 2026" if trouble.clock_back else "Friday"
        assert (f"Everything up to {friday} 09:04 is here." in words) == trouble.old_schedule, words
        assert "Everything up to" in words
        assert "1 unfinished note is kept." in words
        assert (f"The schedule is from {friday}." in words) == trouble.old_schedule, words
        assert ("The disk is full. What is here is safe" in words) == trouble.disk_full
        assert ("This computer’s clock is wrong" in words) == trouble.clock_back
        assert ("nothing that has ended counts again" in words) == trouble.clock_back
        if trouble is not EVERY[-1]:
            monday.close()

    desk = monday.application.desk
    assert desk is not None
    recorded = consents(desk, nia)
    assert sms(desk, nia) is KeepConsent.AGREED  # as on Friday: the clock does not go back

    shell.open_person(nia, "card")
    monday.settle()
    card = shell.screens.panels["card"]
    assert isinstance(card, CardScreen)
    assert card.quick.field.text == TYPED
    monday.look("draft", shell)

    clock.moment = MONDAY  # somebody has set it right
    assert sms(desk, nia) is KeepConsent.EXPIRED
    assert not [each for each in desk.reminders.mine() if "clock" in each.words]
    clock.moment = A_YEAR_BACK
    assert sms(desk, nia) is KeepConsent.EXPIRED  # what has ended stays ended
    clock.moment = MONDAY
    assert consents(desk, nia) == recorded  # nobody has answered anything

    monday.application.window.close()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PrintsDialog), timeout=WAIT_MS)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, PrintsDialog)
    assert "The sheet for Tuesday 24 November" in said(asked)
    asked.sheet.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog), timeout=WAIT_MS)
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PreviewDialog)
    monday.settle()
    assert preview.grab().save(str(monday._pictures / "sheet.png"), "PNG")
    printing = next(each for each in preview.findChildren(Button) if each.property("role") == "primary")
    assert printing.isEnabled(), said(preview)
    sheet = desk.paper.day_sheet()
    assert len(sheet.pdf) > 1_000
    assert [each.kind for each in desk.prints.to_destroy()] == [PrintKind.DAY_SHEET]
    preview.close()
    monday.settle()
    asked.close()


def test_a_word_of_ours_and_a_third_question_would_be_noticed(
    make_application: MakeApplication, demo_copy: Copy, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    application = make_application(begin(demo_copy.path, Locked(demo_copy.custody)))
    application.start()
    settle(application.work)
    monday, page = Monday(application, settle, qtbot, tmp_path), application.window.page
    assert isinstance(page, Recovery)
    assert decisions(page) == ["Try again", "Open with the sheet"]
    monday.look("control")
    word = Label("The keyring is locked", parent=page)
    word.show()
    with pytest.raises(AssertionError, match="keyring"):
        monday.look("control")
    word.hide()
    Button("Make a new desk", parent=page).show()
    with pytest.raises(AssertionError, match="Make a new desk"):
        monday.look("control")
