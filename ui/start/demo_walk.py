"""The demo without a screen: reception writes a note, a clinician reads the next brief, and a picture stays.

Everything goes through the window's own widgets, driven by what they tell, never by waiting a while.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from rapportdesk.language import _
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import Day
from rapportdesk.model.staff import Role
from ui.frame.shell import Shell
from ui.quick_line.quick_line import QuickLine
from ui.start.application import Application

GIVE_UP_MS = 120_000
LOOK_EVERY_MS = 20
NOTE = "“The leeks took second prize!”"


class DemoWalk(QObject):
    """Walks the demo once and closes the window.

    Args:
        application: Already made, not started.
        picture: Where the picture of the window goes.
    """

    def __init__(self, application: Application, picture: Path) -> None:
        super().__init__(application)
        self._application, self._picture = application, picture
        self._next: Callable[[], None] = self._sign_in_reception
        self._ready: Callable[[], bool] = self._people_are_listed
        self._patient = PatientId("")
        self._practitioner = ""
        self.exit_code = 1
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin once the sign-in lists its people."""
        QTimer.singleShot(GIVE_UP_MS, self, self._give_up)
        self._look.start()

    def _go_on(self) -> None:
        if self._ready() and self._application.work.idle:
            self._next()

    def _then(self, ready: Callable[[], bool], do: Callable[[], None]) -> None:
        self._ready, self._next = ready, do

    def _people_are_listed(self) -> bool:
        return self._application.sign_in is not None and bool(self._application.people)

    def _sign_in_reception(self) -> None:
        self._press(Role.RECEPTION)
        self._then(lambda: self._shell() is not None, self._open_who_waits)

    def _open_who_waits(self) -> None:
        shell = self._shell()
        if shell is None:
            return
        desk = shell.tools.desk
        self._then(lambda: False, lambda: None)
        shell.tools.work.submit(self, desk.today.day, lambda day: self._open(shell, day))

    def _open(self, shell: Shell, day: Day) -> None:
        waiting = [row for row in day.rows if row.appointment.status is AppointmentStatus.ARRIVED]
        coming = [row for row in day.rows if row.appointment.status is AppointmentStatus.BOOKED]
        self._patient = (waiting or coming or list(day.rows))[0].patient
        self._practitioner = (waiting or coming or list(day.rows))[0].appointment.practitioner_name
        shell.open_person(self._patient)
        card = shell.screens.panels["card"]
        self._then(lambda: getattr(card, "patient_id", None) == self._patient, lambda: self._write(shell))

    def _write(self, shell: Shell) -> None:
        line = shell.screens.panels["card"].findChild(QuickLine)
        if line is None:
            raise LookupError("the card has no line to write in")
        line.field.replace(NOTE)
        line.save()
        self._then(lambda: bool(shell.tools.messages.text), self._take_picture)

    def _take_picture(self) -> None:
        window = self._application.window
        window.resize(1366, 690)
        if not window.grab().save(str(self._picture), "PNG"):
            sys.stderr.write(_("The picture could not be saved as {file}.").format(file=self._picture) + "\n")
            self._end(1)
            return
        self._application.lock()
        self._then(self._people_are_listed, self._sign_in_clinician)

    def _sign_in_clinician(self) -> None:
        self._press(Role.CLINICIAN, self._practitioner)
        self._then(lambda: self._shell() is not None, self._read_brief)

    def _read_brief(self) -> None:
        shell = self._shell()
        if shell is None:
            return
        desk, patient = shell.tools.desk, self._patient
        shell.open_person(patient)
        self._then(lambda: False, lambda: None)
        shell.tools.work.submit(
            self, lambda: desk.paper.briefs_as((desk.briefs.of(patient),), "text").decode(), self._say
        )

    def _say(self, brief: str) -> None:
        sys.stdout.write(brief.rstrip() + "\n\n")
        sys.stdout.write(_("Picture of the window: {file}").format(file=self._picture) + "\n")
        self._end(0)

    def _press(self, role: Role, name: str = "") -> None:
        page = self._application.sign_in
        people = [person for person in self._application.people if role in person.roles]
        if page is not None and people:
            page.press(next((person for person in people if person.name == name), people[0]).id)

    def _shell(self) -> Shell | None:
        return self._application.shell

    def _give_up(self) -> None:
        sys.stderr.write(_("The demo did not get to its end.") + "\n")
        self._end(1)

    def _end(self, code: int) -> None:
        self.exit_code = code
        self._look.stop()
        self._application.close()
