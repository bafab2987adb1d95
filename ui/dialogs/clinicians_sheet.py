"""A clinician whom nobody can admit takes the clinicians' keys from the code of their recovery sheet.

So it is after a manager gave the only clinician a new passphrase.
"""

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from ui.guard.background_check import BackgroundCheck
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label
from ui.widgets.dialog import Dialog


class CliniciansSheetDialog(Dialog):
    """Asks for the code; it is tried by the desk and kept nowhere."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("The clinicians’ recovery sheet"), parent, width=480, height=400)
        self._tools = tools
        self._needed = _(
            "With a new passphrase you no longer read what is for clinicians only. A colleague who does can admit"
            " you. If there is none, the clinicians’ sheet does."
        )
        self.why = Label(self._needed, "body")
        self.code = Field(_("The code from the sheet"), hint=_("Capitals, spaces and dashes do not matter."))
        self.code.edit.returnPressed.connect(self._use)
        self.rows.addWidget(self.why)
        self.rows.addWidget(self.code)
        self.rows.addStretch(1)
        self.use = self.add_button(Button(_("Open what is for clinicians"), "primary", self._use))
        self._close = self.add_close()
        self.code.setFocus()
        desk = tools.desk
        tools.work.submit(self, desk.sheets.waits_for_clinicians_keys, lambda waits: self.show_waiting(waits=waits))

    def show_waiting(self, *, waits: bool) -> None:
        """Ask for the code, or say that there is no need."""
        self.why.say(self._needed if waits else _("You read already what is for clinicians only. Keep the sheet safe."))
        self.code.setVisible(waits)
        self.use.setVisible(waits)
        (self.code if waits else self._close).setFocus()

    def _use(self) -> None:
        self.code.clear_problem()
        typed, desk = self.code.text.strip(), self._tools.desk
        if not typed:
            self.code.say_problem(_("Type the code from the printed sheet."))
            self.code.edit.setFocus()
        elif self.use.isEnabled():
            self.use.setEnabled(False)
            self._tools.work.submit(
                self, lambda: desk.sheets.restore_clinicians_keys(typed), self._restored, self._refused
            )

    def _restored(self, _nothing: None) -> None:
        self.code.edit.clear()
        # What lies under their earlier keys is sealed anew with it, in slices.
        BackgroundCheck(self._tools.work, self._tools.desk, self._tools.messages).begin()
        self._tools.messages.say(_("You read again what is for clinicians only."))
        self.accept()

    def _refused(self, error: RapportError) -> None:
        self.use.setEnabled(True)
        self.code.say_problem(str(error))
        self.code.edit.setFocus()
