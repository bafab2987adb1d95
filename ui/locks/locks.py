"""A practice manager changes the locks when a key may be in other hands; everybody's own passphrase goes on working."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.desk.keys.custody import Custody
from rapportdesk.errors import RapportError
from rapportdesk.language import _
from ui.guard.background_check import BackgroundCheck
from ui.screen import Tools
from ui.widgets.choice import LongVerb
from ui.widgets.controls import Label, Section, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said


class LocksDialog(Dialog):
    """Two keys, what each is good for, and a button for each.

    Args:
        tools: What a screen works with.
        custody: Where this computer keeps its key.
        parent: The window.

    Signals:
        locked: This computer has a new key, and the desk has locked itself.
    """

    locked = Signal()

    def __init__(self, tools: Tools, custody: Custody, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Change the locks"), parent, width=600, height=560)
        self._tools, self._custody = tools, custody
        self.desk_key = LongVerb(_("Change the desk’s lock"), self._change_desk)
        self.computer_key = LongVerb(_("Change this computer’s lock"), self._change_computer)
        self._said = Said()
        self.inside.add(
            Section(_("Somebody may have a copy of the desk or of a backup")),
            Label(
                _(
                    "What they copied stays readable to them, if they also have a passphrase or a recovery sheet. What"
                    " is written from now on is not. Nobody here notices anything, and the sheets go on working."
                ),
                "body",
            ),
        )
        place(self.rows, FlowLayout()).addWidget(self.desk_key)
        self.inside.add(
            Section(_("Somebody may have got at what this computer keeps")),
            Label(
                _(
                    "For example: somebody used this computer’s account, or a copy of the whole computer was given"
                    " away. The desk locks, and everybody signs in again with their own passphrase."
                ),
                "body",
            ),
        )
        place(self.rows, FlowLayout()).addWidget(self.computer_key)
        self.inside.add(self._said)
        self.rows.addStretch(1)
        self.leave = self.add_close()
        for button in (self.desk_key, self.computer_key, self.leave):
            button.setAutoDefault(False)
        self.leave.setFocus()

    def _change_desk(self) -> None:
        self._busy(_("The desk’s lock is being changed. This may take a while."))
        desk = self._tools.desk
        self._tools.work.submit(self, desk.replace_vault_key, self._desk_changed, self._problem)

    def _desk_changed(self, _nothing: None) -> None:
        # What is left, each patient's own key, follows beside other work.
        BackgroundCheck(self._tools.work, self._tools.desk, self._tools.messages).begin()
        self._tools.messages.say(
            _(
                "The desk has a new lock. The patients’ own locks follow beside your work: when the desk is locked that"
                " pauses, and the next sign-in goes on."
            )
        )
        self.accept()

    def _change_computer(self) -> None:
        self._busy(_("This computer’s lock is being changed."))
        desk, custody = self._tools.desk, self._custody
        self._tools.work.submit(self, lambda: desk.replace_device_key(custody), self._computer_changed, self._problem)

    def _computer_changed(self, _nothing: None) -> None:
        self.accept()
        self.locked.emit()

    def _busy(self, words: str) -> None:
        for button in (self.desk_key, self.computer_key):
            button.setEnabled(False)
        self._said.setProperty("role", "body")
        self._said.tell(words)

    def _problem(self, error: RapportError) -> None:
        for button in (self.desk_key, self.computer_key):
            button.setEnabled(True)
        self._said.tell(error)
        self.turn_to(self.leave)
