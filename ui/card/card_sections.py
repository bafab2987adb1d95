"""The widgets of the card's blocks, made once and said anew: making and dressing them for each card was half its time.

What is not shown says nothing: its words are gone from the widget, from its accessible name, and from what was laid
out, so that nobody's card can be read behind another's.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.language import ngettext
from rapportdesk.model.shown import Block, BlockKey
from ui.card.card_view import SHOWN_LINES
from ui.card.stacked import Stacked
from ui.theme import Theme
from ui.widgets.controls import Button, Label
from ui.widgets.line_button import LineButton

KEPT_LINES = 8
"""Lines of one block that are kept when they are not shown: more are unfolded ones, and made when they are."""


class Section(QObject):
    """One block in a panel: its heading, its lines, and the way to more of them.

    Args:
        theme: In use.
        key: Which block.
        panel: Where it stands, under what stands there already.

    Signals:
        line_made: A `LineButton`, once, when it is made.
        unfolded: More of its lines are asked for.
    """

    line_made = Signal(object)
    unfolded = Signal()

    def __init__(self, theme: Theme, key: BlockKey, panel: Stacked) -> None:
        super().__init__(panel)
        self._theme, self._key, self._panel = theme, key, panel
        self._heading = Label("", "section")
        panel.put(self._heading)
        self._pool: list[LineButton] = []
        self._more = Button("", "link", self.unfolded.emit)
        self._more.setVisible(False)
        panel.put(self._more, leading=True)
        self.lines: tuple[LineButton, ...] = ()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Everything in it that the keys can reach, shown or not."""
        return *self._pool, self._more

    def show_block(self, block: Block | None, *, whole: bool, first: bool) -> None:
        """Show a block, or nothing.

        Args:
            block: What to show.
            whole: All its lines, and not the first ones alone.
            first: It stands at the head of its panel.
        """
        lines = () if block is None else block.lines if whole else block.lines[:SHOWN_LINES]
        self._head(block, first=first)
        self.make_lines(len(lines))
        for button in self._pool[max(len(lines), KEPT_LINES) :]:
            button.hide()
            self._panel.let_go(button)
            button.show_line(None)  # it is there until Qt comes to it
            button.deleteLater()
        del self._pool[max(len(lines), KEPT_LINES) :]
        for at, button in enumerate(self._pool):
            button.show_line(lines[at] if at < len(lines) else None)
            _be_seen(button, seen=at < len(lines))
        self.lines = tuple(self._pool[: len(lines)])
        self._say_more(block, 0 if block is None else len(block.lines) - len(lines))

    def make_lines(self, count: int) -> None:
        """Have so many lines there, without words until they are shown."""
        while len(self._pool) < count:
            self._make()

    def _head(self, block: Block | None, *, first: bool) -> None:
        if block is not None:
            important = self._key is BlockKey.IMPORTANT
            self._heading.setContentsMargins(6, 0 if first else 8, 6, 0 if important else 3)
            self._heading.say(block.label.upper(), name=block.label)
        _be_seen(self._heading, seen=block is not None)

    def _make(self) -> None:
        button = LineButton(self._theme, None, self._key, self._panel)
        button.hide()
        self._panel.put(button, before=self._more)
        self._pool.append(button)
        self.line_made.emit(button)

    def _say_more(self, block: Block | None, rest: int) -> None:
        words = ngettext("{count} more", "{count} more", rest).format(count=rest) if rest > 0 else ""
        if words != self._more.text():
            self._more.setText(words)
        self._more.setAccessibleName(f"{block.label}: {words}" if block is not None and words else "")
        _be_seen(self._more, seen=rest > 0)


class BlockPanel(Stacked):
    """One card of the card: some blocks under each other.

    Args:
        theme: In use.
        keys: Which blocks, in order.
        line_made: Told of each `LineButton` that is made.
        unfolded: Told of the block of which more lines are asked for.
        changed: Called when it has become taller, lower or another width.
    """

    def __init__(
        self,
        theme: Theme,
        keys: tuple[BlockKey, ...],
        line_made: Callable[[LineButton], object],
        unfolded: Callable[[BlockKey], object],
        changed: Callable[[], object],
    ) -> None:
        important = keys[0] is BlockKey.IMPORTANT
        margins = (12, 8, 12, 5) if important else (12, 11, 12, 9)
        super().__init__("important" if important else "card", margins, changed)
        self.sections = {key: Section(theme, key, self) for key in keys}
        for key, section in self.sections.items():
            section.line_made.connect(line_made)
            section.unfolded.connect(partial(unfolded, key))

    def make_lines(self) -> None:
        """Make the lines that are shown of each block before somebody asks for more."""
        for section in self.sections.values():
            section.make_lines(SHOWN_LINES)

    def show_blocks(self, blocks: dict[BlockKey, Block], unfolded: set[BlockKey]) -> None:
        """Show those of its blocks that there are; with none of them the panel is gone."""
        first = True
        for key, section in self.sections.items():
            section.show_block(blocks.get(key), whole=key in unfolded, first=first)
            first = first and key not in blocks
        _be_seen(self, seen=not self.sections.keys().isdisjoint(blocks))

    @property
    def lines(self) -> tuple[LineButton, ...]:
        """The lines that are shown."""
        return tuple(line for section in self.sections.values() for line in section.lines)

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Everything in it that the keys can reach, shown or not."""
        return tuple(each for section in self.sections.values() for each in section.in_order)


def _be_seen(widget: QWidget, *, seen: bool) -> None:
    """Show or hide a widget that is not so already: Qt does all of it again."""
    if widget.isHidden() is seen:
        widget.setVisible(seen)
