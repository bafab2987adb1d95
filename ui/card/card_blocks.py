"""The card's blocks in reading order: only what is known has a box, three lines a block, then "4 more".

Please do and please don't share a card beside the hobbies; in a narrow window everything stands in one column.
"""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rapportdesk.model.shown import BlockKey, Card
from ui.card.card_sections import BlockPanel
from ui.card.card_view import SHOWN_LINES
from ui.card.stacked import SideBySide
from ui.theme import Theme
from ui.widgets.line_button import LineButton

GAP = 10
"""Between two cards, beside and under each other."""

_REQUEST = QEvent.Type.LayoutRequest.value

ROWS: tuple[tuple[tuple[BlockKey, ...], ...], ...] = (
    ((BlockKey.IMPORTANT,),),
    ((BlockKey.PLEASE_DO, BlockKey.PLEASE_DONT), (BlockKey.HOBBIES,)),
    ((BlockKey.PEOPLE,),),
    ((BlockKey.ADJUSTMENTS,), (BlockKey.PROMISED,)),
    ((BlockKey.ALSO,),),
)
"""Rows of cards, side by side where there is room; blocks in one card stand under each other."""


class Blocks(QWidget):
    """Every block of one card.

    Signals:
        line_reached: The `LineButton` the keyboard stands on.
        line_pressed: The `LineButton` that was pressed.
    """

    line_reached = Signal(object)
    line_pressed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._card: Card | None = None
        self._unfolded: set[BlockKey] = set()
        self._narrow = False
        self._lines: list[LineButton] = []
        self._panels: list[BlockPanel] = []
        self._rows: list[SideBySide] = []
        self._made = False
        self._heights: dict[int, int] = {}
        self._placed = QSize()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._measure_anew)

    def show_card(self, card: Card, *, anew: bool) -> None:
        """Show the blocks of `card`; for another person (`anew`) everything is folded again."""
        if anew:
            self._unfolded.clear()
        self._card = card
        self._fill()

    def show_nobody(self) -> None:
        """Be gone, and have nothing left of what was shown."""
        self.hide()
        self._card = None
        if self._panels:
            self._fill()

    def set_narrow(self, narrow: bool) -> None:
        """Stand in one column, or side by side."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self._measure_anew()

    def place(self) -> None:
        """Give everything that is seen its place, unless it stands there; called once all of the card has been said."""
        if self._placed == self.size():
            return
        self._placed = self.size()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = 0
        for row in self._rows:
            if row.seen:
                top += row.place(top, self.width(), narrow=self._narrow, mirrored=mirrored) + GAP

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows at `width`."""
        if width not in self._heights:
            rows = [row.height_at(width, narrow=self._narrow) for row in self._rows if row.seen]
            self._heights[width] = sum(rows) + GAP * max(len(rows) - 1, 0)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """No wider than it must be; its height follows from its width, and is not asked for at this one."""
        return QSize(max((row.least_width(narrow=self._narrow) for row in self._rows if row.seen), default=0), 0)

    def minimumSizeHint(self) -> QSize:
        """As it would like to be."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew; not in a size that Qt gives everything before its place is known."""
        super().resizeEvent(event)
        if self.width() in self._heights:
            self.place()

    def event(self, event: QEvent) -> bool:
        """Place what has been measured anew, where its height stays what it was."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return done

    def _measure_anew(self) -> None:
        """Forget what was measured; all that asked for it so far is answered with this."""
        self._heights.clear()
        self._placed = QSize()
        for panel in self._panels:
            panel.forget()
            QCoreApplication.removePostedEvents(panel, _REQUEST)
        self.updateGeometry()
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))  # where its own size stays what it was

    @property
    def lines(self) -> tuple[LineButton, ...]:
        """Every line that is shown, in reading order."""
        return tuple(self._lines)

    def focus_line(self, key: str) -> bool:
        """Stand on the line with `key` again, after a refresh; whether it is still there."""
        found = next((line for line in self._lines if line.key == key), None)
        if found is not None and found.hasFocus():
            found.reached.emit()  # the keys stand there, on what is another line now
        elif found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        return found is not None

    def focus_last(self) -> None:
        """Stand on the last line, coming up from the quick line."""
        if self._lines:
            self._lines[-1].setFocus(Qt.FocusReason.BacktabFocusReason)

    def made_ready(self) -> Iterator[None]:
        """Make the boxes and the first lines of each, a few at a time, while nobody's card is open."""
        for panel in self._made_panels():
            panel.make_lines()
            yield
        self.show_nobody()

    def _fill(self) -> None:
        if not self._panels:
            for _panel in self._made_panels():
                pass
        blocks = {block.key: block for block in self._card.blocks} if self._card else {}
        for panel in self._panels:
            panel.show_blocks(blocks, self._unfolded)
        self._lines = [line for panel in self._panels for line in panel.lines]
        self._measure_anew()
        if self._made:
            in_order = [each for panel in self._panels for each in panel.in_order]
            for before, after in pairwise(in_order):
                self.setTabOrder(before, after)
            self._made = False

    def _made_panels(self) -> Iterator[BlockPanel]:
        for keys_of_panels in ROWS:
            beside: list[BlockPanel] = []
            for keys in keys_of_panels:
                panel = BlockPanel(self._theme, keys, self._line_made, self._unfold, self._measure_anew)
                panel.setParent(self)
                beside.append(panel)
                self._panels.append(panel)
                yield panel
            self._rows.append(SideBySide(tuple(beside), GAP))

    def _line_made(self, button: LineButton) -> None:
        self._made = True
        button.reached.connect(partial(self.line_reached.emit, button))
        button.entered.connect(partial(self.line_pressed.emit, button))
        button.moved.connect(partial(self._move, button))

    def _unfold(self, key: BlockKey) -> None:
        block = next((each for each in self._card.blocks if each.key is key), None) if self._card else None
        if block is None or len(block.lines) <= SHOWN_LINES:
            return
        self._unfolded.add(key)
        first_new = block.lines[SHOWN_LINES]
        self._fill()
        found = next((line for line in self._lines if line.line is first_new), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, button: LineButton, step: int) -> None:
        at = self._lines.index(button) + step
        if 0 <= at < len(self._lines):
            self._lines[at].setFocus(Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason)
