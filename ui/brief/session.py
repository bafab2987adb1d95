"""The briefs of a whole session, one by one on the screen or a page each on paper: today, tomorrow, any day."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment
from ui.brief.preview import PreviewDialog
from ui.look.dates import day_name
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Tick, row
from ui.widgets.dialog import Dialog
from ui.widgets.picker import Picker
from ui.widgets.said import Said
from ui.widgets.worded import Worded
from ui.widgets.written_date import read_date


class SessionDialog(Dialog):
    """Asks for which day and whose visits.

    Signals:
        read_wanted: A local day, a practitioner's name ("" for everybody) and whose brief comes first.
    """

    read_wanted = Signal(object, str, str)

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Briefs of a session"), parent, width=520, height=470)
        self._tools = tools
        clock = tools.clock
        self._today = clock.local(clock.now()).date()
        self._choices = QButtonGroup(self)
        self.today = self._choice(_("Today, {day}").format(day=day_name(self._today)))
        tomorrow = self._today + dt.timedelta(days=1)
        self.tomorrow = self._choice(_("Tomorrow, {day}").format(day=day_name(tomorrow)))
        self._another = self._choice(_("Another day"))
        self.day = Field(_("Which day"), hint=_("For example {day}").format(day=f"{tomorrow:%d/%m/%Y}"))
        self.day.setContentsMargins(tools.theme.px(28), 0, 0, 0)
        self.day.edit.textEdited.connect(lambda _text: self._another.setChecked(True))
        self._whose = Picker(_("Whose visits"))
        self._whose.addItem(tools.viewer.name, tools.viewer.name)
        self._whose.addItem(_("Everybody"), "")
        self.large = Tick(_("Large print"))
        self._said = Said()
        self.rows.addWidget(self.day)
        whose = Label(_("Whose visits"), "label")
        whose.setBuddy(self._whose)
        self.rows.addWidget(whose)
        row(self.rows, self._whose, gap=0).addStretch(1)
        self.rows.addWidget(self.large)
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        pages = self.add_button(Button(_("Show the pages"), "primary", self.show_pages))
        pages.setDefault(True)
        self.add_button(Button(_("Read on the screen"), "secondary", self.read)).setAutoDefault(False)
        self.add_close()
        self.today.setChecked(True)
        self.today.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_pages(self) -> None:
        """Set the pages and show them before they are printed."""
        date, desk = self._date(), self._tools.desk
        if date is None:
            return
        whose, large = str(self._whose.currentData()), self.large.isChecked()
        window = self.parentWidget()
        pages = partial(desk.paper.session, date, practitioner=whose, large_print=large)
        preview = PreviewDialog(self._tools, pages, window)
        self.accept()
        preview.open()

    def read(self) -> None:
        """Open the session's first brief; Ctrl+Enter goes on from there."""
        date, desk = self._date(), self._tools.desk
        if date is not None:
            whose = str(self._whose.currentData())
            visits = partial(desk.briefs.visits, date, practitioner=whose)
            self._tools.work.submit(self, visits, partial(self._begin, date, whose), self._problem)

    def _begin(self, date: dt.date, whose: str, visits: tuple[Appointment, ...]) -> None:
        if not visits:
            self._say(_("Nobody comes on that day."))
            return
        self.read_wanted.emit(date, whose, visits[0].patient)
        self.accept()

    def _date(self) -> dt.date | None:
        """Return the chosen day, or None once it was said that it cannot be read."""
        self.day.clear_problem()
        if self.today.isChecked():
            return self._today
        if self.tomorrow.isChecked():
            return self._today + dt.timedelta(days=1)
        typed = read_date(self.day.text, self._today, future=True)
        if typed is None:
            self.day.say_problem(_("Which day is that?"))
            self.day.edit.setFocus()
        return typed

    def _choice(self, words: str) -> QRadioButton:
        choice = QRadioButton()
        self._choices.addButton(choice)
        self.rows.addWidget(Worded(choice, words))
        return choice

    def _problem(self, error: RapportError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._said.tell(sentence)
