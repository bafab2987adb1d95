"""Joins the page on which a desk is brought back to the work: steps go to the worker, how far they are comes back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.bring_in.stepping import Stepping
from ui.door.restore import RestorePage

if TYPE_CHECKING:
    from rapportdesk.desk.backup.restoring import Restored
    from rapportdesk.model.backup import BackupFound
    from ui.start.application import Application


class Restoring(QObject):
    """One desk brought back.

    Args:
        application: Whose vault it will be.
        in_place: There is a file, which is set aside.
    """

    def __init__(self, application: "Application", *, in_place: bool = False) -> None:
        super().__init__(application)
        self._application, self._in_place = application, in_place
        self._steps: Stepping[Restored] | None = None
        self.page = RestorePage(application.around.theme, in_place=in_place)
        self.page.chosen.connect(self._look)
        self.page.wanted.connect(self._restore)
        self.page.go_on_wanted.connect(application.try_again)

    def _look(self, backup: str) -> None:
        """Say what a backup is, before anything is done with it."""

        def look() -> "BackupFound":
            from rapportdesk.desk.backup.restoring import look_at

            return look_at(_path(backup))

        self._application.work.submit(self.page, look, self.page.say_what, self.page.refuse_backup)

    def _restore(self, backup: str, code: str) -> None:
        from rapportdesk.desk.backup.restoring import restore_in_steps

        around, page, in_place = self._application.around, self.page, self._in_place
        beginning, source = around.beginning, _path(backup)
        self._steps = Stepping(
            self._application.work, around.clock, page,
            lambda: restore_in_steps(
                source, beginning.vault, code, beginning.custody, around.clock, set_aside=in_place
            ),
            page.restored, page.refuse,
        )  # fmt: skip
        self._steps.progressed.connect(page.progressed)


def bring_back(application: "Application") -> None:
    """Show the page on which a desk is brought back in the place of the one that is there, which is put away first."""
    desk = application.desk
    if desk is not None:
        application.lock()
        application.desk = None
        application.work.submit(application, desk.close, None)
    page = Restoring(application, in_place=True).page
    page.back_wanted.connect(application.try_again)
    application.window.show_page(page)


def show_restore(application: "Application", back: Callable[[], None]) -> None:
    """Show the page on which a desk is brought back where there is none.

    Args:
        application: Whose vault it will be.
        back: What is done instead.
    """
    page = Restoring(application).page
    page.back_wanted.connect(back)
    application.window.show_page(page)


def _path(backup: str) -> Path:
    return Path(backup.strip()).expanduser().absolute()
