"""Scenes of what is past its time: nothing, a list, one that is not sure, and how long things are kept."""

import datetime as dt
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from rapportdesk.model.communication import Communication, Direction
from rapportdesk.model.identity import PatientId, RecordId, new_id
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient
from rapportdesk.model.retention import RetentionRules
from rapportdesk.steps import in_one_go
from tests.ui.screens import BEN, OSEI, Scene
from tests.ui.stage import Stage
from ui.rights.retention import RetentionDialog
from ui.rights.retention_rules import RetentionRulesDialog

LONG_AGO = dt.datetime(2015, 3, 3, 9, tzinfo=dt.UTC)
NAME = "Morfydd Llwyd"
SEALED_OF, SEALED = "Heledd Vaughan", "Sleeps badly since the move"
NOTED = "Used to keep bees at Nant Gwynant"


def old_things(stage: Stage) -> PatientId:
    """Somebody of this scene alone, of whom a note and a call are past their time."""
    desk = stage.desk
    patient = desk.people.add(Patient(id=PatientId(""), name=NAME, birth_date=dt.date(1949, 8, 21))).id
    desk.consents.agree(patient)
    note = desk.notes.write(patient, NOTED, kind=NoteKind.HOBBY)
    store, viewer = desk.session().store, desk.viewer
    store.put(replace(note, noted_at=LONG_AGO))
    call = Communication(
        id=RecordId(new_id()), patient=patient, direction=Direction.INCOMING, recorded_at=LONG_AGO,
        recorded_by=viewer.staff, recorded_by_name=viewer.name,
    )  # fmt: skip
    store.put(call)
    return patient


def looked_through(stage: Stage) -> RetentionDialog:
    """The list, with somebody on it."""
    if not any(each.name == NAME for each in stage.desk.retention.due().due):
        old_things(stage)
    dialog = stage.run("retention")
    assert isinstance(dialog, RetentionDialog)
    stage.settle()
    return dialog


def _nothing(stage: Stage) -> QWidget:
    desk = stage.desk
    settled = desk.retention.rules()
    desk.retention.change(RetentionRules(notes=0, note_kinds=(), promises=0, contacts=0, appointments=0, feedback=0))
    dialog = stage.run("retention")
    stage.settle()
    desk.retention.change(settled)
    return dialog


def _not_sure(stage: Stage) -> QWidget:
    dialog = looked_through(stage)
    next(iter(dialog.ticks.values())).click()
    dialog.erase()
    stage.settle()
    return dialog


def rules(stage: Stage) -> RetentionRulesDialog:
    """How long things are kept."""
    looked_through(stage).ask_rules()
    stage.settle()
    dialog = stage.front()
    assert isinstance(dialog, RetentionRulesDialog)
    return dialog


def _refused(stage: Stage) -> QWidget:
    dialog = rules(stage)
    dialog.fields["promises"].edit.setText("some")
    dialog.save.click()
    stage.settle()
    return dialog


def sealed_long_ago(stage: Stage) -> PatientId:
    """Somebody of this scene alone, of whom a note for clinicians is past its time."""
    desk = stage.desk
    patient = desk.people.add(Patient(id=PatientId(""), name=SEALED_OF, birth_date=dt.date(1949, 8, 21))).id
    desk.consents.agree(patient)
    note = desk.notes.write(patient, SEALED, kind=NoteKind.FEELING_NAMED, audience=Audience.CLINICIANS)
    desk.session().store.put(replace(note, noted_at=LONG_AGO))
    return patient


def _for_clinicians(stage: Stage) -> QWidget:
    stage.desk.people.set_company(sealed_long_ago(stage), frozenset())
    dialog = stage.run("retention")
    stage.settle()
    return dialog


def _reminded(stage: Stage) -> QWidget:
    if not any(each.name == SEALED_OF for each in stage.desk.retention.due().due):
        sealed_long_ago(stage)
    in_one_go(stage.desk.retention.look_in_steps())
    stage.shell.refresh()
    stage.settle()
    return stage.window


RETENTION_CLINICIAN = (
    Scene(name="retention-for-clinicians", who=OSEI, show=_for_clinicians),
    Scene(name="retention-reminder", who=OSEI, show=_reminded),
)
RETENTION = (
    Scene(name="retention-nothing", who=BEN, show=_nothing),
    Scene(name="retention", who=BEN, show=looked_through, screen="retention"),
    Scene(name="retention-not-sure", who=BEN, show=_not_sure),
    Scene(name="retention-rules", who=BEN, show=rules),
    Scene(name="retention-rules-refused", who=BEN, show=_refused),
)
