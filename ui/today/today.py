"""Today beside the card: who is here, who comes next, what was promised; waiting is the loudest thing in it.

Keys move a status (Alt and a letter), letters search, Enter opens. Past visits fold, the line of now stays in sight.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from rapportdesk.language import _
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Day
from rapportdesk.model.staff import Role
from ui.bring_in.brought_line import BroughtLine
from ui.bring_in.stepping import Stepping
from ui.commands import bind
from ui.look.bidi import isolate
from ui.promises.told import ToldBar
from ui.rows import Visit
from ui.screen import Screen, Tools
from ui.today.late import LateLines
from ui.today.promised import Promised
from ui.today.reminders import Reminders
from ui.today.today_heading import TodayHeading
from ui.today.today_list import TodayList
from ui.today.today_view import lay_out
from ui.widgets.controls import Button, Label, column, row

EVERY_HALF_MINUTE_MS = 30_000

LOW = 440
"""Height (scale 1.0) under which the ledger folds by itself, so that the visits can be seen."""
CRAMPED = 270
"""Height (scale 1.0) under which a reminder waits until there is room for it: in a column, with a message above."""
CROWDED = 260
"""Height (scale 1.0) under which who runs late is said by its key alone."""
LEDGER_SHARE = 0.3
"""The most of Today's height that the ledger takes; the rest of it scrolls."""

MARKS: Mapping[str, AppointmentStatus] = {
    "today.arrived": AppointmentStatus.ARRIVED,
    "today.in-room": AppointmentStatus.CHECKED_IN,
    "today.done": AppointmentStatus.FULFILLED,
    "today.noshow": AppointmentStatus.NOSHOW,
    "today.cancelled": AppointmentStatus.CANCELLED,
    "today.booked": AppointmentStatus.BOOKED,
}


class TodayScreen(Screen):
    """The day's list and the ledger of promises.

    Args:
        tools: What a screen works with.
        heading: Says which day it is.
        promised: The ledger.
        practitioner: Whose visits to begin with: a clinician's own people; empty for everybody's.

    Signals:
        letters_typed: Letters typed in the list, for the search field.
        day_shown: A day has been painted.
    """

    letters_typed = Signal(str)
    day_shown = Signal()

    def __init__(
        self,
        tools: Tools,
        heading: TodayHeading,
        promised: Promised,
        *,
        practitioner: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tools, parent)
        self.heading, self.promised = heading, promised
        self._date: dt.date | None = None
        self._practitioner = practitioner
        self._own = practitioner
        self._day: Day | None = None
        self._unfolded = False
        self._open: PatientId | None = None
        self._low = False
        self._asking: Stepping[Day] | None = None
        self.setAccessibleName(_("Today"))
        self.setProperty("role", "scrolled")
        self._build()
        self._bind()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_HALF_MINUTE_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    def _build(self) -> None:
        self._earlier = Button("", "fold", self.fold_earlier)
        self._picker = Button("", "fold")
        self._menu = QMenu(self._picker)
        self._picker.setMenu(self._menu)
        self.list = TodayList(self.tools.theme)
        self._empty = Label("", "muted")
        self._empty.setContentsMargins(0, 6, 0, 6)
        self.reminders = Reminders(self.tools)
        self.brought = BroughtLine(self.tools)
        self.told = ToldBar(self.tools)
        self.late = LateLines()
        whole = column(self, gap=0)
        whole.addWidget(self.heading)
        folds = row(whole, self._earlier, gap=4)
        folds.addStretch(1)
        folds.addWidget(self._picker)
        whole.addWidget(self.late)
        whole.addWidget(self.told)
        whole.addWidget(self.reminders)
        whole.addWidget(self.brought)
        whole.addWidget(self._empty)
        whole.addWidget(self.list)
        whole.addWidget(self.promised)
        whole.addStretch(1)
        if Role.RECEPTION not in self.tools.viewer.roles:
            self.promised.fold()  # the desk keeps the promises; a clinician reads theirs in the brief

    def _bind(self) -> None:
        for command_id, status in MARKS.items():
            bind(self, self.tools.commands, command_id, partial(self.mark, status))
        bind(self, self.tools.commands, "today.before", partial(self.go, -1))
        bind(self, self.tools.commands, "today.after", partial(self.go, 1))
        bind(self, self.tools.commands, "today.week-before", partial(self.go, -7))
        bind(self, self.tools.commands, "today.week-after", partial(self.go, 7))
        bind(self, self.tools.commands, "today.week", self.heading.fold_week)
        for command_id in ("late", "before-they-come", "rearrange"):
            bind(self, self.tools.commands, command_id, partial(self.command_wanted.emit, command_id))
        self.heading.step_wanted.connect(self.go)
        self.heading.today_wanted.connect(self.go_to_today)
        self.heading.day_wanted.connect(self.go_to)
        self.heading.resized.connect(self._fit_soon)
        self.late.wanted.connect(partial(self.command_wanted.emit, "late"))
        self.late.resized.connect(self._fit_soon)
        bind(self, self.tools.commands, "today.earlier", self.fold_earlier)
        bind(self, self.tools.commands, "today.promised", self.promised.fold)
        self.list.opened.connect(self._opened)
        self.list.typed.connect(self.letters_typed)
        self.promised.typed.connect(self.letters_typed)
        self.promised.person_wanted.connect(self.person_wanted)
        self.promised.changed.connect(self.changed)
        self.promised.changed.connect(self.refresh)
        self.promised.folded.connect(self._fit)
        self.reminders.command_wanted.connect(self.command_wanted)
        self.reminders.resized.connect(self._fit_soon)
        self.promised.command_wanted.connect(self.command_wanted)
        self.told.wanted.connect(partial(self.command_wanted.emit, "told"))
        self.told.resized.connect(self._fit_soon)
        bind(self, self.tools.commands, "today.follow-up", self.follow_up)

    def refresh(self) -> None:
        """Ask for the day again, card by card: a large practice's takes long enough for a letter to wait."""
        tools = self.tools
        steps = partial(tools.desk.today.day_in_steps, self._date, practitioner=self._practitioner)
        self._leave_asking()
        self._asking = Stepping(tools.work, tools.clock, self, steps, self._day_came)
        self.reminders.refresh()
        self.brought.refresh()
        self.told.refresh()

    def hand_in(self) -> None:
        """Ask no more: the desk is about to lock."""
        self._timer.stop()
        self._leave_asking()

    def _leave_asking(self) -> None:
        if self._asking is not None:
            self._asking.leave()
            self._asking.deleteLater()
            self._asking = None

    def _day_came(self, day: Day) -> None:
        self._leave_asking()
        self.show_day(day)

    def show_day(self, day: Day) -> None:
        """Paint a day as the Desk gave it; one that is being asked for still comes."""
        self._day = day
        clock = self.tools.clock
        now = clock.local(clock.now())
        shown = lay_out(day, now, unfolded=self._unfolded)
        self.heading.show_heading(shown, day, now.date())
        self.late.show_behind(day.behind)
        arrow = "▾" if self._unfolded else "▸"
        self._earlier.setText(f"{arrow} {shown.earlier_words}")
        self._earlier.setAccessibleName(shown.earlier_words)
        self._earlier.setVisible(bool(shown.earlier))
        self._empty.say(shown.empty_words, name=shown.empty_words)
        self._empty.setVisible(bool(shown.empty_words))
        self._fill_picker(shown.practitioners, shown.practitioner)
        self.list.show_entries(shown.entries)
        self.promised.show_promises(shown.promised, shown.promised_words)
        self._stand_on_open()
        self._fit()
        self.day_shown.emit()

    def show_open(self, patient: PatientId | None) -> None:
        """Mark the row of the person whose card is open."""
        self._open = patient
        self._stand_on_open()

    def next_person(self) -> PatientId | None:
        """Return who comes after the open person on this day, or None at its end: for "Read, next"."""
        visits = [entry.row for entry in self.list.entries if isinstance(entry, Visit) and not entry.grey]
        at = next((n for n, each in enumerate(visits) if each.patient == self._open), -1)
        return visits[at + 1].patient if at + 1 < len(visits) else None

    def go(self, days: int) -> None:
        """Turn to another day, so many days on from the one that is shown."""
        self.go_to((self._date or self._today()) + dt.timedelta(days=days))

    def go_to(self, date: dt.date) -> None:
        """Turn to a day."""
        self._date = None if date == self._today() else date
        self.refresh()

    @property
    def day(self) -> Day | None:
        """What is shown; None until the first day has come."""
        return self._day

    @property
    def date(self) -> dt.date | None:
        """The day that is shown; None for today."""
        return self._date

    def turn_to(self, date: dt.date, practitioner: str) -> None:
        """Turn to one practitioner's session on one day; with an empty name to everybody's."""
        clock = self.tools.clock
        self._date = None if date == clock.local(clock.now()).date() else date
        self.pick(practitioner)

    def go_to_today(self) -> None:
        """Turn back to today."""
        self._date = None
        self.refresh()
        self.list.setFocus()

    @property
    def shown_day(self) -> tuple[dt.date | None, str]:
        """The date that is shown (None for today) and whose visits; empty for everybody's."""
        return self._date, self._practitioner

    def _today(self) -> dt.date:
        clock = self.tools.clock
        return clock.local(clock.now()).date()

    def fold_earlier(self) -> None:
        """Show the visits that have gone by, or fold them again."""
        self._unfolded = not self._unfolded
        if self._day is not None:
            self.show_day(self._day)

    def mark(self, status: AppointmentStatus) -> None:
        """Move the chosen visit along; it can be taken back."""
        visit = self.list.chosen
        if visit is None:
            return
        desk, appointment = self.tools.desk, visit.row.appointment
        self.tools.work.submit(self, lambda: desk.today.mark(appointment.id, status), self._marked(visit))

    def follow_up(self) -> None:
        """Plan how to follow up after the chosen visit."""
        visit = self.list.chosen
        if visit is not None:
            self.person_wanted.emit(visit.row.patient)
            self.command_wanted.emit("follow-up")

    def _marked(self, visit: Visit) -> Callable[[Appointment], None]:
        def say(appointment: Appointment) -> None:
            words = {
                AppointmentStatus.ARRIVED: _("{name} has arrived."),
                AppointmentStatus.CHECKED_IN: _("{name} is in the room."),
                AppointmentStatus.FULFILLED: _("{name}: done. {keys} plans how to follow up."),
                AppointmentStatus.NOSHOW: _("{name} did not come."),
                AppointmentStatus.CANCELLED: _("{name}: cancelled."),
            }
            sentence = words.get(appointment.status, _("{name} is booked again.")).format(
                name=isolate(visit.row.name), keys=self.tools.commands["today.follow-up"].key_words
            )
            self.tools.messages.say(sentence, self._take_back)
            self.changed.emit(appointment.patient)
            self.refresh()

        return say

    def _take_back(self) -> None:
        desk = self.tools.desk
        self.tools.work.submit(self, desk.notes.undo, lambda _words: self._taken_back())

    def _taken_back(self) -> None:
        self.changed.emit("")
        self.refresh()

    def _opened(self, index: QModelIndex) -> None:
        visit = self.list.visit_at(index)
        if visit is not None:
            self.person_wanted.emit(visit.row.patient)

    def pick(self, practitioner: str) -> None:
        """List one practitioner's visits only; with an empty name everybody's."""
        self._practitioner = practitioner
        self.refresh()

    def _fill_picker(self, practitioners: tuple[str, ...], chosen: str) -> None:
        names = sorted({*practitioners, *filter(None, (self._own, chosen))})
        self._menu.clear()
        for name, words in (("", _("Everybody")), *((name, name) for name in names)):
            action = self._menu.addAction(words.replace("&", "&&"), partial(self.pick, name))
            action.setCheckable(True)
            action.setChecked(name == chosen)
        words = chosen or _("Everybody")
        self._picker.setText(f"{words.replace('&', '&&')} ▾")
        self._picker.setAccessibleName(_("Whose visits: {name}").format(name=words))
        self._picker.setVisible(len(names) > 1 or bool(self._own))

    def _stand_on_open(self) -> None:
        if not self.list.hasFocus():
            self.list.choose(self._open)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keys to the list; a focus proxy would keep Tab from what stands above it."""
        super().focusInEvent(event)
        self.list.setFocus(event.reason())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Squeeze the rows when the day would not fit otherwise."""
        super().resizeEvent(event)
        self.reminders.give_room(self.height() >= self.tools.theme.px(CRAMPED))
        self.late.give_room(self.height() >= self.tools.theme.px(CROWDED))
        low = self.height() < self.tools.theme.px(LOW)
        if low is not self._low:
            self._low = low
            if low is not self.promised.is_folded:
                self.promised.fold()
        self._fit()

    def _fit_soon(self) -> None:
        QTimer.singleShot(0, self, self._fit)  # once the layout has moved what stands below

    def _fit(self) -> None:
        above = self.list.y()
        self.promised.list.setMaximumHeight(max(round(self.height() * LEDGER_SHARE), self.tools.theme.px(48)))
        below = self.promised.sizeHint().height() if not self.promised.isHidden() else 0
        self.list.fit(self.height() - above - below)
