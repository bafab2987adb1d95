"""Opens who is next: at a sign-in whoever is to be read about first, then down the day that Today shows.

Today's own answer is looked at where it is the day that is meant, and waited for while it is on its way: the desk
puts a day together once.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from rapportdesk.language import _
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Day, TodayRow
from ui.frame.shell import Shell
from ui.screen import Tools
from ui.today.today import TodayScreen


class NextPerson(QObject):
    """Opens the next person of one's own day.

    Args:
        tools: What a screen works with.
        shell: Where they are opened.
        today: The day beside it.
    """

    def __init__(self, tools: Tools, shell: Shell, today: TodayScreen) -> None:
        super().__init__(shell)
        self._tools, self._shell, self._today = tools, shell, today
        self._waits = False
        today.day_shown.connect(self._shown)

    def open(self) -> None:
        """Open whoever comes after the open person on the day that is shown; with nobody open, the first of today."""
        if self._shell.person is not None:
            following = self._today.next_person()
            if following is not None:
                self._shell.open_person(following)
            else:
                self._tools.messages.say(_("That was the last one for today."))
        elif self._today.day is None:
            self._waits = True
        else:
            self._ask()

    def _shown(self) -> None:
        if not self._waits:
            return
        self._waits = False
        day = self._today.day
        if day is not None and self._today.shown_day == (None, self._tools.viewer.name) == (None, day.practitioner):
            self._open_first(day)
        else:
            self._ask()

    def _ask(self) -> None:
        desk, name = self._tools.desk, self._tools.viewer.name
        self._tools.work.submit(self._shell, lambda: desk.today.day(practitioner=name), self._open_first)

    def _open_first(self, day: Day) -> None:
        first = first_visit(day.rows)
        if first is not None:
            self._shell.open_person(first)


def first_visit(rows: Sequence[TodayRow]) -> PatientId | None:
    """Return who is to be read about first: whoever waits, else whoever comes next, else nobody."""
    for status in (AppointmentStatus.ARRIVED, AppointmentStatus.BOOKED):
        for row in rows:
            if row.appointment.status is status and not row.deceased:
                return row.patient
    return None
