"""Scenes of the screen as it is turned to the patient."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from tests.ui.scenes.desk import NIA, NOT_ASKED
from tests.ui.screens import ANA, Scene
from tests.ui.stage import Stage


def _turned(whose: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.open(whose)
        return stage.run("turn")

    return show


TURNED = (
    Scene(name="turned", who=ANA, show=_turned(NIA), screen="turned"),
    Scene(name="turned-nothing-noted", who=ANA, show=_turned(NOT_ASKED)),
)
