"""Somebody is erased, and with them everything that could open what a copy holds: new sheet first, then no way back.

The new sheet is on paper and its code typed back before anything is erased, because the old ones open nothing after.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError, WrongSecret
from rapportdesk.language import _
from rapportdesk.model.erasure import Erased
from rapportdesk.model.identity import PatientId
from rapportdesk.model.sheet import KeptSheet
from ui.brief.preview import Pages
from ui.brief.printing import print_pages
from ui.bring_in.stepping import Stepping
from ui.door.sheet_steps import SheetStep
from ui.screen import Tools
from ui.widgets.controls import Button, Field, Label, Panel, Tick
from ui.widgets.dialog import Dialog
from ui.widgets.said import Said
from ui.widgets.whose import Whose
from ui.widgets.worded import Worded

if TYPE_CHECKING:
    from rapportdesk.desk.brief.printing import Printed
    from rapportdesk.desk.sheets.sheets import SheetCode


class CertifiedDialog(Dialog):
    """What it means, the new sheet, and the erasure.

    Args:
        tools: What a screen works with.
        patient_id: Whom.
        reason: Why, as far as it was typed already.
        parent: The window.

    Signals:
        certified: What was erased and the certificate: nothing is left of them, and the desk has a new key.
    """

    certified = Signal(object, object)

    def __init__(self, tools: Tools, patient_id: PatientId, reason: str, parent: QWidget | None) -> None:
        super().__init__(tools.theme, _("Erase, and change every lock"), parent, width=640, height=660)
        self._tools, self._patient_id = tools, patient_id
        self._code: SheetCode | None = None
        self._erasing: Stepping[tuple[Erased, Printed]] | None = None
        self.step: SheetStep | None = None
        self.whose = Whose()
        self._first = Panel("scrolled", margins=(0, 0, 0, 0), gap=10)
        for words in _what_it_means():
            self._first.add(Label(words, "body"))
        self.why = Field(_("Why, without their name: it is kept"))
        self.why.edit.setText(reason)
        self.holder = Field(_("Who will keep the new sheet?"))
        self.sure = Tick("")
        self._first.add(self.why, self.holder, Worded(self.sure, _("Erase everything about them: I am sure")))
        self._said = Said()
        self.rows.addWidget(self.whose)
        self.rows.addWidget(self._first)
        self.rows.addWidget(self._said)
        self.rows.addStretch(1)
        self.make = self.add_button(Button(_("Make the new sheet"), "primary", self.make_sheet))
        self.erase = self.add_button(Button(_("Erase now"), "primary", self._check))
        self.erase.hide()
        self.leave = self.add_close(_("Leave it"))
        for button in (self.make, self.erase, self.leave):
            button.setAutoDefault(False)
        self.finished.connect(lambda _result: self._let_go())
        self.turn_to(self.holder.edit if reason else self.why.edit)
        ask = partial(tools.desk.people.get, patient_id)
        tools.work.submit(self, ask, self.whose.show_patient, self._said.tell)

    def make_sheet(self) -> None:
        """Make the sheet that will be the only one, once it is sure that somebody may be erased."""
        self.holder.clear_problem()
        holder, why, desk = self.holder.text.strip(), self.why.text, self._tools.desk
        if not holder:
            self.holder.say_problem(_("Type who will keep it."))
            self.turn_to(self.holder.edit)
            return
        if not self.sure.isChecked():
            self._said.tell(_("Tick that you are sure."))
            self.turn_to(self.sure)
            return

        def made() -> "tuple[SheetCode, Printed]":
            desk.person_erasure.require(self._patient_id, why)
            code = desk.sheets.new_desk_sheet(holder)
            return code, desk.paper.recovery_sheet(code)

        self.make.setEnabled(False)
        self._tools.work.submit(self, made, self._show_sheet, self._not_made)

    def _show_sheet(self, answer: "tuple[SheetCode, Printed]") -> None:
        self._code, page = answer
        self.step = step = SheetStep(
            clinicians=False, number=self._code.number, pdf=page.pdf,
            print_sheet=lambda over: print_pages(page.pages_svg, over),
        )  # fmt: skip
        step.code_typed.connect(self._prove)
        self._said.hide()
        self._first.hide()
        self.make.hide()
        self.rows.insertWidget(1, step)
        self.erase.show()
        step.setFocus()

    def _check(self) -> None:
        if self.step is not None:
            self.step.ready()

    def _prove(self, typed: str) -> None:
        if self.step is not None:
            prove = partial(self._tools.desk.sheets.prove, typed, "desk")
            self._tools.work.submit(self, prove, self._proved, self.step.refuse)

    def _proved(self, sheet: KeptSheet) -> None:
        if self._code is None or self.step is None:
            return
        if sheet.number != self._code.number:
            self.step.refuse(WrongSecret(_("This code belongs to another sheet.")))
            return
        self.erase.setEnabled(False)
        self.leave.setEnabled(False)
        self._said.tell(_("It is being erased, and every lock changed. Wait until it says so."))
        tools = self._tools
        begin = partial(
            tools.desk.person_erasure.erase_certified_in_steps, self._patient_id, self.why.text, sheet.number
        )
        self._erasing = Stepping(tools.work, tools.clock, self, begin, self._erased, self._problem)
        self._erasing.progressed.connect(self._at)

    def _at(self, done: int, total: int) -> None:
        words = _("It is being erased, and every lock changed: {percent} % is done. Wait until it says so.")
        self._said.say(words.format(percent=100 * done // max(total, 1)))

    def _erased(self, answer: "tuple[Erased, Pages]") -> None:
        self._code = None
        self.certified.emit(*answer)
        self.accept()

    def _let_go(self) -> None:
        """Take the new sheet out again: nothing was erased, and nobody has its code but on paper."""
        code, self._code = self._code, None
        if code is not None:
            take_back = partial(self._tools.desk.sheets.take_back, code.number)
            self._tools.work.submit(self._tools.messages, take_back, lambda _none: None, self._tools.messages.problem)

    def _not_made(self, error: RapportError) -> None:
        self.make.setEnabled(True)
        self._said.tell(error)
        self.turn_to(self.why.edit)

    def _problem(self, error: RapportError) -> None:
        # Whatever was left undone, the new sheet is on paper by now and may be the only one: it stays.
        self._code = None
        self.leave.setEnabled(True)
        self._said.tell(error)
        self.turn_to(self.leave)

    def reject(self) -> None:
        """Leave, unless it is being erased at this moment."""
        if self.leave.isEnabled():
            super().reject()


def _what_it_means() -> tuple[str, ...]:
    return (
        _("The desk’s lock, every patient’s lock and this computer’s lock are replaced, and the file is written anew."),
        _("The desk’s other sheets open nothing from then on but backups made before: keep them until those are gone."),
        _("A clinician makes a new sheet for clinicians, under Recovery sheets. Theirs opens nothing by itself, and"
          " their locks are replaced when one of them next signs in."),
        _("What somebody copied or remembers cannot be called back, and paper is destroyed by hand."),
        _("In the end the desk locks, and everybody signs in with their own passphrase, as always."),
    )  # fmt: skip
