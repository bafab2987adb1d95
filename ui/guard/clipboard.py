"""What is copied here does not stay in the clipboard, and is marked so that histories of it keep nothing.

It is taken out half a minute later and whenever the desk locks, if it still holds what was copied here; what somebody
copied elsewhere since then is theirs.
"""

import hashlib
import sys
from collections.abc import Callable
from ctypes import c_void_p

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

from ui.guard import objc

CLEARED_AFTER_MS = 30_000
NS_CONCEALED = "org.nspasteboard.ConcealedType"
_NO = (0).to_bytes(4, "little")

Mark = Callable[[], None]
"""Marks what lies in the clipboard now, where its data cannot say so itself."""


def concealing_formats(platform: str) -> dict[str, bytes]:
    """Return the formats that say "keep this out of histories" beside the text itself.

    Windows: "Cloud Clipboard and Clipboard History Formats" of Microsoft. Linux: what Klipper and others look for, set
    by password managers. macOS has a pasteboard type of its own, which Qt does not write: see `mark_on_macos`.
    """
    if platform == "win32":
        return {
            "ExcludeClipboardContentFromMonitorProcessing": b"1",
            "CanIncludeInClipboardHistory": _NO,
            "CanUploadToCloudClipboard": _NO,
        }
    return {"x-kde-passwordManagerHint": b"secret"} if platform == "linux" else {}


class ClipboardGuard(QObject):
    """Marks and clears what this program copies.

    Args:
        clipboard: Qt's.
        platform: As `sys.platform` names it.
        mark: Called after each copy, for macOS.
    """

    def __init__(
        self, clipboard: QClipboard, parent: QObject | None = None, *, platform: str = sys.platform,
        mark: Mark | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._clipboard = clipboard
        self._formats = concealing_formats(platform)
        self._mark = mark or (mark_on_macos if platform == "darwin" else None)
        self._marking = False
        self._copied = b""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(CLEARED_AFTER_MS)
        self.timer.timeout.connect(self.clear)
        clipboard.changed.connect(self._changed)

    def clear(self) -> None:
        """Take out what was copied here, if it is still there."""
        self.timer.stop()
        if self._clipboard.ownsClipboard() or self._is_what_was_copied():
            self._clipboard.clear(QClipboard.Mode.Clipboard)
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
        self._copied = b""

    def _is_what_was_copied(self) -> bool:
        """Whether it holds the same words, where marking it has made Qt believe that somebody else did."""
        return bool(self._copied) and _digest(self._clipboard.text()) == self._copied

    def _changed(self, mode: QClipboard.Mode) -> None:
        if mode is QClipboard.Mode.Selection and self._clipboard.ownsSelection():
            self.timer.start()
        if mode is not QClipboard.Mode.Clipboard or self._marking or not self._clipboard.ownsClipboard():
            return
        held: QMimeData | None = self._clipboard.mimeData(mode)
        if held is None or not held.formats():
            return
        self._copied = _digest(held.text())
        self._marking = True
        try:
            self._conceal(held)
        finally:
            self._marking = False
        self.timer.start()

    def _conceal(self, held: QMimeData) -> None:
        # Some platforms tell of the marked copy later: what is marked is not marked again.
        if not all(held.hasFormat(name) for name in self._formats):
            self._clipboard.setMimeData(concealed(held, self._formats))
        if self._mark is not None:
            self._mark()


def concealed(held: QMimeData, formats: dict[str, bytes]) -> QMimeData:
    """Return the same data with the formats beside it that say "keep no history of this"."""
    made = QMimeData()
    for name in held.formats():
        made.setData(name, held.data(name))
    if held.hasText():
        made.setText(held.text())
    for name, value in formats.items():
        made.setData(name, value)
    return made


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def mark_on_macos() -> None:
    """Add the type that nspasteboard.org describes to what lies in the general pasteboard."""
    library = objc.runtime()
    pasteboard = objc.send(library, objc.class_named(library, "NSPasteboard"), "generalPasteboard")
    name = objc.string(library, NS_CONCEALED)
    types = objc.send(library, objc.class_named(library, "NSArray"), "arrayWithObject:", name)
    objc.send(library, pasteboard, "addTypes:owner:", c_void_p(types), c_void_p(None))
    objc.send(library, pasteboard, "setString:forType:", objc.string(library, ""), name)
