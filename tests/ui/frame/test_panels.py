"""A panel is made when it is first wanted, and stands beside Today from then on as if it had always been there."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.conftest import SECRET, WAIT_MS
from ui.card.card import CardScreen
from ui.frame.making import Making
from ui.frame.panels import Panels
from ui.frame.shell import Shell
from ui.screen import Screen
from ui.start.application import Application
from ui.work import Work


def test_a_panel_is_made_once_and_taken_in_then(shell: Shell) -> None:
    made: list[str] = []

    def maker(name: str) -> Callable[[], Screen]:
        def make() -> Screen:
            made.append(name)
            return Screen(shell.tools)

        return make

    panels = Panels({name: maker(name) for name in ("one", "two")})
    taken_in: list[Screen] = []
    assert (list(panels), len(panels), panels.made, made) == (["one", "two"], 2, (), [])
    two = panels["two"]
    panels.taken_in_by(taken_in.append)
    assert taken_in == [two]
    assert panels["two"] is two
    for _time in range(2):
        panels.make_all()
        assert made == ["two", "one"]
        assert panels.made == (panels["one"], two)
        assert taken_in == [two, panels["one"]]


def test_the_card_is_made_behind_a_day_that_is_seen(
    application: Application, qtbot: QtBot, settle: Callable[[Work], None]
) -> None:
    page = application.sign_in
    assert page is not None
    there: list[tuple[Screen, ...]] = []
    application.signed_in.connect(lambda shell: there.append(shell.screens.panels.made))
    with qtbot.waitSignal(application.signed_in, timeout=WAIT_MS):
        page.wanted.emit(next(each.id for each in application.people if each.name == "Ana Ruiz"), SECRET)
    assert there == [()], "nobody waits for it"
    shell = application.shell
    assert shell is not None
    qtbot.waitUntil(lambda: bool(shell.screens.panels.made), timeout=WAIT_MS)
    settle(application.work)
    card = shell.screens.panels["card"]
    assert shell.screens.panels.made == (card,)
    assert isinstance(card, CardScreen)
    assert card in shell.all_screens()
    assert card.window() is shell.window()
    assert shell.panel is shell.welcome, "it is there, and not in front"
    wanted: list[str] = []
    shell._commands = {**shell._commands, "today": lambda: wanted.append("today")}
    card.command_wanted.emit("today")
    assert wanted == ["today"], "its wishes are heard"


def test_a_lock_before_the_shell_is_seen_lets_go_of_what_was_made(
    application: Application, qtbot: QtBot, settle: Callable[[Work], None], enter_as: Callable[[str], object]
) -> None:
    page = application.sign_in
    assert page is not None
    entered: list[object] = []
    application.signed_in.connect(entered.append)
    page.wanted.emit(next(each.id for each in application.people if each.name == "Ana Ruiz"), SECRET)
    qtbot.waitUntil(lambda: isinstance(application._making, Making), timeout=WAIT_MS)
    making = application._making
    assert isinstance(making, Making)
    parts = tuple(making._parts)
    assert parts, "the control: something had been made"
    with qtbot.waitSignal(application.locked, timeout=WAIT_MS):
        application.lock()
    settle(application.work)
    qtbot.waitUntil(lambda: not any(map(isValid, parts)), timeout=WAIT_MS)
    assert (application.shell, application._making, entered) == (None, None, [])
    assert application.sign_in is not None
    enter_as("Ana Ruiz")
    assert application.shell is not None, "the control: the next one is let in"
