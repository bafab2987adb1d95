"""Who looked at this patient? Answered for the one who stands there: by day, in plain words, and on paper.

Everybody is first shown what reception may tell. What is between the patient and the clinicians comes by one press of a
clinician or manager, who says by it that they are alone; the button is there whether or not there is more.
"""

from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.audit import AuditFilter
from rapportdesk.model.identity import PatientId
from rapportdesk.model.looked import LookedDay, WhoLooked
from rapportdesk.model.patient import Patient
from rapportdesk.model.staff import Role
from ui.audit.audit_view import looked_pieces
from ui.audit.in_steps import InSteps
from ui.audit.save_record import SaveRecord
from ui.brief.preview import PreviewDialog
from ui.look.bidi import isolate
from ui.look.dates import day_name, long_date, short_date
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Tick, column, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.running import Running

AT_ONCE = 10
"""Days shown before "Earlier days"."""


class WhoLookedDialog(Dialog):
    """The answer for one patient.

    Args:
        tools: The desk to ask.
        patient_id: Whose record.
    """

    def __init__(self, tools: Tools, patient_id: PatientId, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Who looked at this record?"), parent, width=660, height=620)
        self._tools, self._patient_id = tools, patient_id
        self._whole = False
        self._shown = AT_ONCE
        self._days: tuple[LookedDay, ...] = ()
        self._asking: InSteps[WhoLooked] | None = None
        self._whose = Label("", "strong")
        self._said = Label(_("Looking…"), "muted")
        self.each = Tick(_("Each time by itself"))
        self.each.toggled.connect(self._ask)
        self.rows.addWidget(self._whose)
        self.rows.addWidget(self.each)
        self.rows.addWidget(self._said)
        self._list = place(self.rows, column(gap=6))
        self._earlier = Button(_("Earlier days"), "secondary", self._show_earlier)
        self._earlier.hide()
        self.rows.addWidget(self._earlier)
        self._more = Label(_ask_a_clinician(), "detail")
        self.rows.addWidget(self._more)
        self.rows.addStretch(1)
        self._print = self.add_button(Button(_("Print it for them…"), "primary", self.print_it))
        self._print.setAutoDefault(False)
        if tools.viewer.roles & {Role.CLINICIAN, Role.MANAGER}:
            self.everything = self.add_button(Button(_("Alone: show everything"), pressed=self.show_whole))
        save = SaveRecord(tools, self, lambda: AuditFilter(patient=patient_id), self._failed)
        self.add_button(Button(_("Save as a file…"), "secondary", save.ask_where))
        self.add_close()
        self.each.setFocus()
        desk = tools.desk
        tools.work.submit(self, lambda: desk.people.get(patient_id), self._name, self._failed)
        self._ask()

    def show_whole(self) -> None:
        """Show what is between the patient and the clinicians too."""
        self._whole = True
        self.everything.setEnabled(False)
        self.each.setFocus()
        self._ask()

    def print_it(self) -> None:
        """Show the pages that the patient takes along."""
        desk, patient, whole = self._tools.desk, self._patient_id, self._whole
        PreviewDialog(self._tools, partial(desk.paper.who_looked, patient, whole=whole), self).open()

    def _name(self, patient: Patient) -> None:
        born = short_date(patient.birth_date) if patient.birth_date else _("birth date not known")
        self._whose.say(_("{name}, {born}").format(name=isolate(patient.name), born=born))

    def _ask(self) -> None:
        if self._asking is not None:
            self._asking.leave()
        audit, patient = self._tools.desk.audit, self._patient_id
        begin = partial(audit.answer_in_steps, patient, whole=self._whole, each=self.each.isChecked())
        self._asking = InSteps(self._tools.work, self, begin, self._show, self._failed)

    def _show(self, answer: WhoLooked) -> None:
        self._asking = None
        self._days = answer.days
        if answer.whole:
            words = _("This is everything. On paper it is for their own hand alone.")
            self._more.say(words, name=words)
        self._fill()

    def _show_earlier(self) -> None:
        self._shown = len(self._days)
        self._fill()
        self.each.setFocus()

    def _fill(self) -> None:
        empty(self._list)
        self._said.setVisible(not self._days)
        if not self._days:
            self._said.say(_("Nobody has looked yet."), name=_("Nobody has looked yet."))
        clock = self._tools.clock
        today = clock.local(clock.now()).date()
        for day in self._days[: self._shown]:
            heading = day_name(day.day) if day.day.year == today.year else long_date(day.day)
            self._list.addWidget(Label(heading, "subheading"))
            for line in day.lines:
                self._list.addWidget(Running(self._tools.theme, looked_pieces(line)))
        self._earlier.setVisible(len(self._days) > self._shown)

    def _failed(self, error: RapportError) -> None:
        self._said.show()
        self._said.say(str(error), name=str(error))


def _ask_a_clinician() -> str:
    """Return what stands under every such list, whether or not there is more."""
    return _(
        "This is what the front desk can tell. Anybody who treats them here can tell them the rest, if there is any."
    )
