"""Names and one field: whoever is here signs in by keyboard, and a wrong secret is told kindly."""

from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rapportdesk.clock import StandingClock
from rapportdesk.errors import NotSignedIn, VaultFault, WrongSecret
from rapportdesk.model.identity import StaffId
from rapportdesk.model.staff import Practitioner, Role, SecretKind
from tests.ui.conftest import SECRET, WAIT_MS
from tests.ui.keys import CTRL, PLAIN, SHIFT, Key, press, to_front, type_in
from ui.door.sign_in import SignIn
from ui.start.application import Application
from ui.theme import Theme
from ui.widgets.controls import Button, Label
from ui.work import Work

ANA = Practitioner(id=StaffId("a" * 32), name="Ana Ruiz", roles=frozenset({Role.RECEPTION}), secret_kind=SecretKind.PIN)
OSEI = Practitioner(id=StaffId("b" * 32), name="Dr Osei", roles=frozenset({Role.CLINICIAN}))


@pytest.fixture
def page(theme: Theme, clock: StandingClock, qtbot: QtBot) -> SignIn:
    made = SignIn(theme, clock)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    made.desk_is_there()
    return made


def said(page: SignIn) -> str:
    """Return every sentence that can be seen."""
    return "\n".join(label.accessibleName() for label in page.findChildren(Label) if label.isVisible())


def field(page: SignIn) -> QLineEdit:
    """Return what the secret is typed in."""
    found = page.findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def names(page: SignIn) -> list[str]:
    return [button.accessibleName() for button in page.findChildren(QPushButton) if button.isCheckable()]


def test_the_field_takes_keys_before_the_names_are_there(page: SignIn) -> None:
    type_in("leeks")
    page.show_people([ANA, OSEI])
    type_in(" and")
    wanted: list[tuple[str, str]] = []
    page.wanted.connect(lambda who, secret: wanted.append((who, secret)))
    press(Key.Key_Return)
    assert wanted == [(ANA.id, "leeks and")]


def test_whoever_signed_in_last_is_chosen(page: SignIn) -> None:
    page.show_people([ANA, OSEI], OSEI.id)
    assert page.person == OSEI
    assert names(page) == ["\u2068Ana Ruiz\u2069, reception", "\u2068Dr Osei\u2069, clinician"]


def test_the_arrow_keys_choose_a_name_and_the_caret_stays(page: SignIn) -> None:
    page.show_people([ANA, OSEI])
    type_in("le")
    press(Key.Key_Down)
    type_in("eks")
    assert page.person == OSEI
    press(Key.Key_Down)
    assert page.person == ANA
    press(Key.Key_Up)
    assert page.person == OSEI
    wanted: list[str] = []
    page.wanted.connect(lambda _who, secret: wanted.append(secret))
    press(Key.Key_Enter)
    assert wanted == ["leeks"]


def test_the_field_says_whose_secret_of_which_kind_it_wants(page: SignIn) -> None:
    page.show_people([ANA, OSEI])
    assert "PIN of \u2068Ana Ruiz\u2069" in said(page)
    page.choose(OSEI.id)
    assert "Passphrase of \u2068Dr Osei\u2069" in said(page)


def test_an_empty_secret_is_not_tried(page: SignIn) -> None:
    page.show_people([ANA])
    wanted: list[str] = []
    page.wanted.connect(lambda who, _secret: wanted.append(who))
    press(Key.Key_Return)
    assert wanted == []


def test_what_is_wanted_before_the_desk_is_open_is_wanted_when_it_is(
    theme: Theme, clock: StandingClock, qtbot: QtBot
) -> None:
    page = SignIn(theme, clock)
    qtbot.addWidget(page)
    page.show()
    page.show_people([ANA])
    wanted: list[str] = []
    page.wanted.connect(lambda _who, secret: wanted.append(secret))
    type_in("leeks", on=field(page))
    press(Key.Key_Return, on=field(page))
    assert wanted == []
    page.desk_is_there()
    assert wanted == ["leeks"]


def test_a_wrong_secret_empties_the_field_and_says_so(page: SignIn) -> None:
    page.show_people([ANA])
    type_in("wrong")
    press(Key.Key_Return)
    page.enter_busy()
    page.refuse(WrongSecret("Wrong."))
    assert "That was not it. Nothing is lost; try again." in said(page)
    type_in("leeks")
    wanted: list[str] = []
    page.wanted.connect(lambda _who, secret: wanted.append(secret))
    press(Key.Key_Return)
    assert wanted == ["leeks"]


def test_a_wait_is_counted_down_and_then_over(page: SignIn, clock: StandingClock, qtbot: QtBot) -> None:
    page.show_people([ANA])
    type_in("wrong")
    press(Key.Key_Return)
    page.refuse(WrongSecret("Wrong."), wait_s=8.0)
    assert "Try again in 9 seconds." in said(page)
    wanted: list[str] = []
    page.wanted.connect(lambda _who, secret: wanted.append(secret))
    type_in("leeks")
    press(Key.Key_Return)
    assert wanted == [], "the wait was not kept"
    clock.move_on(8.0)
    qtbot.waitUntil(lambda: "Try again in" not in said(page))
    press(Key.Key_Return)
    assert wanted == ["leeks"]


def test_one_persons_wait_holds_nobody_else_up(page: SignIn) -> None:
    page.show_people([ANA, OSEI])
    page.refuse(WrongSecret("Wrong."), wait_s=60.0)
    page.choose(OSEI.id)
    wanted: list[str] = []
    page.wanted.connect(lambda who, _secret: wanted.append(who))
    type_in("leeks")
    press(Key.Key_Return)
    assert wanted == [OSEI.id]


def test_another_fault_is_told_as_it_is(page: SignIn) -> None:
    page.show_people([ANA])
    page.refuse(VaultFault("The disk is full.", "Make room."))
    assert "The disk is full. Make room." in said(page)


def _letter(text: str, modifiers: Qt.KeyboardModifier) -> QKeyEvent:
    return QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_A, modifiers, text)


@pytest.mark.parametrize(
    ("text", "modifiers", "hint"),
    [("A", PLAIN, True), ("a", SHIFT, True), ("a", PLAIN, False), ("A", SHIFT, False), ("7", SHIFT, False)],
)
def test_caps_lock_is_noticed_by_the_letters_it_makes(
    page: SignIn, text: str, modifiers: Qt.KeyboardModifier, hint: bool
) -> None:
    page.show_people([OSEI])
    QApplication.sendEvent(field(page), _letter(text, modifiers))
    assert ("Caps lock is on." in said(page)) is hint


def test_somebody_signs_in_by_keyboard_alone(
    application: Application, settle: Callable[[Work], None], qtbot: QtBot
) -> None:
    to_front(application.window, qtbot)
    page = application.sign_in
    assert page is not None
    press(Key.Key_Down)
    assert page.person is not None
    assert page.person.name == "Ben Morgan"
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        type_in(SECRET)
        press(Key.Key_Return)
    settle(application.work)
    assert application.shell is not None
    assert application.shell.tools.viewer.name == "Ben Morgan"
    assert application.window.windowTitle() == "RapportDesk"


def test_a_wrong_secret_lets_nobody_in_and_the_fourth_one_waits(
    application: Application, settle: Callable[[Work], None]
) -> None:
    for _number in range(3):
        type_in("wrong wrong wrong")
        press(Key.Key_Return)
        settle(application.work)
    page = application.sign_in
    assert page is not None
    assert application.shell is None
    assert "Try again in" in said(page)


def test_a_lock_while_a_secret_is_tried_lets_nobody_in(
    application: Application, settle: Callable[[Work], None]
) -> None:
    gate = Event()
    application.work.submit(application, gate.wait)
    type_in(SECRET)
    press(Key.Key_Return)
    application.lock()  # the computer goes to sleep, or its screen is locked
    gate.set()
    settle(application.work)
    assert application.shell is None
    assert application.sign_in is not None
    assert application.desk is not None
    with pytest.raises(NotSignedIn):
        _ = application.desk.viewer


def test_lock_comes_back_to_the_same_place_for_the_same_person(
    application: Application, enter_as: Callable[[str], object], settle: Callable[[Work], None], qtbot: QtBot
) -> None:
    enter_as("Ana Ruiz")
    shell = application.shell
    assert shell is not None
    assert application.desk is not None
    days: list[str] = []
    desk = application.desk
    application.work.submit(application, lambda: desk.today.day().rows[0].patient, days.append)
    settle(application.work)
    shell.open_person(days[0])
    settle(application.work)
    press(Key.Key_L, CTRL, on=application.window.focusWidget())
    settle(application.work)
    assert application.sign_in is not None
    enter_as("Ana Ruiz")
    assert application.shell is not None
    settle(application.work)
    assert application.shell.person == days[0]


def test_a_name_too_long_for_the_column_goes_on_in_the_next_line(page: SignIn) -> None:
    long = Practitioner(id=ANA.id, name="Dr Maria de los Angeles Fernandez-Villaverde y Garcia", roles=ANA.roles)
    page.resize(300, 600)
    page.show_people([long])
    page.show()
    QApplication.processEvents()
    button = next(each for each in page.findChildren(Button) if each.isCheckable())
    assert "\n" in button.text()
    assert button.text().replace("\n", " ").startswith("\u2068Dr Maria de los Angeles")
    assert button.height() >= 2 * button.fontMetrics().height()
