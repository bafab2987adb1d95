"""What takes long on the worker is done a step at a time; whatever is asked meanwhile goes between two steps."""

from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

from rapportdesk.errors import RapportError
from ui.work import Work

T = TypeVar("T")


class InSteps(QObject, Generic[T]):
    """One long piece of work, begun at once; it ends with its owner.

    Args:
        work: Where the steps run.
        owner: Who wants the answer.
        begin: Returns the steps; called on the worker.
        done: Gets the answer.
        failed: Gets what went wrong.
    """

    def __init__(
        self,
        work: Work,
        owner: QObject,
        begin: Callable[[], Generator[object, None, T]],
        done: Callable[[T], None],
        failed: Callable[[RapportError], None],
    ) -> None:
        super().__init__(owner)
        self._work, self._begin, self._done, self._failed = work, begin, done, failed
        self._steps: Generator[object, None, T] | None = None
        self._next()

    def leave(self) -> None:
        """Take no further step, and give no answer."""
        if isValid(self):
            self.deleteLater()

    def _next(self) -> None:
        self._work.submit(self, self._step, self._stepped, self._failed, long_work=True)

    def _step(self) -> tuple[T] | None:
        if self._steps is None:
            self._steps = self._begin()
        try:
            next(self._steps)
        except StopIteration as end:
            answer: T = end.value
            return (answer,)
        return None

    def _stepped(self, answer: tuple[T] | None) -> None:
        if answer is None:
            self._next()
        else:
            self._done(answer[0])
