"""When the window closes, paper that left the desk is asked after once; nothing keeps anybody from leaving.

Where the practice wants it, the next day's sheet for a sealed envelope is offered with it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from rapportdesk.errors import RapportError

if TYPE_CHECKING:
    import datetime as dt

    from rapportdesk.model.printout import Printout
    from ui.frame.shell import Shell
    from ui.start.application import Application


def ask_before_closing(application: "Application") -> None:
    """Close the application, asking once before if somebody is signed in and paper waits.

    Closing again while it is asked closes at once, and so does closing under the cover, where nothing may be shown.
    """
    shell = application.shell
    if shell is None or application.cover.is_up or application.findChild(Closing) is not None:
        application.close()
    else:
        Closing(application, shell)


class Closing(QObject):
    """Asks after paper, then closes.

    Args:
        application: What is to be closed.
        shell: Who is signed in.
    """

    def __init__(self, application: "Application", shell: "Shell") -> None:
        super().__init__(application)
        self._application, self._shell = application, shell
        desk = shell.tools.desk
        application.work.submit(
            self, lambda: (desk.prints.to_destroy(), desk.paper.day_sheet_to_offer()), self._ask, self._close
        )

    def _ask(self, found: "tuple[tuple[Printout, ...], dt.date | None]") -> None:
        waiting, sheet_for = found
        if not (waiting or sheet_for) or self._application.shell is not self._shell:
            self._application.close()
            return
        from ui.prints.prints_dialog import PrintsDialog

        dialog = PrintsDialog(self._shell.tools, self._application.window, closing=True, sheet_for=sheet_for)
        dialog.finished.connect(self._application.close)
        dialog.open()

    def _close(self, _error: RapportError) -> None:
        self._application.close()
