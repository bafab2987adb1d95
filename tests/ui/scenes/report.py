"""Scenes of what is known of a fault of the program: nothing, and something."""

from contextlib import redirect_stderr
from io import StringIO

from PySide6.QtWidgets import QWidget

from tests.ui.screens import ANA, Scene
from tests.ui.stage import Stage
from ui.dialogs.problem_report import ProblemReportDialog
from ui.start.bugs import REPORT_NAME, BugReports


def open_report(stage: Stage) -> ProblemReportDialog:
    """Open what is known."""
    dialog = stage.run("problem-report")
    assert isinstance(dialog, ProblemReportDialog)
    return dialog


def break_it(stage: Stage, said: str) -> None:
    """Have a fault of the program reported, whose message has somebody's words in it."""
    file = stage.application.around.settings.beside(REPORT_NAME)
    try:
        raise KeyError(said)
    except KeyError as error:
        with redirect_stderr(StringIO()):  # whoever reads what the tour prints would take it for a fault
            BugReports(file, stage.application.broke.emit).report(error)
    stage.settle()


def _nothing(stage: Stage) -> QWidget:
    dialog = open_report(stage)
    dialog.throw_away.click()  # what another scene left
    stage.settle()
    return dialog


def _something(stage: Stage) -> QWidget:
    break_it(stage, "leeks")
    return open_report(stage)


def _told(stage: Stage) -> QWidget:
    break_it(stage, "leeks")
    return stage.window


REPORT = (
    Scene(name="problem-report", who=ANA, show=_something, screen="problem-report"),
    Scene(name="problem-report-none", who=ANA, show=_nothing),
    Scene(name="something-went-wrong", who=ANA, show=_told),
)
