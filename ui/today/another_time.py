"""Another time for one visit: a day, the times that are free on it as far as this desk knows, or any time typed."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError, TimeTaken
from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.day import ToRearrange
from ui.look.bidi import isolate
from ui.look.dates import clock_time, day_and_time, short_date, whole_day
from ui.person.person_contacts import read_time
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said
from ui.widgets.written_date import read_date

MOST_OFFERED = 12


class AnotherTime(Dialog):
    """Books one visit anew.

    Args:
        tools: What a screen works with.
        waiting: The visit that was called off or missed.
        parent: The list.

    Signals:
        booked: It has another time now.
    """

    booked = Signal()

    def __init__(self, tools: Tools, waiting: ToRearrange, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Another time"), parent, width=480, height=520)
        self._tools, self._waiting = tools, waiting
        clock = tools.clock
        self._today = clock.local(clock.now()).date()
        name = isolate(waiting.patient_name)
        born = short_date(waiting.birth_date) if waiting.birth_date else _("birth date not known")
        practitioner = isolate(waiting.appointment.practitioner_name)
        before = " · ".join(part for part in (day_and_time(waiting.start), practitioner) if part)
        self.date = Field(_("Day"), hint="")
        self.time = Field(_("Time"), hint=_("For example: 10:20"))
        self._free_words = Label("", "detail")
        self._free = Panel("scrolled", margins=(0, 0, 0, 0), gap=4)
        self._flow = place(self._free.rows, FlowLayout(gap=6))
        self._said = Said()
        for part in (
            Label(_("{name}, {born}").format(name=name, born=born), "name-strong"),
            Label(_("in place of {visit}").format(visit=before), "detail"),
            self.date, self._free_words, self._free, self.time, self._said,
            Label(_("It is kept here. Tell the practice system too, if that has the schedule."), "detail"),
        ):  # fmt: skip
            self.rows.addWidget(part)
        self.rows.addStretch(1)
        self.book = self.add_button(Button(_("Book"), "primary", self._book))
        self.add_close(_("Leave it"))
        self._beside = False
        self.date.edit.textChanged.connect(self._day_typed)
        self.time.edit.textChanged.connect(lambda _text: self._beside_no_more())
        first = max(waiting.start.date(), self._today)
        self.date.edit.setText(short_date(first))
        self.date.edit.selectAll()
        self.date.setFocus()

    def _day(self) -> dt.date | None:
        return read_date(self.date.text, self._today, future=True)

    def _day_typed(self) -> None:
        self._beside_no_more()
        day = self._day()
        self.date.say_hint(whole_day(day) if day else "")
        self._show_free(())
        if day is not None:
            ask = partial(self._tools.desk.rearranging.free, self._waiting.appointment.id, day)
            self._tools.work.submit(self, ask, self._show_free, self._problem, key="free")

    def _show_free(self, times: tuple[dt.datetime, ...]) -> None:
        empty(self._flow)
        words = _("Free on that day, as far as this desk knows") if times else ""
        self._free_words.say(words, name=words)
        self._free_words.setVisible(bool(times))
        last: QWidget = self.date.edit
        for time in times[:MOST_OFFERED]:
            words = clock_time(time)
            button = Button(words, "small", partial(self._take, words), name=_("Take {time}").format(time=words))
            button.setAutoDefault(True)
            self._flow.addWidget(button)
            button.show()
            QWidget.setTabOrder(last, button)
            last = button
        QWidget.setTabOrder(last, self.time.edit)
        self._free.setVisible(bool(times))

    def _take(self, words: str) -> None:
        self.time.edit.setText(words)
        self.turn_to(self.book)

    def _book(self) -> None:
        day, time = self._day(), read_time(self.time.text)
        self.date.clear_problem()
        self.time.clear_problem()
        if day is None:
            self.date.say_problem(_("That is not a day. For example: 4 December 2026."))
            self.turn_to(self.date)
            return
        if time is None:
            self.time.say_problem(_("That is not a time. For example: 10:20."))
            self.turn_to(self.time)
            return
        self.book.setEnabled(False)
        desk, visit = self._tools.desk, self._waiting.appointment.id
        book = partial(desk.rearranging.book, visit, day, time, beside_another=self._beside)
        self._tools.work.submit(self, book, self._booked, self._not_booked)

    def _booked(self, appointment: Appointment) -> None:
        when = day_and_time(self._tools.clock.local(appointment.start))
        words = _("Booked: {name}, {day}.").format(name=isolate(self._waiting.patient_name), day=when)
        self._tools.messages.say(words)
        self.booked.emit()
        self.accept()

    def _not_booked(self, error: RapportError) -> None:
        """A time that is taken may be booked all the same, when it is pressed once more."""
        self.book.setEnabled(True)
        self._beside = isinstance(error, TimeTaken)
        if self._beside:
            self.book.setText(_("Book beside it"))
            self.book.setAccessibleName(_("Book beside it"))
        self._problem(error)
        self.turn_to(self.book if self._beside else self.time)

    def _beside_no_more(self) -> None:
        self._beside = False
        self.book.setText(_("Book"))
        self.book.setAccessibleName(_("Book"))
        self._said.hide()

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
