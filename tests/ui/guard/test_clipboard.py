"""What is copied here is marked as nobody's to keep, and is gone half a minute later unless something else is there."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.keys import CTRL, Key, press
from ui.frame.shell import Shell
from ui.guard.clipboard import CLEARED_AFTER_MS, ClipboardGuard, concealed, concealing_formats
from ui.start.application import Application
from ui.work import Work

WORDS = "Nia Prydderch, 14 March 1958"


@pytest.fixture
def clipboard(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QClipboard]:
    clipboard = qapp.clipboard()
    clipboard.clear()
    # The offscreen platform never says whose the clipboard is.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    yield clipboard
    clipboard.clear()


@pytest.mark.parametrize(
    ("platform", "formats"),
    [
        ("linux", {"x-kde-passwordManagerHint": b"secret"}),
        (
            "win32",
            {
                "ExcludeClipboardContentFromMonitorProcessing": b"1",
                "CanIncludeInClipboardHistory": b"\0\0\0\0",
                "CanUploadToCloudClipboard": b"\0\0\0\0",
            },
        ),
        ("darwin", {}),
    ],
)
def test_a_copy_carries_the_marks_of_its_platform_and_its_words(
    clipboard: QClipboard, platform: str, formats: dict[str, bytes]
) -> None:
    marked: list[str] = []
    guard = ClipboardGuard(clipboard, platform=platform, mark=lambda: marked.append(clipboard.text()))
    clipboard.setText(WORDS)
    held = clipboard.mimeData()
    assert clipboard.text() == WORDS
    assert {name: held.data(name).data() for name in formats} == formats == concealing_formats(platform)
    assert set(marked) == {WORDS}
    assert guard.timer.isActive()
    assert guard.timer.interval() == CLEARED_AFTER_MS == 30_000
    guard.deleteLater()


def test_it_is_taken_out_when_the_time_has_come(clipboard: QClipboard) -> None:
    guard = ClipboardGuard(clipboard, platform="linux")
    clipboard.setText(WORDS)
    guard.timer.timeout.emit()
    assert clipboard.text() == ""
    assert not guard.timer.isActive()
    guard.deleteLater()


def test_what_was_copied_elsewhere_since_then_stays(clipboard: QClipboard, monkeypatch: pytest.MonkeyPatch) -> None:
    guard = ClipboardGuard(clipboard, platform="linux")
    clipboard.setText(WORDS)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: False)
    clipboard.setText("a shopping list")
    guard.timer.timeout.emit()
    assert clipboard.text() == "a shopping list"
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    guard.timer.timeout.emit()
    assert clipboard.text() == "", "the control: ours goes"
    guard.deleteLater()


def test_our_words_go_even_where_the_platform_no_longer_takes_them_for_ours(
    clipboard: QClipboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = ClipboardGuard(clipboard, platform="darwin", mark=lambda: None)
    clipboard.setText(WORDS)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: False)
    guard.clear()
    assert clipboard.text() == ""
    guard.deleteLater()


def test_every_format_of_a_copy_is_kept() -> None:
    held = QMimeData()
    held.setText(WORDS)
    held.setData("application/x-anything", b"\0\1")
    made = concealed(held, {"mark": b"1"})
    assert (made.text(), made.data("application/x-anything").data(), made.data("mark").data()) == (
        WORDS, b"\0\1", b"1",
    )  # fmt: skip


def test_a_lock_leaves_nothing_in_the_clipboard(
    application: Application, shell: Shell, clipboard: QClipboard, settle: Callable[[Work], None]
) -> None:
    settle(application.work)
    field = shell.bar.search
    assert isinstance(field, QLineEdit)
    field.setText(WORDS)
    field.setFocus()
    press(Key.Key_A, CTRL, on=field)
    press(Key.Key_C, CTRL, on=field)
    assert clipboard.text() == WORDS
    assert clipboard.mimeData().hasFormat(next(iter(concealing_formats("linux"))))
    application.lock()
    settle(application.work)
    assert clipboard.text() == ""
