"""Joins the page on which a desk is brought back to the work: steps go to the worker, how far they are comes back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.bring_in.stepping import Stepping
from ui.door.restore import RestorePage

if TYPE_CHECKING:
    from rapportdesk.desk.backup.restoring import Restored
    from ui.start.application import Application


class Restoring(QObject):
    """One desk brought back, where there is no file yet.

    Args:
        application: Whose vault it will be.
    """

    def __init__(self, application: "Application") -> None:
        super().__init__(application)
        self._application = application
        self._steps: Stepping[Restored] | None = None
        self.page = RestorePage(application.around.theme)
        self.page.wanted.connect(self._restore)
        self.page.go_on_wanted.connect(application.try_again)

    def _restore(self, backup: str, code: str) -> None:
        from rapportdesk.desk.backup.restoring import restore_in_steps

        around, page = self._application.around, self.page
        beginning = around.beginning
        source = Path(backup).expanduser().absolute()
        self._steps = Stepping(
            self._application.work, around.clock, page,
            lambda: restore_in_steps(source, beginning.vault, code, beginning.custody, around.clock),
            page.restored, page.refuse,
        )  # fmt: skip
        self._steps.progressed.connect(page.progressed)
