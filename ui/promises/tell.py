"""Tell a clinician about a patient: they rang and are worse, without any follow-up having been planned."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from ui.emergency.words_field import WordsField
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Tick
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded


class TellDialog(Dialog):
    """Takes down what a clinician is to know.

    Args:
        tools: What a screen works with.
        patient_id: About whom.
        parent: The window.

    Signals:
        saved: The patient's id.
    """

    saved = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Tell a clinician"), parent, width=520, height=420)
        self._tools, self._patient_id = tools, patient_id
        self.whose = Whose()
        self.words = WordsField(tools, _("They are worse: what they say"))
        self.sealed = Tick("")
        self._said = Said()
        self.rows.addWidget(self.whose)
        about = _("It stands on every clinician’s first screen and in the next brief until one of them has read it.")
        self.rows.addWidget(Label(about, "muted"))
        self.rows.addWidget(self.words)
        self.rows.addWidget(Worded(self.sealed, _("For clinicians only; nothing of it stays here")))
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.tell = self.add_button(Button(_("Tell the clinician"), "primary", self.save))
        self.tell.setAutoDefault(False)
        self.add_close(_("Leave it")).setAutoDefault(False)
        self.words.entered.connect(self.save)
        self.words.setFocus()
        tools.work.submit(self, lambda: tools.desk.people.get(patient_id), self._show, self._problem)

    def save(self) -> None:
        """Tell it, or say what is missing."""
        if not self.tell.isEnabled():
            return
        self.tell.setEnabled(False)
        desk, patient, words, sealed = self._tools.desk, self._patient_id, self.words.text, self.sealed.isChecked()
        self._tools.work.submit(
            self, lambda: desk.follow_ups.tell(patient, words, sealed=sealed), lambda _task: self._told(), self._problem
        )

    def _show(self, patient: Patient) -> None:
        self.whose.show_patient(patient)

    def _told(self) -> None:
        work, desk, messages = self._tools.work, self._tools.desk, self._tools.messages

        def take_back() -> None:
            work.submit(messages, desk.notes.undo, lambda _words: messages.taken_back.emit())

        messages.say(_("The clinician is told."), take_back)
        self.saved.emit(self._patient_id)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self.tell.setEnabled(True)
        self._said.tell(error)
