"""Scenes of paper that is to be destroyed."""

import datetime as dt
from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from rapportdesk.model.printout import PrintKind
from tests.ui.screens import ANA, Scene
from tests.ui.stage import MORNING, Stage
from ui.prints.prints_dialog import PrintsDialog


def _nothing(stage: Stage) -> QWidget:
    desk = stage.desk
    desk.prints.tick([each.serial for each in desk.prints.to_destroy()])
    return stage.run("prints")


def _waiting(stage: Stage) -> QWidget:
    stage.desk.prints.printed(("7K2M-91QF", "XD40-MMT8"), PrintKind.BRIEF)
    stage.desk.prints.printed(("P0AA-3CWE",), PrintKind.DESK_SLIP)
    return stage.run("prints")


def _closing(stage: Stage) -> QWidget:
    _waiting(stage).close()
    dialog = PrintsDialog(stage.shell.tools, stage.window, closing=True, sheet_for=dt.date(2026, 11, 23))
    dialog.open()
    stage.settle()
    return dialog


def _for_a_full_day(stage: Stage) -> QWidget:
    with patch.object(type(stage.desk.paper), "next_day", lambda _paper: MORNING.date()):
        return stage.run("day-sheet")


PRINTS = (
    Scene(name="prints-at-closing", who=ANA, show=_closing),
    Scene(name="day-sheet-full", who=ANA, show=_for_a_full_day),
    Scene(name="day-sheet", who=ANA, show=lambda stage: stage.run("day-sheet"), screen="day-sheet"),
    Scene(name="prints-none", who=ANA, show=_nothing),
    Scene(name="prints", who=ANA, show=_waiting, screen="prints"),
)
