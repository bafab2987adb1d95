"""Who came along today stands over the card, because it decides what may be said and shown."""

from PySide6.QtCore import Signal

from rapportdesk.language import _
from rapportdesk.model.shown import Card
from ui.look.bidi import isolate
from ui.widgets.controls import Button, Label, Panel, row


class WithThem(Panel):
    """One line naming today's companions, and the way to change it.

    Signals:
        wanted: Somebody came or went.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__("caution-strip", margins=(18, 4, 8, 4))
        self.words = Label("", "body")
        line = row(self.rows, self.words, gap=8)
        line.setStretch(0, 1)
        line.addWidget(Button(_("Change…"), "link", self.wanted.emit, name=_("Change who is with them")))
        self.hide()

    def show_card(self, card: Card) -> None:
        """Name who is with the person of `card`; with nobody named the line is gone."""
        words = _("With them today: {people}").format(people="; ".join(map(isolate, card.with_them)))
        self.words.say(words, name=words)
        self.setVisible(bool(card.with_them))
