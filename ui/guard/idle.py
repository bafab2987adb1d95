"""A desk that nobody touches locks itself, by the monotonic clock: setting the date neither hurries nor delays it."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent

from rapportdesk.clock import Clock

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)
_OF_PEOPLE = (QInputEvent, QInputMethodEvent)
_LOOK_EVERY_MS = 1000


class Idle(QObject):
    """Counts the time since the last key, click or movement anywhere in the application.

    Args:
        clock: Its monotonic seconds count.

    Signals:
        idle: Nobody has touched anything for as long as was set; comes once for each `watch`.
    """

    idle = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit: float | None = None
        self._last = clock.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, seconds: float) -> None:
        """Begin to count; `idle` comes after `seconds` without a touch."""
        self._limit = seconds
        self._last = self._clock.monotonic()
        self._timer.start()

    def stop(self) -> None:
        """Count no more: nobody is signed in."""
        self._limit = None
        self._timer.stop()

    def touched(self) -> None:
        """Begin to count anew."""
        self._last = self._clock.monotonic()

    def quiet_s(self) -> float:
        """Return for how many seconds nobody has touched anything."""
        return self._clock.monotonic() - self._last

    def look(self) -> None:
        """Compare with the clock; called by a timer, and whenever the time may have jumped."""
        if self._limit is not None and self._clock.monotonic() - self._last >= self._limit:
            self.stop()
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See every touch on its way; keep none."""
        # Its class first: every event of the program comes by, and asking for its type costs more than all else here.
        if isinstance(event, _OF_PEOPLE) and self._limit is not None and event.type() in _TOUCHES:
            self.touched()
        return False
