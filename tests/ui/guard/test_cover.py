"""F9 leaves nothing of a patient on the screen, in dialogs and menus too, and brings it back within a minute."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QToolTip

from rapportdesk.clock import StandingClock
from tests.ui.keys import CTRL, PLAIN, Key, press, type_in
from ui.frame.shell import Shell
from ui.frame.window import Window
from ui.guard.cover import CoverPage
from ui.start.application import Application
from ui.widgets.note_field import NoteField
from ui.work import Work

Settle = Callable[[Work], None]


def seen(application: Application) -> list[str]:
    """Return every word of every window that can be seen now."""
    words = []
    for top in QApplication.topLevelWidgets():
        if top.isVisible():
            words += [label.text() for label in top.findChildren(QLabel) if label.isVisible() and label.text()]
            words.append(top.windowTitle())
    return words


@pytest.fixture
def open_card(application: Application, shell: Shell, settle: Settle) -> Shell:
    """Nia's card is open."""
    assert application.desk is not None
    desk = application.desk
    found: list[str] = []
    application.work.submit(application, lambda: desk.search("nia prydderch").hits[0].id, found.append)
    settle(application.work)
    shell.open_person(found[0])
    settle(application.work)
    return shell


def test_f9_leaves_only_the_covers_own_words(application: Application, open_card: Shell) -> None:
    assert any("1958" in words for words in seen(application)), "the card is not there to be covered"
    press(Key.Key_F9)
    assert application.cover.is_up
    assert set(seen(application)) <= {"RapportDesk", "Press F9 to come back", ""}
    assert isinstance(QApplication.focusWidget(), CoverPage)


def test_f9_hides_dialogs_menus_and_whatever_comes_up_late(application: Application, open_card: Shell) -> None:
    dialog, menu, late = QDialog(application.window), QMenu(application.window), QDialog(application.window)
    menu.addAction("Nia Prydderch")
    dialog.open()
    menu.popup(QPoint(0, 0))
    QApplication.processEvents()
    assert menu.isVisible()
    assert dialog.isVisible()
    press(Key.Key_F9, on=menu)
    assert not menu.isVisible()
    assert not dialog.isVisible()
    late.open()
    QApplication.processEvents()
    assert not late.isVisible()
    press(Key.Key_F9, on=application.window)
    assert dialog.isVisible()
    assert late.isVisible()
    assert not menu.isVisible(), "a menu is not put back: the pointer has moved on"
    for each in (dialog, late):
        each.close()


def test_the_key_is_heard_inside_a_dialog(application: Application, open_card: Shell) -> None:
    open_card.run("help")
    QApplication.processEvents()
    press(Key.Key_F9, on=QApplication.activeModalWidget())
    assert application.cover.is_up
    assert [top for top in QApplication.topLevelWidgets() if top.isVisible()] == [application.window]


def test_f9_again_within_a_minute_brings_everything_back_with_the_caret_where_it_was(
    application: Application, open_card: Shell, clock: StandingClock
) -> None:
    type_in("The leeks took")
    before = QApplication.focusWidget()
    assert isinstance(before, NoteField)
    press(Key.Key_F9)
    clock.move_on(59)
    press(Key.Key_F9)
    assert QApplication.focusWidget() is before
    type_in(" second prize")
    assert before.text == "The leeks took second prize"


def test_a_held_key_covers_once(application: Application, open_card: Shell) -> None:
    press(Key.Key_F9)
    held = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_F9, PLAIN, "", True)
    QApplication.sendEvent(application.window, held)
    assert application.cover.is_up


def test_after_a_minute_the_secret_is_needed_and_what_was_typed_is_kept(
    application: Application, open_card: Shell, clock: StandingClock, settle: Settle, enter_as: Callable[[str], Shell]
) -> None:
    patient = open_card.person
    assert patient is not None
    type_in("The leeks took")
    press(Key.Key_F9)
    clock.move_on(60)
    press(Key.Key_F9)
    settle(application.work)
    assert application.shell is None
    assert application.sign_in is not None
    assert application.desk is not None
    assert not application.desk.is_signed_in
    enter_as("Ana Ruiz")
    desk = application.desk
    drafts: list[str] = []
    application.work.submit(application, lambda: desk.drafts.of(patient), lambda d: drafts.append(d.text if d else ""))
    settle(application.work)
    assert drafts == ["The leeks took"]


def test_the_minute_ends_under_the_cover_too_and_shows_no_names(
    application: Application, open_card: Shell, clock: StandingClock, settle: Settle
) -> None:
    press(Key.Key_F9)
    clock.move_on(61)
    application.cover.look()
    settle(application.work)
    assert application.shell is None
    assert application.cover.is_up
    assert set(seen(application)) <= {"RapportDesk", "Press F9 to come back", ""}
    press(Key.Key_F9)
    assert application.sign_in is not None
    assert application.sign_in.isVisible()


def test_a_lock_closes_for_good_what_the_cover_hid(
    application: Application, open_card: Shell, clock: StandingClock, settle: Settle
) -> None:
    dialog = QDialog(application.window)
    dialog.open()
    press(Key.Key_F9, on=dialog)
    clock.move_on(61)
    press(Key.Key_F9)
    settle(application.work)
    assert not dialog.isVisible()


def test_the_cover_is_the_same_whoever_comes_and_whatever_is_open(
    application: Application, open_card: Shell, qapp: QApplication
) -> None:
    press(Key.Key_F9)
    with_card = application.window.grab().toImage()
    press(Key.Key_F9)
    page = CoverPage()
    page.resize(application.window.size())
    assert page.grab().toImage() == with_card


def painted(application: Application) -> list[tuple[type, QImage]]:
    """Return a picture of every window that can be seen now."""
    return [(type(top), top.grab().toImage()) for top in QApplication.topLevelWidgets() if top.isVisible()]


@pytest.mark.parametrize("over", ["card", "menu", "tooltip", "dialog", "preview"])
def test_whatever_stands_over_the_card_no_character_of_a_patient_is_left(
    application: Application, open_card: Shell, settle: Settle, over: str
) -> None:
    page = CoverPage()
    page.resize(application.window.size())
    covered = page.grab().toImage()
    window = application.window
    if over == "menu":
        menu = QMenu(window)
        menu.addAction("Nia Prydderch")
        menu.popup(QPoint(0, 0))
    elif over == "tooltip":
        QToolTip.showText(QPoint(40, 40), "Nia Prydderch", window)
    elif over == "dialog":
        open_card.run("person.edit")
    elif over == "preview":
        open_card.run("slips")
    settle(application.work)
    QApplication.processEvents()
    before = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    assert len(before) == (1 if over == "card" else 2), "what should be covered is not there"

    press(Key.Key_F9, on=QApplication.activePopupWidget() or QApplication.activeModalWidget() or window)

    assert [kind for kind, _picture in painted(application)] == [Window]
    assert painted(application)[0][1] == covered
    assert set(seen(application)) <= {"RapportDesk", "Press F9 to come back", ""}
    for key in (Key.Key_Escape, Key.Key_Return, Key.Key_Space, Key.Key_F1, Key.Key_F8):
        press(key, on=window)
    press(Key.Key_K, CTRL, on=window)
    QApplication.processEvents()
    assert application.cover.is_up, "only F9 uncovers"
    assert painted(application)[0][1] == covered
    press(Key.Key_F9, on=window)
    assert not window.is_covered
    for each in QApplication.topLevelWidgets():
        if each is not window and each.isVisible():
            each.close()
