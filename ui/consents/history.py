"""Everything one person ever said about consent, on one screen; each kind is answered, taken back and undone here."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.consent_form import ConsentForm
from rapportdesk.model.consent_shown import ConsentHistory, PurposeStanding
from rapportdesk.model.identity import PatientId, RecordId
from ui.brief.preview import PreviewDialog
from ui.consents.consents_view import ask_words, never_asked, purpose_words, talked_of, withdrawn_words
from ui.consents.form import FormDialog, choose_scan, read_scan
from ui.consents.purpose import PurposePanel
from ui.consents.record import RecordDialog
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Section, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.save_file import ask_where, write_whole


class ConsentsDialog(Dialog):
    """The history of one person's consents.

    Signals:
        saved: The patient's id; what may be shown has changed.
    """

    saved = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Everything agreed to"), parent, width=760, height=660)
        self._tools, self._patient_id = tools, patient_id
        self._history: ConsentHistory | None = None
        self._at = ""
        self._whose = Label("", "name-strong")
        self._said = Said()
        self._shown = Panel("scrolled", margins=(0, 0, 0, 0), gap=10)
        for widget in (self._whose, self._said, self._shown):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self._sheet = self.add_button(Button(_("Print a form to sign…"), "secondary", self.print_sheet))
        self._large = self.add_button(Button(_("In large print…"), "secondary", partial(self.print_sheet, large=True)))
        self._file = self.add_button(Button(_("Save the history as a file…"), "secondary", self.ask_where))
        for button in (self._sheet, self._large, self._file):
            button.setAutoDefault(False)
            button.setEnabled(False)
        self.add_close().setFocus()
        tools.work.submit(self, partial(tools.desk.consent_histories.of, patient_id), self._show, self._problem)

    def answer(self, purpose: PurposeStanding, *, back: bool = False) -> None:
        """Take down an answer about one purpose; `back` when they take an agreement back."""
        if self._history is not None:
            dialog = RecordDialog(self._tools, self._history, purpose, self, back=back)
            dialog.recorded.connect(self._written)
            dialog.open()

    def undo(self, event_id: RecordId) -> None:
        """Undo a withdrawal or a no that was recorded by mistake."""
        desk, patient_id = self._tools.desk, self._patient_id
        self._tools.work.submit(
            self, partial(desk.consents.take_back, patient_id, event_id), lambda _event: self._written(), self._problem
        )

    def attach(self, event_id: RecordId) -> None:
        """Ask for the scan that proves an event, and keep it."""
        choose_scan(self, partial(self.take_scan, event_id))

    def take_scan(self, event_id: RecordId, path: Path) -> None:
        """Keep a scan with an event."""
        desk, patient_id = self._tools.desk, self._patient_id

        def keep() -> None:
            desk.consent_forms.attach(patient_id, event_id, read_scan(path))

        self._tools.work.submit(self, keep, lambda _none: self._written(), self._problem)

    def open_form(self, form: ConsentForm) -> None:
        """Show a signed form."""
        FormDialog(self._tools, form.id, self).open()

    def print_sheet(self, *, large: bool = False) -> None:
        """Show the form to print and sign, in the person's language."""
        desk, patient_id = self._tools.desk, self._patient_id
        make = partial(desk.consent_sheets.sheet, patient_id, large_print=large)
        PreviewDialog(self._tools, make, self).open()

    def print_for(self, person_id: str) -> None:
        """Show what is kept on the word of whoever decides, to be handed to them."""
        make = partial(self._tools.desk.consent_sheets.for_guardian, self._patient_id, person_id)
        PreviewDialog(self._tools, make, self).open()

    def ask_where(self) -> None:
        """Ask where the history is to lie as FHIR, and put it there."""
        ask_where(self, _("Save the history as a file"), "consents.json", self.save_to, kinds=(_("FHIR (*.json)"),))

    def save_to(self, path: Path) -> None:
        """Write the history to a file."""
        desk, patient_id = self._tools.desk, self._patient_id

        def save() -> None:
            write_whole(path, partial(desk.consent_histories.as_fhir, patient_id))

        self._tools.work.submit(self, save, lambda _none: self._saved_file(), self._problem)

    def _show(self, history: ConsentHistory) -> None:
        self._history = history
        patient = history.patient
        born = long_date(patient.birth_date) if patient.birth_date else _("birth date not known")
        words = _("{name}, {born}").format(name=isolate(patient.name), born=born)
        self._whose.say(words, name=words)
        empty(self._shown.rows)
        if history.withdrawn is not None:
            self._shown.add(Label(withdrawn_words(history.withdrawn), "caution"))
        if history.to_ask:
            self._shown.add(Section(_("To ask again")))
            self._shown.add(*(Label(ask_words(ask, patient), "body") for ask in history.to_ask))
        for purpose in talked_of(history):
            panel = PurposePanel(history, purpose, self._tools.clock)
            panel.answer_wanted.connect(partial(self.answer, purpose))
            panel.back_wanted.connect(partial(self.answer, purpose, back=True))
            panel.undo_wanted.connect(self.undo)
            panel.form_wanted.connect(self.attach)
            panel.form_opened.connect(self.open_form)
            panel.print_wanted.connect(self.print_for)
            self._shown.add(panel)
        if not talked_of(history):
            self._shown.add(Label(_("Nothing was asked yet."), "body"))
        self._offer_the_rest(history)
        for button in (self._sheet, self._large, self._file):
            button.setEnabled(True)
        self._focus()

    def _offer_the_rest(self, history: ConsentHistory) -> None:
        rest = never_asked(history)
        if not rest:
            return
        self._shown.add(Section(_("Not asked yet")))
        flow = place(self._shown.rows, FlowLayout(gap=8))
        for purpose in rest:
            words = purpose_words(history.patient, purpose.covers, purpose.person)
            name = _("Take down an answer: {what}").format(what=words)
            button = Button(words, "secondary", partial(self.answer, purpose), name=name)
            button.setAutoDefault(False)
            flow.addWidget(button)

    def _focus(self) -> None:
        """Put the keys on the first button of the history, once; afterwards they stay where they can."""
        first = next((each for each in self._shown.findChildren(Button) if each.isEnabled()), None)
        if first is not None:
            self.turn_to(first)

    def _written(self) -> None:
        self._said.hide()
        self.saved.emit(self._patient_id)
        again = partial(self._tools.desk.consent_histories.of_unrecorded, self._patient_id)
        self._tools.work.submit(self, again, self._show, self._problem)

    def _saved_file(self) -> None:
        self._tools.messages.say(_("Saved. It is not encrypted: look after it."))

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
