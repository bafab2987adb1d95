"""What waits for one's own hands beside the day's work: each line says what, and which command does it.

Nothing of a patient is said here; who sees a line is whoever may act on it.
"""

from collections.abc import Callable, Iterator

from rapportdesk.desk.backup.backups import Backups
from rapportdesk.desk.rights.retention import Retention
from rapportdesk.desk.session import Session
from rapportdesk.desk.sheets.sheets import Sheets
from rapportdesk.desk.staff import Staff
from rapportdesk.desk.today.workstation import Workstation
from rapportdesk.language import _
from rapportdesk.model.backup import BackupStatus
from rapportdesk.model.reminder import Reminder
from rapportdesk.model.staff import Role
from rapportdesk.rules.rights.sheet_care import drill_due, holders_wanted, last_tried


class Reminders:
    """The reminders of whoever is signed in.

    Args:
        session: The sign-in.
        staff: Who works here.
        sheets: The recovery sheets.
        backups: Copies of the vault.
        workstation: The computer.
        retention: What is past its time.
    """

    def __init__(
        self, session: Callable[[], Session], staff: Staff, sheets: Sheets, backups: Backups, workstation: Workstation,
        retention: Retention,
    ) -> None:  # fmt: skip
        self._session = session
        self._staff = staff
        self._sheets = sheets
        self._backups = backups
        self._workstation = workstation
        self._retention = retention

    def mine(self) -> tuple[Reminder, ...]:
        """Return what waits for the signed-in person, the most pressing first; for reception, what is amiss alone."""
        roles = self._session().viewer.roles
        found = list(self._workstation.amiss())
        if Role.CLINICIAN in roles:
            found += self._of_clinicians()
        if Role.MANAGER in roles:
            found += self._of_managers()
        if self._retention.waits():  # the least pressing of all
            words = _("Something has been kept as long as was settled. Look through what is past its time.")
            found.append(Reminder(words=words, command="retention"))
        return tuple(found)

    def _of_clinicians(self) -> Iterator[Reminder]:
        if self._sheets.waits_for_clinicians_keys():
            yield Reminder(
                words=_("You cannot read what is for clinicians only yet: a colleague admits you, or a sheet."),
                command="clinicians-sheet",
            )
        elif self._sheets.clinicians_sheet_missing():
            yield Reminder(words=_("The clinicians have no recovery sheet yet. Make one."), command="sheets")
        for waiting in self._staff.waiting_for_admission():
            yield Reminder(
                words=_("{name} waits to be admitted to what is for clinicians.").format(name=waiting.name),
                command="staff",
            )

    def _of_managers(self) -> Iterator[Reminder]:
        today, sheets = self._session().today(), self._sheets.list()
        for person in self._staff.list():
            if person.ends_on is not None and person.ends_on < today:
                yield Reminder(
                    words=_("The access of {name} has ended. Take it away, or renew it.").format(name=person.name),
                    command="staff",
                )
        yield from self._of_backups(self._backups.status())
        if holders_wanted(sheets):
            yield Reminder(
                words=_("Two people should each keep a recovery sheet of the desk. Say who, and make the second."),
                command="sheets",
            )
        if drill_due(sheets, today):
            words = _("Try the recovery sheet: it was never tried.")
            if last_tried(sheets) is not None:
                words = _("Try the recovery sheet: it is a quarter of a year since somebody did.")
            yield Reminder(words=words, command="sheets")

    def _of_backups(self, status: BackupStatus) -> Iterator[Reminder]:
        words = ""
        if not status.folder:
            words = _("Say where backups go: without one, a broken disk takes everything.")
        elif not status.folder_is_there:
            words = _("The disk for backups is not there. Plug it in, or choose another place.")
        elif status.not_made is not None:
            words = _("The backup could not be made: {why}").format(why=status.not_made.words)
        elif status.damaged:
            words = _("A backup was damaged after it was made: its disk may be failing. Look at Backups.")
        elif status.same_disk:
            words = _("Copies go to this computer’s own disk, and break with it. Choose another disk for backups.")
        elif status.overdue:
            words = _("There is no backup of the last days. Is the disk for them there?")
        if words:
            yield Reminder(words=words, command="backups")
