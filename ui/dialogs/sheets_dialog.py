"""The recovery sheets: who keeps which, one tried every quarter, new ones printed and typed back, lost ones retired."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from rapportdesk.errors import NoPlaceForBackup, RapportError, VaultFault, WrongSecret
from rapportdesk.language import _
from rapportdesk.model.sheet import KeptSheet
from rapportdesk.model.staff import Role
from ui.brief.printing import print_pages
from ui.bring_in.stepping import Stepping
from ui.dialogs.sheet_row import RetireDialog, SheetRow, older_words
from ui.door.sheet_steps import SheetStep
from ui.look.dates import long_date
from ui.screen import Tools
from ui.widgets.columns import in_columns
from ui.widgets.controls import Button, Field, Label, Panel, Section, empty, place
from ui.widgets.dialog import Dialog
from ui.widgets.flow import FlowLayout
from ui.widgets.said import Said

if TYPE_CHECKING:
    from rapportdesk.desk.brief.printing import Printed
    from rapportdesk.desk.sheets.sheets import SheetCode


class SheetsDialog(Dialog):
    """The desk's sheets for a manager, the clinicians' for a clinician, both for somebody who is both."""

    def __init__(self, tools: Tools, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Recovery sheets"), parent, width=620, height=640)
        self._tools = tools
        self._step: SheetStep | None = None
        self._making: Stepping[SheetCode] | None = None
        roles = tools.viewer.roles
        self._overview = Panel("scrolled", margins=(0, 0, 0, 0), gap=10)
        self._list = Panel("scrolled", margins=(0, 0, 0, 0), gap=8)
        self._said = Said()
        self.code = Field(
            _("The code from the paper"), hint=_("Nothing is changed by it. That it was tried is recorded.")
        )
        self.code.edit.returnPressed.connect(self._try)
        self.try_it = Button(_("Try it"), "secondary", self._try)
        self.holder = Field(_("Who will keep it?"), hint=_("Make one when a sheet is lost, or for a second person."))
        self.desk_sheet = Button(_("New sheet for the desk"), "secondary", lambda: self._make(clinicians=False))
        self.clinicians_sheet = Button(_("New sheet for clinicians"), "secondary", lambda: self._make(clinicians=True))
        self.without = Button(_("Make it without a backup"), "secondary", lambda: self._make_now(clinicians=False))
        why = _("Two people each keep a sheet, in two places. Every quarter of a year one of them tries theirs.")
        self._overview.add(Label(why, "body"), self._list, self._said, Section(_("Try a sheet")), self.code)
        buttons = place(self._overview.rows, FlowLayout(gap=10))
        buttons.addWidget(self.try_it)
        self._overview.add(Section(_("A new sheet")), self.holder)
        buttons = place(self._overview.rows, FlowLayout(gap=10))
        for button in (self.desk_sheet, self.clinicians_sheet, self.without):
            buttons.addWidget(button)
        self.without.hide()
        if Role.MANAGER not in roles:
            self.desk_sheet.hide()
        if Role.CLINICIAN not in roles:
            self.clinicians_sheet.hide()
        self.rows.addWidget(self._overview)
        self.rows.addStretch(1)
        self.check = self.add_button(Button(_("The code is right"), "primary", self._check))
        self.check.hide()
        self.add_close()
        self.code.setFocus()
        self._ask()

    @property
    def step(self) -> SheetStep | None:
        """The new sheet while it is typed back."""
        return self._step

    @property
    def sheet_rows(self) -> list[SheetRow]:
        """The sheets there are."""
        return self._list.findChildren(SheetRow)

    def _ask(self) -> None:
        desk = self._tools.desk
        self._tools.work.submit(self, lambda: (desk.sheets.list(), desk.sheets.older()), self._show)

    def _show(self, answer: tuple[tuple[KeptSheet, ...], tuple[KeptSheet, ...]]) -> None:
        sheets, older = answer
        roles = self._tools.viewer.roles
        empty(self._list.rows)
        shown = []
        desk_sheets = sum(sheet.kind == "desk" for sheet in sheets)
        for sheet in sheets:
            if not _may_see(sheet, roles):
                continue
            last = sheet.kind == "desk" and desk_sheets == 1
            row = SheetRow(sheet, may_retire=Role.MANAGER in roles and not last)
            row.holder_named.connect(partial(self._name_holder, sheet.number))
            row.retire_wanted.connect(partial(self._retire, sheet))
            shown.append(row)
        self._list.add(*shown)
        self._list.add(*(Label(older_words(sheet), "muted") for sheet in older if _may_see(sheet, roles)))
        in_columns([row.columns for row in shown], self._tools.theme.px(180))
        self._list.setVisible(bool(self._list.rows.count()))

    def _name_holder(self, number: int, holder: str) -> None:
        desk = self._tools.desk
        self._tools.work.submit(
            self, lambda: desk.sheets.name_holder(number, holder), lambda _kept: self._ask(), self._say
        )

    def _retire(self, sheet: KeptSheet) -> None:
        ask = RetireDialog(self._tools, sheet, self)
        ask.accepted.connect(self._ask)
        ask.open()

    def _try(self) -> None:
        self.code.clear_problem()
        typed, desk = self.code.text.strip(), self._tools.desk
        if not typed:
            self._refuse(_("Type the code from the printed sheet."))
        elif self.try_it.isEnabled():
            self.try_it.setEnabled(False)
            self._tools.work.submit(
                self, lambda: desk.sheets.prove(typed), self._proved, lambda error: self._refuse(str(error))
            )

    def _proved(self, sheet: KeptSheet) -> None:
        self.try_it.setEnabled(True)
        self.code.edit.clear()
        day = long_date(sheet.proved_on) if sheet.proved_on is not None else ""
        words = _("Sheet {number} opens what it should. Tried on {day}.").format(number=sheet.number, day=day)
        self.code.say_hint(words)
        self._tools.messages.say(words)
        self._ask()

    def _refuse(self, sentence: str) -> None:
        self.try_it.setEnabled(True)
        self.code.say_problem(sentence)
        self.code.edit.setFocus()

    def _make(self, *, clinicians: bool) -> None:
        """Make a sheet: the desk's together with a backup that it opens, because older ones open with older sheets."""
        desk, tools, holder = self._tools.desk, self._tools, self._holder()
        if not holder:
            return
        if clinicians:
            self._make_now(clinicians=True)
            return
        self._busy(busy=True)
        self.holder.say_hint(_("First a backup is made and opened with the new sheet. This takes a moment."))
        self._making = Stepping(
            tools.work, tools.clock, self, lambda: desk.sheet_renewal.new_desk_sheet_in_steps(holder),
            self._page_wanted, self._not_made,
        )  # fmt: skip

    def _make_now(self, *, clinicians: bool) -> None:
        desk, holder = self._tools.desk, self._holder()
        if holder:
            self._busy(busy=True)
            make = desk.sheets.new_clinicians_sheet if clinicians else desk.sheets.new_desk_sheet
            self._tools.work.submit(self, lambda: make(holder), self._page_wanted, self._not_made)

    def _page_wanted(self, code: "SheetCode") -> None:
        desk = self._tools.desk
        self._tools.work.submit(self, lambda: (code, desk.paper.recovery_sheet(code)), self._made, self._not_made)

    def _holder(self) -> str:
        """Return who will keep the new sheet; asks, and returns nothing, where that was not typed."""
        self.holder.clear_problem()
        holder = self.holder.text.strip()
        if not holder:
            self.holder.say_problem(_("Type who will keep it."))
            self.holder.edit.setFocus()
        return holder

    def _busy(self, *, busy: bool) -> None:
        for button in (self.desk_sheet, self.clinicians_sheet, self.without):
            button.setEnabled(not busy)

    def _not_made(self, error: RapportError) -> None:
        self._making = None
        self._busy(busy=False)
        self.holder.say_problem(str(error))
        # Without one the practice still gets its paper: what is backed up later opens with it.
        self.without.setVisible(isinstance(error, NoPlaceForBackup | VaultFault))
        self.turn_to(self.holder.edit if self.without.isHidden() else self.without)

    def _made(self, answer: "tuple[SheetCode, Printed]") -> None:
        code, page = answer
        self._step = step = SheetStep(
            clinicians=code.kind == "clinicians",
            number=code.number,
            pdf=page.pdf,
            print_sheet=lambda over: print_pages(page.pages_svg, over),
        )
        desk = self._tools.desk

        def right(sheet: KeptSheet) -> None:
            if sheet.number == code.number:
                self._tools.messages.say(_("The new sheet works. Put it in a safe place."))
                self.accept()
            else:
                step.refuse(WrongSecret(_("This code belongs to another sheet.")))

        step.code_typed.connect(
            lambda typed: self._tools.work.submit(self, lambda: desk.sheets.prove(typed, code.kind), right, step.refuse)
        )
        self._overview.hide()
        self.rows.insertWidget(0, step)
        self.check.show()
        step.setFocus()

    def _check(self) -> None:
        if self._step is not None:
            self._step.ready()

    def _say(self, error: RapportError) -> None:
        self._said.tell(error)


def _may_see(sheet: KeptSheet, roles: frozenset[Role]) -> bool:
    return (Role.MANAGER if sheet.kind == "desk" else Role.CLINICIAN) in roles
