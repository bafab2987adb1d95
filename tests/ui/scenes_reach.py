"""Scenes of the telephone, and of everything else by which people are reached."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from rapportdesk.model.communication import Check, Speaker
from rapportdesk.model.patient import ContactPoint, ContactSystem
from tests.ui.scenes_desk import NIA
from tests.ui.screens import ANA, Scene
from tests.ui.stage import Stage
from ui.reach.call import CallDialog

SHARED = "01970 555 900"


def _call(stage: Stage) -> CallDialog:
    dialog = stage.run("call")
    assert isinstance(dialog, CallDialog)
    return dialog


def _look_for(stage: Stage, text: str) -> CallDialog:
    dialog = _call(stage)
    dialog.field.edit.setText(text)
    dialog.look_for()
    stage.settle()
    return dialog


def _shared_number(stage: Stage) -> QWidget:
    for name in ("Rhodri Elis", "Priya Raghunathan", "רחל כהן"):
        patient = stage.desk.people.get(stage.find(name))
        point = ContactPoint(system=ContactSystem.PHONE, value=SHARED, shared_with="the house")
        stage.desk.people.update(replace(patient, contact_points=(*patient.contact_points, point)))
    return _look_for(stage, SHARED)


def _nobody(stage: Stage) -> QWidget:
    return _look_for(stage, "020 7946 0000")


def about(stage: Stage, name: str) -> CallDialog:
    """Return the call about somebody, with nothing asked yet."""
    dialog = _call(stage)
    dialog.choose(stage.find(name))
    stage.settle()
    return dialog


def _gwen(stage: Stage) -> QWidget:
    dialog = about(stage, NIA)
    gwen = next(each.id for each in stage.desk.people.get(stage.find(NIA)).people if each.name == "Gwen")
    dialog.checks[Check.BIRTH_DATE].setChecked(True)
    dialog.checks[Check.POSTCODE_OR_NUMBER].setChecked(True)
    dialog.say_speaker(Speaker.RELATED, gwen)
    stage.settle()
    return dialog


REACH = (
    Scene(name="call", who=ANA, show=_call, screen="call"),
    Scene(name="call-nobody", who=ANA, show=_nobody),
    Scene(name="call-shared-number", who=ANA, show=_shared_number),
    Scene(name="call-somebody-else", who=ANA, show=lambda stage: about(stage, "Ebrahim al-Sayed")),
    Scene(name="call-gwen", who=ANA, show=_gwen),
)
