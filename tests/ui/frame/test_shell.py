"""The signed-in window: what fits where, which command does what, and how it mirrors."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.people.people import People
from rapportdesk.errors import NotFound
from rapportdesk.model.staff import Role
from tests.ui.keys import ALT, CTRL, SHIFT, Key, press, to_front, type_in
from ui.commands import Where
from ui.door.own_secret import OwnSecret
from ui.frame.shell import Shell
from ui.frame.welcome import Welcome
from ui.start.application import Application
from ui.theme import Theme
from ui.widgets.controls import Label
from ui.widgets.note_field import NoteField
from ui.work import Work

Settle = Callable[[Work], None]
EnterAs = Callable[[str], Shell]


def open_somebody(application: Application, settle: Settle, name: str = "nia prydderch") -> str:
    desk = application.desk
    assert desk is not None
    assert application.shell is not None
    found: list[str] = []
    application.work.submit(application, lambda: desk.search(name).hits[0].id, found.append)
    settle(application.work)
    application.shell.open_person(found[0])
    settle(application.work)
    return found[0]


def dialogs() -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if top.isVisible() and isinstance(top, QDialog)]


def across(widget: QWidget, window: QWidget) -> tuple[int, int]:
    left = widget.mapTo(window, QPoint(0, 0)).x()
    return left, left + widget.width()


def test_a_workstation_shows_today_beside_the_card(application: Application, shell: Shell, settle: Settle) -> None:
    open_somebody(application, settle)
    today, card = shell.screens.today, shell.screens.panels["card"]
    assert across(today, shell) == (18, 348)
    assert across(card, shell) == (366, 1348)
    assert card.mapTo(shell, QPoint(0, 0)).y() == 64
    assert shell.bar.height() == 50
    assert across(shell.bar.search, shell)[0] == pytest.approx(153, abs=2)
    assert shell.bar.search.width() == 400


def test_in_a_narrow_column_today_is_a_drawer_that_esc_puts_away(
    application: Application, shell: Shell, settle: Settle, qtbot: QtBot
) -> None:
    to_front(application.window, qtbot)
    open_somebody(application, settle)
    application.window.resize(480, 690)
    QApplication.processEvents()
    today, card = shell.screens.today, shell.screens.panels["card"]
    assert not today.isVisible()
    assert across(card, shell) == (10, 470)
    press(Key.Key_T, CTRL, on=application.window)
    assert today.isVisible()
    assert shell.body.drawer.isAncestorOf(QApplication.focusWidget() or card)
    press(Key.Key_Escape)
    assert not today.isVisible()
    application.window.resize(1366, 690)
    QApplication.processEvents()
    assert today.isVisible()
    assert across(today, shell) == (18, 348), "something of the drawer was left behind"


@pytest.mark.parametrize(("width", "scale"), [(480, 1.0), (1366, 2.0), (480, 2.0), (1366, 1.0)])
def test_nothing_in_the_bar_is_cut_at_any_size(
    application: Application, shell: Shell, theme: Theme, qapp: QApplication, width: int, scale: float
) -> None:
    theme.change(qapp, scale=scale)
    application.window.resize(width, 690)
    QApplication.processEvents()
    assert application.window.width() == width, "the bar needs more room than there is"
    for button in shell.bar.findChildren(QPushButton):
        if button.isVisible():
            left, right = across(button, shell)
            assert left >= 0, button.accessibleName()
            assert right <= width, button.accessibleName()
            words = max(map(button.fontMetrics().horizontalAdvance, button.text().split("\n")))
            assert words <= button.width(), button.accessibleName()
    search = shell.bar.search
    assert search.fontMetrics().horizontalAdvance(search.placeholderText()) <= search.width() - theme.px(28)
    assert search.placeholderText()


def test_at_twice_the_text_a_workstation_is_one_column(
    application: Application, shell: Shell, theme: Theme, qapp: QApplication
) -> None:
    theme.change(qapp, scale=2.0)
    QApplication.processEvents()
    assert shell.body.narrow
    theme.change(qapp, scale=1.0)
    QApplication.processEvents()
    assert not shell.body.narrow


def test_where_the_language_is_written_from_the_right_everything_is_mirrored(
    application: Application, shell: Shell, settle: Settle, qapp: QApplication
) -> None:
    open_somebody(application, settle)
    application.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert across(shell.screens.today, shell) == (1366 - 348, 1366 - 18)
    assert across(shell.bar.brand, shell)[1] == 1366 - 18
    assert across(shell.bar.person, shell)[0] < 200


def test_what_is_done_before_a_card_has_come_is_meant_for_whoever_is_coming(
    application: Application, shell: Shell, settle: Settle, bugs: list[BaseException]
) -> None:
    nia = open_somebody(application, settle)
    open_somebody(application, settle, "grace okafor")
    shell.open_person(nia)
    assert shell.person == nia, "the card of somebody else is still on its way"
    settle(application.work)
    assert shell.person == nia
    shell.open_person("0" * 32)
    settle(application.work)
    assert shell.person == nia, "nobody came, so who was there before is shown still"
    with pytest.MonkeyPatch.context() as spoiled:
        spoiled.setattr(People, "card", _no_card)
        shell.open_person("1" * 32)
        settle(application.work)
    assert shell.person == nia, "nor did anybody where something went wrong inside"
    assert isinstance(bugs.pop(), ZeroDivisionError)
    shell.body.main.setCurrentWidget(shell.welcome)
    assert not shell.person


def _no_card(*_asked: object) -> None:
    raise ZeroDivisionError


def test_ctrl_k_searches_from_anywhere_and_a_person_opens_with_the_caret_in_the_quick_line(
    application: Application, shell: Shell, settle: Settle, qtbot: QtBot
) -> None:
    to_front(application.window, qtbot)
    press(Key.Key_K, CTRL, on=application.window)
    assert QApplication.focusWidget() is shell.bar.search
    type_in("wojcik")
    settle(application.work)
    press(Key.Key_Return)
    settle(application.work)
    assert shell.person is not None
    assert isinstance(QApplication.focusWidget(), NoteField)


def test_a_note_is_written_and_taken_back_from_the_bar(
    application: Application, shell: Shell, settle: Settle, qtbot: QtBot
) -> None:
    to_front(application.window, qtbot)
    open_somebody(application, settle)
    type_in("Likes the window open")
    press(Key.Key_Return)
    settle(application.work)
    messages = shell.tools.messages
    assert messages.text == "Saved for \u2068Nia\u2069."
    assert shell.bar.isAncestorOf(messages), "what was done is said in the bar, so that nothing moves"
    press(Key.Key_Z, CTRL | ALT, on=application.window)
    settle(application.work)
    assert messages.text.startswith("Taken back:")


def test_a_long_problem_has_a_row_of_its_own(application: Application, shell: Shell) -> None:

    shell.tools.messages.say("Saved.")
    assert shell.bar.isAncestorOf(shell.tools.messages)
    QApplication.processEvents()
    assert shell.bar.height() == 50, "what is said in the bar makes it no taller"
    shell.tools.messages.problem(NotFound("That note is no longer there. " * 6, "Open the card again."))
    QApplication.processEvents()
    assert not shell.bar.isAncestorOf(shell.tools.messages)
    assert shell.tools.messages.isVisible()
    press(Key.Key_Escape, on=shell)
    assert not shell.tools.messages.isVisible()


def test_every_command_of_the_window_is_done_by_somebody(
    enter_as: EnterAs, application: Application, settle: Settle
) -> None:
    for name, role in (("Ben Morgan", Role.MANAGER), ("Dr Osei", Role.CLINICIAN)):
        shell = enter_as(name)
        for command in shell.tools.commands:
            if command.where is Where.WINDOW and role in command.roles:
                assert command.id in shell._commands, command.id
        application.lock()
        settle(application.work)


@pytest.mark.parametrize("command", ["help", "about", "look", "secret", "import", "person.add", "slips"])
def test_each_dialog_opens_over_the_window_names_nobody_and_closes_by_esc(
    application: Application, shell: Shell, settle: Settle, command: str, qtbot: QtBot
) -> None:
    to_front(application.window, qtbot)
    shell.run(command)
    settle(application.work)
    (dialog,) = dialogs()
    assert dialog.windowTitle() == "RapportDesk"
    press(Key.Key_Escape, on=dialog)
    assert dialogs() == []


@pytest.mark.parametrize("command", ["person.edit", "topic", "company"])
def test_what_is_about_a_person_asks_for_one_first(
    application: Application, shell: Shell, settle: Settle, command: str
) -> None:
    shell.run(command)
    assert shell.tools.messages.text.startswith("Nobody is open.")
    open_somebody(application, settle)
    shell.run(command)
    settle(application.work)
    (dialog,) = dialogs()
    dialog.close()


def test_managing_staff_is_the_managers(application: Application, shell: Shell) -> None:
    shell.run("staff")
    assert dialogs() == []
    assert shell.tools.messages.text.startswith("Your role does not include this.")


def test_text_grows_by_a_key_and_is_remembered(
    application: Application, shell: Shell, theme: Theme, qtbot: QtBot
) -> None:
    to_front(application.window, qtbot)
    press(Key.Key_Plus, CTRL, on=application.window)
    assert theme.scale == 1.1
    assert application.around.settings.scale == 1.1
    press(Key.Key_Minus, CTRL, on=application.window)
    assert theme.scale == 1.0


def test_a_clinician_reads_whoever_waits_for_them_first(
    enter_as: EnterAs, application: Application, settle: Settle
) -> None:
    shell = enter_as("Dr Osei")
    settle(application.work)
    words = " ".join(label.text() for label in shell.findChildren(QLabel) if label.isVisible())
    assert shell.panel is shell.screens.panels["brief"]
    assert "Prydderch" in words
    assert not shell.bar.company.isVisible()


def test_nobody_can_tell_from_the_next_persons_window_who_was_open_before(
    enter_as: EnterAs, application: Application, settle: Settle
) -> None:
    enter_as("Ana Ruiz")
    open_somebody(application, settle)
    application.lock()
    settle(application.work)
    shell = enter_as("Ben Morgan")
    assert shell.person is None
    assert isinstance(shell.panel, Welcome)


def test_switching_keeps_what_was_typed_for_its_author_alone(
    application: Application, shell: Shell, settle: Settle, enter_as: EnterAs, qtbot: QtBot
) -> None:
    to_front(application.window, qtbot)
    patient = open_somebody(application, settle)
    type_in("The leeks took")
    press(Key.Key_L, CTRL | SHIFT, on=application.window)
    settle(application.work)
    other = enter_as("Ben Morgan")
    other.open_person(patient)
    settle(application.work)
    assert [field.text for field in other.findChildren(NoteField) if field.isVisible()] == [""]
    application.lock()
    settle(application.work)
    mine = enter_as("Ana Ruiz")
    settle(application.work)
    assert mine.person == patient
    assert [field.text for field in mine.findChildren(NoteField) if field.isVisible()] == ["The leeks took"]


def signed_in(desk: Desk) -> bool:
    """Whether anybody is."""
    return desk.is_signed_in


def choose(secret: str, page: OwnSecret) -> None:
    """Type a secret twice and press Enter."""
    for field in (page.step.first, page.step.second):
        field.edit.setFocus()
        field.edit.selectAll()
        type_in(secret)
    press(Key.Key_Return)


def test_whoever_came_in_with_a_given_passphrase_is_asked_for_their_own(
    enter_as: EnterAs, application: Application, settle: Settle, qtbot: QtBot
) -> None:
    enter_as("Ben Morgan")
    desk = application.desk
    assert desk is not None
    roles = frozenset({Role.RECEPTION})
    application.work.submit(application, lambda: desk.staff.add("Sian Rees", roles, "a first passphrase"))
    application.ask_who_works_here()
    settle(application.work)
    application.lock()
    settle(application.work)
    page = application.sign_in
    assert page is not None
    page.choose(next(person.id for person in application.people if person.name == "Sian Rees"))
    to_front(application.window, qtbot)
    type_in("a first passphrase")
    press(Key.Key_Return)
    settle(application.work)
    mine = application.window.page
    assert isinstance(mine, OwnSecret)
    choose("a first passphrase", mine)
    settle(application.work)
    assert application.window.page is mine  # the given one again is refused
    assert "nobody else has seen" in "".join(label.accessibleName() for label in mine.findChildren(Label))
    with qtbot.waitSignal(application.signed_in, timeout=20_000):
        choose("leeks and bara brith", mine)
    assert application.shell is not None
    assert application.shell.tools.viewer.name == "Sian Rees"


def test_whoever_does_not_choose_a_passphrase_of_their_own_leaves_a_locked_desk(
    enter_as: EnterAs, application: Application, settle: Settle
) -> None:
    enter_as("Ben Morgan")
    desk = application.desk
    assert desk is not None
    sian = desk.staff.add("Sian Rees", frozenset({Role.RECEPTION}), "a first passphrase")
    application.ask_who_works_here()
    settle(application.work)
    ways: tuple[Callable[[OwnSecret], None], ...] = (
        lambda page: page.leave.click(),
        lambda _page: application.lock(),
    )
    for leave in ways:
        application.lock()
        settle(application.work)
        page = application.sign_in
        assert page is not None
        page.wanted.emit(sian.id, "a first passphrase")
        settle(application.work)
        mine = application.window.page
        assert isinstance(mine, OwnSecret)
        leave(mine)
        settle(application.work)
        assert not signed_in(desk)
        assert application.sign_in is not None
