"""How people found are listed: the name as written, and the birth date always, bold where it has to tell two apart."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from rapportdesk.language import _
from rapportdesk.model.shown import PersonHit, SearchResults
from ui.card.card_view import Piece
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.look.painting import TextBlock
from ui.rows import HitsModel
from ui.theme import Theme
from ui.widgets.block_delegate import BlockDelegate
from ui.widgets.lists import List
from ui.widgets.running import words_of

PAD_Y = 5
MOST_HEIGHT = 420

FIRST, FIRST_IN_WORDS = 10, 8
"""Hits that are read and laid out before the first painting, and how many of them found in words, which takes a third
line: more rows than `MOST_HEIGHT` leaves room for above the sentence, so that Qt, to which the last row tells that it
is in sight, asks for the rest only when somebody scrolls."""

SOON = 3
"""Rows before the last at which an arrow key has the rest asked for, so that they are there when it comes to them."""


class HitDelegate(BlockDelegate):
    """Paints one person found."""

    def __init__(self, theme: Theme, view: List) -> None:
        super().__init__(theme, view, PAD_Y)

    def blocks(self, row: Any, width: int) -> list[TextBlock]:
        """Return the name, what tells two people apart, and what was found, if anything."""
        hit: PersonHit = row
        name = [Piece(isolate(hit.name), 14, 600)]
        if hit.own_script_name:
            name.append(Piece(f"  {isolate(hit.own_script_name)}", 14))
        born = short_date(hit.birth_date) if hit.birth_date else _("birth date not known")
        facts = [Piece(born, 12, 700 if hit.near_namesake else 400, "text" if hit.near_namesake else "muted")]
        if hit.number:
            facts.append(Piece(" · " + _("no. {number}").format(number=hit.number), 12, 400, "muted"))
        if hit.near_namesake:
            facts.append(Piece(" · " + _("⚠ another person is near this one"), 12, 600, "caution"))
        blocks = [name, facts]
        if hit.snippet:
            blocks.append(_snippet(hit))
        return [TextBlock(*words_of(self.theme, pieces), width=width) for pieces in blocks]

    def room(self) -> int:
        """Leave room for the scroll bar, there or not: with one letter it comes, and all lines would run anew."""
        beside = self._view.width() - self._view.viewport().width()
        return super().room() + beside - self._view.verticalScrollBar().sizeHint().width()


def _snippet(hit: PersonHit) -> list[Piece]:
    """Return the piece of a note or a promise, what was looked for bold and dark among quiet words."""
    pieces = [Piece(_("promised: "), 12, 400, "muted")] if hit.task else []
    at = 0
    for first, last in hit.marks:
        pieces += [Piece(hit.snippet[at:first], 12, 400, "muted"), Piece(hit.snippet[first:last], 12, 700, "text")]
        at = last
    return [piece for piece in (*pieces, Piece(hit.snippet[at:], 12, 400, "muted")) if piece.text]


class HitList(List):
    """The people found for one text.

    Args:
        theme: For fonts and colours.
        ground: The tone it stands on, which it paints itself, so that nothing beneath is painted at every letter; empty
            where what is beneath is to be seen.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, ground: str = "") -> None:
        super().__init__(_("Found"), theme, least=48, most=MOST_HEIGHT, parent=parent)
        self.hits = HitsModel(self)
        self.setModel(self.hits)
        self._delegate = HitDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setBatchSize(FIRST)
        self._ground = ground
        if ground:
            self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            self.setVerticalScrollBar(_Bar(theme, ground))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, where there is one, and the rows."""
        if self._ground:
            painter = QPainter(self.viewport())
            painter.fillRect(event.rect(), self._theme.colour(self._ground))
            painter.end()
        super().paintEvent(event)

    def show_results(self, results: SearchResults) -> None:
        """Show what was found; nobody is chosen until an arrow key chooses."""
        self.hits.show(results)
        self.lay_out_anew()

    def height_of_row(self, at: int) -> int:
        """As the delegate says: Qt's own way to each row is as long as laying it out."""
        return self._delegate.height_of(self.hits.rows[at])

    def lay_out_now(self, height: int) -> None:
        """Lay the rows out once for good at a height, and not once more when a scroll bar has come or gone."""
        policy = Qt.ScrollBarPolicy
        scrolls = self.content_height() > height
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if scrolls else policy.ScrollBarAlwaysOff)
        self.executeDelayedItemsLayout()

    def step(self, by: int) -> None:
        """Choose the hit after or before the chosen one; the first arrow chooses the first."""
        count = self.hits.rowCount()
        if self.currentIndex().row() + by + SOON >= count:
            self.hits.fetchMore(QModelIndex())
        if count:
            now = self.currentIndex().row() if self.currentIndex().isValid() else -1
            self.setCurrentIndex(self.hits.index(min(max(now + by, 0), count - 1)))

    @property
    def chosen(self) -> PersonHit | None:
        """The hit an arrow key has chosen."""
        return self.hits.row_at(self.currentIndex())


class _Bar(QScrollBar):
    """A scroll bar on a ground that it paints itself."""

    def __init__(self, theme: Theme, ground: str) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._theme, self._ground = theme, ground
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and the bar on it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour(self._ground))
        painter.end()
        super().paintEvent(event)
