"""What takes long on the worker is done in slices of some milliseconds, and says how far it is after each.

Whatever is asked meanwhile ends a slice, so that a save at the desk waits for one step of it at most. However it ends,
the steps are closed on the worker: what they clear away is no work for the window's thread.
"""

import threading
from collections.abc import Callable, Generator
from functools import partial
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from rapportdesk.clock import Clock
from rapportdesk.errors import RapportError
from ui.work import Broken, Work

T = TypeVar("T")

SLICE_S = 0.010
"""Seconds of work after which the window is told how far it is."""

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
        failed: Gets what went wrong; without it that is shown in the message bar, as `Work.submit` does.

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
        failed: Callable[[RapportError], None] | None = None,
    ) -> None:
        super().__init__(owner)
        self._work = work
        self._course = _Course(clock, begin, lambda: work.is_waited_for)
        self._done, self._failed = done, failed
        self._left = False
        self.destroyed.connect(partial(_end, work, self._course))
        self._next()

    def leave(self) -> None:
        """Take no further slice, and give no answer."""
        self._left = True
        _end(self._work, self._course)

    def _next(self) -> None:
        self._work.submit(self, self._course.slice, self._sliced, self._fail, long_work=True)

    def _sliced(self, came: "tuple[int, int] | tuple[T]") -> None:
        if self._left:
            return
        if len(came) == 2:
            self.progressed.emit(*came)
            self._next()
        else:
            self._done(came[0])

    def _fail(self, error: RapportError) -> None:
        if self._left:
            return
        if self._failed is not None:
            self._failed(error)
        elif not isinstance(error, Broken):  # of a bug there is a report
            self._work.problem.emit(error)


class _Course(Generic[T]):
    """The steps as the worker knows them; what is ended begins no more.

    Args:
        clock: Says when a slice is over.
        begin: Returns the steps.
        is_waited_for: Whether somebody has asked for something meanwhile, who waits for one step and not for a slice.
    """

    def __init__(self, clock: Clock, begin: Callable[[], Steps[T]], is_waited_for: Callable[[], bool]) -> None:
        self._clock, self._begin, self._is_waited_for = clock, begin, is_waited_for
        self._steps: Steps[T] | None = None
        self._ended = False

    def slice(self) -> "tuple[int, int] | tuple[T]":
        """Go on for a while; returns how far it is, or the answer alone."""
        if self._ended:  # it lay in the queue when somebody left
            return 0, 0
        if self._steps is None:
            self._steps = self._begin()
        ends = self._clock.monotonic() + SLICE_S
        try:
            for _step in range(MOST_STEPS):
                at = next(self._steps)
                if self._clock.monotonic() >= ends or self._is_waited_for():
                    break
        except StopIteration as end:
            answer: T = end.value
            return (answer,)
        return at

    def end(self) -> None:
        """Let the steps clear away what they began."""
        self._ended = True
        if self._steps is not None:
            self._steps.close()


def _end(work: Work, course: _Course[T], *_destroyed: object) -> None:
    work.afterwards(course.end)


class Aside(QObject):
    """Something that waits for another process, on a thread of its own: it touches neither the vault nor a widget.

    Args:
        wait: Waits.

    Signals:
        came: None, or the exception it ended with.
    """

    came = Signal(object)

    _begun: ClassVar[set["Aside"]] = set()
    """Those whose thread has not ended. It must not be the last to hold one: that would end on it, and Qt with it."""

    def __init__(self, wait: Callable[[], None]) -> None:
        super().__init__()  # no parent: whoever wants to know may be gone before it came
        self._wait = wait
        self._thread = threading.Thread(target=self._run, name="reading", daemon=True)
        self.came.connect(self._let_go)

    def begin(self) -> None:
        """Begin to wait."""
        self._begun.add(self)
        self._thread.start()

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            self._wait()
        except BaseException as raised:  # noqa: BLE001  # told to the window's thread, whatever it is
            error = raised
        self.came.emit(error)

    def _let_go(self, _error: object) -> None:
        self._thread.join()  # it has said all it had to say
        self._begun.discard(self)
