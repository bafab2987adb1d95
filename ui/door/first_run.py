"""From an empty folder to an open desk: the practice, you, a passphrase, the recovery sheet, a second manager.

Every step has a way back until the desk's file exists, and after that a way on; nothing is asked twice, and a mistake
is said where it was made. It is only ever shown when there is no file: what is there already is never begun anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from rapportdesk.errors import RapportError
from rapportdesk.language import _
from rapportdesk.model.staff import Role
from ui.door.door_page import DoorPage
from ui.door.first_run_steps import ClinicStep, SecretStep, Step, YouStep
from ui.door.sheet_steps import SecondHolderStep, SecondManagerStep, SheetStep
from ui.theme import Theme
from ui.widgets.controls import Button, Label, place
from ui.widgets.flow import FlowLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was filled in: the desk to be made."""

    clinic: str
    name: str
    roles: frozenset[Role]
    secret: str = field(repr=False)


class FirstRun(DoorPage):
    """The wizard.

    Args:
        theme: For its look.

    Signals:
        desk_wanted: A `Wish`: make the desk now. Answered by `show_sheets` or `refuse`.
        code_typed: Number of the sheet in their order, the code typed back, who keeps it (empty where that is known).
            Answered by `next_step` or `refuse`.
        second_sheet_wanted: Who else will keep a sheet of the desk. Answered by `show_second_sheet` or `refuse`.
        manager_wanted: Name, roles and first secret of a second manager. Answered by `finished` or `refuse`.
        demo_wanted: Try the demo instead.
        restore_wanted: There is a desk already, in a backup.
        finished: The desk is ready.
    """

    desk_wanted = Signal(object)
    code_typed = Signal(int, str, str)
    second_sheet_wanted = Signal(str)
    manager_wanted = Signal(str, object, str)
    demo_wanted = Signal()
    restore_wanted = Signal()
    finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.clinic, self.you, self.secret = ClinicStep(), YouStep(), SecretStep()
        self.holder, self.second = SecondHolderStep(), SecondManagerStep()
        self._sheets: list[SheetStep] = []
        self._steps = QStackedWidget()
        self._progress = Label("", "detail")
        self._wrong = Label("", "problem")
        self.back = Button(_("Back"), "secondary", self._back)
        self.on = Button(_("Next"), "primary", self._on)
        self.demo = Button(_("Try the demo first"), "link", self.demo_wanted.emit)
        self.restore = Button(_("I have a backup"), "link", self.restore_wanted.emit)
        self.card.add(self._progress, self._steps, self._wrong)
        buttons = place(self.card.rows, FlowLayout(gap=10))
        for button in (self.on, self.back, self.demo, self.restore):
            buttons.addWidget(button)
        for step in (self.clinic, self.you, self.secret, self.holder, self.second):
            step.rows.addStretch(1)
            self._steps.addWidget(step)
        fields = (self.clinic.clinic, self.you.name, self.secret.second, self.holder.name)
        for each in (*fields, self.second.name, self.second.secret):
            each.edit.returnPressed.connect(self._on)
        self.secret.first.edit.returnPressed.connect(self.secret.second.edit.setFocus)
        self._show(0)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        step = self._steps.currentWidget()
        if not isinstance(step, Step):
            raise TypeError(type(step))
        return step

    def show_sheets(self, sheets: Sequence[SheetStep]) -> None:
        """The desk is there: have its sheets kept and typed back, one after the other."""
        self.secret.forget()
        self._busy(busy=False)
        self._sheets = list(sheets)
        for number, sheet in enumerate(self._sheets):
            sheet.rows.addStretch(1)
            self._steps.insertWidget(3 + number, sheet)
            sheet.code_typed.connect(self._typed(number, sheet))
        self._show(3)

    def show_second_sheet(self, sheet: SheetStep) -> None:
        """The second holder's sheet is there: have it kept and typed back too."""
        self._busy(busy=False)
        self.holder.name.edit.clear()
        sheet.rows.addStretch(1)
        sheet.code_typed.connect(self._typed(len(self._sheets), sheet))
        self._sheets.append(sheet)
        self._steps.insertWidget(self._steps.indexOf(self.second), sheet)
        self.next_step()

    def next_step(self) -> None:
        """What was typed is right: go on."""
        self._busy(busy=False)
        self._show(self._steps.currentIndex() + 1)

    def refuse(self, error: RapportError) -> None:
        """Say what is wrong, where it was typed."""
        self._busy(busy=False)
        step = self.step
        if isinstance(step, SheetStep | SecondHolderStep | SecondManagerStep):
            step.refuse(error)
        else:
            self._wrong.say(str(error), name=str(error))
            self._wrong.show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keys to the step; a focus proxy that changes would keep Tab from ever coming to the buttons."""
        super().focusInEvent(event)
        self.step.setFocus(event.reason())

    def _typed(self, number: int, sheet: SheetStep) -> Callable[[str], None]:
        def typed(code: str) -> None:
            self._busy(busy=True)
            self.code_typed.emit(number, code, sheet.holder.text)

        return typed

    def _on(self) -> None:
        if not self.on.isEnabled() or not self.step.ready():
            return
        if self.step is self.secret:
            self._busy(busy=True)
            wish = Wish(
                clinic=self.clinic.clinic.text.strip(),
                name=self.you.name.text.strip(),
                roles=self.you.roles,
                secret=self.secret.secret,
            )
            self.desk_wanted.emit(wish)
        elif self.step is self.holder and self.holder.wanted:
            self._busy(busy=True)
            self.second_sheet_wanted.emit(self.holder.name.text.strip())
        elif self.step is not self.second:
            self.next_step()
        elif self.second.wanted:
            self._busy(busy=True)
            self.manager_wanted.emit(self.second.name.text.strip(), self.second.roles, self.second.secret.text)
        else:
            self.finished.emit()

    def _back(self) -> None:
        self._show(max(0, self._steps.currentIndex() - 1))

    def _show(self, number: int) -> None:
        self._wrong.hide()
        self._steps.setCurrentIndex(number)
        count = self._steps.count() if self._sheets else self._steps.count() + 1 + self.you.clinician.isChecked()
        self._progress.say(_("Step {number} of {count}").format(number=number + 1, count=count))
        first_after_making = 3 if self._sheets else self._steps.count()
        self.back.setVisible(0 < number < 3 or number > first_after_making)
        for link in (self.demo, self.restore):
            link.setVisible(number == 0)
        last = self.step is self.second
        self.on.setText(_("Open the desk") if last else _("Next"))
        self.on.setAccessibleName(self.on.text())
        self.step.setFocus()

    def _busy(self, *, busy: bool) -> None:
        self.on.setEnabled(not busy)
        self.back.setEnabled(not busy)
