"""What has to be ready before people come on the day that is shown: interpreters, longer visits, quiet places first."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.appointment import CALLED_OFF
from rapportdesk.model.day import Need, NeedKind
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Day, TodayRow
from ui.look.bidi import isolate
from ui.look.dates import clock_time, day_name
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said


class BeforeTheyCome(Dialog):
    """The visits of one day for which something has to be ready.

    Args:
        tools: What a screen works with.
        date: The day; None for today.
        practitioner: Only this one's visits; empty for all.

    Signals:
        person_wanted: Id of the person to open.
    """

    person_wanted = Signal(str)

    def __init__(self, tools: Tools, date: dt.date | None, practitioner: str, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Before they come"), parent, width=560, height=560)
        self._tools = tools
        self._day = Label("", "subheading")
        self._said = Said()
        self._shown = Panel("scrolled", margins=(0, 0, 0, 0), gap=10)
        self.rows.addWidget(self._day)
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._shown)
        self.rows.addStretch(1)
        self._leave = self.add_close()
        self._leave.setFocus()
        desk = tools.desk
        tools.work.submit(self, lambda: desk.today.day(date, practitioner=practitioner), self._show, self._problem)

    def _show(self, day: Day) -> None:
        self._day.say(day_name(day.date), name=day_name(day.date))
        empty(self._shown.rows)
        rows = [row for row in day.rows if row.needs and row.appointment.status not in CALLED_OFF]
        if not rows:
            self._shown.add(Label(_("Nothing has to be ready on this day, as far as the cards say."), "body"))
        opens = [self._one(row) for row in rows]
        if opens:
            self.turn_to(opens[0])

    def _one(self, row: TodayRow) -> Button:
        made = Panel("important", margins=(14, 8, 14, 8), gap=4)
        begins = clock_time(row.starts or row.appointment.start)
        who = _("{time}  {name}").format(time=begins, name=isolate(row.name))
        made.add(Label(who, "name-strong"))
        if row.appointment.practitioner_name:
            made.add(Label(isolate(row.appointment.practitioner_name), "detail"))
        for need in row.needs:
            made.add(Label(need_words(need, row.appointment.minutes), "body"))
        verbs = place(made.rows, FlowLayout(gap=8))
        name = _("{verb}: {name}").format(verb=_("Open"), name=isolate(row.name))
        button = Button(_("Open"), "secondary", partial(self._open, row.patient), name=name)
        button.setAutoDefault(True)  # Enter opens whoever the keys stand on
        verbs.addWidget(button)
        self._shown.add(made)
        return button

    def _open(self, patient: PatientId) -> None:
        self.person_wanted.emit(patient)
        self.accept()

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)


def need_words(need: Need, minutes: int) -> str:
    """Return a need as it was said, and for a longer visit how long it is booked for."""
    if need.kind is not NeedKind.LONGER_VISIT or minutes <= 0:
        return need.text
    booked = ngettext("booked for {count} minute", "booked for {count} minutes", minutes).format(count=minutes)
    return _("{what} ({booked})").format(what=need.text, booked=booked)
