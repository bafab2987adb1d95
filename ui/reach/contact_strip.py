"""One quiet line of the card: what passed last between the practice and the patient, and the way to all of it."""

from functools import partial

from PySide6.QtCore import Qt, Signal

from rapportdesk.language import _
from rapportdesk.model.communication import ContactLine
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Card
from ui.look.dates import clock_time, short_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel


class ContactStrip(Panel):
    """The newest line of the contact log.

    Signals:
        wanted: The whole log is wanted.
    """

    wanted = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__("page", margins=(18, 2, 18, 2), gap=0)
        self._tools = tools
        self._patient: PatientId | None = None
        self.words = Label("", "muted")
        self.add(self.words)
        self.rows.addWidget(Button(_("Calls and messages"), "link", self.wanted.emit), 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_card(self, card: Card) -> None:
        """Ask for the log of the person of `card`."""
        if card.patient.id != self._patient:
            self.hide()
        self._patient = card.patient.id
        ask = partial(self._tools.desk.calls.log_unrecorded, card.patient.id)
        self._tools.work.submit(self, ask, partial(self._show, card.patient.id), key="last contact")

    def show_nobody(self) -> None:
        """Nobody's card is open."""
        self._patient = None
        self.hide()

    def _show(self, patient: PatientId, lines: tuple[ContactLine, ...]) -> None:
        if patient != self._patient:
            return
        words = _last(lines) if lines else ""
        self.words.say(words, name=words)
        self.setVisible(bool(words))


def _last(lines: tuple[ContactLine, ...]) -> str:
    newest = next((line for line in lines if line.waits), lines[0])
    at = _("{day}, {time}").format(day=short_date(newest.at.date()), time=clock_time(newest.at))
    return _("{at}: {words}").format(at=at, words=newest.words)
