"""The window never waits: whatever touches the vault runs on one thread, and its answer comes back through one signal.

One thread also keeps the order: what was asked first is done first, and the next slice of long work only when nobody
waits for anything else, nor is in the middle of a word. An owner that is gone gets no call, and after `forget` nobody
gets a call for what was asked before, so that an answer never reaches a screen that has been locked.

The worker never lets go of what was asked: a widget that is held by nothing else would end on the worker's thread, and
Qt with it. Each piece goes back to the window's thread with everything that hangs on it, and is emptied there.
"""

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from queue import PriorityQueue
from threading import Event, Thread
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from rapportdesk.errors import RapportError
from rapportdesk.language import _

LET_GO_AFTER_S = 0.0001
"""How soon the worker lets the window's thread have Python's lock. A painting takes it some dozen times, and at
Python's own five milliseconds each a letter beside an import came four times as late (`tests.benchmarks`)."""

SOON_MS = 1

RESTS_S = 0.15
"""How long long work rests after a letter: until the next one, in a word that is typed fast."""

RESTS_AT_MOST_S = 1.0
"""After so long a slice is done all the same, however fast somebody types."""

T = TypeVar("T")

Failed = Callable[[RapportError], None]


class Broken(RapportError):
    """A bug, told to the person without a word of what it was about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    owner: QObject
    done: Callable[[Any], None]
    failed: Failed | None
    key: str
    era: int
    number: int


@dataclass(slots=True)
class _Piece:
    """What is to be done on the worker, and what came of it.

    Attributes:
        function: What is run.
        task: Who wants its answer; None for what is cleared away.
        answer: What it returned.
        error: What it raised.
    """

    function: Callable[[], Any]
    task: _Task | None = None
    answer: Any = None
    error: BaseException | None = None

    def empty(self) -> None:
        """Let go of everything; on the window's thread."""
        self.function, self.task, self.answer, self.error = _nothing, None, None, None


class _Turn(IntEnum):
    """Who goes first."""

    PERSON = 0
    LONG_WORK = 1
    CLOSING = 2


@dataclass(frozen=True, slots=True, order=True)
class _Asked:
    """What lies in the queue, in the order in which it is done."""

    turn: _Turn
    number: int
    what: _Piece | None = field(compare=False)


class Work(QObject):
    """The one worker thread behind the window.

    Signals:
        problem: A `RapportError` nobody took with `failed`.
        bug: The exception of a bug, for a report without patient text; `failed` is told too, as `Broken`.
    """

    problem = Signal(object)
    bug = Signal(object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(LET_GO_AFTER_S)
        self._queue: PriorityQueue[_Asked] = PriorityQueue()
        self._thread = Thread(target=self._run, name="desk", daemon=True)
        self._era = 0
        self._number = 0
        self._newest: dict[str, int] = {}
        self._pending = 0
        self._open = True
        self._rests_until = self._rested_since = 0.0
        self._asked = Event()
        # Emitted on the worker alone, so Qt queues it: an answer never arrives inside `submit`.
        self._answered.connect(self._deliver)
        self._thread.start()

    @property
    def idle(self) -> bool:
        """Whether every answer has been delivered or dropped; tests wait for it."""
        return self._pending == 0

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody has asked for something that has not begun; for long work, on the worker."""
        with self._queue.mutex:
            return bool(self._queue.queue) and self._queue.queue[0].turn is _Turn.PERSON

    def submit(
        self,
        owner: QObject,
        function: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        key: str = "",
        long_work: bool = False,
    ) -> None:
        """Run `function` on the worker and hand its answer to `done` on the window's thread; nothing after `close`.

        Args:
            owner: Who wants it; when its C++ object is gone, nothing is called.
            function: Touches the desk, and no widget.
            done: Gets what `function` returned.
            failed: Gets the RapportError it raised, or `Broken` in place of a bug. Without it the error is shown in
                the message bar.
            key: Requests with one key overtake each other: only the newest is answered, and an older one that has
                not begun is not run.
            long_work: It is a slice of something long: everything that is asked before it has begun goes first.
        """
        if not self._open:
            return
        self._number += 1
        if key:
            self._newest[key] = self._number
        task = _Task(owner=owner, done=done or _nothing, failed=failed, key=key, era=self._era, number=self._number)
        self._pending += 1

        turn = _Turn.LONG_WORK if long_work else _Turn.PERSON
        self._put(_Asked(turn, self._number, _Piece(function, task)))

    @property
    def is_resting(self) -> bool:
        """Whether somebody typed just now, so that nothing long begins; for the window's thread."""
        return time.monotonic() < self._rests_until

    def let_long_work_rest(self) -> None:
        """Begin no slice of long work for a moment: somebody is typing, and each letter would wait for the next one."""
        self._rests_until = time.monotonic() + RESTS_S

    def between(self, owner: QObject, function: Callable[[], None]) -> None:
        """Do the next piece of what is long on the window's thread, when what was pressed meanwhile has been heard.

        Args:
            owner: Whose it is; when its C++ object is gone, or everything was forgotten, it is not done.
            function: Touches no desk.
        """
        era = self._era
        self._pending += 1

        def go_on() -> None:
            self._pending -= 1
            if self._open and era == self._era and isValid(owner):
                function()

        # A timer of none would come before what was pressed: Qt puts it behind this piece at once.
        QTimer.singleShot(SOON_MS, self, go_on)

    def afterwards(self, function: Callable[[], None]) -> None:
        """Have something cleared away on the worker that nobody waits for; at once when the worker has ended.

        Args:
            function: What it raises is told to nobody who works here; what is no `RapportError`, as a bug.
        """
        piece = _Piece(function)
        if self._thread.is_alive():
            self._number += 1
            self._put(_Asked(_Turn.PERSON, self._number, piece))
        else:
            self._do(piece)
            self._deliver(piece)

    def forget(self) -> None:
        """Deliver nothing of what was asked so far; it is still done. For the lock."""
        self._era += 1

    def close(self) -> None:
        """Finish what was asked and take nothing more; blocks until the worker is free."""
        self._open = False
        self._put(_Asked(_Turn.CLOSING, self._number, None))
        self._thread.join()

    def _overtaken(self, task: _Task) -> bool:
        return bool(task.key) and self._newest.get(task.key) != task.number

    def _put(self, asked: _Asked) -> None:
        self._queue.put(asked)
        self._asked.set()

    def _next(self) -> _Asked:
        """Wait for what is to be done next; long work goes back to its place while it rests."""
        while True:
            self._asked.clear()
            asked = self._queue.get()
            if asked.turn is not _Turn.LONG_WORK:
                return asked
            now = time.monotonic()
            self._rested_since = self._rested_since or now
            rest = min(self._rests_until, self._rested_since + RESTS_AT_MOST_S) - now
            if rest <= 0 or not self._open:
                self._rested_since = 0.0
                return asked
            self._queue.put(asked)
            self._asked.wait(rest)

    def _run(self) -> None:
        while (piece := self._next().what) is not None:
            self._do(piece)
            self._answered.emit(piece)
            del piece  # nothing waits here for the next

    def _do(self, piece: _Piece) -> None:
        # Whatever it raises is kept: an error that ended the worker would have every later answer, the lock's among
        # them, waited for in vain.
        try:
            if piece.task is None or not self._overtaken(piece.task):
                piece.answer = piece.function()
        except BaseException as raised:  # noqa: BLE001  # told to the window's thread, whatever it is
            piece.error = raised

    def _tell_left_lying(self, error: BaseException) -> None:
        if isinstance(error, RapportError):
            logging.getLogger(__name__).info("not cleared away: %s", error)
        else:
            self.bug.emit(error)

    def _deliver(self, piece: _Piece) -> None:
        task, answer, error = piece.task, piece.answer, piece.error
        piece.empty()
        if task is None:
            if error is not None:
                self._tell_left_lying(error)
            return
        self._pending -= 1
        if isinstance(error, RapportError):
            logging.getLogger(__name__).info("answered with %s", error)
        elif error is not None:
            self.bug.emit(error)
            error = Broken(_("Something went wrong here."), _("What you typed is still there; please try again."))
        if not isValid(task.owner) or task.era != self._era or self._overtaken(task):
            return
        if error is None:
            task.done(answer)
        elif task.failed is not None:
            task.failed(error)
        elif not isinstance(error, Broken):
            self.problem.emit(error)


def _nothing(*_answer: object) -> None:
    """Take an answer that nobody waits for."""
