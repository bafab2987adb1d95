"""Who is with the patient decides what may be on the screen; not knowing counts as somebody being there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.company import NOT_ON_THE_CARD
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Tick
from ui.widgets.dialog import Dialog
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded


class CompanyDialog(Dialog):
    """Asks who is with one patient.

    Signals:
        saved: The patient's id; what may be shown has changed.
    """

    saved = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Who is with them?"), parent, width=460, height=470)
        self._tools, self._patient_id = tools, patient_id
        self._people: dict[str, Tick] = {}
        self._choices = QButtonGroup(self)
        self._worded: list[Worded] = []
        self._unknown = self._choice(_("Not known"))
        self._alone = self._choice(_("Nobody: they are alone"))
        self._some = self._choice(_("These people, today"))
        self.other = Field(_("Somebody else, by name (for today only)"))
        self._note = Label(_("What must not be said in front of somebody is then not shown."), "muted")
        save = self.add_button(Button(_("That is so"), "primary", self.save))
        save.setDefault(True)
        self.add_close(_("Leave it"))
        desk = tools.desk
        tools.work.submit(self, lambda: (desk.people.get(patient_id), desk.people.company(patient_id)), self._show)

    def save(self) -> None:
        """Say who is there."""
        company: frozenset[str] | None = None
        if self._alone.isChecked():
            company = frozenset()
        elif self._some.isChecked():
            named = {person for person, tick in self._people.items() if tick.isChecked()}
            others = {f"{NOT_ON_THE_CARD}{name}" for name in map(str.strip, self.other.text.split(",")) if name}
            company = frozenset(named | others) or None
        desk, patient_id = self._tools.desk, self._patient_id
        self._tools.work.submit(
            self, lambda: desk.people.set_company(patient_id, company), lambda _none: self._done(), self._not_kept
        )

    def say_alone(self) -> None:
        """Choose that nobody is with them."""
        self._alone.setChecked(True)

    def say_with(self, person_id: str) -> None:
        """Choose one of the people on the card."""
        self._people[person_id].setChecked(True)

    def _choice(self, words: str) -> QRadioButton:
        choice = QRadioButton()
        self._choices.addButton(choice)
        self._worded.append(Worded(choice, words))
        return choice

    def _show(self, answer: tuple[Patient, frozenset[str] | None]) -> None:
        patient, company = answer
        whose = Whose()
        whose.show_patient(patient)
        self.rows.addWidget(whose)
        living = [person for person in patient.people if not person.deceased]
        for worded in self._worded:
            self.rows.addWidget(worded)
        for person in living:
            words = ", ".join(part for part in (isolate(person.name), person.relation) if part)
            tick = Tick("")
            tick.setChecked(company is not None and person.id in company)
            tick.toggled.connect(lambda on: self._some.setChecked(True) if on else None)
            self._people[person.id] = tick
            worded = Worded(tick, words)
            worded.setContentsMargins(self.theme.px(28), 0, 0, 0)
            self.rows.addWidget(worded)
        others = sorted(each.removeprefix(NOT_ON_THE_CARD) for each in company or () if each not in self._people)
        self.other.edit.setText(", ".join(others))
        self.other.edit.textEdited.connect(lambda _text: self._some.setChecked(True))
        self.other.setContentsMargins(self.theme.px(28), 0, 0, 0)
        self.rows.addWidget(self.other)
        self.rows.addWidget(self._note)
        self.rows.addStretch(1)
        chosen = self._unknown if company is None else self._some if company else self._alone
        chosen.setChecked(True)
        self.turn_to(chosen)

    def _done(self) -> None:
        self.saved.emit(self._patient_id)
        self.accept()

    def _not_kept(self, error: RapportError) -> None:
        """It holds for this screen even if it could not be written down: what must not be seen goes all the same."""
        self.saved.emit(self._patient_id)
        self._note.say(str(error), name=str(error))
