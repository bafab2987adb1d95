"""One key and nothing of a patient is on the screen: every window, menu, tooltip and preview goes, until the key again.

Within a minute the same key brings everything back as it was; after that the desk has locked and the secret is needed.
The cover's own words, and the window's title, are the same whoever comes and whoever looks.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from rapportdesk.clock import Clock
from rapportdesk.language import _
from ui.widgets.controls import Label, column

STAYS_OPEN_S = 60.0


class CoverPage(QWidget):
    """What is seen instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "cover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("RapportDesk is covered. Press F9 to come back."))
        brand = Label("RapportDesk", "brand")
        words = Label(_("Press F9 to come back"), "muted")
        rows = column(self, gap=6)
        rows.setContentsMargins(24, 24, 24, 24)
        rows.addStretch(1)
        for label in (brand, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(label)
        rows.addStretch(1)


class Cover(QObject):
    """Puts the cover up and takes it down.

    Args:
        app: Install the cover as its event filter: then F9 is heard wherever the focus is, in dialogs and menus too.
        clock: Its monotonic seconds decide when the secret is needed.
        window: The one window that stays; everything else is hidden.

    Signals:
        put_up: The cover is to be shown in the window now; connect directly.
        taken_down: What was there may be shown again.
        expired: A minute has passed under the cover; the desk is to lock.
    """

    put_up = Signal()
    taken_down = Signal()
    expired = Signal()

    def __init__(self, app: QApplication, clock: Clock, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._clock, self._window = app, clock, window
        self._since: float | None = None
        self._told = False
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)

    @property
    def is_up(self) -> bool:
        """Whether everything is covered."""
        return self._since is not None

    def toggle(self) -> None:
        """What F9 does."""
        if self.is_up:
            self.lift()
        else:
            self.cover()

    def cover(self) -> None:
        """Hide everything at once."""
        if self.is_up:
            return
        self._since, self._told = self._clock.monotonic(), False
        self._focus = self._app.focusWidget()
        QToolTip.hideText()
        while (popup := self._app.activePopupWidget()) is not None and popup.isVisible():
            popup.close()
        for widget in self._app.topLevelWidgets():
            self._hide(widget)
        self.put_up.emit()
        self._timer.start()

    def lift(self) -> None:
        """Bring everything back; after a minute `expired` has come first and the desk is locked by then."""
        if not self.is_up:
            return
        self.look()
        self._since = None
        self._timer.stop()
        hidden, self._hidden = self._hidden, []
        focus, self._focus = self._focus, None
        self.taken_down.emit()
        for widget in hidden:
            if _lives(widget):
                widget.show()
        if _lives(focus) and focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Say once that the minute is over; called by a timer and before the cover is lifted."""
        if self._since is not None and not self._told and self._clock.monotonic() - self._since >= STAYS_OPEN_S:
            self._told = True
            self._focus = None
            self.expired.emit()

    def drop_hidden(self) -> None:
        """Close for good what the cover hid: the desk has locked beneath it."""
        hidden, self._hidden = self._hidden, []
        for widget in hidden:
            if _lives(widget):
                widget.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear F9 before anybody, and let no new window come up over the cover."""
        # Its class first: every event of the program comes by, and asking for its type costs more than all else here.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_F9:
            if event.modifiers() == Qt.KeyboardModifier.NoModifier:
                if not event.isAutoRepeat():
                    self.toggle()
                return True
        elif self.is_up and isinstance(event, QShowEvent) and isinstance(watched, QWidget) and watched.isWindow():
            # Qt maps the window after this event, so it can only be hidden behind it.
            QTimer.singleShot(0, watched, lambda: self._hide_late(watched))
        return False

    def _hide_late(self, widget: QWidget) -> None:
        if self.is_up:
            self._hide(widget)

    def _hide(self, widget: QWidget) -> None:
        if widget is not self._window and widget.isWindow() and widget.isVisible():
            self._hidden.append(widget)
            widget.hide()


def _lives(widget: QWidget | None) -> bool:
    return widget is not None and isValid(widget)
