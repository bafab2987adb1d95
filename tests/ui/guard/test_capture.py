"""Every window is kept off pictures of the screen where the platform can, and what cannot be kept off is said."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget

from rapportdesk.model.staff import Role
from ui.command_rows import all_commands
from ui.dialogs.help import HelpDialog
from ui.guard.capture import (
    WDA_EXCLUDEFROMCAPTURE,
    WDA_MONITOR,
    Capture,
    CaptureGuard,
    affinity,
    capture_words,
    platform_guard,
)
from ui.theme import Theme


@pytest.fixture
def excluded(qapp: QApplication) -> Iterator[list[int]]:
    """Native ids of the windows that were taken out, as they come up."""
    ids: list[int] = []

    def exclude(window: int) -> bool:
        ids.append(window)
        return True

    guard = CaptureGuard(exclude, Capture.EXCLUDED)
    qapp.installEventFilter(guard)
    yield ids
    qapp.removeEventFilter(guard)


def test_every_window_that_comes_up_is_taken_out(excluded: list[int]) -> None:
    window = QWidget()
    child = QLabel("Nia", window)
    dialog, menu = QDialog(window), QMenu(window)
    menu.addAction("Nia")
    for each in (window, dialog, menu):
        each.show()
    assert {int(each.winId()) for each in (window, dialog, menu)} <= set(excluded)
    assert not child.isWindow(), "the control: a part of a window is not one"
    for each in (menu, dialog, window):
        each.close()


@pytest.mark.parametrize(
    ("can", "asked", "done"),
    [
        ({WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR}, [WDA_EXCLUDEFROMCAPTURE], True),
        ({WDA_MONITOR}, [WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR], True),
        (set(), [WDA_EXCLUDEFROMCAPTURE, WDA_MONITOR], False),
    ],
    ids=["Windows 10 2004", "older", "refused"],
)
def test_an_older_windows_shows_it_black_instead(can: set[int], asked: list[int], *, done: bool) -> None:
    calls: list[int] = []

    def set_affinity(_window: int, wanted: int) -> bool:
        calls.append(wanted)
        return wanted in can

    assert affinity(set_affinity, 7) is done
    assert calls == asked


def test_a_platform_that_refuses_is_not_promised(qapp: QApplication) -> None:
    window = QWidget()
    after = []
    for answer in (True, False):
        guard = CaptureGuard(lambda _window, answer=answer: answer, Capture.EXCLUDED)  # type: ignore[misc]  # a default binds it
        guard.protect(window)
        after.append(guard.capture)
    assert after == [Capture.EXCLUDED, Capture.POSSIBLE]


@pytest.mark.parametrize(
    ("platform", "capture"), [("win32", Capture.EXCLUDED), ("darwin", Capture.MOSTLY), ("linux", Capture.POSSIBLE)]
)
def test_each_platform_has_its_own_way(platform: str, capture: Capture) -> None:
    guard = platform_guard(platform=platform)
    assert guard.capture is capture
    assert guard.can_exclude is (platform != "linux")


@pytest.mark.parametrize("capture", list(Capture))
def test_the_help_says_what_holds_here(theme: Theme, qapp: QApplication, capture: Capture) -> None:
    dialog = HelpDialog(theme, all_commands(), frozenset(Role), None, capture=capture)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert capture_words(capture) in words
    assert len({capture_words(each) for each in Capture}) == len(Capture)
    dialog.deleteLater()


def test_elsewhere_than_on_macos_there_is_no_runtime_and_nothing_is_promised(qapp: QApplication) -> None:
    guard = platform_guard(platform="darwin")
    window = QWidget()
    guard.protect(window)
    assert guard.capture is Capture.POSSIBLE
