"""What the house itself can do, whichever screen is open: lock, switch, look, help, staff, sheets, bring in."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from rapportdesk.model.feedback import FeedbackForm
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import OwnView
from ui.frame.nobody import choose_first
from ui.look.palette import Palette, palette_for
from ui.screen import Tools
from ui.start.settings import Settings
from ui.theme import SCALES

if TYPE_CHECKING:
    from ui.start.application import Application


class House(QObject):
    """Commands of the house for one sign-in.

    Args:
        application: Locks, switches and covers.
        tools: What its dialogs work with; the house goes with their message bar.

    Signals:
        changed: A dialog changed what screens show.
        folder_set: Another folder is watched, or none.
    """

    changed = Signal()
    folder_set = Signal()

    def __init__(self, application: "Application", tools: Tools) -> None:
        super().__init__(tools.messages)
        self._application, self._tools = application, tools
        tools.messages.report_wanted.connect(self.open_problem_report)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by id."""
        application = self._application
        return {
            "cover": application.cover.cover,
            "lock": application.lock,
            "turn": self.turn,
            "prints": self.open_prints,
            "switch": application.switch,
            "help": self.open_help,
            "about": self.open_about,
            "problem-report": self.open_problem_report,
            "look": self.open_look,
            "larger": lambda: self._step(1),
            "smaller": lambda: self._step(-1),
            "secret": self.open_secret,
            "staff": self.open_staff,
            "sheets": self.open_sheets,
            "clinicians-sheet": self.open_clinicians_sheet,
            "record": self.open_record,
            "emergencies": self.open_emergencies,
            "practice": self.open_practice,
            "backups": self.open_backups,
            "standing": self.open_standing,
            "locks": self.open_locks,
            "computer-key": self.change_computer_key,
            "feedback": self.open_feedback,
            "feedback-trend": self.open_feedback_trend,
            "interests": self.open_interests,
            "import": self.open_import,
            "import-review": self.open_review,
            "import-folder": self.open_folder,
        }

    def open_help(self) -> None:
        """Show all keys."""
        from ui.dialogs.help import HelpDialog

        application, tools = self._application, self._tools
        HelpDialog(
            tools.theme, tools.commands, tools.viewer.roles, application.window,
            watching=application.session.watching, capture=application.outside.pictures.capture,
        ).open()  # fmt: skip

    def turn(self) -> None:
        """Turn the screen to whoever is open: they see themself, full-window, and leaving it locks the desk."""
        shell, tools = self._application.shell, self._tools
        person = shell.person if shell is not None else None
        if person is None:
            tools.messages.problem(choose_first())
        else:
            tools.work.submit(self, partial(tools.desk.people.own_view, person), self._turned)

    def _turned(self, view: OwnView) -> None:
        from ui.turned.turned_page import TurnedPage

        page = TurnedPage(self._tools.theme, view)
        page.leave_wanted.connect(self._application.lock)
        self._application.window.turn(page)

    def open_prints(self) -> None:
        """List the paper that is to be destroyed."""
        from ui.prints.prints_dialog import PrintsDialog

        PrintsDialog(self._tools, self._application.window).open()

    def open_about(self) -> None:
        """Say what this program is."""
        from ui.dialogs.help import AboutDialog

        AboutDialog(self._tools.theme, self._application.window).open()

    def open_problem_report(self) -> None:
        """Show what is known of what went wrong in the program."""
        from ui.dialogs.problem_report import ProblemReportDialog

        ProblemReportDialog(self._tools, self._application.around.settings, self._application.window).open()

    def open_look(self) -> None:
        """Offer colours and text sizes."""
        from ui.dialogs.look import LookDialog

        settings = self._application.around.settings
        LookDialog(self._tools.theme, settings, self._dress, self._application.window).open()

    def open_secret(self) -> None:
        """Change one's own secret."""
        from ui.dialogs.secret_dialog import SecretDialog

        SecretDialog(self._tools, self._application.window).open()

    def open_staff(self) -> None:
        """Say who works here."""
        from ui.dialogs.staff_dialog import StaffDialog

        dialog = StaffDialog(self._tools, self._application.window)
        dialog.finished.connect(lambda _result: self._application.ask_who_works_here())
        dialog.finished.connect(lambda _result: self.changed.emit())
        dialog.open()

    def open_record(self) -> None:
        """List everything that was done."""
        from ui.audit.record import RecordDialog

        RecordDialog(self._tools, self._application.window).open()

    def open_sheets(self) -> None:
        """Make a new recovery sheet."""
        from ui.dialogs.sheets_dialog import SheetsDialog

        dialog = SheetsDialog(self._tools, self._application.window)
        dialog.finished.connect(lambda _result: self.changed.emit())
        dialog.open()

    def open_backups(self) -> None:
        """Make a backup, prove one, and say where they are made by themselves."""
        from ui.backups.backups import BackupsDialog

        dialog = BackupsDialog(self._tools, self._application.window)
        dialog.finished.connect(lambda _result: self.changed.emit())
        dialog.open()

    def open_locks(self) -> None:
        """Change a key that may be in other hands."""
        from ui.locks.locks import LocksDialog

        application = self._application
        dialog = LocksDialog(self._tools, application.around.beginning.custody, application.window)
        dialog.locked.connect(application.lock)
        dialog.open()

    def change_computer_key(self) -> None:
        """Replace this computer's key, and lock: the last step of a certified erasure."""
        application, desk = self._application, self._tools.desk
        change = partial(desk.replace_device_key, application.around.beginning.custody)
        self._tools.work.submit(self, change, lambda _none: application.lock(), self._tools.messages.problem)

    def open_standing(self) -> None:
        """Check whether everything is here, and say how to go on if not."""
        from ui.standing.standing import StandingDialog

        dialog = StandingDialog(self._tools, self._application.window)
        dialog.changed.connect(self.changed)
        dialog.restore_wanted.connect(self._application.bring_back)
        dialog.open()

    def open_practice(self) -> None:
        """Change what the practice has settled for itself."""
        from ui.practice.practice import PracticeDialog

        dialog = PracticeDialog(self._tools, self._application.window)
        dialog.saved.connect(self.changed)
        dialog.open()

    def open_feedback(self) -> None:
        """Ask whoever is open what they think of us, or enter what somebody said."""
        from ui.feedback.feedback_dialog import FeedbackDialog

        shell = self._application.shell
        person = shell.person if shell is not None else None
        dialog = FeedbackDialog(self._tools, person, self._application.window)
        dialog.saved.connect(self.changed)
        if shell is not None:
            dialog.command_wanted.connect(shell.run)
        if person is not None:
            dialog.form_wanted.connect(partial(self._hand_over, person))
        dialog.open()

    def _hand_over(self, person: PatientId, form: FeedbackForm) -> None:
        from ui.feedback.patient_form import PatientForm

        page = PatientForm(self._tools, form, person)
        page.leave_wanted.connect(self._application.lock)
        self._application.window.turn(page, full_screen=True)

    def open_feedback_trend(self) -> None:
        """Show a manager what patients say of the practice."""
        from ui.feedback.trend import TrendDialog

        TrendDialog(self._tools, self._application.window).open()

    def open_interests(self) -> None:
        """Enter, change or take away one's own interests."""
        from ui.common_ground.interests import InterestsDialog

        dialog = InterestsDialog(self._tools, self._application.window)
        dialog.saved.connect(self.changed)
        dialog.open()

    def open_emergencies(self) -> None:
        """List what was opened in an emergency."""
        from ui.emergency.review import ReviewDialog

        ReviewDialog(self._tools, self._application.window).open()

    def open_clinicians_sheet(self) -> None:
        """Take the clinicians' keys from their sheet."""
        from ui.dialogs.clinicians_sheet import CliniciansSheetDialog

        dialog = CliniciansSheetDialog(self._tools, self._application.window)
        dialog.accepted.connect(self.changed)
        dialog.open()

    def open_import(self, files: tuple[Path, ...] = ()) -> None:
        """Bring a schedule in.

        Args:
            files: Dropped on the window, to be read at once.
        """
        from ui.bring_in.bring_in import BringIn

        dialog = BringIn(self._tools, self._application.window)
        dialog.brought_in.connect(self.changed)
        dialog.review_wanted.connect(self.open_review)
        dialog.open()
        dialog.take(files)

    def open_folder(self) -> None:
        """Set the folder from which files come in by themselves."""
        from ui.bring_in.folder import FolderDialog

        dialog = FolderDialog(self._tools, self._application.window)
        dialog.saved.connect(self.folder_set)
        dialog.open()

    def open_review(self) -> None:
        """Decide what an import could not tell."""
        from ui.bring_in.review import ReviewDialog

        dialog = ReviewDialog(self._tools, self._application.window)
        dialog.changed.connect(self.changed)
        dialog.open()

    def _step(self, step: int) -> None:
        settings = self._application.around.settings
        nearest = min(range(len(SCALES)), key=lambda number: abs(SCALES[number] - settings.scale))
        settings.scale = SCALES[min(max(nearest + step, 0), len(SCALES) - 1)]
        self._dress()

    def _dress(self) -> None:
        application = self._application
        settings = application.around.settings
        self._tools.theme.change(application.around.app, palette=chosen_palette(settings), scale=settings.scale)
        application.touched_settings()


def chosen_palette(settings: Settings) -> Palette:
    """Return the palette of the settings; for "as the computer" the platform is asked."""
    hints = QGuiApplication.styleHints()
    return palette_for(settings.theme, system_is_dark=hints.colorScheme() is Qt.ColorScheme.Dark)
