"""Opening in an emergency: the same dialog for everybody's card, so that offering it says nothing about anybody."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.emergency import EmergencyReason
from rapportdesk.model.identity import PatientId
from ui.emergency.emergency_view import reason_words
from ui.emergency.words_field import WordsField
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Section
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded


class EmergencyDialog(Dialog):
    """Asks why, says that it will be reviewed, and opens.

    Signals:
        saved: The patient's id; what may be shown has changed.
    """

    saved = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Open in an emergency"), parent, width=560, height=620)
        self._tools, self._patient_id = tools, patient_id
        self._whose = Whose()
        self._reasons = QButtonGroup(self)
        self._said = Said()
        self.words = WordsField(tools, _("In your own words; leave out what is not needed"))
        self.rows.addWidget(self._whose)
        opens = _(
            "If there is anything this person has not agreed to share with clinicians, this opens it, until you leave"
            " this person. Nothing of it is printed."
        )
        self.rows.addWidget(Label(opens, "body"))
        self.rows.addWidget(
            Label(_("A manager reviews every emergency opening, with your name, the time and your reason."), "caution")
        )
        self.rows.addWidget(Section(_("Why")))
        for reason in EmergencyReason:
            self.rows.addWidget(self._radio(reason))
        self.rows.addWidget(self.words)
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self._open = self.add_button(Button(_("Open it"), "primary", self.break_glass))
        self._open.setAutoDefault(False)
        self.add_close(_("Leave it closed")).setAutoDefault(False)
        self.words.entered.connect(lambda: self._open.setFocus(Qt.FocusReason.OtherFocusReason))
        self._reasons.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        desk = tools.desk
        tools.work.submit(self, lambda: desk.people.get(patient_id), self._whose.show_patient, self._problem)

    def choose(self, reason: EmergencyReason) -> None:
        """Choose a reason of the list."""
        next(each for each in self._reasons.buttons() if each.property("value") == str(reason)).setChecked(True)

    def break_glass(self) -> None:
        """Open, or say what is missing."""
        chosen = self._reasons.checkedButton()
        if chosen is None:
            self._say(_("Choose why, or say it in your own words."))
            return
        reason, words = EmergencyReason(chosen.property("value")), self.words.text
        desk, patient_id = self._tools.desk, self._patient_id
        self._open.setEnabled(False)
        opening = lambda: desk.emergency.open(patient_id, reason, words)  # noqa: E731
        self._tools.work.submit(self, opening, lambda _none: self._opened(), self._problem)

    def _radio(self, reason: EmergencyReason) -> Worded:
        radio = QRadioButton()
        radio.setProperty("value", str(reason))
        self._reasons.addButton(radio)
        if reason is EmergencyReason.OTHER:
            radio.clicked.connect(lambda: self.words.setFocus(Qt.FocusReason.OtherFocusReason))
        return Worded(radio, reason_words(reason))

    def _opened(self) -> None:
        self.saved.emit(self._patient_id)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self._open.setEnabled(True)
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._said.tell(sentence)
