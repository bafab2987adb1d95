"""Scenes of who works here: one's own secret, people and their last day, recovery sheets, and what waits to be done."""

import datetime as dt

from PySide6.QtWidgets import QPushButton, QWidget

from rapportdesk.errors import BadInput, NobodyElseOpens
from rapportdesk.language import _
from rapportdesk.model.staff import Role
from tests.ui.screens import ANA, BEN, OSEI, Scene
from tests.ui.stage import Stage
from ui.dialogs.clinicians_sheet import CliniciansSheetDialog
from ui.dialogs.sheets_dialog import SheetsDialog
from ui.dialogs.staff_dialog import StaffDialog
from ui.dialogs.staff_leaving import EndDialog, RemoveDialog
from ui.door.own_secret import OwnSecret

LOCUM = "Dr Llewelyn-Forrester"


def _own_secret(stage: Stage) -> QWidget:
    application = stage.application
    person = next(each for each in application.people if each.name == ANA)
    application.window.show_page(OwnSecret(stage.theme, person, "given"))
    return stage.window


def _own_secret_refused(stage: Stage) -> QWidget:
    _own_secret(stage)
    page = stage.application.window.page
    assert isinstance(page, OwnSecret)
    page.refuse(BadInput(_("That is the one you have now."), _("Choose one that nobody else has seen.")))
    return stage.window


def _temporary(stage: Stage) -> StaffDialog:
    """Show the list with somebody whose time has an end."""
    people = {each.name: each for each in stage.desk.staff.list()}
    until = dt.date(2026, 12, 4)
    if LOCUM not in people:
        stage.desk.staff.add(LOCUM, frozenset({Role.CLINICIAN}), "four words of mine", ends_on=until)
    dialog = stage.run("staff")
    assert isinstance(dialog, StaffDialog)
    return dialog


def _last_day(stage: Stage) -> QWidget:
    dialog = _temporary(stage)
    named = [each for each in dialog.findChildren(QPushButton) if each.text() == _("Last day")]
    named[-1].click()
    stage.settle()
    return stage.front()


def _last_day_unread(stage: Stage) -> QWidget:
    dialog = _last_day(stage)
    assert isinstance(dialog, EndDialog)
    dialog.day.edit.setText("after the summer")
    dialog.save.click()
    return dialog


def _nobody_else(stage: Stage) -> QWidget:
    dialog = stage.run("staff")
    assert isinstance(dialog, StaffDialog)
    of_osei = [each for each in dialog.findChildren(QPushButton) if "Osei" in each.accessibleName()]
    of_osei[-1].click()
    stage.settle()
    remove = stage.front()
    assert isinstance(remove, RemoveDialog)
    remove._say(
        NobodyElseOpens(
            _("Nobody else opens what is for clinicians only, and it would be lost."),
            _("Let them admit another clinician first, or print the clinicians’ sheet for somebody who stays."),
        )
    )
    return remove


def _sheets(stage: Stage) -> SheetsDialog:
    dialog = stage.run("sheets")
    assert isinstance(dialog, SheetsDialog)
    return dialog


def _sheet_wrong(stage: Stage) -> QWidget:
    dialog = _sheets(stage)
    dialog.code.edit.setText("7K3QM 2XWEM")
    dialog.try_it.click()
    return dialog


def _sheet_keeper(stage: Stage) -> QWidget:
    dialog = _sheets(stage)
    dialog.sheet_rows[0].keeper.click()
    return dialog


def _sheet_lost(stage: Stage) -> QWidget:
    dialog = _sheets(stage)
    lost = [each for each in dialog.findChildren(QPushButton) if each.text() == _("Lost")]
    lost[-1].click()
    stage.settle()
    return stage.front()


def _clinicians_sheet(stage: Stage) -> QWidget:
    dialog = stage.run("clinicians-sheet")
    assert isinstance(dialog, CliniciansSheetDialog)
    dialog.show_waiting(waits=True)
    return dialog


def _clinicians_sheet_refused(stage: Stage) -> QWidget:
    dialog = _clinicians_sheet(stage)
    assert isinstance(dialog, CliniciansSheetDialog)
    dialog.use.click()
    return dialog


OWN_SECRET = (
    Scene(name="own-secret", show=_own_secret),
    Scene(name="own-secret-refused", show=_own_secret_refused),
)

STAFF = (
    Scene(name="staff-as-clinician", who=OSEI, show=lambda stage: stage.run("staff")),
    Scene(name="clinicians-sheet", who=OSEI, show=_clinicians_sheet, screen="clinicians-sheet"),
    Scene(name="clinicians-sheet-refused", who=OSEI, show=_clinicians_sheet_refused),
    Scene(name="clinicians-sheet-not-needed", who=OSEI, show=lambda stage: stage.run("clinicians-sheet")),
    Scene(name="sheets-as-clinician", who=OSEI, show=_sheets),
    Scene(name="today-reminder", who=BEN, show=lambda stage: stage.run("today")),
    Scene(name="staff-temporary", who=BEN, show=_temporary),
    Scene(name="staff-last-day", who=BEN, show=_last_day),
    Scene(name="staff-last-day-unread", who=BEN, show=_last_day_unread),
    Scene(name="staff-remove-nobody-else", who=BEN, show=_nobody_else),
    Scene(name="sheets-wrong-code", who=BEN, show=_sheet_wrong),
    Scene(name="sheets-keeper", who=BEN, show=_sheet_keeper),
    Scene(name="sheets-lost", who=BEN, show=_sheet_lost),
)
