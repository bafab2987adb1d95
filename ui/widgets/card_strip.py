"""One quiet line of the card with the way to all of it; once the card stands open, it asks for itself."""

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal

from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Card
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel

T = TypeVar("T")


class CardStrip(Panel, Generic[T]):
    """A line of words and a link; not there while there is nothing to say.

    Args:
        tools: What a screen works with.
        link: What the link says.
        ask: Asks the desk about a patient; called on the worker, and with what opens the card there too.
        key: Of these requests, of which the newest alone is answered.

    Signals:
        wanted: All of it is wanted.
    """

    wanted = Signal()

    def __init__(self, tools: Tools, link: str, ask: Callable[[PatientId], T], key: str) -> None:
        super().__init__("page", margins=(18, 2, 18, 2), gap=0)
        self.ask = ask
        self._tools, self._key = tools, key
        self._patient: PatientId | None = None
        self.words = Label("", "muted")
        self.all = Button(link, "link", self.wanted.emit)
        self.add(self.words)
        self.rows.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_opened(self, card: Card, answer: T) -> None:
        """Show what came with a card that was just opened."""
        self._patient = card.patient.id
        self._show(self._patient, answer)

    def show_card(self, card: Card) -> None:
        """Ask again about the person of `card`, which stands open."""
        patient = card.patient.id
        self._tools.work.submit(self, partial(self.ask, patient), partial(self._show, patient), key=self._key)

    def show_nobody(self) -> None:
        """Nobody's card is open."""
        self._patient = None
        self.hide()

    def summary(self, answer: T) -> str:
        """Return the line; empty for none."""
        raise NotImplementedError  # abstract: Qt's metaclass and ABC's cannot be one

    def _show(self, patient: PatientId, answer: T) -> None:
        if patient != self._patient:
            return
        words = self.summary(answer)
        if words != self.words.text():
            self.words.say(words, name=words)
        self.setVisible(bool(words))
