"""The patient's answer decides what becomes of what was typed: kept, discarded, or sealed until later.

Nothing is written before the answer, and what was typed stays where it is until it is kept or the patient says no.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from rapportdesk.errors import BadInput
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Card, KeepConsent
from ui.look.bidi import isolate
from ui.quick_line.consent import ConsentPanel
from ui.quick_line.quick_line import QuickLine
from ui.screen import Tools


class ConsentFlow(QObject):
    """Asks in place, records the answer, and lets the quick line go on.

    Signals:
        recorded: Id of the patient whose answer was recorded.
        asking: Whether the question stands there now.
        command_wanted: Id of a command: the one who decides is to be put on the card first.
    """

    recorded = Signal(str)
    asking = Signal(bool)
    command_wanted = Signal(str)

    def __init__(self, tools: Tools, quick: QuickLine) -> None:
        super().__init__(quick)
        self._tools, self._quick = tools, quick
        self._card: Card | None = None
        self._sentence = ""
        self.panel = ConsentPanel(tools)
        self.panel.agreed.connect(self._agreed)
        self.panel.refused.connect(self._refused)
        self.panel.later.connect(self._later)
        self.panel.someone_else.connect(self._someone_else)
        self.panel.gone_back.connect(self._back)
        self.panel.person_needed.connect(self._person_needed)
        quick.consent_needed.connect(self._needed)

    def turn_to(self, card: Card, sentence: str | None) -> None:
        """Turn to the person of `card`; with a new sentence another person's question is gone."""
        self._card = card
        if sentence is not None:
            self._sentence = sentence
            self._close()

    def ask(self) -> None:
        """Show the sentence to say and take the keys."""
        if self._card is not None:
            self._quick.setEnabled(False)
            self.panel.ask(self._card.patient, self._sentence, can_wait=bool(self._quick.typed.text.strip()))
            self.asking.emit(True)

    def _needed(self, _typed: object) -> None:
        if self._card is not None and self._card.keep is KeepConsent.REFUSED:
            self._tools.messages.problem(
                BadInput(
                    _("{name} said no to notes.").format(name=isolate(self._card.patient.called)),
                    _("Please don’ts and adjustments are still kept. What you typed is still here."),
                )
            )
            return
        self.ask()

    def _agreed(self) -> None:
        patient_id = self._close()
        desk = self._tools.desk
        if patient_id is None:
            return
        if self._quick.typed.text.strip():
            self._quick.write(partial(desk.consents.agree, patient_id))
            return
        self._record(patient_id, partial(desk.consents.agree, patient_id), _("Agreed to notes."))

    def _refused(self) -> None:
        patient_id = self._close()
        desk = self._tools.desk
        if patient_id is None:
            return

        def refuse() -> None:
            desk.consents.refuse(patient_id)
            desk.drafts.discard(patient_id)

        self._quick.let_go()
        self._record(patient_id, refuse, _("Nothing was kept. They are not asked again for twelve months."))

    def _later(self) -> None:
        patient_id = self._close()
        desk, typed = self._tools.desk, self._quick.typed
        if patient_id is None:
            return
        self._quick.let_go()
        if typed.text.strip():
            keep = partial(
                desk.drafts.keep, patient_id, typed.text, kind=typed.kind, audience=typed.audience, later=True
            )
            self._record(patient_id, keep, _("It waits on this card as a draft that only you can see."))

    def _someone_else(self, person_id: str, review_on: dt.date, proof: str) -> None:
        patient_id = self._close()
        desk = self._tools.desk
        if patient_id is not None:
            record = partial(desk.consents.someone_else, patient_id, person_id, review_on, proof=proof)
            self._record(patient_id, record, _("Recorded. What you typed is still here."))

    def _back(self) -> None:
        self._close()

    def _person_needed(self) -> None:
        self._close()
        self.command_wanted.emit("person.edit")

    def _close(self) -> PatientId | None:
        """Take the question away and give the keys back to the quick line; return whose it was."""
        had_keys = not self.panel.isHidden()
        self.panel.hide()
        self.asking.emit(False)
        self._quick.setEnabled(self._card is not None)
        if had_keys:
            self._quick.field.setFocus()
        return self._card.patient.id if self._card is not None else None

    def _record(self, patient_id: PatientId, record: Callable[[], object], sentence: str) -> None:
        def recorded(_answer: object) -> None:
            self._tools.messages.say(sentence)
            self.recorded.emit(patient_id)

        self._tools.work.submit(self, record, recorded)
