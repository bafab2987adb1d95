"""What a supervisor asks for, read off the running desk: each row has just been checked, and says what was found.

It takes place beside other work, says how far it is, and goes on paper as it stood then.
"""

from functools import partial

from PySide6.QtWidgets import QProgressBar, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _, ngettext
from rapportdesk.model.accountability import ProcessingEntry, Safeguard, Statement
from ui.brief.preview import PreviewDialog
from ui.bring_in.stepping import Stepping
from ui.screen import Tools
from ui.widgets.controls import Button, Label, Panel, Section
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said


class AccountabilityDialog(Dialog):
    """The table of safeguards, and the processing record.

    Args:
        tools: What a screen works with.
        parent: The window.
    """

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("How we look after data"), parent, width=700, height=660)
        self._tools = tools
        self._statement: Statement | None = None
        self._how = Label(_("Every safeguard is being checked. It can be closed at any time."), "body")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the check is"))
        self.bar.setRange(0, 0)
        self._said = Said()
        self._list = Panel("scrolled", margins=(0, 8, 0, 0), gap=4)
        for widget in (self._how, self.bar, self._said, self._list):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.print_it = self.add_button(Button(_("Show the pages…"), "primary", self.show_pages))
        self.print_it.setAutoDefault(False)
        self.print_it.setEnabled(False)
        self._close = self.add_close()
        self._close.setFocus()
        self._looking = Stepping(
            tools.work, tools.clock, self, tools.desk.accountability.look_in_steps, self._show, self._problem
        )
        self._looking.progressed.connect(self._at)

    def show_pages(self) -> None:
        """Show what was found as pages, to be printed or saved."""
        if self._statement is not None:
            make = partial(self._tools.desk.accountability.typeset, self._statement)
            PreviewDialog(self._tools, make, self).open()

    def _at(self, done: int, total: int) -> None:
        self.bar.setRange(0, 1_000)
        self.bar.setValue(min(1_000, 1_000 * done // max(total, 1)))

    def _show(self, statement: Statement) -> None:
        self._statement = statement
        self.bar.hide()
        lacking = sum(row.holds is False for row in statement.safeguards)
        words = _("Everything that could be checked here holds.")
        if lacking:
            words = ngettext(
                "{n} safeguard does not hold: it stands first.",
                "{n} safeguards do not hold: they stand first.",
                lacking,
            ).format(n=lacking)
        self._how.say(words, name=words)
        self._list.add(Section(_("Safeguards (HIPAA 164.312)")))
        for row in sorted(statement.safeguards, key=lambda row: row.holds is not False):
            self._list.rows.addSpacing(self._tools.theme.px(6))
            self._list.add(*_safeguard(row))
        self._list.rows.addSpacing(self._tools.theme.px(12))
        self._list.add(Section(_("Record of processing (GDPR article 30)")))
        for entry in statement.record:
            self._list.rows.addSpacing(self._tools.theme.px(6))
            self._list.add(*_entry(entry))
        self.print_it.setEnabled(True)
        self.turn_to(self.print_it)

    def _problem(self, error: RapportError) -> None:
        self.bar.hide()
        self._said.tell(error)
        self.turn_to(self._close)


def _safeguard(row: Safeguard) -> tuple[QWidget, ...]:
    # A sign and words beside the colour: it is read in every theme, and out loud.
    sign, role = {True: ("✓", "agreed"), False: ("!", "caution"), None: ("–", "muted")}[row.holds]
    held = {True: _("Holds."), False: _("Does not hold."), None: _("Not checked here.")}[row.holds]
    return (
        Label(_("{name} · {paragraph}").format(name=row.name, paragraph=row.standard), "name-strong"),
        Label(row.stands, "detail"),
        Label(f"{sign} {held} {row.found}", role, name=f"{held} {row.found}"),
    )


def _entry(entry: ProcessingEntry) -> tuple[QWidget, ...]:
    return (Label(entry.label, "name-strong"), *(Label(line, "body") for line in entry.lines))
