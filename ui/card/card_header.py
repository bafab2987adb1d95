"""Whose card this is, before anything else: name, birth date and number; and who could be taken for them."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.language import _
from rapportdesk.model.shown import Card, PersonHit
from ui.card.card_view import Piece, fact_line, name_line
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.theme import Theme
from ui.widgets.controls import Button, Panel, empty, row
from ui.widgets.running import Running


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
        row(self, self._panel, gap=0)
        self.hide()

    def show_namesakes(self, namesakes: tuple[PersonHit, ...]) -> None:
        """Show `namesakes`; with none the strip is gone."""
        empty(self._panel.rows)
        for hit in namesakes:
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
        self.setVisible(bool(namesakes))
