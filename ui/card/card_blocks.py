"""The card's blocks in reading order: only what is known has a box, three lines a block, then "4 more".

Please do and please don't share a card beside the hobbies; in a narrow window everything stands in one column.
"""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rapportdesk.language import ngettext
from rapportdesk.model.shown import Block, BlockKey, Card
from ui.card.card_view import SHOWN_LINES
from ui.theme import Theme
from ui.widgets.controls import Button, Label, Panel, column, empty, place
from ui.widgets.line_button import LineButton

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
        self._rows = column(self, gap=10)

    def show_card(self, card: Card, *, anew: bool) -> None:
        """Show the blocks of `card`; for another person (`anew`) everything is folded again."""
        if anew:
            self._unfolded.clear()
        self._card = card
        self._fill()

    def set_narrow(self, narrow: bool) -> None:
        """Stand in one column, or side by side."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self._fill()

    @property
    def lines(self) -> tuple[LineButton, ...]:
        """Every line that is shown, in reading order."""
        return tuple(self._lines)

    def focus_line(self, key: str) -> bool:
        """Stand on the line with `key` again, after a refresh; whether it is still there."""
        found = next((line for line in self._lines if line.key == key), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        return found is not None

    def focus_last(self) -> None:
        """Stand on the last line, coming up from the quick line."""
        if self._lines:
            self._lines[-1].setFocus(Qt.FocusReason.BacktabFocusReason)

    def _fill(self) -> None:
        empty(self._rows)
        self._lines = []
        blocks = {block.key: block for block in self._card.blocks} if self._card else {}
        for row in ROWS:
            panels = [panel for keys in row if (panel := self._panel([blocks[key] for key in keys if key in blocks]))]
            if len(panels) > 1 and not self._narrow:
                side_by_side = place(self._rows, QHBoxLayout())
                side_by_side.setSpacing(10)
                for panel in panels:
                    side_by_side.addWidget(panel, 1)
            else:
                for panel in panels:
                    self._rows.addWidget(panel)

    def _panel(self, blocks: list[Block]) -> Panel | None:
        if not blocks:
            return None
        important = blocks[0].key is BlockKey.IMPORTANT
        margins = (12, 8, 12, 5) if important else (12, 11, 12, 9)
        panel = Panel("important" if important else "card", margins=margins, gap=0)
        for at, block in enumerate(blocks):
            label = Label(block.label.upper(), "section", name=block.label)
            label.setContentsMargins(6, 8 if at else 0, 6, 0 if important else 3)
            panel.add(label)
            for line in self._line_buttons(block):
                panel.add(line)
            self._add_more(panel, block)
        panel.rows.addStretch(1)
        return panel

    def _line_buttons(self, block: Block) -> Iterator[LineButton]:
        shown = block.lines if block.key in self._unfolded else block.lines[:SHOWN_LINES]
        for line in shown:
            button = LineButton(self._theme, line, block.key)
            button.reached.connect(partial(self.line_reached.emit, button))
            button.entered.connect(partial(self.line_pressed.emit, button))
            button.moved.connect(partial(self._move, button))
            self._lines.append(button)
            yield button

    def _add_more(self, panel: Panel, block: Block) -> None:
        rest = len(block.lines) - SHOWN_LINES
        if rest <= 0 or block.key in self._unfolded:
            return
        words = ngettext("{count} more", "{count} more", rest).format(count=rest)
        more = Button(words, "link", partial(self._unfold, block), name=f"{block.label}: {words}")
        panel.rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)

    def _unfold(self, block: Block) -> None:
        self._unfolded.add(block.key)
        first_new = block.lines[SHOWN_LINES]
        self._fill()
        found = next((line for line in self._lines if line.line is first_new), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, button: LineButton, step: int) -> None:
        at = self._lines.index(button) + step
        if 0 <= at < len(self._lines):
            self._lines[at].setFocus(Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason)
