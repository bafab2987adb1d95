"""The commands of rights over one's own data, for one sign-in."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.model.erasure import Erased
from rapportdesk.model.identity import PatientId
from ui.brief.preview import Pages
from ui.frame.nobody import choose_first
from ui.frame.shell import Run, Shell
from ui.person.identity_history import IdentityHistoryDialog
from ui.rights.accountability import AccountabilityDialog
from ui.rights.certificate import CertificateDialog
from ui.rights.held import HeldDialog
from ui.rights.retention import RetentionDialog
from ui.rights.review import AccessReviewDialog
from ui.rights.rights import RightsDialog
from ui.screen import Tools


class RightsScreens:
    """Opens them.

    Args:
        tools: What the dialogs work with.
        shell: Over which they open.
        leave: Shows nobody.
    """

    def __init__(self, tools: Tools, shell: Shell, leave: Callable[[], None]) -> None:
        self._tools, self._shell, self._leave = tools, shell, leave

    def commands(self) -> Mapping[str, Run]:
        """Return what each command does, by id."""
        return {
            "what-we-hold": partial(self._about, self._hold),
            "their-say": partial(self._about, self._say),
            "person.history": partial(self._about, self._tell_of_before),
            "access-review": lambda: AccessReviewDialog(self._tools, self._shell.window()).open(),
            "retention": self._look_through,
            "accountability": lambda: AccountabilityDialog(self._tools, self._shell.window()).open(),
        }

    def _look_through(self) -> None:
        dialog = RetentionDialog(self._tools, self._shell.window())
        dialog.changed.connect(self._shell.refresh)
        dialog.open()

    def _about(self, show: Callable[[PatientId, QWidget], None]) -> None:
        person = self._shell.person
        if person is None:
            self._tools.messages.problem(choose_first())
        else:
            show(person, self._shell.window())

    def _tell_of_before(self, person: PatientId, window: QWidget) -> None:
        IdentityHistoryDialog(self._tools, person, window).open()

    def _hold(self, person: PatientId, window: QWidget) -> None:
        HeldDialog(self._tools, person, window).open()

    def _show_certificate(self, made: Erased, pages: Pages) -> None:
        """Show the page once everything else is done; with this computer's key, which is the last, the desk locks."""
        self._leave()
        certificate = CertificateDialog(self._tools, made, pages, self._shell.window())
        certificate.finished.connect(lambda _result: self._shell.change_computer_key())
        certificate.open()

    def _say(self, person: PatientId, window: QWidget) -> None:
        dialog = RightsDialog(self._tools, person, window)
        dialog.saved.connect(self._shell.refresh)
        dialog.erased.connect(self._leave)
        dialog.certified.connect(self._show_certificate)
        dialog.open()
