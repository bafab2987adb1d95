"""How people found are listed: the name as written, and the birth date always, bold where it has to tell two apart."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

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
        self.setItemDelegate(HitDelegate(theme, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground = ground
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(ground))

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

    def step(self, by: int) -> None:
        """Choose the hit after or before the chosen one; the first arrow chooses the first."""
        count = self.hits.rowCount()
        if count:
            now = self.currentIndex().row() if self.currentIndex().isValid() else -1
            self.setCurrentIndex(self.hits.index(min(max(now + by, 0), count - 1)))

    @property
    def chosen(self) -> PersonHit | None:
        """The hit an arrow key has chosen."""
        return self.hits.row_at(self.currentIndex())
