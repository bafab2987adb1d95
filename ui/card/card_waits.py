"""What waits on a card: for a clinician, something to open alone with the person; for everyone, one sentence to ask.

Where almost nothing is known there are no empty boxes, only that sentence.
"""

from functools import partial

from PySide6.QtCore import Signal

from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Card, KeepConsent
from rapportdesk.model.words import veil_sentence
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, row


class Veil(Panel):
    """One sentence for all that is veiled, and the one press that opens it.

    Signals:
        opened: It has been opened, and that was recorded.
    """

    opened = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__("card", margins=(18, 8, 18, 8))
        self._tools = tools
        self._patient: PatientId | None = None
        self._unveiled: PatientId | None = None
        self._sentence = Label("", "body")
        line = row(self.rows, self._sentence, gap=10)
        line.setStretch(0, 1)
        line.addWidget(Button(_("Open…"), "secondary", self._open, name=_("Open what waits")))
        self.hide()

    def show_card(self, card: Card) -> None:
        """Show whether something waits on `card`."""
        self._patient = card.patient.id
        self._sentence.say(veil_sentence(card.patient), name=veil_sentence(card.patient))
        self.setVisible(card.veiled)

    def close_again(self) -> bool:
        """Veil again what was opened here; return whether anything was."""
        patient_id, self._unveiled = self._unveiled, None
        if patient_id is not None:
            self._tools.work.submit(self, partial(self._tools.desk.briefs.close_veiled, patient_id))
        return patient_id is not None

    def _open(self) -> None:
        if self._patient is not None:
            self._unveiled = self._patient
            open_veiled = partial(self._tools.desk.briefs.open_veiled, self._patient)
            self._tools.work.submit(self, open_veiled, lambda _brief: self.opened.emit())


class ToAsk(Panel):
    """The sentence to ask with, or what to do where nobody's card is open.

    Signals:
        wanted: Ask for the consent to keep notes now.
    """

    wanted = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__("page", margins=(18, 10, 18, 10), gap=8)
        self._tools = tools
        self._aside = False
        self._sentence = Label("", "lead")
        self._ask = Button(_("Record their answer"), "secondary", self.wanted.emit)
        self.add(self._sentence)
        row(self.rows, self._ask, stretch_last=True)

    def show_card(self, card: Card) -> None:
        """Show what to ask on `card`, if anything."""
        sentence = card.to_ask or _of_the_dead(card)
        self._sentence.say(sentence, name=sentence)
        unanswered = card.keep not in {KeepConsent.AGREED, KeepConsent.REFUSED} and not card.patient.deceased
        self._ask.setVisible(unanswered)
        self._fit()

    def step_aside(self, aside: bool) -> None:
        """Be seen no more while the question itself stands on the card, or again."""
        self._aside = aside
        self._fit()

    def _fit(self) -> None:
        self.setVisible(bool(self._sentence.text()) and not self._aside)

    def show_nobody(self, sentence: str) -> None:
        """Say what to do while nobody's card is open."""
        self._sentence.say(sentence, name=sentence)
        self._ask.hide()
        self._fit()


def _of_the_dead(card: Card) -> str:
    """Return what holds once somebody has died, or empty: a card with hardly a line on it would say nothing."""
    if not card.patient.deceased:
        return ""
    return _("{name} has died. Nobody is told to greet, ring or write to them.").format(
        name=isolate(card.patient.called)
    )
