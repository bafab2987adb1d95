"""Scenes of what a colleague is happy to talk about, and of a card that tells them of it."""

from PySide6.QtWidgets import QWidget

from rapportdesk.model.common_ground import Interest
from tests.ui.scenes.desk import NIA
from tests.ui.screens import ANA, Scene
from tests.ui.stage import Stage

SINGING = Interest(words="singing", happy_to="concerts", rather_not="auditions")
ENTERED = (SINGING.words, SINGING.happy_to, SINGING.rather_not)
"""What the scenes enter, which is nobody's to translate."""


def _nothing_yet(stage: Stage) -> QWidget:
    stage.desk.common_ground.remove()
    return stage.run("interests")


def _entered(stage: Stage) -> QWidget:
    stage.desk.common_ground.keep((SINGING, Interest(words="dogs")))
    return stage.run("interests")


def _on_the_card(stage: Stage) -> QWidget:
    stage.desk.common_ground.keep((SINGING,))
    stage.open(NIA)
    stage.desk.common_ground.remove()  # the next scene begins without; the card stays as it was painted
    return stage.window


COMMON_GROUND = (
    Scene(name="interests", who=ANA, show=_nothing_yet, screen="interests"),
    Scene(name="interests-entered", who=ANA, show=_entered),
    Scene(name="card-common-ground", who=ANA, show=_on_the_card),
)
