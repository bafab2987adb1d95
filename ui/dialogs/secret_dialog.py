"""A new secret of one's own: the old one is asked again, the new one twice."""

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError, WrongSecret
from rapportdesk.language import _
from ui.door.first_run_steps import SecretStep
from ui.screen import Tools
from ui.widgets.controls import Button
from ui.widgets.dialog import Dialog
from ui.widgets.secret_field import SecretField


class SecretDialog(Dialog):
    """Changes the signed-in person's secret.

    Args:
        tools: What a screen works with.
    """

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Change my passphrase"), parent, width=460, height=480)
        self._tools = tools
        self.old = SecretField(_("The one you have now"))
        self.new = SecretStep(_("A new one"))
        self.rows.addWidget(self.old)
        self.rows.addWidget(self.new)
        self.rows.addStretch(1)
        self.change = self.add_button(Button(_("Change it"), "primary", self._change))
        self.add_close(_("Cancel"))
        self.new.second.edit.returnPressed.connect(self._change)
        self.old.setFocus()

    def _change(self) -> None:
        self.old.clear_problem()
        if not self.change.isEnabled() or not self.new.ready():
            return
        self.change.setEnabled(False)
        old, new, desk = self.old.text, self.new.secret, self._tools.desk
        self._tools.work.submit(self, lambda: desk.staff.change_secret(old, new), self._changed, self._refused)

    def _changed(self, _nothing: None) -> None:
        self.old.take()
        self.new.forget()
        self._tools.messages.say(_("Your new passphrase counts from now on."))
        self.accept()

    def _refused(self, error: RapportError) -> None:
        self.change.setEnabled(True)
        field = self.old if isinstance(error, WrongSecret) else self.new.first
        field.say_problem(str(error))
        field.edit.setFocus()
