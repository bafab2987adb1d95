"""One recovery sheet in the list: who keeps it, when it was tried, and what to do when it is lost."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.sheet import KeptSheet
from ui.guard.background_check import BackgroundCheck
from ui.look.bidi import isolate
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, column, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said


class SheetRow(QWidget):
    """One sheet.

    Args:
        sheet: What is known of it.
        may_retire: Whether it is offered to have it open nothing any more.

    Attributes:
        columns: The labels at its beginning, which may stand under those of other sheets.

    Signals:
        holder_named: Who keeps it, as typed.
        retire_wanted: It is to open nothing any more.
    """

    holder_named = Signal(str)
    retire_wanted = Signal()

    def __init__(self, sheet: KeptSheet, *, may_retire: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = sheet_name(sheet)
        rows = column(self, gap=4)
        line = place(rows, FlowLayout(gap=10))
        kept = Label(_kept_words(sheet), "muted" if sheet.holder else "problem")
        self.columns = (Label(name, "name-strong", wrap=False), kept, Label(_tried_words(sheet), "muted"))
        for label in self.columns:
            line.addWidget(label)
        verb = _("Change who keeps it") if sheet.holder else _("Say who keeps it")
        called = _("{verb}: {name}").format(verb=verb, name=name)
        self.keeper = Button(_("Change") if sheet.holder else verb, "secondary", self._ask_who, name=called)
        line.addWidget(self.keeper)
        if may_retire:
            lost = _("Lost")
            called = _("{verb}: {name}").format(verb=lost, name=name)
            line.addWidget(Button(lost, "secondary", self.retire_wanted.emit, name=called))
        self.who = Field(_("Who keeps it?"))
        self.who.edit.returnPressed.connect(self._named)
        self.who.hide()
        rows.addWidget(self.who)

    def _ask_who(self) -> None:
        if self.who.isVisible():
            self._named()
            return
        self.who.show()
        self.who.edit.setFocus()

    def _named(self) -> None:
        if self.who.text.strip():
            self.holder_named.emit(self.who.text)
        else:
            self.who.say_problem(_("Type a name."))
            self.who.edit.setFocus()


class RetireDialog(Dialog):
    """Asks once before a sheet opens nothing any more."""

    def __init__(self, tools: Tools, sheet: KeptSheet, parent: QWidget) -> None:
        super().__init__(tools.theme, _("A sheet that is lost"), parent, width=440, height=340)
        self._tools, self._sheet = tools, sheet
        self.rows.addWidget(Label(sheet_name(sheet), "name-strong"))
        self.rows.addWidget(
            Label(
                _("From now on its code opens the desk no more. Backups made before open with it until they are gone."),
                "body",
            )
        )
        self._said = Said()
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.take = self.add_button(Button(_("Have it open nothing"), "secondary", self._retire))
        self.add_close(_("Cancel")).setFocus()

    def _retire(self) -> None:
        desk, number = self._tools.desk, self._sheet.number
        self.take.setEnabled(False)
        self._tools.work.submit(self, lambda: desk.sheets.retire(number), self._retired, self._say)

    def _retired(self, _nothing: None) -> None:
        BackgroundCheck(self._tools.work, self._tools.desk, self._tools.messages).begin()
        self._tools.messages.say(_("That sheet opens nothing any more."))
        self.accept()

    def _say(self, error: RapportError) -> None:
        self.take.setEnabled(True)
        self._said.tell(error)


def sheet_name(sheet: KeptSheet) -> str:
    """Return what a sheet is called: "The desk’s sheet 1"."""
    name = _("The desk’s sheet {number}") if sheet.kind == "desk" else _("The clinicians’ sheet {number}")
    return name.format(number=sheet.number)


def older_words(sheet: KeptSheet) -> str:
    """Return what is said of a sheet that opens the desk no more and still opens a backup."""
    until = long_date(sheet.opens_until) if sheet.opens_until is not None else ""
    since = long_date(sheet.retired_on) if sheet.retired_on is not None else ""
    words = _("{sheet}: opens nothing since {since}, but still backups made before, until the last is gone on {until}.")
    return words.format(sheet=sheet_name(sheet), since=since, until=until)


def _kept_words(sheet: KeptSheet) -> str:
    if not sheet.holder:
        return _("nobody knows who keeps it")
    return _("kept by {name}").format(name=isolate(sheet.holder))


def _tried_words(sheet: KeptSheet) -> str:
    if sheet.proved_on is None:
        return _("never tried")
    return _("tried on {day}").format(day=long_date(sheet.proved_on))
