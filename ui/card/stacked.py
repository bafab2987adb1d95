"""A panel whose widgets stand under each other, each as wide as there is room: placed once, when all of it is said.

Qt's own layouts would do the same. They also do it whenever one of the widgets comes, goes or says something else, up
to the window, and at widths of which none is the last: that was a third of what opening a card took.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

_MEASURED_ANEW = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange})


class Stacked(QFrame):
    """A panel without a layout of Qt's; whoever holds it gives it its place and calls `place`.

    Args:
        role: As of `ui.widgets.controls.Panel`.
        margins: Left, top, right, bottom.
        changed: Called when something in it has become taller, lower or another width.
    """

    def __init__(self, role: str, margins: tuple[int, int, int, int], changed: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", role)
        self._margins, self._changed = margins, changed
        self._parts: list[QWidget] = []
        self._leading: set[QWidget] = set()
        self._least: int | None = None
        self._measured: dict[int, tuple[int, list[tuple[QWidget, int]]]] = {}

    def put(self, part: QWidget, *, before: QWidget | None = None, leading: bool = False) -> None:
        """Take a widget in.

        Args:
            part: Which; it is measured, and placed while it is not hidden.
            before: What stands under it; nothing unless given.
            leading: It stands where lines begin, and is no wider than it likes to be.
        """
        part.setParent(self)
        self._parts.insert(len(self._parts) if before is None else self._parts.index(before), part)
        if leading:
            self._leading.add(part)

    def let_go(self, part: QWidget) -> None:
        """Place a widget no more."""
        self._parts.remove(part)

    def forget(self) -> None:
        """Measure anew what is asked for from now on."""
        self._least = None
        self._measured.clear()

    @property
    def least_width(self) -> int:
        """The least that the widest of what is seen can do with, and the panel's own edge."""
        if self._least is None:
            left, _top, right, _bottom = self._margins
            edge = self.contentsMargins()
            widest = max((_least_width(part) for part in self._parts if not part.isHidden()), default=0)
            self._least = widest + left + right + edge.left() + edge.right()
        return self._least

    def height_at(self, width: int) -> int:
        """Return how tall it is at a width."""
        return self._heights(width)[0]

    def _heights(self, width: int) -> tuple[int, list[tuple[QWidget, int]]]:
        """Return how tall it is at a width, and what is seen with the height of each."""
        if width not in self._measured:
            left, top, right, bottom = self._margins
            edge = self.contentsMargins()
            room = max(width - left - right - edge.left() - edge.right(), 0)
            seen = [(part, _height(part, room)) for part in self._parts if not part.isHidden()]
            whole = sum(height for _part, height in seen) + top + bottom + edge.top() + edge.bottom()
            self._measured[width] = whole, seen
        return self._measured[width]

    def place(self) -> None:
        """Give everything that is seen its place in the present width."""
        left, top, right, _bottom = self._margins
        inside = self.contentsRect()
        room = max(inside.width() - left - right, 0)
        x, y = inside.x() + left, inside.y() + top
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for part, height in self._heights(self.width())[1]:
            width = min(_wanted(part).width(), room) if part in self._leading else room
            part.setGeometry(x + room - width if mirrored else x, y, width, height)
            y += height

    def sizeHint(self) -> QSize:
        """No wider than it must be; its height follows from its width, and is not asked for at this one."""
        return QSize(self.least_width, 0)

    def minimumSizeHint(self) -> QSize:
        """As it would like to be."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Tell when something in it asks to be measured anew."""
        done = super().event(event)
        if event.type() in _MEASURED_ANEW:
            self._changed()
        return done


class SideBySide:
    """Panels side by side in equal parts, or under each other; as tall as the tallest, or as all of them.

    Args:
        panels: In reading order.
        gap: Between two of them.
    """

    def __init__(self, panels: tuple[Stacked, ...], gap: int) -> None:
        self._panels, self._gap = panels, gap

    @property
    def seen(self) -> tuple[Stacked, ...]:
        """Those that are not hidden."""
        return tuple(panel for panel in self._panels if not panel.isHidden())

    def least_width(self, *, narrow: bool) -> int:
        """Return the least width for all of them."""
        widths = [panel.least_width for panel in self.seen]
        return max(widths, default=0) if narrow else sum(widths) + self._gap * (len(widths) - 1)

    def height_at(self, width: int, *, narrow: bool) -> int:
        """Return how tall they are at a width."""
        return max((rect.bottom() + 1 for rect in self._rects(QRect(0, 0, width, 0), narrow=narrow)), default=0)

    def place(self, top: int, width: int, *, narrow: bool, mirrored: bool) -> int:
        """Give them and all in them their places; return how tall they are."""
        rects = self._rects(QRect(0, top, width, 0), narrow=narrow)
        for panel, rect in zip(self.seen, rects, strict=True):
            if mirrored:
                rect.moveLeft(width - rect.right() - 1)
            panel.setGeometry(rect)
            panel.place()
        return max((rect.bottom() + 1 for rect in rects), default=top) - top

    def _rects(self, room: QRect, *, narrow: bool) -> list[QRect]:
        seen = self.seen
        if narrow:
            rects, top = [], room.top()
            for panel in seen:
                height = panel.height_at(room.width())
                rects.append(QRect(room.left(), top, room.width(), height))
                top += height + self._gap
            return rects
        widths = self._widths(seen, room.width())
        tallest = max((panel.height_at(width) for panel, width in zip(seen, widths, strict=True)), default=0)
        rects, left = [], room.left()
        for width in widths:
            rects.append(QRect(left, room.top(), width, tallest))
            left += width + self._gap
        return rects

    def _widths(self, seen: tuple[Stacked, ...], width: int) -> list[int]:
        """Return equal widths; whoever can do with no less than more has that, and the others share the rest."""
        left, rest = width - self._gap * (len(seen) - 1), list(seen)
        given: dict[Stacked, int] = {}
        while rest and (wide := [panel for panel in rest if panel.least_width > left // len(rest)]):
            for panel in wide:
                given[panel] = panel.least_width
                left -= given[panel]
                rest.remove(panel)
        for at, panel in enumerate(rest):
            given[panel] = (left * (at + 1) + len(rest) // 2) // len(rest) - (left * at + len(rest) // 2) // len(rest)
        return [given[panel] for panel in seen]


def _height(part: QWidget, width: int) -> int:
    return part.heightForWidth(width) if part.hasHeightForWidth() else _wanted(part).height()


def _wanted(part: QWidget) -> QSize:
    return part.sizeHint().expandedTo(part.minimumSizeHint())


def _least_width(part: QWidget) -> int:
    """Return what Qt's layouts give a widget at least: what may not shrink keeps the width that it likes."""
    least = part.minimumSizeHint().width()
    may_shrink = part.sizePolicy().horizontalPolicy().value & QSizePolicy.PolicyFlag.ShrinkFlag.value
    return least if may_shrink else max(least, part.sizeHint().width())
