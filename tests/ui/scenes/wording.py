"""Scenes of what is noticed while somebody types: what judges, and what is clinical."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from rapportdesk.model.note import Note
from tests.ui.scenes.desk import NIA, card_of
from tests.ui.screens import ANA, Scene
from tests.ui.stage import Stage

CLAIMS = "She claims that nobody rang her back about the parking"
CLINICAL = "Takes 20 mg of it before breakfast"
TYPED = (CLAIMS, CLINICAL, "claims that", "says", "20 mg")
"""What the scenes type, which is nobody's to translate."""


def _typed(text: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.open(NIA)
        card_of(stage).quick.field.replace(text)
        return stage.window

    return show


def _changed(stage: Stage) -> QWidget:
    stage.open(NIA)
    note = next(each.line.note for each in card_of(stage).blocks.lines if each.line.note is not None)
    assert isinstance(note, Note)
    edit = card_of(stage).edit
    edit.open(note)
    edit._quote.setChecked(False)
    edit.field.replace(CLAIMS)
    return stage.window


WORDING = (
    Scene(name="wording-judging", who=ANA, show=_typed(CLAIMS)),
    Scene(name="wording-clinical", who=ANA, show=_typed(CLINICAL)),
    Scene(name="wording-note-edit", who=ANA, show=_changed),
)
