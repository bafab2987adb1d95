"""Five things may be wrong with the key: each has its own words, and the sheet is always a way in."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.door.founding import Founder
from rapportdesk.desk.invention.demo import DEMO_SECRET
from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import (
    DiskFull,
    KeyMissing,
    KeyringLocked,
    KeyringTimeout,
    KeyWrong,
    NewerFormat,
    NoKeyring,
    RapportError,
    Tampered,
    VaultBusy,
    VaultFault,
)
from rapportdesk.model.staff import Role
from rapportdesk.vault.recovery_code import new_code
from tests.ui.conftest import SECRET, WAIT_MS, Copy, MakeApplication
from tests.ui.keys import Key, press, to_front, type_in
from ui.door.recovery import Recovery, trouble_words
from ui.start.beginning import begin
from ui.theme import Theme
from ui.widgets.controls import Label
from ui.work import Work

KEY_FAULTS = (NoKeyring, KeyringLocked, KeyMissing, KeyWrong, KeyringTimeout)
FILE_FAULTS = (VaultBusy, NewerFormat, DiskFull, Tampered, VaultFault)
OURS = ("keyring", "vault", "manifest", "exception")

Settle = Callable[[Work], None]


def said(page: QWidget) -> str:
    return "\n".join(label.accessibleName() for label in page.findChildren(Label) if label.isVisible())


def buttons(page: QWidget) -> list[str]:
    return [each.accessibleName() for each in page.findChildren(QPushButton) if each.isVisible()]


def test_every_state_has_words_of_its_own() -> None:
    headings = {trouble_words(fault("m", "h"))[0] for fault in (*KEY_FAULTS, *FILE_FAULTS)}
    assert len(headings) == len(KEY_FAULTS) + len(FILE_FAULTS) - 1, "a full disk's own sentence says it"


@pytest.mark.parametrize("fault", KEY_FAULTS)
def test_a_fault_of_the_key_offers_the_sheet_in_words_of_the_house(
    theme: Theme, fault: type[RapportError], qtbot: QtBot
) -> None:
    page = Recovery(theme, fault("Sentence.", "Hint."))
    qtbot.addWidget(page)
    page.show()
    first = page.again if fault in {KeyringLocked, KeyringTimeout} else page.open_button  # unlocking or waiting helps
    assert sorted(buttons(page)) == ["Open with the sheet", "Try again"]
    assert first.property("role") == "primary"
    assert page.focusProxy() is (first if first is page.again else page.code)
    assert not [word for word in OURS if word in said(page).casefold()]


@pytest.mark.parametrize("fault", FILE_FAULTS)
def test_a_fault_of_the_file_is_nothing_a_sheet_could_help_with(
    theme: Theme, fault: type[RapportError], qtbot: QtBot
) -> None:
    page = Recovery(theme, fault("Sentence.", "Hint."))
    qtbot.addWidget(page)
    page.show()
    damaged = fault in {Tampered, VaultFault}
    assert buttons(page) == ["Try again", *(["Use a backup…"] if damaged else [])]


@pytest.fixture
def lost(tmp_path_factory: pytest.TempPathFactory, clock: StandingClock, invented: Copy) -> tuple[Copy, str]:
    """A desk whose key this computer has lost, and the code of its sheet."""
    copy = Copy(tmp_path_factory.mktemp("lost") / "desk.rapport", MemoryCustody(), invented.cost)
    founder = Founder(clinic_name="Cwm Road", name="Ben Morgan", roles=frozenset({Role.MANAGER}), secret=SECRET)
    desk, codes = Desk.create(copy.path, copy.custody, founder, clock, cost=copy.cost)
    desk.close()
    return Copy(copy.path, MemoryCustody(), copy.cost), codes.desk.code


def test_the_sheet_opens_the_desk_and_everybodys_own_secret_works_again(
    make_application: MakeApplication, lost: tuple[Copy, str], settle: Settle, qtbot: QtBot
) -> None:
    copy, code = lost
    application = make_application(begin(copy.path, copy.custody))
    application.start()
    to_front(application.window, qtbot)
    settle(application.work)
    page = application.window.page
    assert isinstance(page, Recovery)
    type_in(code.replace("-", " ").lower())
    press(Key.Key_Return)
    settle(application.work)
    page_after = application.sign_in
    assert page_after is not None
    assert "The desk is open again. Everybody’s own passphrase works." in said(page_after)
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        type_in(SECRET)
        press(Key.Key_Return)
    assert len(copy.custody._keys) == 1, "the computer has not got the key again"


def test_a_code_of_another_sheet_is_refused_and_stays(
    make_application: MakeApplication, lost: tuple[Copy, str], settle: Settle, qtbot: QtBot
) -> None:
    copy, code = lost
    application = make_application(begin(copy.path, copy.custody))
    application.start()
    to_front(application.window, qtbot)
    settle(application.work)
    page = application.window.page
    assert isinstance(page, Recovery)
    type_in(code[:-1])
    press(Key.Key_Return)
    settle(application.work)
    assert application.window.page is page
    assert page.code.text == code[:-1]
    assert "signs in six groups" in said(page)
    assert copy.custody._keys == {}


def test_try_again_finds_the_key_when_it_has_come_back(
    make_application: MakeApplication, demo_copy: Copy, settle: Settle, qtbot: QtBot
) -> None:
    away = MemoryCustody()
    application = make_application(begin(demo_copy.path, away))
    application.start()
    settle(application.work)
    page = application.window.page
    assert isinstance(page, Recovery)
    away._keys.update(demo_copy.custody._keys)
    page.again.click()
    qtbot.waitUntil(lambda: bool(application.people), timeout=WAIT_MS)
    settle(application.work)
    assert application.sign_in is not None


def test_somebody_may_ask_for_the_sheet_and_go_back(
    make_application: MakeApplication, demo_copy: Copy, settle: Settle
) -> None:
    application = make_application(begin(demo_copy.path, demo_copy.custody))
    application.start()
    settle(application.work)
    sign_in = application.sign_in
    assert sign_in is not None
    sign_in.sheet_wanted.emit()
    page = application.window.page
    assert isinstance(page, Recovery)
    assert buttons(page) == ["Open with the sheet", "Back"]
    page.back.click()
    assert application.sign_in is not None


def test_who_typed_a_wrong_code_and_went_back_signs_in_as_ever(
    make_application: MakeApplication, demo_copy: Copy, settle: Settle, qtbot: QtBot
) -> None:
    application = make_application(begin(demo_copy.path, demo_copy.custody))
    application.start()
    settle(application.work)
    to_front(application.window, qtbot)
    assert application.sign_in is not None
    application.sign_in.sheet_wanted.emit()
    page = application.window.page
    assert isinstance(page, Recovery)
    page.code.edit.setText(new_code())
    page.open_button.click()
    settle(application.work)
    assert "number with the one asked for" in said(page)
    page.back.click()
    qtbot.waitUntil(lambda: application.desk is not None and application.sign_in is not None, timeout=WAIT_MS)
    settle(application.work)
    to_front(application.window, qtbot)
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        type_in(DEMO_SECRET)
        press(Key.Key_Return)
