"""The paper that left the desk and has not been destroyed, by the serial at its foot; asked for when the window closes.

Ticking is one key each, or one press for all. Whoever is in a hurry leaves: what is not ticked is there tomorrow.
"""

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.printout import Printout
from ui.look.dates import day_name
from ui.prints.prints_view import print_words
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Section, Tick, empty
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.widgets.worded import Worded


class PrintsDialog(Dialog):
    """What waits to be destroyed.

    Args:
        tools: What a screen works with.
        parent: The window.
        closing: Whether the window closes behind it, as soon as nothing waits any more.
        sheet_for: The day whose sheet for a sealed envelope is offered; None for none.
    """

    def __init__(
        self, tools: Tools, parent: QWidget | None, *, closing: bool = False, sheet_for: dt.date | None = None
    ) -> None:
        super().__init__(tools.theme, _("Paper to destroy"), parent, width=560 if closing else 480, height=460)
        self._tools = tools
        self.ticks: dict[str, Tick] = {}
        self._said = Said()
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=4)
        self._intro = Label("", "body")
        self.rows.addWidget(self._intro)
        self.rows.addWidget(self._said)
        self.rows.addWidget(self._list)
        self.rows.addStretch(1)
        self._sheet_for = sheet_for
        self._sheet_is_shown = False
        what = _("The sheet for {day}").format(day=day_name(sheet_for)) if sheet_for else ""
        self.sheet = Button(_("Print it"), "secondary", self.print_sheet, name=f"{_('Print it')}: {what}")
        self._envelope = (Section(_("For a sealed envelope")), Label(what, "body"))
        for part in (*self._envelope, self.sheet):
            part.setVisible(sheet_for is not None)
        for part in self._envelope:
            self.rows.addWidget(part)
        self.rows.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignLeading)
        self.gone = self.add_button(Button(_("Destroyed"), "primary", self.tick))
        self.every = self.add_button(Button(_("All of it is destroyed"), "secondary", self.tick_all))
        self.leave = self.add_close(_("Close, and ask again tomorrow") if closing else "")
        self._closing = closing
        self._fit()
        self._ask()

    def tick(self) -> None:
        """Keep what is ticked as destroyed."""
        self._tick([serial for serial, tick in self.ticks.items() if tick.isChecked()])

    def tick_all(self) -> None:
        """Keep everything as destroyed."""
        self._tick(list(self.ticks))

    def print_sheet(self) -> None:
        """Show the sheet before it is printed; once is enough, and whoever does not print it is not asked again."""
        from ui.brief.preview import PreviewDialog

        self._sheet_for = None
        for part in (*self._envelope, self.sheet):
            part.hide()
        preview = PreviewDialog(self._tools, self._tools.desk.paper.day_sheet, self)
        preview.finished.connect(self._sheet_left)
        self._sheet_is_shown = True
        preview.open()

    def _sheet_left(self, _result: int) -> None:
        self._sheet_is_shown = False
        self._ask()

    def _tick(self, serials: list[str]) -> None:
        desk = self._tools.desk
        self._tools.work.submit(self, partial(desk.prints.tick, serials), lambda _none: self._ask(), self._problem)

    def _ask(self) -> None:
        self._tools.work.submit(self, self._tools.desk.prints.to_destroy, self._show, self._problem)

    def _show(self, waiting: tuple[Printout, ...]) -> None:
        if self._closing and not (waiting or self._sheet_for or self._sheet_is_shown):
            self.accept()
            return
        empty(self._list.rows)
        self.ticks = {}
        for each in waiting:
            tick = self.ticks[each.serial] = Tick("")
            tick.toggled.connect(self._fit)
            self._list.add(Worded(tick, print_words(each)))
        words = _("Tick what has been destroyed: the serial stands at the foot of each page.")
        self._intro.say(words if waiting else _("Nothing that was printed waits to be destroyed."))
        first = next(iter(self.ticks.values()), None)
        self.turn_to(first or self.leave)
        self._fit()

    def _fit(self) -> None:
        self.gone.setEnabled(any(tick.isChecked() for tick in self.ticks.values()))
        for button in (self.gone, self.every):
            button.setVisible(bool(self.ticks))

    def _problem(self, error: RapportError) -> None:
        self._said.tell(error)
