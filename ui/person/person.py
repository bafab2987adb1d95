"""Adding somebody, or changing who they are; on adding, whoever could be the same person or be taken for them is shown.

What is typed stays in the form until it is kept, whatever goes wrong, and is sealed meanwhile.
"""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.draft import Form
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import PersonHit
from ui.card.card_header import Namesakes
from ui.look.bidi import isolate
from ui.person.person_form import PersonForm
from ui.screen import Tools
from ui.widgets.controls import Button
from ui.widgets.kept_form import FormDialog, KeptForm
from ui.widgets.said import Said
from ui.wording.wording_bar import watch_field

LOOK_AFTER_MS = 250


class PersonDialog(FormDialog):
    """The form for one person.

    Args:
        tools: What a screen works with.
        patient_id: Whom to change; None adds somebody.
        parent: The window.

    Signals:
        saved: Id of the person as kept, or of the one who is already there.
        looked: Namesakes have been looked for, and are shown if there are any.
    """

    saved = Signal(str)
    looked = Signal()

    def __init__(self, tools: Tools, patient_id: PatientId | None, parent: QWidget | None) -> None:
        heading = _("Add a person") if patient_id is None else _("Who this is")
        super().__init__(tools.theme, heading, parent, width=640, height=640)
        self._tools, self._patient_id = tools, patient_id
        clock = tools.clock
        self.form = PersonForm(clock.local(clock.now()).date())
        self.form.contacts.added.connect(lambda row: watch_field(tools, row.may_say))
        self.form.people.added.connect(lambda row: watch_field(tools, row.may_hear))
        self.kept = KeptForm(tools, Form.PERSON, patient_id, self.form)
        self.namesakes = Namesakes(tools.theme)
        self.namesakes.person_wanted.connect(self._go_there)
        self._said = Said()
        for widget in (self.kept, self.namesakes, self._said, self.form):
            self.rows.addWidget(widget)
        self.save_button = self.add_button(Button(_("Save"), "primary", self.save))
        self.add_button(Button(_("Leave it"), "secondary", self.leave))
        self._looker = QTimer(self)
        self._looker.setSingleShot(True)
        self._looker.setInterval(LOOK_AFTER_MS)
        self._looker.timeout.connect(self._look)
        if patient_id is None:
            self.form.identity_typed.connect(self._looker.start)
            self.kept.came_back.connect(self._looker.start)
            tools.work.submit(self, self.kept.earlier, self.kept.bring_back, self._problem)
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.save_button.setEnabled(False)
            self.form.setEnabled(False)
            desk, earlier = tools.desk, self.kept.earlier
            tools.work.submit(self, lambda: (desk.people.get(patient_id), earlier()), self._show, self._problem)

    def save(self) -> None:
        """Keep the form, or say what is wrong with it."""
        wrong = self.form.problem()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, patient = self._tools.desk, self.form.patient()
        self.save_button.setEnabled(False)
        keep = partial(desk.people.add if self._patient_id is None else desk.people.update, patient)
        self._tools.work.submit(self, self.kept.saving(keep), self._saved, self._not_saved)

    def _show(self, answer: tuple[Patient, str | None]) -> None:
        patient, earlier = answer
        self.form.show_patient(patient)
        self.kept.begin()
        self.kept.bring_back(earlier)
        self.form.setEnabled(True)
        self.save_button.setEnabled(True)
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        patient, desk = self.form.patient(), self._tools.desk
        if not patient.name.strip():
            self._warn(())
            return
        self._tools.work.submit(self, lambda: desk.people.namesakes(patient), self._warn, self._problem, key="near")

    def _warn(self, near: tuple[PersonHit, ...]) -> None:
        self.namesakes.show_namesakes(near)
        self.save_button.setText(_("Add all the same") if near else _("Save"))
        self.save_button.setAccessibleName(self.save_button.text())
        self.looked.emit()

    def _go_there(self, patient_id: str) -> None:
        """The person is already here: open them, and add nobody."""
        self.kept.let_go()
        self.saved.emit(patient_id)
        self.accept()

    def _saved(self, patient: Patient) -> None:
        words = _("{name} is here now.") if self._patient_id is None else _("Kept: who {name} is.")
        self._tools.messages.say(words.format(name=isolate(patient.called)))
        self.kept.saved()
        self.saved.emit(patient.id)
        self.accept()

    def _not_saved(self, error: RapportError) -> None:
        self.kept.not_saved()
        self.save_button.setEnabled(True)
        self._problem(error)

    def _problem(self, error: RapportError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._said.tell(sentence)
