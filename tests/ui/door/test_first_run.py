"""From an empty folder to an open desk by keyboard alone, each mistake said where it was made."""

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.errors import NoKeyring
from rapportdesk.model.staff import Role
from tests.ui.conftest import WAIT_MS, Copy, MakeApplication
from tests.ui.keys import SHIFT, Key, focused, press, to_front, type_in
from ui.door.first_run import FirstRun
from ui.door.first_run_steps import Step, strength_words
from ui.door.recovery import Recovery
from ui.door.sheet_steps import SheetStep
from ui.start.application import Application
from ui.start.beginning import begin
from ui.widgets.controls import Label
from ui.work import Work

PASSPHRASE = "leeks and bara brith"

Settle = Callable[[Work], None]


@pytest.fixture
def custody() -> MemoryCustody:
    return MemoryCustody()


@pytest.fixture
def started(make_application: MakeApplication, custody: MemoryCustody, tmp_path: Path, qtbot: QtBot) -> Application:
    """The window over an empty folder."""
    application = make_application(begin(tmp_path / "data" / "desk.rapport", custody))
    application.start()
    to_front(application.window, qtbot)
    return application


@pytest.fixture
def wizard(started: Application) -> FirstRun:
    page = started.window.page
    assert isinstance(page, FirstRun)
    return page


def said(page: QWidget) -> str:
    return "\n".join(label.accessibleName() for label in page.findChildren(Label) if label.isVisible())


def stands_on(wizard: FirstRun, step: Step) -> bool:
    return wizard.step is step


def next_field() -> None:
    press(Key.Key_Tab)


def to_the_passphrase(wizard: FirstRun, *, clinician: bool = False) -> None:
    type_in("Cwm Road Surgery")
    press(Key.Key_Return)
    type_in("Ben Morgan")
    if clinician:
        next_field()
        next_field()
        press(Key.Key_Space)
        wizard.you.name.setFocus()
    press(Key.Key_Return)


def make_desk(wizard: FirstRun, settle: Settle, work: Work, *, clinician: bool = False) -> None:
    to_the_passphrase(wizard, clinician=clinician)
    type_in(PASSPHRASE)
    press(Key.Key_Return)
    type_in(PASSPHRASE)
    press(Key.Key_Return)
    settle(work)


def code_on_paper(wizard: FirstRun, folder: Path) -> str:
    """Save the sheet that is shown, and read its code off the page as a person would."""
    step = wizard.step
    assert isinstance(step, SheetStep)
    file = folder / "sheet.pdf"
    step.save_to(file)
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, "the code opens the vault"
    text = "\n".join(page.extract_text() for page in PdfReader(file).pages)
    groups = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5}\b", text)
    assert len(groups) >= 6, text
    return " ".join(groups[:6])


def test_the_whole_first_run_by_keyboard(
    started: Application, wizard: FirstRun, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    make_desk(wizard, settle, started.work)
    assert "The desk’s recovery sheet, no. 1" in said(wizard)
    code = code_on_paper(wizard, tmp_path)
    type_in(code.lower())
    press(Key.Key_Return)
    settle(started.work)
    assert stands_on(wizard, wizard.holder)
    type_in("Sian Rees")
    press(Key.Key_Return)
    settle(started.work)
    assert "The desk’s recovery sheet, no. 2" in said(wizard)
    type_in(code_on_paper(wizard, tmp_path))
    press(Key.Key_Return)
    settle(started.work)
    assert stands_on(wizard, wizard.second)
    type_in("Sian Rees")
    wizard.second.secret.setFocus()
    type_in("a first passphrase")
    with qtbot.waitSignal(started.signed_in, timeout=WAIT_MS):
        press(Key.Key_Return)
    settle(started.work)
    shell = started.shell
    assert shell is not None
    assert "This desk is still empty" in said(shell)
    buttons = {each.accessibleName() for each in shell.welcome.findChildren(QPushButton) if each.isVisible()}
    assert buttons == {"Bring in a schedule", "Add a person", "Try the demo"}
    assert [person.name for person in started.people] == ["Ben Morgan", "Sian Rees"]
    assert started.desk is not None
    sheets = started.desk.sheets.list()
    assert [(sheet.number, sheet.holder) for sheet in sheets] == [(1, "Ben Morgan"), (2, "Sian Rees")]
    assert all(sheet.proved_on for sheet in sheets)
    assert [each.command for each in started.desk.reminders.mine()] == ["backups"]


def test_a_manager_who_is_a_clinician_too_gets_both_sheets(
    started: Application, wizard: FirstRun, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    make_desk(wizard, settle, started.work, clinician=True)
    type_in(code_on_paper(wizard, tmp_path))
    press(Key.Key_Return)
    settle(started.work)
    assert "The clinicians’ recovery sheet" in said(wizard)
    type_in(code_on_paper(wizard, tmp_path))
    press(Key.Key_Return)
    settle(started.work)
    press(Key.Key_Return)
    with qtbot.waitSignal(started.signed_in, timeout=WAIT_MS):
        wizard.second.name.setFocus()
        press(Key.Key_Return)
    settle(started.work)
    assert started.shell is not None
    assert started.shell.tools.viewer.roles == {Role.MANAGER, Role.CLINICIAN}


def test_what_is_missing_is_said_beside_the_field(wizard: FirstRun) -> None:
    press(Key.Key_Return)
    assert stands_on(wizard, wizard.clinic)
    assert "Type the name of your practice." in said(wizard)
    type_in("Cwm Road Surgery")
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert stands_on(wizard, wizard.you)
    assert "Type your name." in said(wizard)


def test_a_passphrase_is_long_enough_and_typed_twice_the_same(wizard: FirstRun) -> None:
    to_the_passphrase(wizard)
    type_in("leeks")
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert "Use at least 8 characters." in said(wizard)
    assert focused() is wizard.secret.first.edit
    type_in(" and bara brith")
    press(Key.Key_Return)
    type_in("something else")
    press(Key.Key_Return)
    assert "These two are not the same. Type it once more." in said(wizard)
    assert stands_on(wizard, wizard.secret)


def test_every_step_before_the_desk_is_made_has_a_way_back_that_keeps_what_was_typed(wizard: FirstRun) -> None:
    to_the_passphrase(wizard)
    wizard.back.setFocus()
    press(Key.Key_Space)
    assert stands_on(wizard, wizard.you)
    wizard.back.setFocus()
    press(Key.Key_Space)
    assert stands_on(wizard, wizard.clinic)
    assert wizard.clinic.clinic.text == "Cwm Road Surgery"
    assert wizard.back.isHidden()


def test_a_mistyped_code_is_not_taken_and_stays_to_be_corrected(
    started: Application, wizard: FirstRun, settle: Settle, tmp_path: Path
) -> None:
    make_desk(wizard, settle, started.work)
    code = code_on_paper(wizard, tmp_path)
    wrong = ("7" if code[0] != "7" else "8") + code[1:]
    type_in(wrong)
    press(Key.Key_Return)
    settle(started.work)
    step = wizard.step
    assert isinstance(step, SheetStep)
    assert step.code.text == wrong
    assert "group" in said(wizard).casefold()
    press(Key.Key_Home)
    press(Key.Key_Right, SHIFT)
    type_in(code[0])
    press(Key.Key_Return)
    settle(started.work)
    assert stands_on(wizard, wizard.holder)
    press(Key.Key_Return)  # left empty, it is asked for later
    assert stands_on(wizard, wizard.second)


def test_nobody_is_not_somebody_who_keeps_a_sheet(
    started: Application, wizard: FirstRun, settle: Settle, tmp_path: Path
) -> None:
    make_desk(wizard, settle, started.work)
    step = wizard.step
    assert isinstance(step, SheetStep)
    assert step.holder.text == "Ben Morgan"
    step.holder.edit.clear()
    type_in(code_on_paper(wizard, tmp_path))
    press(Key.Key_Return)
    assert "Type who will keep it" in said(wizard)
    type_in("Gwen Pugh")
    step.code.setFocus()
    press(Key.Key_Return)
    settle(started.work)
    assert stands_on(wizard, wizard.holder)
    assert started.desk is not None
    assert [sheet.holder for sheet in started.desk.sheets.list()] == ["Gwen Pugh"]


def test_a_sheet_that_cannot_be_saved_there_is_told(
    started: Application, wizard: FirstRun, settle: Settle, tmp_path: Path
) -> None:
    make_desk(wizard, settle, started.work)
    step = wizard.step
    assert isinstance(step, SheetStep)
    step.save_to(tmp_path / "nowhere" / "sheet.pdf")
    assert "It could not be saved there. Choose another place." in said(wizard)


class NoStore(MemoryCustody):
    """A computer without a password store."""

    def write(self, key_id: str, key: bytes) -> None:
        assert key_id
        assert key
        raise NoKeyring("This computer has no password store that RapportDesk can use.")


def test_without_a_password_store_nothing_is_made_and_the_reason_is_told(
    make_application: MakeApplication, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    vault = tmp_path / "data" / "desk.rapport"
    application = make_application(begin(vault, NoStore()))
    application.start()
    to_front(application.window, qtbot)
    wizard = application.window.page
    assert isinstance(wizard, FirstRun)
    make_desk(wizard, settle, application.work)
    assert "no password store" in said(wizard)
    assert stands_on(wizard, wizard.secret)
    assert not vault.exists()


def test_a_file_without_its_key_is_never_begun_anew(
    make_application: MakeApplication, demo_copy: Copy, settle: Settle
) -> None:
    application = make_application(begin(demo_copy.path, MemoryCustody()))
    application.start()
    settle(application.work)
    page = application.window.page
    assert isinstance(page, Recovery)
    assert "This computer no longer opens the desk by itself" in said(page)


@pytest.mark.parametrize(
    ("secret", "words"),
    [
        ("", ""),
        ("leeks", "Too short yet."),
        ("leeks and b", "It will do."),
        ("aaaaaaaaaaaa", "Too few different letters"),
        ("leeks and bara brith", "Strong."),
    ],
)
def test_a_passphrase_is_judged_by_its_length(secret: str, words: str) -> None:
    assert strength_words(secret).startswith(words)


def test_the_demo_can_be_tried_first(wizard: FirstRun, qtbot: QtBot) -> None:
    assert wizard.demo.isVisible()
    wizard.demo_wanted.disconnect()
    with qtbot.waitSignal(wizard.demo_wanted):
        wizard.demo.click()
    QApplication.processEvents()
