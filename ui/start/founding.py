"""Joins the first-run wizard to the desk it makes: wishes go to the worker, sheets and faults come back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rapportdesk.errors import RapportError, WrongSecret
from rapportdesk.language import _
from rapportdesk.model.staff import Practitioner, Role, Viewer
from ui.door.first_run import FirstRun, Wish
from ui.door.sheet_steps import SheetStep
from ui.frame.demo_process import start_demo

if TYPE_CHECKING:
    from rapportdesk.desk.brief.printing import Printed
    from rapportdesk.desk.desk import Desk
    from rapportdesk.desk.sheets.sheets import SheetCode
    from ui.start.application import Application


class Founding(QObject):
    """One first run.

    Args:
        application: Where the new desk is handed to.
    """

    def __init__(self, application: "Application") -> None:
        super().__init__(application)
        self._application = application
        self._codes: tuple[SheetCode, ...] = ()
        self.wizard = FirstRun(application.around.theme)
        self.wizard.desk_wanted.connect(self._make)
        self.wizard.code_typed.connect(self._check)
        self.wizard.second_sheet_wanted.connect(self._second_sheet)
        self.wizard.manager_wanted.connect(self._add_manager)
        self.wizard.demo_wanted.connect(start_demo)
        self.wizard.restore_wanted.connect(self._restore)
        self.wizard.finished.connect(self._enter)

    def _restore(self) -> None:
        """There is a desk already, in a backup: bring that back, or come back to here."""
        from ui.start.restoring import show_restore

        application = self._application
        show_restore(application, lambda: application.window.show_page(Founding(application).wizard))

    def _make(self, wish: Wish) -> None:
        beginning, clock = self._application.around.beginning, self._application.around.clock

        def make() -> "tuple[Desk, tuple[tuple[SheetCode, Printed], ...], tuple[Practitioner, ...]]":
            from rapportdesk.desk.desk import Desk
            from rapportdesk.desk.door.founding import Founder

            founder = Founder(
                clinic_name=wish.clinic, name=wish.name, roles=wish.roles, secret=wish.secret, sheet_holder=wish.name
            )
            desk, codes = Desk.create(beginning.vault, beginning.custody, founder, clock)
            sheets = tuple(code for code in (codes.desk, codes.clinicians) if code is not None)
            return desk, tuple((code, desk.paper.recovery_sheet(code)) for code in sheets), desk.door()

        self._application.work.submit(self, make, self._made, self.wizard.refuse)

    def _made(self, answer: "tuple[Desk, tuple[tuple[SheetCode, Printed], ...], tuple[Practitioner, ...]]") -> None:
        desk, sheets, people = answer
        self._application.desk_made(desk, people)
        self._codes = tuple(code for code, _page in sheets)
        founder = self.wizard.you.name.text.strip()
        self.wizard.show_sheets([_step(code, page, holder=founder) for code, page in sheets])

    def _check(self, number: int, typed: str, holder: str) -> None:
        desk, code = self._application.desk, self._codes[number]
        if desk is None:
            return

        def check() -> bool:
            """Try the code, and keep who keeps its sheet."""
            right = desk.sheets.prove(typed, code.kind).number == code.number
            if right and holder.strip():
                desk.sheets.name_holder(code.number, holder)
            return right

        def checked(right: bool) -> None:
            if right:
                self.wizard.next_step()
            else:
                self.wizard.refuse(_other_sheet())

        self._application.work.submit(self, check, checked, self.wizard.refuse)

    def _second_sheet(self, holder: str) -> None:
        desk = self._application.desk
        if desk is None:
            return

        def make() -> "tuple[SheetCode, Printed]":
            code = desk.sheets.new_desk_sheet(holder)
            return code, desk.paper.recovery_sheet(code)

        def made(answer: "tuple[SheetCode, Printed]") -> None:
            code, page = answer
            self._codes = (*self._codes, code)
            self.wizard.show_second_sheet(_step(code, page))

        self._application.work.submit(self, make, made, self.wizard.refuse)

    def _add_manager(self, name: str, roles: frozenset[Role], secret: str) -> None:
        desk = self._application.desk
        if desk is not None:
            self._application.work.submit(
                self, lambda: desk.staff.add(name, roles, secret), lambda _who: self._enter(), self.wizard.refuse
            )

    def _enter(self) -> None:
        application, desk = self._application, self._application.desk
        if desk is None:
            return
        self._codes = ()

        def who() -> tuple[Viewer, tuple[Practitioner, ...]]:
            return desk.viewer, desk.door()

        def enter(answer: tuple[Viewer, tuple[Practitioner, ...]]) -> None:
            viewer, people = answer
            application.desk_made(desk, people)
            application.enter(viewer)
            self.deleteLater()

        application.work.submit(self, who, enter)


def _step(code: "SheetCode", page: "Printed", holder: str | None = None) -> SheetStep:
    def print_sheet(over: QWidget) -> bool:
        from ui.brief.printing import print_pages

        return print_pages(page.pages_svg, over)

    return SheetStep(
        clinicians=code.kind == "clinicians", number=code.number, pdf=page.pdf, print_sheet=print_sheet, holder=holder
    )


def _other_sheet() -> RapportError:
    return WrongSecret(_("This code belongs to another sheet."), _("Type the one from the sheet named above."))
