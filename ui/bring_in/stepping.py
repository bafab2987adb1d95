"""What takes long on the worker is done in slices of some milliseconds, and says how far it is after each.

Whatever is asked meanwhile goes between two slices, so that a save at the desk waits for one of them at most.
"""

import threading
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from rapportdesk.clock import Clock
from rapportdesk.errors import RapportError
from ui.work import Work

T = TypeVar("T")

SLICE_S = 0.010
"""Seconds of work between two looks at what else is asked."""

MOST_STEPS = 64
"""Steps of one slice, however little they take: somebody may want to stop."""

Steps = Generator[tuple[int, int], None, T]
"""Yields how much is done and how much there is."""


class Stepping(QObject, Generic[T]):
    """One long piece of work, begun at once; it ends with its owner.

    Args:
        work: Where the slices run.
        clock: Says when a slice is over.
        owner: Who wants the answer.
        begin: Returns the steps; called on the worker.
        done: Gets the answer.
        failed: Gets what went wrong.

    Signals:
        progressed: How much is done, and how much there is.
    """

    progressed = Signal(int, int)

    def __init__(
        self,
        work: Work,
        clock: Clock,
        owner: QObject,
        begin: Callable[[], Steps[T]],
        done: Callable[[T], None],
        failed: Callable[[RapportError], None],
    ) -> None:
        super().__init__(owner)
        self._work, self._clock = work, clock
        self._begin, self._done, self._failed = begin, done, failed
        self._steps: Steps[T] | None = None
        self._left = False
        self._next()

    def leave(self) -> None:
        """Take no further slice, and give no answer."""
        self._left = True

    def _next(self) -> None:
        self._work.submit(self, self._slice, self._sliced, self._fail)

    def _slice(self) -> "tuple[int, int] | tuple[T]":
        if self._steps is None:
            self._steps = self._begin()
        ends = self._clock.monotonic() + SLICE_S
        try:
            for _step in range(MOST_STEPS):
                at = next(self._steps)
                if self._clock.monotonic() >= ends:
                    break
        except StopIteration as end:
            answer: T = end.value
            return (answer,)
        return at

    def _sliced(self, came: "tuple[int, int] | tuple[T]") -> None:
        if self._left:
            return
        if len(came) == 2:
            self.progressed.emit(*came)
            self._next()
        else:
            self._done(came[0])

    def _fail(self, error: RapportError) -> None:
        if not self._left:
            self._failed(error)


class Aside(QObject):
    """Something that waits for another process, on a thread of its own: it touches neither the vault nor a widget.

    Args:
        wait: Waits.

    Signals:
        came: None, or the exception it ended with.
    """

    came = Signal(object)

    def __init__(self, wait: Callable[[], None]) -> None:
        super().__init__()  # no parent: the thread keeps it until it has ended
        self._wait = wait

    def begin(self) -> None:
        """Begin to wait."""
        threading.Thread(target=self._run, name="reading", daemon=True).start()

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            self._wait()
        except BaseException as raised:  # noqa: BLE001  # told to the window's thread, whatever it is
            error = raised
        self.came.emit(error)
