"""Scenes of the record of who looked: answered to a patient, and listed for the manager."""

from PySide6.QtWidgets import QWidget

from rapportdesk.model.note import Audience, NoteKind
from tests.ui.screens import ANA, BEN, OSEI, Scene
from tests.ui.stage import Stage
from ui.audit.record import RecordDialog
from ui.audit.who_looked import WhoLookedDialog

NIA = "Nia Prydderch"


def _asked(stage: Stage) -> QWidget:
    stage.open(NIA, "card")
    stage.open(NIA, "card")
    return stage.run("who-looked")


def _each(stage: Stage) -> QWidget:
    dialog = _asked(stage)
    assert isinstance(dialog, WhoLookedDialog)
    dialog.each.click()
    return dialog


def _whole(stage: Stage) -> QWidget:
    nia = stage.open(NIA)
    stage.desk.notes.write(nia, "For a quiet room", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    stage.desk.briefs.open_veiled(nia)
    dialog = stage.run("who-looked")
    assert isinstance(dialog, WhoLookedDialog)
    dialog.everything.click()
    return dialog


def _preview(stage: Stage) -> QWidget:
    dialog = _asked(stage)
    assert isinstance(dialog, WhoLookedDialog)
    dialog.print_it()
    stage.settle()
    return stage.front()


def _record(stage: Stage) -> QWidget:
    stage.open(NIA, "card")
    return stage.run("record")


def _nothing(stage: Stage) -> QWidget:
    dialog = stage.run("record")
    assert isinstance(dialog, RecordDialog)
    dialog.since.edit.setText("1 Jan 2099")
    dialog.since.edit.editingFinished.emit()
    return dialog


def _no_day(stage: Stage) -> QWidget:
    dialog = stage.run("record")
    assert isinstance(dialog, RecordDialog)
    dialog.since.edit.setText("some day")
    dialog.since.edit.editingFinished.emit()
    return dialog


def _one_patient(stage: Stage) -> QWidget:
    dialog = stage.run("record")
    assert isinstance(dialog, RecordDialog)
    dialog.patient.setFocus()
    dialog.patient.setText("Margaret Hughes")
    return dialog


AUDIT_RECEPTION = (
    Scene(name="who-looked", who=ANA, show=_asked, screen="who-looked"),
    Scene(name="who-looked-each", who=ANA, show=_each),
    Scene(name="who-looked-print", who=ANA, show=_preview),
)
AUDIT_CLINICIAN = (Scene(name="who-looked-whole", who=OSEI, show=_whole),)
AUDIT = (
    Scene(name="record", who=BEN, show=_record, screen="record"),
    Scene(name="record-nothing", who=BEN, show=_nothing),
    Scene(name="record-no-day", who=BEN, show=_no_day),
    Scene(name="record-one-patient", who=BEN, show=_one_patient),
)
