"""The commands of the ledger and of what clinicians were told, for one sign-in."""

from collections.abc import Mapping

from rapportdesk.language import _
from rapportdesk.model.shown import Told
from ui.frame.shell import Run, Shell
from ui.promises.ledger import LedgerDialog
from ui.promises.told import ToldDialog, told_words
from ui.screen import Tools


class PromiseScreens:
    """Opens them.

    Args:
        tools: What the dialogs work with.
        shell: Over which they open.
    """

    def __init__(self, tools: Tools, shell: Shell) -> None:
        self._tools, self._shell = tools, shell

    def commands(self) -> Mapping[str, Run]:
        """Return what each command does, by id."""
        return {
            "promises": lambda: self._open(LedgerDialog(self._tools, self._shell.window())),
            "told": lambda: self._open(ToldDialog(self._tools, self._shell.window())),
            "told-waiting": self._look_for_told,
        }

    def _open(self, dialog: LedgerDialog | ToldDialog) -> None:
        dialog.changed.connect(self._shell.refresh)
        dialog.person_wanted.connect(self._shell.open_person)
        dialog.open()

    def _look_for_told(self) -> None:
        """Tell a clinician who comes in what waits to be read, where Today is a drawer and its line is out of sight."""
        if self._tools.viewer.is_clinician and self._shell.body.narrow:
            self._tools.work.submit(self._shell, self._tools.desk.follow_ups.told, self._tell_of_told)

    def _tell_of_told(self, told: tuple[Told, ...]) -> None:
        if told:
            self._tools.messages.offer(told_words(told[0]), _("Read"), lambda: self._shell.run("told"))
