"""Scenes before anybody has signed in: the first run, the sign-in, what keeps a desk from opening, the empty desk."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from rapportdesk.desk.backup.restoring import Restored
from rapportdesk.desk.desk import VerifyReport
from rapportdesk.errors import (
    BadInput,
    KeyMissing,
    KeyringLocked,
    KeyringTimeout,
    KeyWrong,
    NewerFormat,
    NoKeyring,
    RapportError,
    Tampered,
    VaultBusy,
    WrongSecret,
)
from rapportdesk.model.backup import BackupFound
from rapportdesk.model.erasure import DeletedAgain, ErasedList
from rapportdesk.vault.backup_key import BackupHeader
from tests.ui.screens import ANA, BEN, House, Scene
from tests.ui.stage import MORNING, Stage
from ui.door.first_run import FirstRun
from ui.door.recovery import Recovery
from ui.door.restore import RestorePage
from ui.door.sheet_steps import SheetStep

NOT_A_CODE = "This is not the code of a recovery sheet.", "Look for a letter that was misread."
CHANGED = "A record does not fit its place.", "Ask for help."


def _wizard(stage: Stage) -> FirstRun:
    page = stage.application.window.page
    assert isinstance(page, FirstRun)
    return page


def _practice(stage: Stage) -> QWidget:
    return stage.window


def _practice_unnamed(stage: Stage) -> QWidget:
    _wizard(stage).on.click()
    return stage.window


def _you(stage: Stage) -> QWidget:
    wizard = _wizard(stage)
    wizard.clinic.clinic.edit.setText("Llanelwy Community Practice")
    wizard.on.click()
    return stage.window


def _passphrase(stage: Stage) -> QWidget:
    wizard = _wizard(stage)
    wizard.you.name.edit.setText("Ben Morgan")
    wizard.on.click()
    wizard.secret.first.edit.setText("four words of mine")
    wizard.secret.second.edit.setText("four words")
    wizard.on.click()
    return stage.window


def _sheets(stage: Stage) -> QWidget:
    steps = [
        SheetStep(clinicians=kind, number=1, pdf=b"", print_sheet=lambda _over: True, holder="Ben Morgan")
        for kind in (False, True)
    ]
    _wizard(stage).show_sheets(steps)
    return stage.window


def _sheet_refused(stage: Stage) -> QWidget:
    wizard = _wizard(stage)
    wizard.refuse(WrongSecret(*NOT_A_CODE))
    return stage.window


def _next_step(stage: Stage) -> QWidget:
    _wizard(stage).next_step()
    return stage.window


def _restore(stage: Stage) -> QWidget:
    _wizard(stage).restore_wanted.emit()
    return stage.window


def _restore_page(stage: Stage) -> RestorePage:
    page = stage.application.window.page
    assert isinstance(page, RestorePage)
    return page


def _restore_refused(stage: Stage) -> QWidget:
    _restore_page(stage).refuse(WrongSecret(*NOT_A_CODE))
    return stage.window


def _restore_done(stage: Stage) -> QWidget:
    header = BackupHeader(vault_id="", made_at=MORNING, boxes=())
    report = VerifyReport(records=214, patients=30, audit_lines=400, faults=())
    again = DeletedAgain(people=3, things=2, listed=ErasedList.OLDER)
    _restore_page(stage).restored(Restored(header=header, sheet=1, report=report, again=again))
    return stage.window


def _restore_in_place(stage: Stage) -> QWidget:
    stage.application.show_trouble(Tampered(*CHANGED))
    stage.application.window.show_page(RestorePage(stage.theme, in_place=True))
    _restore_page(stage).backup.edit.setText("/media/stick/desk-2026-11-19-174200.rapport-backup")
    _restore_page(stage).say_what(BackupFound(made_at=MORNING - dt.timedelta(hours=15, minutes=22), sheets=(1,)))
    return stage.window


FIRST_RUN = (
    Scene(name="first-run-practice", show=_practice, house=House.NONE),
    Scene(name="first-run-practice-unnamed", show=_practice_unnamed, house=House.NONE),
    Scene(name="first-run-you", show=_you, house=House.NONE),
    Scene(name="first-run-passphrase", show=_passphrase, house=House.NONE),
    Scene(name="first-run-sheet", show=_sheets, house=House.NONE),
    Scene(name="first-run-sheet-refused", show=_sheet_refused, house=House.NONE),
    Scene(name="first-run-clinicians-sheet", show=_next_step, house=House.NONE),
    Scene(name="first-run-second-holder", show=_next_step, house=House.NONE),
    Scene(name="first-run-second-manager", show=_next_step, house=House.NONE),
    Scene(name="restore", show=_restore, house=House.NONE),
    Scene(name="restore-refused", show=_restore_refused, house=House.NONE),
    Scene(name="restore-done", show=_restore_done, house=House.NONE),
)
"""The steps of the wizard, which go on from one another."""


def _sign_in(stage: Stage) -> QWidget:
    stage.to_door()
    return stage.window


def _refused(stage: Stage) -> QWidget:
    page = stage.to_door()
    page.choose(next(each.id for each in stage.application.people if each.name == ANA))
    page.refuse(WrongSecret(""), 8.0)
    return stage.window


def _trouble(fault: RapportError | None) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.application.show_trouble(fault)
        return stage.window

    return show


def _code_refused(stage: Stage) -> QWidget:
    stage.application.show_trouble(KeyMissing(""))
    page = stage.application.window.page
    assert isinstance(page, Recovery)
    page.code.edit.setText("WRONG-CODE")
    page.refuse(BadInput(*NOT_A_CODE))
    return stage.window


def _cover(stage: Stage) -> QWidget:
    stage.application.cover.cover()
    return stage.window


DOOR = (
    Scene(name="sign-in", show=_sign_in, screen="sign-in"),
    Scene(name="sign-in-refused", show=_refused),
    Scene(name="cover", show=_cover, screen="cover"),
    Scene(name="recovery-no-store", show=_trouble(NoKeyring(""))),
    Scene(name="recovery-locked", show=_trouble(KeyringLocked(""))),
    Scene(name="recovery-missing", show=_trouble(KeyMissing(""))),
    Scene(name="recovery-wrong-key", show=_trouble(KeyWrong(""))),
    Scene(name="recovery-no-answer", show=_trouble(KeyringTimeout(""))),
    Scene(name="recovery-code-refused", show=_code_refused),
    Scene(name="desk-busy", show=_trouble(VaultBusy(""))),
    Scene(name="desk-newer", show=_trouble(NewerFormat(""))),
    Scene(name="desk-changed-outside", show=_trouble(Tampered(*CHANGED))),
    Scene(name="restore-in-place", show=_restore_in_place),
    Scene(name="recovery-asked-for", show=_trouble(None)),
)
"""The sign-in and everything that may stand in its place."""

EMPTY = (Scene(name="welcome", show=partial(_practice), who=BEN, house=House.EMPTY),)
"""A desk with nobody in it."""
