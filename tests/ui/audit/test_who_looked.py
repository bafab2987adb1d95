"""Who looked is answered at the counter from the card, by keys alone, and tells the desk no more than it may know."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rapportdesk.model.audit import AuditAction, AuditEvent
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from tests.ui.conftest import EnterAs
from tests.ui.keys import CTRL, SHIFT, Key, press, to_front
from ui.audit.record import RecordDialog
from ui.audit.save_record import SaveRecord
from ui.audit.who_looked import WhoLookedDialog
from ui.frame.shell import Shell
from ui.widgets.running import Running
from ui.work import Work

Settle = Callable[[Work], None]
NIA = "Nia Prydderch"


@pytest.fixture
def open_nia(settle: Settle) -> Callable[[Shell], PatientId]:
    def open_nia(shell: Shell) -> PatientId:
        nia = next(hit.id for hit in shell.tools.desk.search(NIA).hits if hit.name == NIA)
        shell.open_person(nia, "card")
        settle(shell.tools.work)
        return nia

    return open_nia


def ask(shell: Shell, settle: Settle) -> WhoLookedDialog:
    shell.run("who-looked")
    settle(shell.tools.work)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, WhoLookedDialog)
    return dialog


def said(dialog: WhoLookedDialog) -> list[str]:
    """The lines that are read out; what was just put into the dialog is shown by its next event."""
    QApplication.processEvents()
    return [line.accessibleName() for line in dialog.findChildren(Running) if line.isVisible()]


def events(shell: Shell) -> list[AuditEvent]:
    return list(shell.tools.desk.session().store.audit_events())


def test_its_key_opens_it_for_the_person_whose_card_is_open(
    shell: Shell, open_nia: Callable[[Shell], PatientId], qtbot: QtBot, settle: Settle
) -> None:
    nia = open_nia(shell)
    to_front(shell.window(), qtbot)
    press(Key.Key_H, CTRL | SHIFT, on=shell.window())
    settle(shell.tools.work)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, WhoLookedDialog)
    assert any("Ana Ruiz" in line and "looked at the card" in line for line in said(dialog))
    assert (events(shell)[-1].action, events(shell)[-1].patient) == (AuditAction.AUDIT_READ, nia)
    dialog.close()


def test_without_anybody_open_it_says_so(shell: Shell, settle: Settle) -> None:
    shell.run("who-looked")
    settle(shell.tools.work)
    assert QApplication.activeModalWidget() is None
    assert "Nobody is open." in shell.tools.messages.text


def test_what_was_done_again_stands_in_one_line_unless_each_is_wanted(
    shell: Shell, open_nia: Callable[[Shell], PatientId], settle: Settle
) -> None:
    for _time in range(3):
        open_nia(shell)
    dialog = ask(shell, settle)
    looked = [line for line in said(dialog) if "looked at the card" in line]
    assert len(looked) == 1
    dialog.each.click()
    settle(shell.tools.work)
    assert len([line for line in said(dialog) if "looked at the card" in line]) == 3
    dialog.close()


def test_reception_has_no_button_for_the_rest_and_a_clinician_has(
    enter_as: EnterAs, open_nia: Callable[[Shell], PatientId], settle: Settle
) -> None:
    shell = enter_as("Dr Osei")
    nia = open_nia(shell)
    shell.tools.desk.notes.write(nia, "For a quiet room", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    dialog = ask(shell, settle)
    assert not any("wrote a note" in line for line in said(dialog))
    dialog.everything.click()
    settle(shell.tools.work)
    assert any("wrote a note" in line for line in said(dialog))
    dialog.close()


def test_reception_cannot_press_what_is_not_there(
    shell: Shell, open_nia: Callable[[Shell], PatientId], settle: Settle
) -> None:
    open_nia(shell)
    dialog = ask(shell, settle)
    assert not hasattr(dialog, "everything")
    dialog.close()


def test_it_is_saved_as_a_spreadsheet_or_as_fhir(
    shell: Shell, open_nia: Callable[[Shell], PatientId], settle: Settle, tmp_path: Path
) -> None:
    open_nia(shell)
    dialog = ask(shell, settle)
    (save,) = dialog.findChildren(SaveRecord)
    for name in ("record.csv", "record.json"):
        save.save_to(tmp_path / name)
        settle(shell.tools.work)
    assert sorted(each.name for each in tmp_path.glob("record*")) == ["record.csv", "record.json"]
    assert "card-viewed" in (tmp_path / "record.csv").read_text(encoding="utf-8-sig")
    Bundle.model_validate(json.loads((tmp_path / "record.json").read_text(encoding="utf-8")))
    assert (tmp_path / "record.csv").stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".*part"))
    dialog.close()


def test_where_it_cannot_be_saved_that_is_said(
    shell: Shell, open_nia: Callable[[Shell], PatientId], settle: Settle, tmp_path: Path
) -> None:
    open_nia(shell)
    dialog = ask(shell, settle)
    (save,) = dialog.findChildren(SaveRecord)
    save.save_to(tmp_path / "nowhere" / "record.csv")
    settle(shell.tools.work)
    assert "cannot be written there" in dialog._said.text()
    dialog.close()


def test_a_person_opened_from_search_is_recorded_as_found(shell: Shell, settle: Settle, qtbot: QtBot) -> None:
    shell.bar.search.setText("40218")
    settle(shell.tools.work)
    nia = next(hit.id for hit in shell.tools.desk.search(NIA).hits if hit.name == NIA)
    shell.search._open_id(nia)  # type: ignore[attr-defined]  # the shell knows it as a Screen
    settle(shell.tools.work)
    done = [(event.action, event.patient) for event in events(shell)[-2:]]
    assert done == [(AuditAction.OPENED_FROM_SEARCH, nia), (AuditAction.CARD_VIEWED, nia)]


def manager(enter_as: EnterAs, settle: Settle) -> tuple[Shell, RecordDialog]:
    shell = enter_as("Ben Morgan")
    shell.run("record")
    settle(shell.tools.work)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecordDialog)
    return shell, dialog


def test_the_manager_narrows_the_record(enter_as: EnterAs, settle: Settle) -> None:
    shell, dialog = manager(enter_as, settle)
    everything = dialog.model.rowCount()
    assert everything > 3
    dialog.kind.setCurrentIndex(4)  # signed in or out
    settle(shell.tools.work)
    assert 0 < dialog.model.rowCount() < everything
    assert {row.words for row in dialog.model.rows} <= {"signed in", "locked"}
    dialog.kind.setCurrentIndex(0)
    dialog.who.setCurrentIndex(dialog.who.findText("Dr Osei"))
    settle(shell.tools.work)
    assert {row.who for row in dialog.model.rows} <= {"Dr Osei", "Ben Morgan"}
    dialog.who.setCurrentIndex(0)
    dialog.since.edit.setText("1/1/2099")
    dialog.since.edit.editingFinished.emit()
    settle(shell.tools.work)
    assert dialog.model.rowCount() == 0
    assert "Nothing of that kind" in dialog._said.text()
    dialog.close()


def test_the_manager_sees_one_patients_lines(
    enter_as: EnterAs, open_nia: Callable[[Shell], PatientId], settle: Settle
) -> None:
    shell = enter_as("Ben Morgan")
    nia = open_nia(shell)
    shell.run("record")
    settle(shell.tools.work)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecordDialog)
    dialog.patient.setText(NIA)
    settle(shell.tools.work)
    dialog._choose(next(hit for hit in dialog.hits.hits.rows if hit.id == nia))
    settle(shell.tools.work)
    assert {row.patient for row in dialog.model.rows} == {nia}
    dialog.patient.clear()
    settle(shell.tools.work)
    assert {row.patient for row in dialog.model.rows} > {nia}
    dialog.close()


def test_what_is_no_day_is_said_and_changes_nothing(enter_as: EnterAs, settle: Settle) -> None:
    shell, dialog = manager(enter_as, settle)
    before = dialog.model.rowCount()
    dialog.since.edit.setText("some day")
    dialog.since.edit.editingFinished.emit()
    settle(shell.tools.work)
    assert dialog.model.rowCount() == before
    assert "no day" in dialog.since.edit.accessibleDescription()
    dialog.close()
