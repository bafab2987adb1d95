"""Scenes of paper that is to be destroyed."""

from PySide6.QtWidgets import QWidget

from rapportdesk.model.printout import PrintKind
from tests.ui.screens import ANA, Scene
from tests.ui.stage import Stage


def _nothing(stage: Stage) -> QWidget:
    desk = stage.desk
    desk.prints.tick([each.serial for each in desk.prints.to_destroy()])
    return stage.run("prints")


def _waiting(stage: Stage) -> QWidget:
    stage.desk.prints.printed(("7K2M-91QF", "XD40-MMT8"), PrintKind.BRIEF)
    stage.desk.prints.printed(("P0AA-3CWE",), PrintKind.DESK_SLIP)
    return stage.run("prints")


PRINTS = (
    Scene(name="prints-none", who=ANA, show=_nothing),
    Scene(name="prints", who=ANA, show=_waiting, screen="prints"),
)
