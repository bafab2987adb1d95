"""Plan how to follow up after a visit: from a template or in own words, several steps, each with its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.draft import Form
from rapportdesk.model.follow_up import LONGEST_WAIT_DAYS, MOST_STEPS, FollowUpStep, FollowUpTemplate
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience
from rapportdesk.model.patient import Patient
from rapportdesk.model.task import Task
from ui.look.dates import short_date
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Section, Tick, column, place
from ui.widgets.flow import FlowLayout
from ui.widgets.kept_form import FormDialog, KeptForm
from ui.widgets.repeater import Repeater
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded


@dataclass(frozen=True, slots=True)
class _Loaded:
    patient: Patient
    visit: Appointment | None
    templates: tuple[FollowUpTemplate, ...]
    earlier: str | None


class StepRow(QWidget):
    """One step: after how many days, and what is done."""

    def __init__(self) -> None:
        super().__init__()
        self.days = Field(_("After how many days"))
        self.days.edit.setValidator(QIntValidator(0, LONGEST_WAIT_DAYS, self.days.edit))
        self.what = Field(_("What is done then"))
        rows = column(self, gap=4)
        rows.addWidget(self.days)
        rows.addWidget(self.what)
        self.setFocusProxy(self.days)

    def read(self) -> FollowUpStep:
        """Return the step.

        Raises:
            BadInput: No number of days is written.
        """
        written = self.days.text.strip()
        if not written.isdecimal():
            self.days.say_problem(_("Write a number of days, 0 for the same day."))
            raise BadInput(_("After how many days?"))
        self.days.clear_problem()
        return FollowUpStep(days=int(written), text=self.what.text)


class FollowUpDialog(FormDialog):
    """Makes a follow-up plan for one patient.

    Args:
        tools: What a screen works with.
        patient_id: Whom to ask.
        parent: The window.

    Signals:
        saved: The patient's id.
    """

    saved = Signal(str)

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Plan how to follow up"), parent, width=600, height=640)
        self._tools, self._patient_id = tools, patient_id
        self._visit: Appointment | None = None
        self.whose = Whose()
        self._after = Label("", "muted")
        self.steps = Repeater(StepRow, _("One more step"), _("Take this step out"), most=MOST_STEPS)
        self.sealed = Tick("")
        self._said = Said()
        self.rows.addWidget(self.whose)
        self.rows.addWidget(self._after)
        self.templates: list[Button] = []
        self.rows.addWidget(Section(_("Begin from")))
        self._chips = place(self.rows, FlowLayout(gap=8))
        self.rows.addWidget(Section(_("Steps")))
        self.rows.addWidget(self.steps)
        self.rows.addWidget(Worded(self.sealed, _("For clinicians only")))
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.steps.add()
        self.kept = KeptForm(tools, Form.FOLLOW_UP, patient_id, self)
        self.rows.insertWidget(1, self.kept)
        self._save = self.add_button(Button(_("Plan it"), "primary", self.save))
        self._save.setAutoDefault(False)
        self._save.setEnabled(False)
        self.add_button(Button(_("Leave it"), "secondary", self.leave)).setAutoDefault(False)
        desk, earlier = tools.desk, self.kept.earlier

        def load() -> _Loaded:
            follow_ups = desk.follow_ups
            return _Loaded(
                desk.people.get(patient_id), follow_ups.last_visit(patient_id), follow_ups.templates(), earlier()
            )  # fmt: skip

        tools.work.submit(self, load, self._show, self._problem)

    def fields(self) -> dict[str, Any]:
        """Return everything that is typed."""
        steps = [[step.days.text, step.what.text] for step in self.steps.rows]
        return {"steps": steps, "sealed": self.sealed.isChecked()}

    def fill(self, fields: Mapping[str, Any]) -> None:
        """Have exactly this be typed."""
        self.steps.clear()
        for days, what in fields["steps"]:
            step = self.steps.add()
            step.days.edit.setText(days)
            step.what.edit.setText(what)
        self.sealed.setChecked(bool(fields["sealed"]))

    def begin_from(self, template: FollowUpTemplate) -> None:
        """Fill the steps in as a template has them."""
        steps = [[str(step.days), step.text] for step in template.steps]
        self.fill({"steps": steps, "sealed": self.sealed.isChecked()})
        self.turn_to(self._save)

    def save(self) -> None:
        """Keep the plan, or say what is missing."""
        try:
            steps = tuple(step.read() for step in self.steps.rows)
        except BadInput as error:
            self._problem(error)
            return
        desk, patient_id, visit = self._tools.desk, self._patient_id, self._visit
        audience = Audience.CLINICIANS if self.sealed.isChecked() else Audience.EVERYONE
        keep = partial(
            desk.follow_ups.plan, patient_id, steps, visit=visit.id if visit else None, audience=audience
        )  # fmt: skip
        self._save.setEnabled(False)
        self._tools.work.submit(self, self.kept.saving(keep), self._kept, self._problem)

    def _show(self, loaded: _Loaded) -> None:
        self._visit = loaded.visit
        self.whose.show_patient(loaded.patient)
        clock = self._tools.clock
        if loaded.visit is not None:
            day = short_date(clock.local(loaded.visit.start).date())
            words = _("Days are counted from the visit on {day}.").format(day=day)
        else:
            words = _("Days are counted from today.")
        self._after.say(words, name=words)
        for template in loaded.templates:
            chip = Button(template.name, "chip", partial(self.begin_from, template))
            chip.setAutoDefault(False)
            self.templates.append(chip)
            self._chips.addWidget(chip)
        self.kept.bring_back(loaded.earlier)
        self._save.setEnabled(True)
        first = self.templates[0] if loaded.earlier is None else self.steps.rows[0]
        self.turn_to(first)

    def _kept(self, tasks: tuple[Task, ...]) -> None:
        self.kept.saved()
        count = len(tasks)
        words = ngettext("Planned: {count} step.", "Planned: {count} steps.", count).format(count=count)
        work, desk, messages, patient = self._tools.work, self._tools.desk, self._tools.messages, self._patient_id
        messages.say(words, lambda: work.submit(messages, desk.notes.undo, lambda _words: messages.taken_back.emit()))
        self.saved.emit(patient)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self.kept.not_saved()
        self._save.setEnabled(True)
        self._said.tell(error)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
