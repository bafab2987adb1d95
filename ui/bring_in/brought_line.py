"""One line on Today says what the watched folder brought in last, today; gone tomorrow."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from rapportdesk.language import _, ngettext
from ui.look.dates import clock_time
from ui.screen import Tools
from ui.widgets.controls import Label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from rapportdesk.desk.bring_in.watched_folder import Brought


class BroughtLine(Label):
    """The line; hidden while there is nothing to say.

    Args:
        tools: What a screen works with.
    """

    def __init__(self, tools: Tools, parent: QWidget | None = None) -> None:
        super().__init__("", "detail", parent=parent)
        self._tools = tools
        self.hide()

    def refresh(self) -> None:
        """Ask the desk again."""
        desk = self._tools.desk
        self._tools.work.submit(self, desk.watched_folder.last, self.show_last, key="brought-line", long_work=True)

    def show_last(self, last: "Brought | None") -> None:
        """Show what came in last, if that was today."""
        clock = self._tools.clock
        words = ""
        if last is not None and clock.local(last.at).date() == clock.local(clock.now()).date():
            words = brought_words(last, clock.local)
        self.say(words, name=words)
        self.setVisible(bool(words))


def brought_words(last: "Brought", local: "Callable[[dt.datetime], dt.datetime]") -> str:
    """Return "Schedule of 8:02 brought in: 14 appointments"."""
    of = clock_time(local(last.of))
    if last.failed:
        return _("The schedule of {time} could not be read. It lies in the folder “failed”, with the reason.").format(
            time=of
        )
    count = ngettext("{n} appointment", "{n} appointments", last.appointments).format(n=last.appointments)
    words = _("Schedule of {time} brought in: {appointments}").format(time=of, appointments=count)
    if last.waiting:
        waits = ngettext("{n} person to decide about", "{n} people to decide about", last.waiting)
        words = f"{words}, {waits.format(n=last.waiting)}"
    return words
