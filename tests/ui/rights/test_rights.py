"""The dialogs of rights over one's own data do what they say, on the real desk behind the window."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from rapportdesk.desk.sheets.sheets import SheetCode
from rapportdesk.model.rights import Right
from tests.ui.conftest import Copy
from tests.ui.scenes.rights import NIA, WRONG, _erased, _held, _of_a_note, _review, _say, every_lock_sheet
from tests.ui.stage import Stage
from ui.brief.preview import PreviewDialog
from ui.rights.certificate import CertificateDialog
from ui.rights.certified import CertifiedDialog
from ui.rights.held import HeldDialog
from ui.rights.review import AccessReviewDialog
from ui.rights.rights import RightsDialog
from ui.theme import Theme
from ui.widgets.controls import Label


@pytest.fixture
def stage(qapp: QApplication, theme: Theme, invented: Copy, tmp_path: Path) -> Iterator[Stage]:
    with Stage(qapp, theme, (invented.path, invented.custody), tmp_path / "stage") as made:
        yield made


def held(stage: Stage) -> HeldDialog:
    dialog = _held(stage)
    assert isinstance(dialog, HeldDialog)
    return dialog


def words(label: QLabel) -> str:
    return label.text()


def test_nothing_is_handed_out_before_it_is_known_who_they_are_and_that_they_are_alone(stage: Stage) -> None:
    stage.enter("Ana Ruiz")
    dialog = held(stage)
    dialog.show_pages()
    stage.settle()
    assert "be sure who they are" in words(dialog._said)
    for tick in list(dialog.checks.values())[:2]:
        tick.click()
    dialog.show_pages()
    stage.settle()
    assert "Somebody is with them" in words(dialog._said)
    assert stage.front() is dialog
    dialog.alone.click()
    dialog.show_pages()
    stage.settle()
    assert isinstance(stage.front(), PreviewDialog)
    assert [each.right for each in stage.desk.rights.of(stage.find(NIA))] == [Right.ACCESS]


def test_the_files_ending_says_in_which_form_it_is_written(stage: Stage, tmp_path: Path) -> None:
    stage.enter("Ana Ruiz")
    for ending in ("pdf", "json", "fhir"):
        dialog = held(stage)
        dialog.save_to(tmp_path / f"file.{ending}")
        stage.settle()
    assert (tmp_path / "file.pdf").read_bytes().startswith(b"%PDF-")
    assert "file" in json.loads((tmp_path / "file.json").read_bytes())
    assert json.loads((tmp_path / "file.fhir").read_bytes())["resourceType"] == "Bundle"


def test_what_rests_leaves_the_card_and_comes_back(stage: Stage) -> None:
    stage.enter("Ana Ruiz")
    dialog = _say(stage)
    assert isinstance(dialog, RightsDialog)
    dialog.why.edit.setText("until it is put right")
    dialog.restrict()
    stage.settle()
    nia = stage.find(NIA)
    (event,) = stage.desk.rights.standing(nia)
    assert (event.right, event.reason) == (Right.RESTRICTION, "until it is put right")
    dialog._do(lambda: stage.desk.rights.end(event.id))
    stage.settle()
    assert [each.right for each in stage.desk.rights.standing(nia) if each.right is not Right.RESTRICTION] == []


def test_a_manager_has_to_be_sure_and_then_nobody_is_open(stage: Stage, tmp_path: Path) -> None:
    stage.enter("Ben Morgan")
    dialog = _say(stage)
    assert isinstance(dialog, RightsDialog)
    dialog.erase()
    stage.settle()
    assert "sure" in words(dialog._said)
    dialog.reject()
    stage.settle()
    stick = tmp_path / "stick"
    stick.mkdir()
    stage.desk.backups.make(stick)
    shown = _erased(stage)
    assert isinstance(shown, CertificateDialog)
    told = [each.accessibleName() for each in shown.findChildren(Label)]
    assert any(str(stick) in each for each in told), "somebody has to know where the copies are"
    assert stage.shell.person is None
    assert stage.desk.search("Elwyn Parry").hits == ()


def test_a_clinician_lets_go_what_they_ticked_and_the_request_waits_no_longer(stage: Stage) -> None:
    stage.enter("Dr Osei")
    dialog = _review(stage)
    assert isinstance(dialog, AccessReviewDialog)
    (row,) = dialog.requests.values()
    (tick,) = row.ticks.values()
    assert not tick.isChecked()  # nothing is handed out by a slip
    tick.click()
    dialog.decide(stage.desk.access_requests.to_review()[0], tuple(row.ticks))
    stage.settle()
    assert stage.desk.access_requests.waiting() == 0
    patient = next(iter(stage.desk.search("Gwilym").hits)).id
    assert b"She falls more often" in stage.desk.patient_files.export(patient, "json")


def test_a_note_is_put_right_disputed_and_rested_by_itself(stage: Stage) -> None:
    stage.enter("Ana Ruiz")
    dialog = _of_a_note(stage)
    assert isinstance(dialog, RightsDialog)
    rights, patient = stage.desk.rights, stage.find("Ifor Beynon")
    ((note, _text),) = rights.listed_notes(patient)
    dialog.dispute()
    stage.settle()
    assert dialog._said.isVisible()  # nothing was said
    dialog.about.setCurrentIndex(1)
    dialog.instead.edit.setText("Has three daughters in Bala")
    dialog.correct()
    stage.settle()
    assert [text for _id, text in rights.listed_notes(patient)] == ["Has three daughters in Bala"]
    assert [each.text for each in stage.desk.notes.history(note)] == [WRONG]
    dialog.about.setCurrentIndex(1)
    dialog.why.edit.setText("not yours to know")
    dialog.restrict()
    stage.settle()
    assert rights.listed_notes(patient) == ()
    assert dialog.about.count() == 1
    assert {(each.right, each.about) for each in rights.standing(patient)} >= {(Right.RESTRICTION, note)}


def test_with_no_note_chosen_it_is_about_everything(stage: Stage) -> None:
    stage.enter("Ana Ruiz")
    dialog = _of_a_note(stage)
    assert isinstance(dialog, RightsDialog)
    dialog.about.setCurrentIndex(0)
    assert not dialog.instead.isVisible()
    before = stage.desk.rights.listed_notes(patient := stage.find("Ifor Beynon"))
    dialog.correct()
    dialog.dispute()
    stage.settle()
    assert stage.desk.rights.listed_notes(patient) == before
    dialog.object_to()
    stage.settle()
    assert {each.about for each in stage.desk.rights.standing(patient) if each.right is Right.OBJECTION} == {None}


def test_every_lock_is_changed_once_the_new_sheet_is_typed_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.enter("Ben Morgan")
    codes: list[SheetCode] = []
    make = stage.desk.sheets.new_desk_sheet

    def making(holder: str = "") -> SheetCode:
        codes.append(make(holder))
        return codes[-1]

    monkeypatch.setattr(stage.desk.sheets, "new_desk_sheet", making)
    dialog = every_lock_sheet(stage)
    patient = dialog._patient_id
    assert dialog.step is not None
    dialog.step.code.edit.setText("wrong")
    dialog.erase.click()
    stage.settle()
    assert stage.desk.people.get(patient)  # a code that does not open it erases nobody
    dialog.step.code.edit.setText(codes[0].code)
    dialog.erase.click()
    stage.settle()
    certificate = stage.front()
    assert isinstance(certificate, CertificateDialog)
    assert [each.certified for each in stage.desk.person_erasure.done()] == [True]
    assert [each.number for each in stage.desk.sheets.list() if each.kind == "desk"] == [codes[0].number]
    key = stage.desk._device_key
    certificate.reject()
    stage.settle()
    assert stage.application.shell is None  # this computer has another key, and everybody signs in again
    assert stage.desk._device_key != key


def test_a_sheet_that_was_made_for_nothing_is_taken_out_again(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    before = [each.number for each in stage.desk.sheets.list()]
    dialog = every_lock_sheet(stage)
    dialog.leave.click()
    stage.settle()
    assert [each.number for each in stage.desk.sheets.list()] == before
    assert stage.desk.people.get(dialog._patient_id)


def test_it_says_whose_data_rests_or_is_erased(stage: Stage) -> None:
    stage.enter("Ben Morgan")
    dialog = _say(stage)
    assert isinstance(dialog, RightsDialog)
    stage.settle()
    assert "Nia Prydderch" in words(dialog.whose)
    assert "14 March 1958" in words(dialog.whose).replace("\u00a0", " ")
    dialog.erase_certified()
    stage.settle()
    certified = stage.front()
    assert isinstance(certified, CertifiedDialog)
    assert words(certified.whose) == words(dialog.whose)
