"""How long the window's thread was ever kept: a timer that should come every few milliseconds tells when it came late.

On a busy machine everybody is kept. So the same timer runs in a process beside this one that does nothing else, and
what that one was kept for is the machine's part.
"""

import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from types import FrameType
from typing import Self

from PySide6.QtCore import QObject, Qt, QTimer

EVERY_MS = 5
LATE_MS = 50.0
_DEEP = 14

IDLE = """
import sys, time
from PySide6.QtCore import QCoreApplication, Qt, QTimer, QSocketNotifier
app = QCoreApplication([])
late = [0.0]; last = [time.perf_counter()]; over = [0]
def beat():
    now = time.perf_counter()
    kept = (now - last[0]) * 1000 - {every}
    late[0] = max(late[0], kept); over[0] += kept > {limit}; last[0] = now
timer = QTimer(); timer.setTimerType(Qt.TimerType.PreciseTimer); timer.timeout.connect(beat); timer.start({every})
def told():
    if not sys.stdin.readline(): app.quit(); return
    sys.stdout.write(f"{{late[0]}} {{over[0]}}\\n"); sys.stdout.flush(); late[0] = 0.0; over[0] = 0
notifier = QSocketNotifier(0, QSocketNotifier.Type.Read); notifier.activated.connect(told)
app.exec()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beaten:
    """What a heartbeat told of one stretch of time.

    Attributes:
        most: The longest that the window's thread was kept, in milliseconds.
        late: How often it was kept longer than `LATE_MS`.
        machine: The longest that an idle process beside it was kept meanwhile.
        machine_late: How often that one was kept so long.
    """

    most: float
    late: int
    machine: float
    machine_late: int


@dataclass(slots=True)
class _Watch:
    """Looks at what the window's thread does while a beat is late."""

    last: float
    thread: int
    told: "Counter[str]" = field(default_factory=Counter)
    over: bool = False

    def run(self) -> None:
        while not self.over:
            time.sleep(0.01)
            since = (time.perf_counter() - self.last) * 1000
            frame = sys._current_frames().get(self.thread)
            if since > LATE_MS and frame is not None:
                self.told[_where(frame)] += 1


class Heartbeat(QObject):
    """Beats on the window's thread; a context manager.

    Args:
        watched: Also note what the thread did whenever it was late; costs a little itself.

    Attributes:
        blame: What the thread was at, how often it was seen there while it was late.
    """

    def __init__(self, *, watched: bool = False) -> None:
        super().__init__()
        self._watch = _Watch(time.perf_counter(), threading.get_ident())
        self._looks = watched
        self._most, self._late = 0.0, 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._idle = subprocess.Popen(
            [sys.executable, "-c", IDLE.format(every=EVERY_MS, limit=LATE_MS)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    @property
    def blame(self) -> "Counter[str]":
        """What the thread was at when it was late, and how many looks found it there."""
        return self._watch.told

    def __enter__(self) -> Self:
        """Begin to beat."""
        self._watch.last = time.perf_counter()
        self._timer.start(EVERY_MS)
        if self._looks:
            threading.Thread(target=self._watch.run, daemon=True).start()
        self.taken()
        return self

    def __exit__(self, *_raised: object) -> None:
        """Beat no more."""
        self._timer.stop()
        self._watch.over = True
        if self._idle.stdin is not None:
            self._idle.stdin.close()
        self._idle.wait()
        if self._idle.stdout is not None:
            self._idle.stdout.close()

    def taken(self) -> Beaten:
        """Return what was told since the last time, and begin anew."""
        assert self._idle.stdin is not None
        assert self._idle.stdout is not None
        most, late = self._most, self._late
        self._idle.stdin.write("\n")
        self._idle.stdin.flush()
        machine, machine_late = self._idle.stdout.readline().split()
        self._most, self._late = 0.0, 0
        self._watch.last = time.perf_counter()
        return Beaten(most=most, late=late, machine=float(machine), machine_late=int(machine_late))

    def _beat(self) -> None:
        now = time.perf_counter()
        kept = (now - self._watch.last) * 1000 - EVERY_MS
        self._watch.last = now
        self._most = max(self._most, kept)
        self._late += kept > LATE_MS


def _where(frame: FrameType | None) -> str:
    parts: list[str] = []
    while frame is not None and len(parts) < _DEEP:
        name = frame.f_code.co_filename
        if "/tests/" not in name:
            parts.append(f"{name.rsplit('/', 1)[-1]}:{frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(parts)
