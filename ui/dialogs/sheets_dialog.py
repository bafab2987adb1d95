"""New recovery sheets: printed or saved, and typed back; the older ones go on working."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import WrongSecret
from rapportdesk.language import _
from rapportdesk.model.staff import Role
from ui.brief.printing import print_pages
from ui.door.sheet_steps import SheetStep
from ui.screen import Tools
from ui.widgets.controls import Button, Label
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from rapportdesk.desk.printing import Printed
    from rapportdesk.desk.sheets import SheetCode


class SheetsDialog(Dialog):
    """Makes a further sheet: the desk's for a manager, the clinicians' for a clinician."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Recovery sheets"), parent, width=500, height=560)
        self._tools = tools
        self._step: SheetStep | None = None
        self.words = Label(
            _("Make a new sheet when one is lost or its code may have been seen. Older sheets go on working."), "body"
        )
        self.rows.addWidget(self.words)
        self.desk_sheet = Button(_("New sheet for the desk"), "secondary", lambda: self._make(clinicians=False))
        self.clinicians_sheet = Button(_("New sheet for clinicians"), "secondary", lambda: self._make(clinicians=True))
        self.desk_sheet.setVisible(Role.MANAGER in tools.viewer.roles)
        self.clinicians_sheet.setVisible(tools.viewer.is_clinician)
        self.rows.addWidget(self.desk_sheet)
        self.rows.addWidget(self.clinicians_sheet)
        self.rows.addStretch(1)
        self.check = self.add_button(Button(_("The code is right"), "primary", self._check))
        self.check.hide()
        self.add_close()
        (self.desk_sheet if Role.MANAGER in tools.viewer.roles else self.clinicians_sheet).setFocus()

    @property
    def step(self) -> SheetStep | None:
        """The new sheet while it is typed back."""
        return self._step

    def _make(self, *, clinicians: bool) -> None:
        desk = self._tools.desk

        def make() -> "tuple[SheetCode, Printed]":
            code = desk.sheets.new_clinicians_sheet() if clinicians else desk.sheets.new_desk_sheet()
            return code, desk.paper.recovery_sheet(code)

        for button in (self.desk_sheet, self.clinicians_sheet):
            button.setEnabled(False)
        self._tools.work.submit(self, make, self._made)

    def _made(self, answer: "tuple[SheetCode, Printed]") -> None:
        code, page = answer
        self._step = step = SheetStep(
            clinicians=code.kind == "clinicians",
            number=code.number,
            pdf=page.pdf,
            print_sheet=lambda over: print_pages(page.pages_svg, over),
        )
        desk = self._tools.desk

        def right(number: int) -> None:
            if number == code.number:
                self._tools.messages.say(_("The new sheet works. Put it in a safe place."))
                self.accept()
            else:
                step.refuse(WrongSecret(_("This code belongs to another sheet.")))

        step.code_typed.connect(
            lambda typed: self._tools.work.submit(self, lambda: desk.sheets.check(typed, code.kind), right, step.refuse)
        )
        for widget in (self.words, self.desk_sheet, self.clinicians_sheet):
            widget.hide()
        self.rows.insertWidget(0, step)
        self.check.show()
        step.setFocus()

    def _check(self) -> None:
        if self._step is not None:
            self._step.ready()
