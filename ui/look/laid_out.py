"""Text is laid out once for what it says, how wide and in which look: Qt asks for a row's height again and again.

Laying a line out takes a tenth of a millisecond, and a list of fifty rows is asked for its height five times before it
is painted once. What is remembered is what is shown anyway, and goes with the widget that shows it.
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from PySide6.QtGui import QGuiApplication

from ui.look.painting import UNBOUNDED, TextBlock, Words
from ui.theme import Theme

T = TypeVar("T")

_WIDTHS = 6  # at which one text is remembered


class LaidOut(Generic[T]):
    """Remembers the newest of what was laid out.

    Args:
        theme: Another look forgets everything.
        most: How many are remembered.
    """

    def __init__(self, theme: Theme, most: int) -> None:
        self._theme, self._most = theme, most
        self._kept: dict[Hashable, T] = {}
        self._look: object = None

    def of(self, key: Hashable, lay_out: Callable[[], T], *, serves: Callable[[T], bool] | None = None) -> T:
        """Return what was laid out for a key, or lay it out.

        Args:
            key: Everything that it depends on, but the look.
            lay_out: Does it.
            serves: Whether what was laid out for another key would come out just the same for this one.
        """
        look = self._theme.look, QGuiApplication.layoutDirection()
        if look != self._look:
            self._kept.clear()
            self._look = look
        if key in self._kept:
            return self._kept[key]
        if serves is not None:
            for laid in self._kept.values():
                if serves(laid):
                    return laid
        while len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = lay_out()
        return self._kept[key]

    def forget(self) -> None:
        """Something else is said now."""
        self._kept.clear()


class Blocks:
    """Blocks of text by what they say; at another width one that comes out just the same is used again.

    Args:
        theme: As of `LaidOut`.
        most: How many texts are remembered, each at the widths that were asked for.
    """

    def __init__(self, theme: Theme, most: int) -> None:
        self._laid = LaidOut[dict[float, TextBlock]](theme, most)

    def of(self, *pieces: Words, width: float = UNBOUNDED) -> TextBlock:
        """Return the pieces laid out so that they serve at a width."""
        key = tuple((each.text, each.font.pixelSize(), each.font.weight(), each.colour.rgba()) for each in pieces)
        tried = self._laid.of(key, dict)
        found = tried.get(width) or next((block for block in tried.values() if block.serves(width)), None)
        if found is None:
            if len(tried) >= _WIDTHS:
                tried.clear()
            found = tried[width] = TextBlock(*pieces, width=width)
        return found
