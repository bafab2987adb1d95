"""Whose card this is, before anything else: name, birth date and number; and who could be taken for them.

A common name in a large practice has dozens of namesakes. The first few are named at once, and the others, a few at a
time, for whoever asks: a warning as long as a page is read by nobody, and laying it out would be waited for.
"""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _, ngettext
from rapportdesk.model.shown import MOST_NAMESAKES, Card, PersonHit
from ui.card.card_view import Piece, fact_line, name_line
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.theme import Theme
from ui.widgets.controls import Button, Panel, empty, row
from ui.widgets.running import Running

FIRST, MORE = 3, 10
"""How many namesakes are named at once, and how many more at each press."""


class CardHeader(Panel):
    """The head of a card."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("card", margins=(18, 11, 18, 10), gap=2, parent=parent)
        self._name = Running(theme)
        self._facts = Running(theme)
        self.add(self._name, self._facts)

    def show_card(self, card: Card) -> None:
        """Show the head of `card`."""
        self._name.say(name_line(card.patient))
        self._facts.say(fact_line(card))


class Namesakes(QWidget):
    """A warning for each person who could be taken for this one, with the way to them.

    Signals:
        person_wanted: Id of the person to open in place of this one.
    """

    person_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._panel = Panel("caution-strip", margins=(18, 4, 8, 4), gap=2, parent=self)
        self._panel.setParent(self)
        self._named: tuple[PersonHit, ...] = ()
        self._there: list[Button] = []
        row(self, self._panel, gap=0)
        self.hide()

    def show_namesakes(self, namesakes: tuple[PersonHit, ...]) -> None:
        """Show `namesakes`; with none the strip is gone, and whoever had asked for more of the same keeps them."""
        shown = len(self._there) if namesakes and namesakes == self._named else FIRST
        self._named = namesakes
        self._fill(shown)
        self.setVisible(bool(namesakes))

    def _fill(self, shown: int) -> None:
        empty(self._panel.rows)
        self._there = [self._add(hit) for hit in self._named[: min(shown, MOST_NAMESAKES)]]
        rest = len(self._named[:MOST_NAMESAKES]) - len(self._there)
        if rest > 0:
            self._add_more(rest)

    def _add(self, hit: PersonHit) -> Button:
        born = long_date(hit.birth_date) if hit.birth_date else _("birth date not known")
        number = _(", no. {number}").format(number=hit.number) if hit.number else ""
        words = Running(
            self._theme,
            [
                Piece(_("⚠ Not to be taken for "), 13, 600, "caution"),
                Piece(isolate(hit.name), 13, 700),
                Piece(", ", 13),
                Piece(born, 13, 700),
                Piece(number, 13, 400, "muted"),
            ],
        )
        there = Button(
            _("Go there"), "link", partial(self.person_wanted.emit, hit.id),
            name=_("Go to {name}, {born}").format(name=isolate(hit.name), born=born),
        )  # fmt: skip
        line = row(self._panel.rows, words, gap=8)
        line.setStretch(0, 1)
        line.addWidget(there)
        line.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        return there

    def _add_more(self, rest: int) -> None:
        """Say how many more there are, "47+" where even those who were looked for are not all."""
        count = f"{rest}+" if len(self._named) > MOST_NAMESAKES else str(rest)
        words = ngettext("{count} more is near this one", "{count} more are near this one", rest).format(count=count)
        more = Button(words, "link", self._unfold)
        self._panel.rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)

    def _unfold(self) -> None:
        before = len(self._there)
        self._fill(before + MORE)
        self._there[before].setFocus(Qt.FocusReason.OtherFocusReason)
