"""Feedback of whoever is open: hand them the screen, or enter what they said; with nobody open, a card that was left.

Nobody is asked who has not agreed to be. What is typed and not saved is sealed for whoever typed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.draft import Form
from rapportdesk.model.feedback import (
    Answers,
    Experience,
    FeedbackAsking,
    FeedbackForm,
    FeedbackGiven,
    FeedbackQuestion,
    FormWords,
)
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Patient
from ui.emergency.words_field import WordsField
from ui.look.bidi import isolate
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Section, Tick, place
from ui.widgets.flow import FlowLayout
from ui.widgets.kept_form import FormDialog, KeptForm
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded


@dataclass(frozen=True, slots=True)
class _Loaded:
    words: FormWords
    earlier: str | None
    patient: Patient | None = None
    may: FeedbackAsking | None = None


class FeedbackDialog(FormDialog):
    """What one person says of the practice.

    Args:
        tools: What a screen works with.
        patient_id: Who says it; None for somebody who is not known.
        parent: The window.

    Signals:
        saved: Something was kept.
        form_wanted: The `FeedbackForm` to hand them.
        command_wanted: Id of a command: their consent is noted among everything agreed to.
    """

    saved = Signal()
    form_wanted = Signal(object)
    command_wanted = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId | None, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Feedback"), parent, width=600, height=640)
        self._tools, self._patient_id = tools, patient_id
        self.whose = Whose()
        self._not_agreed = Label("", "caution")
        self._invited = Label("", "muted")
        self._said = Said()
        self.hand_over = Button(_("Hand them the screen"), "primary", self._hand_over)
        self.to_consents = Button(_("Note what they agreed to"), "secondary", self._to_consents)
        self.pickers = {question: Picker("") for question in FeedbackQuestion}
        self._asked = {question: Label("", "label") for question in FeedbackQuestion}
        self.why = WordsField(tools, _("Why, in their words (may stay empty)"))
        self.better = WordsField(tools, _("What could have been better (may stay empty)"))
        self.concern, self.wants_answer = Tick(""), Tick("")
        self._named = Worded(self.wants_answer, _("They want an answer, and their name may be kept with it"))
        self.rows.addWidget(self.whose)
        self.kept = KeptForm(tools, Form.FEEDBACK, patient_id, self)
        for above in (self.kept, self._said, self._not_agreed):
            self.rows.addWidget(above)
        line = place(self.rows, FlowLayout(gap=10))
        line.addWidget(self.hand_over)
        line.addWidget(self.to_consents)
        self.rows.addWidget(self._invited)
        self._entry: tuple[QWidget, ...] = (
            Section(_("Or enter what they said") if patient_id is not None else _("Enter what they said")),
            *(each for question in FeedbackQuestion for each in (self._asked[question], self.pickers[question])),
            self.why,
            self.better,
            Worded(self.concern, _("Something worried them, and should be looked into")),
            self._named,
            Label(_("Without their name nobody can tell later who said it."), "muted"),
        )
        for widget in self._entry:
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.save_button = self.add_button(Button(_("Save"), "secondary", self.save))
        self.add_button(Button(_("Leave it"), "secondary", self.leave))
        for button in (self.hand_over, self.to_consents, self.save_button):
            button.setAutoDefault(False)
        for hidden in (self._not_agreed, self._invited, self.hand_over, self.to_consents, self._named):
            hidden.hide()
        self.save_button.setEnabled(False)
        tools.work.submit(self, self._load, self._show, self._problem)

    def fields(self) -> dict[str, Any]:
        """Return everything that is chosen and typed."""
        chosen = {question.value: str(self.pickers[question].currentData() or "") for question in FeedbackQuestion}
        return {
            **chosen, "why": self.why.text, "better": self.better.text, "concern": self.concern.isChecked(),
            "wants_answer": self.wants_answer.isChecked(),
        }  # fmt: skip

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this be chosen and typed."""
        for question, picker in self.pickers.items():
            picker.setCurrentIndex(max(picker.findData(fields[question.value]), 0))
        for field, name in ((self.why, "why"), (self.better, "better")):
            field.field.start_with(fields[name])
        self.concern.setChecked(fields["concern"])
        self.wants_answer.setChecked(fields["wants_answer"])

    def save(self) -> None:
        """Keep what was entered."""
        answers = {q.value: Experience(picker.currentData()) for q, picker in self.pickers.items()}
        given = FeedbackGiven(
            answers=Answers(**answers), why=self.why.text, better=self.better.text, concern=self.concern.isChecked(),
            wants_answer=self.wants_answer.isChecked() and not self._named.isHidden(),
        )  # fmt: skip
        self.save_button.setEnabled(False)
        give = partial(self._tools.desk.feedback.give, given, self._patient_id)
        self._tools.work.submit(self, self.kept.saving(give), lambda _none: self._done(), self._not_saved)

    def _load(self) -> _Loaded:
        desk, patient_id = self._tools.desk, self._patient_id
        words, earlier = desk.feedback.words(), self.kept.earlier()
        if patient_id is None:
            return _Loaded(words, earlier)
        return _Loaded(words, earlier, desk.people.get(patient_id), desk.feedback.asking(patient_id))

    def _show(self, loaded: _Loaded) -> None:
        for question, words in loaded.words.questions:
            self._asked[question].say(words, name=words)
            picker = self.pickers[question]
            picker.setAccessibleName(words)
            self._asked[question].setBuddy(picker)
            for experience, called in loaded.words.answers:
                picker.addItem(called, experience)
            picker.setCurrentIndex(picker.findData(Experience.DONT_KNOW))
        if loaded.patient is not None:
            self.whose.show_patient(loaded.patient)
        else:
            words = _("From somebody who is not open here, such as a card that was left")
            self.whose.say(words, name=words)
        self._allow(loaded.may)
        self.kept.begin()
        self.kept.bring_back(loaded.earlier)
        first = next((each for each in (self.hand_over, self.to_consents) if not each.isHidden()), None)
        self.turn_to(first or self.pickers[FeedbackQuestion.OVERALL])

    def _allow(self, may: FeedbackAsking | None) -> None:
        agreed = may is None or may.agreed
        self.save_button.setEnabled(agreed)
        for widget in self._entry:
            widget.setVisible(agreed)
        self.hand_over.setVisible(may is not None and agreed)
        self.to_consents.setVisible(not agreed)
        self._named.setVisible(may is not None and agreed and may.may_be_named)
        if not agreed:
            words = _("They have not agreed to be asked for feedback. Ask them first, and note what they say.")
            self._not_agreed.say(words, name=words)
            self._not_agreed.show()
        if may is not None and may.review_address:
            words = _("They agreed to be invited to review us: {address}").format(address=isolate(may.review_address))
            self._invited.say(words, name=words)
            self._invited.show()

    def _hand_over(self) -> None:
        if self._patient_id is not None:
            form = partial(self._tools.desk.feedback.form, self._patient_id)
            self._tools.work.submit(self, form, self._handed, self._problem)

    def _handed(self, form: FeedbackForm) -> None:
        self.form_wanted.emit(form)
        self.reject()

    def _to_consents(self) -> None:
        self.reject()
        self.command_wanted.emit("consents")

    def _done(self) -> None:
        self.kept.saved()
        self._tools.messages.say(_("Kept: what they said."))
        self.saved.emit()
        self.accept()

    def _not_saved(self, error: RapportError) -> None:
        self.kept.not_saved()
        self.save_button.setEnabled(True)
        self._problem(error)

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
