"""What happened is said in the window, in one sentence, beside what can be done about it; never by a box to click away.

A success may carry "Undo" and leaves by itself; a problem stays until it is closed, because somebody has to act on it.
"""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from ui.theme import Theme, set_role
from ui.widgets.controls import Button, Label, Panel, Sign, place

LEAVES_AFTER_MS = 12_000

_ROOM_FOR_BOTH = 560  # pixels at scale 1.0 in which words and a button stand beside each other


class Messages(Panel):
    """The bar under the top bar; hidden while there is nothing to say.

    Args:
        theme: For its sign.
        leaves_after_ms: How long a success stays.

    Signals:
        said: Something else is said now, or nothing any more.
        taken_back: What was said has been taken back, after the dialog that said it had gone: every view asks again.
        report_wanted: Somebody wants to read what is known of a bug.
    """

    said = Signal()
    taken_back = Signal()
    report_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, leaves_after_ms: int = LEAVES_AFTER_MS) -> None:
        super().__init__("message", margins=(14, 2, 8, 2), parent=parent)
        self.setObjectName("messages")
        self.setAccessibleName(_("Message"))
        self._undo: Callable[[], object] | None = None
        self._good = Sign(theme, "circle-check", "agreed")
        self._bad = Sign(theme, "circle-alert", "caution")
        self._words = Label("", "body")
        self._undo_button = Button(_("Undo"), "secondary", self._take_back)
        self._close = Button("", "quiet", self.clear, name=_("Close this message"))
        line = place(self.rows, QHBoxLayout())
        line.setSpacing(10)
        line.addWidget(self._good, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._bad, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._words, 1)
        line.addWidget(self._undo_button)
        line.addWidget(self._close)
        self._line, self._below = line, place(self.rows, QHBoxLayout())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(leaves_after_ms)
        self._timer.timeout.connect(self._leave)
        self._theme = theme
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """What is said now; empty while nothing is."""
        return self._words.accessibleName() if not self.isHidden() else ""

    def say(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something was done.

        Args:
            sentence: "Saved for Nia." No more than a line.
            undo: Takes it back; the bar then has an Undo button.
        """
        self._show("message", sentence, undo)
        self._timer.start()

    def offer(self, sentence: str, words: str, do: Callable[[], object]) -> None:
        """Say what waits, with a button for it; stays until that is pressed or it is closed."""
        self._timer.stop()
        self._show("message", sentence, do, words)

    def problem(self, error: RapportError) -> None:
        """Say what went wrong and what to do next; stays until closed or until something else is said."""
        self._timer.stop()
        self._show("message-problem", str(error), None)

    def bug(self) -> None:
        """Say that it was our fault, without a word of what was being worked on."""
        sentence = _("Something went wrong here.")
        hint = _("What you typed is still there. If it happens again, tell whoever helps you.")
        self._timer.stop()
        self._show("message-problem", f"{sentence} {hint}", self.report_wanted.emit, _("Read the report"))

    def wanted_width(self) -> int:
        """Return how wide it has to be to say what it says in one line."""
        self.ensurePolished()
        self._words.ensurePolished()
        words = self._words.fontMetrics().horizontalAdvance(self._words.text())
        others = [each.sizeHint().width() + 10 for each in (self._good, self._undo_button, self._close) if _seen(each)]
        return words + sum(others) + 40

    def clear(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self._undo = None
        self._words.say("", name="")
        self.hide()
        self.said.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button below the words where they would stand in a column too narrow to read."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        button = self._undo_button
        beside = self.wanted_width() <= self.width() or self.width() > self._theme.px(_ROOM_FOR_BOTH)
        if beside == (self._line.indexOf(button) >= 0):
            return
        self.rows.setContentsMargins(14, 2 if beside else 8, 8, 2 if beside else 10)
        if beside:
            self._line.insertWidget(self._line.indexOf(self._close), button)
        else:
            self._below.addWidget(button, 1, Qt.AlignmentFlag.AlignLeading)

    def _show(self, role: str, sentence: str, undo: Callable[[], object] | None, words: str = "") -> None:
        self._undo = undo
        set_role(self, role)
        self._good.setVisible(role == "message")
        self._bad.setVisible(role != "message")
        self._words.say(sentence, name=sentence)
        self._undo_button.setText(words or _("Undo"))
        self._undo_button.setAccessibleName(words or _("Undo"))
        self._undo_button.setVisible(undo is not None)
        self._fit()
        self.show()
        self.said.emit()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _dress(self) -> None:
        self._close.setIcon(self._theme.icon("x", "text"))
        self._close.setIconSize(QSize(self._theme.px(16), self._theme.px(16)))

    def _leave(self) -> None:
        """Leave, unless somebody is just about to press a button on it."""
        if self._undo_button.hasFocus() or self._close.hasFocus() or self.underMouse():
            self._timer.start()
        else:
            self.clear()

    def _take_back(self) -> None:
        undo = self._undo
        self.clear()
        if undo is not None:
            undo()


def _seen(widget: QWidget) -> bool:
    return not widget.isHidden()
