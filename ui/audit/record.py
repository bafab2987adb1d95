"""The manager's view of the whole record: by person, patient, kind and days, however long it is."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.audit import KINDS, AuditFilter, AuditKind
from rapportdesk.model.identity import PatientId, StaffId
from rapportdesk.model.looked import ListedPage
from rapportdesk.model.shown import PersonHit
from rapportdesk.model.staff import Practitioner
from ui.audit.audit_view import kind_words
from ui.audit.listed_list import ListedList
from ui.audit.listed_model import ListedModel
from ui.audit.save_record import SaveRecord
from ui.look.bidi import isolate
from ui.look.dates import short_date
from ui.screen import Tools
from ui.search.finder import Finder
from ui.search.hits import HitList
from ui.widgets.controls import Button, Field, Label, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.picker import Picker
from ui.widgets.written_date import read_date


class RecordDialog(Dialog):
    """Everything that was done, with filters."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("The record of who looked"), parent, width=900, height=660)
        self._tools = tools
        self._patient: PatientId | None = None
        self.who = Picker(_("Whose doing"))
        self.who.addItem(_("Everybody"), None)
        self.kind = Picker(_("What was done"))
        self.kind.addItem(_("Everything"), None)
        for kind in AuditKind:
            self.kind.addItem(kind_words(kind), kind)
        pickers = place(self.rows, FlowLayout(gap=12))
        for picker in (self.who, self.kind):
            picker.currentIndexChanged.connect(self._begin)
            pickers.addWidget(picker)
        self.since, self.until = Field(_("From this day")), Field(_("To this day"))
        days = place(self.rows, FlowLayout(gap=12, stand=Qt.AlignmentFlag.AlignTop))
        for field in (self.since, self.until):
            field.edit.editingFinished.connect(self._days_typed)
            days.addWidget(field)
        of_one = Field(_("Of one patient: name or number"))
        self.patient = of_one.edit
        self.patient.setMaxLength(1000)
        self.hits = HitList(tools.theme)
        self.hits.hide()
        self.rows.addWidget(of_one)
        self.rows.addWidget(self.hits)
        self._said = Label(_("Looking…"), "muted")
        self.rows.addWidget(self._said)
        self.model = ListedModel(self)
        self.list = ListedList(tools.theme, self.model)
        self.rows.addWidget(self.list)
        self.give_the_rest(self.list)
        save = SaveRecord(tools, self, self.chosen, self._failed)
        self.add_button(Button(_("Save as a file…"), "secondary", save.ask_where)).setAutoDefault(False)
        self.add_close().setAutoDefault(False)
        self._finder = Finder(tools, self.patient, self.hits)
        self._finder.shown.connect(self._found)
        self._finder.found.connect(self._choose)
        self._finder.number_found.connect(self._choose_id)
        self._finder.emptied.connect(self._choose_nobody)
        self._finder.escaped.connect(self.reject)
        self.model.wanted.connect(self._ask)
        self.who.setFocus()
        tools.work.submit(self, tools.desk.staff.list, self._name_staff)
        self._days: tuple[dt.date | None, dt.date | None] = (None, None)
        self.model.begin()

    def chosen(self) -> AuditFilter:
        """Return which lines are wanted."""
        kind, who = self.kind.currentData(), self.who.currentData()
        since, until = self._days
        return AuditFilter(
            who=None if who is None else StaffId(who),
            patient=self._patient,
            actions=frozenset() if kind is None else KINDS[AuditKind(kind)],
            since=since,
            until=until,
        )

    def _name_staff(self, people: tuple[Practitioner, ...]) -> None:
        for person in people:
            self.who.addItem(person.name, person.id)

    def _begin(self) -> None:
        self._said.say(_("Looking…"), name=_("Looking…"))
        self._said.show()
        self.model.begin()

    def _ask(self) -> None:
        audit, chosen, before = self._tools.desk.audit, self.chosen(), self.model.before
        self._tools.work.submit(
            self, partial(audit.page, chosen, before), self._show, self._failed, key=f"record/{id(self)}"
        )

    def _show(self, page: ListedPage) -> None:
        self._know(page)
        self.model.add(page)
        nothing = self.model.at_end and not self.model.rowCount()
        words = _("Nothing of that kind is recorded.") if nothing else _("Looking…")
        self._said.say(words, name=words)
        self._said.setVisible(nothing or not self.model.rowCount())
        self.list.setVisible(not nothing)

    def _know(self, page: ListedPage) -> None:
        """Let those be picked too who have left."""
        for line in page.lines:
            if line.who_id is not None and line.who and self.who.findData(line.who_id) < 0 and self.who.count() > 1:
                self.who.addItem(line.who, line.who_id)

    def _days_typed(self) -> None:
        clock = self._tools.clock
        today = clock.local(clock.now()).date()
        read = []
        for field in (self.since, self.until):
            text = field.text.strip()
            day = read_date(text, today) if text else None
            if text and day is None:
                field.say_problem(_("That is no day. Write it like 20 Nov 2026."))
                return
            field.clear_problem()
            if day is not None:
                field.edit.setText(short_date(day))
            read.append(day)
        if (read[0], read[1]) != self._days:
            self._days = read[0], read[1]
            self._begin()

    def _found(self, sentence: str) -> None:
        self.hits.show()
        self._said.say(sentence, name=sentence)
        self._said.setVisible(bool(sentence))

    def _choose(self, hit: PersonHit) -> None:
        self.patient.blockSignals(True)
        self.patient.setText(isolate(hit.name))
        self.patient.blockSignals(False)
        self._choose_id(hit.id)

    def _choose_id(self, patient: str) -> None:
        self.hits.hide()
        self._patient = PatientId(patient)
        self.list.setFocus()
        self._begin()

    def _choose_nobody(self) -> None:
        self.hits.hide()
        if self._patient is not None:
            self._patient = None
            self._begin()

    def _failed(self, error: RapportError) -> None:
        self.model.stop()
        self._said.show()
        self._said.say(str(error), name=str(error))
