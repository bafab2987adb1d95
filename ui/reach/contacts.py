"""Calls and messages of one patient: to ring them, what came of it, and everything so far, as far as it may be read.

A message that was handed over waits here until somebody ticks whether it was sent; the desk itself sends nothing.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.communication import CallOutcome, ContactLine, Way
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from ui.card.move import MoveDialog
from ui.look.bidi import isolate
from ui.look.dates import clock_time, short_date
from ui.reach.opener import open_link
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Section, column, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.whose import Whose

_Loaded = tuple[Patient, tuple[Way, ...], tuple[ContactLine, ...]]


class ContactsDialog(Dialog):
    """The contact log of one patient.

    Signals:
        saved: The patient's id.
        command_wanted: Id of a command: a message is wanted.
    """

    saved = Signal(str)
    command_wanted = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Calls and messages"), parent, width=620, height=650)
        self._tools, self._patient_id = tools, patient_id
        self.outcomes: dict[CallOutcome, Button] = {}
        self.lines: list[ContactRow] = []
        self._whose = Whose()
        self._said = Said()
        self._ring = Panel("scrolled", margins=(0, 0, 0, 0), gap=4)
        self._log = Panel("scrolled", margins=(0, 0, 0, 0), gap=10)
        for widget in (self._whose, self._said, Section(_("Ring them")), self._ring):
            self.rows.addWidget(widget)
        self.rows.addWidget(Section(_("So far")))
        self.rows.addWidget(self._log)
        self.rows.addStretch(1)
        write = self.add_button(Button(_("Write to them"), "secondary", self._write))
        write.setAutoDefault(False)
        self._close = self.add_close()
        desk = tools.desk

        def first() -> _Loaded:
            return desk.people.get(patient_id), desk.calls.numbers(patient_id), desk.calls.log(patient_id)

        tools.work.submit(self, first, self._begin, self._problem)

    def dial(self, number: str) -> None:
        """Have the computer's own program ring a number that may be rung."""
        ask = partial(self._tools.desk.calls.dial, self._patient_id, number)
        self._tools.work.submit(self, ask, self._give, self._problem)

    def rang(self, outcome: CallOutcome) -> None:
        """Keep what came of ringing them."""
        self._change(partial(self._tools.desk.calls.rang, self._patient_id, outcome))

    def tick(self, line: ContactLine, *, sent: bool) -> None:
        """Keep whether a message was sent."""
        self._change(partial(self._tools.desk.messages.tick, line.id, sent=sent))

    def ask_whose(self, line: ContactLine) -> None:
        """Ask whose call it is, and move it there."""
        whose = _("Whose call is this?")
        dialog = MoveDialog(self._tools, self._patient_id, line.words, self, heading=whose)
        dialog.chosen.connect(
            lambda to, _name: self._change(partial(self._tools.desk.calls.move, line.id, PatientId(to)))
        )
        dialog.open()

    def _begin(self, loaded: _Loaded) -> None:
        patient, ways, lines = loaded
        self._whose.show_patient(patient)
        self._show_ways(ways)
        self._show_lines(lines)
        self.turn_to(next(iter(self.outcomes.values())))

    def _show_ways(self, ways: tuple[Way, ...]) -> None:
        *phones, voicemail = ways
        for way in phones:
            words = " · ".join(part for part in (isolate(way.value), way.why) if part)
            self._ring.add(Label(words, "lead" if way.open else "caution"))
            if way.open:
                self._offer_to_dial(way)
        line = place(self._ring.rows, FlowLayout(gap=8, row_gap=6))
        for outcome, words in (
            (CallOutcome.REACHED, _("Reached")),
            (CallOutcome.NO_ANSWER, _("No answer")),
            (CallOutcome.VOICEMAIL, _("Voicemail left")),
        ):
            button = self.outcomes[outcome] = Button(words, "small", partial(self.rang, outcome))
            button.setAutoDefault(False)
            line.addWidget(button)
        self.outcomes[CallOutcome.VOICEMAIL].setVisible(voicemail.open)
        if not voicemail.open:
            self._ring.add(Label(_("No voicemail. {why}").format(why=voicemail.why), "muted"))

    def _offer_to_dial(self, way: Way) -> None:
        name = _("Ring {number} with this computer").format(number=isolate(way.value))
        button = Button(_("Ring with this computer"), "link", partial(self.dial, way.value), name=name)
        button.setAutoDefault(False)
        self._ring.rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def _show_lines(self, lines: tuple[ContactLine, ...]) -> None:
        empty(self._log.rows)
        self.lines = [ContactRow(self, line) for line in lines]
        self._log.add(*self.lines)
        if not lines:
            self._log.add(Label(_("Nothing yet."), "muted"))

    def _change(self, change: Callable[[], object]) -> None:
        self._said.hide()
        self._tools.work.submit(self, change, lambda _kept: self._changed(), self._problem)

    def _changed(self) -> None:
        self.saved.emit(self._patient_id)
        again = partial(self._tools.desk.calls.log_unrecorded, self._patient_id)
        self._tools.work.submit(self, again, self._shown_again, self._problem)

    def _shown_again(self, lines: tuple[ContactLine, ...]) -> None:
        self._show_lines(lines)
        if self.focusWidget() is None:
            self.turn_to(next(iter(self.outcomes.values())))

    def _give(self, uri: str) -> None:
        self._said.hide()
        try:
            open_link(uri)
        except RapportError as error:
            self._problem(error)
        self.turn_to(self.outcomes[CallOutcome.REACHED])

    def _write(self) -> None:
        self.accept()
        self.command_wanted.emit("message")

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)


class ContactRow(QWidget):
    """One call or message."""

    def __init__(self, dialog: ContactsDialog, line: ContactLine) -> None:
        super().__init__()
        self.line = line
        rows = Panel("scrolled", margins=(0, 0, 0, 0), gap=3, parent=self)
        column(self, gap=0).addWidget(rows)
        at = _("{day}, {time}").format(day=short_date(line.at.date()), time=clock_time(line.at))
        rows.add(Label(_("{at}: {words}").format(at=at, words=line.words), "name-strong"))
        if line.detail:
            rows.add(Label(line.detail, "detail"))
        actions = place(rows.rows, FlowLayout(gap=8, row_gap=6))
        sent, not_sent = (partial(dialog.tick, line, sent=each) for each in (True, False))
        ticks = ((_("Sent"), sent), (_("Not sent"), not_sent)) if line.waits else ()
        whose = ((_("Wrong person"), partial(dialog.ask_whose, line)),) if line.is_call else ()
        for words, do in (*ticks, *whose):
            button = Button(words, "small", do, name=_("{verb}: {what}").format(verb=words, what=line.words))
            button.setAutoDefault(False)
            actions.addWidget(button)
