"""Scenes of a morning on which the computer is not well: its clock stands a year back, and its disk is full."""

from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from tests.ui.scenes.desk import card_of
from tests.ui.screens import ANA, BEN, Scene
from tests.ui.stage import MORNING, Stage

UNFINISHED = "Sings alto in Côr y Cwm"
"""What somebody had begun to write when they left."""


def _amiss(stage: Stage) -> QWidget:
    name = stage.shell.tools.viewer.name
    stage.open("Nia Prydderch", "card")
    card_of(stage).quick.field.replace(UNFINISHED)
    stage.settle()
    stage.leave()
    stage.application._where.clear()  # as after a start: nobody is open, so that what is safe is read first
    stage.clock.moment = MORNING.replace(year=MORNING.year - 1)
    with patch("rapportdesk.desk.today.workstation.LEAST_ROOM", 2**62):
        stage.enter(name)
    stage.clock.moment = MORNING  # the scenes that follow have their own day again
    return stage.window


MONDAY = (
    Scene(name="monday", who=ANA, show=_amiss),
    Scene(name="monday-manager", who=BEN, show=_amiss),
)
