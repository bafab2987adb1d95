"""What the platform tells of its session locks the desk, and the platform may go on when that is done."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WAIT_MS, Platform
from ui.frame.shell import Shell
from ui.guard.logind import Logind
from ui.guard.macos_session import MacSession
from ui.guard.session_signals import SessionSignals, platform_watcher
from ui.guard.windows_session import (
    PBT_APMSUSPEND,
    WM_POWERBROADCAST,
    WM_WTSSESSION_CHANGE,
    WTS_REMOTE_DISCONNECT,
    WTS_SESSION_LOCK,
    WindowsSession,
    says_left,
)
from ui.start.application import Application
from ui.work import Work


def test_leaving_locks_the_desk_and_only_then_lets_the_platform_go_on(
    application: Application, shell: Shell, platform: Platform, qtbot: QtBot, settle: Callable[[Work], None]
) -> None:
    platform.leave()
    qtbot.waitUntil(lambda: application.shell is None, timeout=WAIT_MS)
    settle(application.work)
    assert platform.finished == 1
    assert application.desk is not None
    assert not application.desk.is_signed_in


def test_leaving_an_empty_desk_keeps_the_platform_waiting_for_nothing(
    application: Application, platform: Platform, qtbot: QtBot
) -> None:
    platform.leave()
    qtbot.waitUntil(lambda: platform.finished == 1, timeout=WAIT_MS)
    assert application.sign_in is not None


def test_where_nothing_tells_that_is_known(qtbot: QtBot) -> None:
    signals = SessionSignals(None)
    signals.start()
    assert not signals.watching


@pytest.mark.parametrize(
    ("message", "w_param", "left"),
    [
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, True),
        (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT, True),
        (WM_WTSSESSION_CHANGE, 0x8, False),  # unlock
        (WM_POWERBROADCAST, PBT_APMSUSPEND, True),
        (WM_POWERBROADCAST, 0x12, False),  # resume
        (0x0100, WTS_SESSION_LOCK, False),  # a key
    ],
)
def test_windows_messages_that_mean_leaving(message: int, w_param: int, left: bool) -> None:
    assert says_left(message, w_param) is left


def test_each_platform_has_its_own_way_of_telling(application: Application) -> None:
    window = application.window
    assert isinstance(platform_watcher(window, "linux"), Logind)
    assert isinstance(platform_watcher(window, "win32"), WindowsSession)
    assert isinstance(platform_watcher(window, "darwin"), MacSession)
    assert platform_watcher(window, "sunos5") is None
