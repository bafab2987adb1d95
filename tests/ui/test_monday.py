"""Monday, 8:55: killed in the middle of a draft, store locked, clock a year back, old schedule, full disk."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import KeyringLocked
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import KeepConsent
from rapportdesk.rules.consent.consent_state import state
from tests.ui.conftest import SECRET, WAIT_MS, Copy, MakeApplication
from tests.ui.keys import to_front
from tests.ui.test_nothing_is_lost import NIA, TYPED, killed
from ui.card.card import CardScreen
from ui.door.recovery import Recovery
from ui.frame.shell import Shell
from ui.start.application import Application
from ui.start.beginning import begin
from ui.widgets.controls import Label
from ui.work import Work

FRIDAY = dt.datetime(2026, 11, 20, 9, 4, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 23, 8, 55, tzinfo=dt.UTC)
OURS = ("keyring", "vault", "manifest", "exception", "database")


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


@pytest.fixture
def weekend(invented: Copy, tmp_path: Path) -> tuple[Copy, PatientId]:
    """What Friday left: a schedule was brought in, a consent had ended, and the program was killed while Ana typed."""
    copy = Copy(tmp_path / "friday" / "desk.rapport", invented.custody, invented.cost)
    copy.path.parent.mkdir(mode=0o700)
    shutil.copyfile(invented.path, copy.path)
    copy.path.chmod(0o600)
    feed = tmp_path / "feed.json"
    feed.write_text(json.dumps({"resourceType": "Patient", "name": [{"family": "Bevan", "given": ["Nye"]}]}))
    with copy.open(StandingClock(FRIDAY - dt.timedelta(minutes=2))) as desk:
        nia = sign_in(desk)
        desk.consents.record(nia, Covers.SMS, ConsentStatus.ACTIVE, until=dt.date(2026, 11, 21))
        desk.imports.read([feed])
    path = killed(copy, tmp_path / "killed", "sealed")
    return Copy(path, invented.custody, invented.cost), nia


def sign_in(desk: Desk) -> PatientId:
    desk.sign_in(next(person.id for person in desk.door() if person.name == "Ana Ruiz"), SECRET)
    return next(hit.id for hit in desk.search(NIA).hits if hit.name == NIA)


def agreed(desk: Desk, patient: PatientId) -> list[KeepConsent]:
    """Return where each of somebody's consents stands for the desk."""
    session = desk.session()
    known = session.known(patient)
    return [state(known.consents, covers, known.patient, session.today()) for covers in Covers]


def said(page: QWidget) -> str:
    return "\n".join(label.accessibleName() for label in page.findChildren(Label) if label.isVisible())


def let_in(application: Application, settle: Callable[[Work], None], qtbot: QtBot) -> Shell:
    """Sign Ana in."""
    qtbot.waitUntil(lambda: application.desk is not None, timeout=WAIT_MS)
    page = application.sign_in
    assert page is not None
    page.wanted.emit(next(person.id for person in application.people if person.name == "Ana Ruiz"), SECRET)
    settle(application.work)
    assert application.shell is not None, said(application.window)
    return application.shell


@pytest.fixture
def monday(
    make_application: MakeApplication,
    weekend: tuple[Copy, PatientId],
    clock: StandingClock,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    settle: Callable[[Work], None],
) -> tuple[Application, Locked]:
    """The program as it is started on the next morning of work."""
    copy, _nia = weekend
    clock.moment = MONDAY.replace(year=2025)
    monkeypatch.setattr("rapportdesk.desk.today.workstation.shutil.disk_usage", lambda _path: Disk(2**40, 2**40, 4096))
    custody = Locked(copy.custody)
    application = make_application(begin(copy.path, custody))
    application.window.resize(1366, 690)
    application.start()
    to_front(application.window, qtbot)
    settle(application.work)
    return application, custody


def test_the_first_screen_says_what_is_safe_and_asks_at_most_two_things(
    monday: tuple[Application, Locked],
    weekend: tuple[Copy, PatientId],
    settle: Callable[[Work], None],
    qtbot: QtBot,
) -> None:
    application, custody = monday
    page = application.window.page
    assert isinstance(page, Recovery)
    assert "password store is locked" in said(page)
    assert not [word for word in OURS if word in said(page).casefold()]
    asked = 1

    custody.is_locked = False
    page.again.click()
    settle(application.work)
    shell = let_in(application, settle, qtbot)
    first = said(shell)
    for sentence in (
        "Everything up to 20 November 2026 09:04 is here.", "1 unfinished note is kept.",
        "The schedule is from 20 November 2026.", "The disk is full. What is here is safe",
        "This computer’s clock is wrong", "nothing that has ended counts again",
    ):  # fmt: skip
        assert sentence in first, (sentence, first)
    assert not [word for word in OURS if word in first.casefold()]
    links = [each for each in shell.findChildren(QPushButton) if each.isVisible() and each.property("role") == "link"]
    asked += len([each for each in links if "See to it" in each.text()])
    assert asked <= 2


def test_the_draft_is_there_and_no_consent_has_changed(
    monday: tuple[Application, Locked],
    weekend: tuple[Copy, PatientId],
    clock: StandingClock,
    settle: Callable[[Work], None],
    qtbot: QtBot,
) -> None:
    application, custody = monday
    _copy, nia = weekend
    custody.is_locked = False
    page = application.window.page
    assert isinstance(page, Recovery)
    page.again.click()
    settle(application.work)
    shell, desk = let_in(application, settle, qtbot), application.desk
    assert desk is not None
    a_year_back = agreed(desk, nia)
    assert a_year_back[list(Covers).index(Covers.SMS)] is KeepConsent.AGREED  # as on Friday: the clock does not go back

    shell.open_person(nia, "card")
    settle(application.work)
    card = shell.screens.panels["card"]
    assert isinstance(card, CardScreen)
    assert card.quick.field.text == TYPED

    clock.moment = MONDAY  # somebody has set it right
    assert agreed(desk, nia)[list(Covers).index(Covers.SMS)] is KeepConsent.EXPIRED
    assert not [each for each in desk.reminders.mine() if "clock" in each.words]
    clock.moment = MONDAY.replace(year=2025)
    assert agreed(desk, nia)[list(Covers).index(Covers.SMS)] is KeepConsent.EXPIRED  # what has ended stays ended
