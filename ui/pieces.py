"""What is long to make is made in pieces, and between two of them the window hears what was pressed.

Whoever wants it before it is there has the rest of it made at once: nobody is ever given half of anything.
"""

from collections.abc import Callable, Generator
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.work import Work

POLISHED_AT_ONCE = 10
"""Widgets; the style sheet takes a tenth of a millisecond for each, and more for its first."""

T = TypeVar("T")


class InPieces(Generic[T]):
    """Something that comes about a piece at a time.

    Args:
        pieces: Makes one piece between two of its yields, and returns the whole.
    """

    def __init__(self, pieces: Generator[None, None, T]) -> None:
        self._pieces = pieces
        self._made: list[T] = []
        self._broke: Exception | None = None

    def make_piece(self) -> bool:
        """Make the next piece, unless all are made; return whether any is left.

        Raises:
            Exception: What a piece broke with, then and each time anybody asks.
        """
        if self._broke is not None:
            raise self._broke
        if not self._made:
            try:
                next(self._pieces)
            except StopIteration as ended:
                self._made.append(ended.value)
            except Exception as raised:
                self._broke = raised  # a generator that broke would end at the next asking as if it had made nothing
                raise
        return not self._made

    def whole(self) -> T:
        """Return it, with what was left of it made now; raises as `make_piece`."""
        while self.make_piece():
            pass
        return self._made[0]


def make_behind(work: Work, owner: QObject, pieces: InPieces[T], done: Callable[[T], object]) -> None:
    """Make what is left, each piece after a turn of Qt's loop.

    Args:
        work: Forgets it at a lock.
        owner: Whose it is; when its C++ object is gone, nothing more is made.
        pieces: Of what.
        done: Gets the whole.
    """

    def go_on() -> None:
        if pieces.make_piece():
            work.between(owner, go_on)
        else:
            done(pieces.whole())

    work.between(owner, go_on)


def polished(whole: QWidget) -> Generator[None, None, None]:
    """Have everything in a widget dressed before it is first shown, a few widgets at a time.

    Args:
        whole: Stands where it will be seen: whatever is put elsewhere is dressed anew.
    """
    for number, widget in enumerate((whole, *whole.findChildren(QWidget))):
        if number and number % POLISHED_AT_ONCE == 0:
            yield
        if isValid(widget):  # what was shown meanwhile may have let go of it
            widget.ensurePolished()
