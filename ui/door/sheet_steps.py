"""A recovery sheet is printed or saved, and its code typed back from the paper: only then is it known to work."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import BadInput, RapportError
from rapportdesk.language import _
from rapportdesk.model.staff import Role
from ui.door.first_run_steps import Step
from ui.widgets.controls import Button, Field, Label, Tick
from ui.widgets.save_file import ask_where, write_whole
from ui.widgets.secret_field import SecretField

Print = Callable[[QWidget], bool]
"""Prints the sheet with a dialog of its own, over a widget; returns whether it went to a printer."""


class SheetStep(Step):
    """One sheet.

    Args:
        clinicians: The clinicians' sheet instead of the desk's.
        number: As printed on it.
        pdf: The sheet as a document.
        print_sheet: Sends it to a printer.
        holder: Who will keep it, to be changed or left; None where that has been said already.

    Signals:
        code_typed: The code typed back, to be tried.
    """

    code_typed = Signal(str)

    def __init__(
        self, *, clinicians: bool, number: int, pdf: bytes, print_sheet: Print, holder: str | None = None
    ) -> None:
        if clinicians:
            heading = _("The clinicians’ recovery sheet, no. {number}")
            why = _("It opens what only clinicians may read. A clinician keeps it, not the manager’s drawer.")
        else:
            heading = _("The desk’s recovery sheet, no. {number}")
            why = _("If this computer is lost or its password store is reset, this sheet is the way back in.")
        super().__init__(heading.format(number=number), why)
        self._pdf, self._print_sheet = pdf, print_sheet
        self._kept = False
        self.print_button = Button(_("Print it"), "secondary", self._print)
        self.save_button = Button(_("Save it as a PDF"), "secondary", self._save)
        self.said = Label("", "detail")
        self.holder = Field(_("Who keeps this sheet?"))
        self.holder.edit.setText(holder or "")
        self.code = Field(_("Now type the code from the sheet"), hint=_("Capitals, spaces and dashes do not matter."))
        self.code.edit.returnPressed.connect(self.ready)
        for widget in (self.print_button, self.save_button, self.said, self.holder, self.code):
            self.rows.addWidget(widget)
        self.said.hide()
        if holder is None:
            self.holder.hide()
        self.setFocusProxy(self.print_button)

    def ready(self) -> bool:
        """Send the code off to be tried; the answer comes by `accept` or `refuse`."""
        self.code.clear_problem()
        self.holder.clear_problem()
        if not self.holder.isHidden() and not self.holder.text.strip():
            self.holder.say_problem(_("Type who will keep it, so that it is found when it is needed."))
            self.holder.edit.setFocus()
        elif self.code.text.strip():
            self.code_typed.emit(self.code.text)
        else:
            self.code.say_problem(_("Type the code from the printed sheet, so that we know it can be read."))
            self.code.edit.setFocus()
        return False

    def refuse(self, error: RapportError) -> None:
        """Say what is wrong with the code."""
        self.code.say_problem(str(error))
        self.code.edit.setFocus()

    def save_to(self, file: Path) -> None:
        """Write the sheet to `file` for its owner alone: its code opens the vault. A fault is said in place."""
        try:
            write_whole(file, lambda: self._pdf)
        except BadInput:
            self._say(_("It could not be saved there. Choose another place."), "fault")
            return
        self._say(_("Saved. Print it, put it in a safe place, and delete the file."), "detail")
        self.code.edit.setFocus()

    def _print(self) -> None:
        if self._print_sheet(self):
            self._say(_("Sent to the printer. Put it in a safe place away from this computer."), "detail")
            self.code.edit.setFocus()

    def _save(self) -> None:
        ask_where(self, _("Save it as a PDF"), "recovery-sheet.pdf", self.save_to, kinds=(_("PDF (*.pdf)"),))

    def _say(self, sentence: str, role: str) -> None:
        self.said.setProperty("role", role)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.say(sentence, name=sentence)
        self.said.show()


class SecondHolderStep(Step):
    """Somebody else who keeps a sheet of the desk: asked for, never required."""

    def __init__(self) -> None:
        super().__init__(
            _("A second sheet, for a second person"),
            _("One person may be away when it matters, or a sheet be lost. Who else keeps one, in another place?"),
        )
        self.name = Field(_("Their name"), hint=_("Leave it empty to do this later. You will be reminded."))
        self.rows.addWidget(self.name)
        self.setFocusProxy(self.name)

    @property
    def wanted(self) -> bool:
        """Whether a name was typed."""
        return bool(self.name.text.strip())

    def refuse(self, error: RapportError) -> None:
        """Say why there is no second sheet."""
        self.name.say_problem(str(error))
        self.name.edit.setFocus()


class SecondManagerStep(Step):
    """Somebody else who can let people in: suggested, never required."""

    def __init__(self) -> None:
        super().__init__(
            _("A second manager"),
            _("If you are away or forget your passphrase, a second manager can help without the sheet."),
        )
        self.name = Field(_("Their name"), hint=_("Leave it empty to do this later."))
        self.clinician = Tick(_("They are a clinician too"))
        self.secret = SecretField(
            _("A first passphrase for them"), hint=_("They choose their own when they sign in for the first time.")
        )
        for widget in (self.name, self.clinician, self.secret):
            self.rows.addWidget(widget)
        self.setFocusProxy(self.name)

    @property
    def roles(self) -> frozenset[Role]:
        """A manager, perhaps a clinician too."""
        return frozenset({Role.MANAGER, Role.CLINICIAN} if self.clinician.isChecked() else {Role.MANAGER})

    @property
    def wanted(self) -> bool:
        """Whether a name was typed."""
        return bool(self.name.text.strip())

    def refuse(self, error: RapportError) -> None:
        """Say what is wrong, beside the field it is about."""
        field = self.secret if isinstance(error, BadInput) and self.wanted else self.name
        field.say_problem(str(error))
        field.edit.setFocus()
