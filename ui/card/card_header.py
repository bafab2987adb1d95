"""Whose card this is, before anything else: name, birth date and number; and who could be taken for them.

A common name in a large practice has dozens of namesakes. The first few are named at once, and the others, a few at a
time, for whoever asks: a warning as long as a page is read by nobody, and laying it out would be waited for.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from rapportdesk.language import _, ngettext
from rapportdesk.model.shown import MOST_NAMESAKES, Card, PersonHit
from ui.card.card_view import Piece, fact_line, name_line
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.theme import Theme
from ui.widgets.controls import Button, Panel, place, row
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
        self.panel = Panel("caution-strip", margins=(18, 4, 8, 4), gap=2, parent=self)
        self._named: tuple[PersonHit, ...] = ()
        self._shown = 0
        row(self, self.panel, gap=0)
        self._column = place(self.panel.rows, QVBoxLayout())
        self._column.setSpacing(2)
        self._lines = [self._line() for _each in range(FIRST)]
        self._more = Button("", "link", self._unfold)
        self.panel.rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_namesakes(self, namesakes: tuple[PersonHit, ...]) -> None:
        """Show `namesakes`; with none the strip is gone, and whoever had asked for more of the same keeps them."""
        if namesakes != self._named or not namesakes:
            self._named = namesakes
            self._fill(FIRST)
        self.setVisible(bool(namesakes))

    def _fill(self, shown: int) -> None:
        named = self._named[: min(shown, MOST_NAMESAKES)]
        while len(self._lines) < len(named):
            self._add_line()
        for at, line in enumerate(self._lines):
            line.show_hit(named[at] if at < len(named) else None)
        self._shown = len(named)
        rest = len(self._named[:MOST_NAMESAKES]) - len(named)
        self._more.setText(self._words_of_more(rest) if rest > 0 else "")
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(rest > 0)

    def _line(self) -> "_Namesake":
        """Make one more line, which is kept: making and dressing it for each card would be felt."""
        line = _Namesake(self._theme, self._column)
        line.there.clicked.connect(lambda: self.person_wanted.emit(line.wanted))
        return line

    def _add_line(self) -> None:
        line = self._line()
        self.setTabOrder(self._lines[-1].there, line.there)
        self.setTabOrder(line.there, self._more)
        self._lines.append(line)

    def _words_of_more(self, rest: int) -> str:
        """Say how many more there are, "47+" where even those who were looked for are not all."""
        count = f"{rest}+" if len(self._named) > MOST_NAMESAKES else str(rest)
        return ngettext("{count} more is near this one", "{count} more are near this one", rest).format(count=count)

    def _unfold(self) -> None:
        before = self._shown
        self._fill(before + MORE)
        if before < self._shown:
            self._lines[before].there.setFocus(Qt.FocusReason.OtherFocusReason)


class _Namesake:
    """One line of the warning: who, and the way there; without anybody it is not seen and says nothing."""

    def __init__(self, theme: Theme, into: QBoxLayout) -> None:
        self.wanted = ""
        self._words = Running(theme)
        self.there = Button(_("Go there"), "link")
        line = row(into, self._words, gap=8)
        line.setStretch(0, 1)
        line.addWidget(self.there)
        line.setAlignment(self._words, Qt.AlignmentFlag.AlignVCenter)

    def show_hit(self, hit: PersonHit | None) -> None:
        """Say who it is now."""
        self.wanted = hit.id if hit is not None else ""
        self._words.say(_who(hit) if hit is not None else [])
        name = _("Go to {name}, {born}").format(name=isolate(hit.name), born=_born(hit)) if hit is not None else ""
        self.there.setAccessibleName(name)
        for widget in (self._words, self.there):
            widget.setVisible(hit is not None)


def _born(hit: PersonHit) -> str:
    return long_date(hit.birth_date) if hit.birth_date else _("birth date not known")


def _who(hit: PersonHit) -> list[Piece]:
    number = _(", no. {number}").format(number=hit.number) if hit.number else ""
    return [
        Piece(_("⚠ Not to be taken for "), 13, 600, "caution"),
        Piece(isolate(hit.name), 13, 700),
        Piece(", ", 13),
        Piece(_born(hit), 13, 700),
        Piece(number, 13, 400, "muted"),
    ]
