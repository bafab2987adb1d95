"""Scenes of the brief beyond one person's: a session's, where lines are from, and what comes back on paper."""

from PySide6.QtWidgets import QWidget

from tests.ui.screens import ANA, OSEI, Scene
from tests.ui.stage import Stage
from ui.brief.brief import BriefScreen
from ui.brief.from_paper import FromPaperDialog
from ui.brief.session import SessionDialog

REMEMBER = "The leeks took second prize", "promise: ring about parking by Tuesday"


def _sources(stage: Stage) -> QWidget:
    stage.open("Tomasz Wójcik")
    brief = stage.shell.screens.panels["brief"]
    assert isinstance(brief, BriefScreen)
    brief.show_sources()
    stage.settle()
    return stage.window


def _no_such_day(stage: Stage) -> QWidget:
    dialog = stage.run("print-session")
    assert isinstance(dialog, SessionDialog)
    dialog.day.edit.setText("the day after")
    dialog.day.edit.textEdited.emit("the day after")
    dialog.read()
    return dialog


def _session_pages(stage: Stage) -> QWidget:
    dialog = stage.run("print-session")
    assert isinstance(dialog, SessionDialog)
    dialog.show_pages()
    stage.settle()
    return stage.front()


def _paper(stage: Stage) -> QWidget:
    dialog = stage.run("from-paper")
    assert isinstance(dialog, FromPaperDialog)
    dialog.lines[0].read.setChecked(True)
    dialog.lines[1].read.setChecked(True)
    dialog.lines[1].remember.start_with("\n".join(REMEMBER))
    return dialog


def _nobody_on_paper(stage: Stage) -> QWidget:
    dialog = stage.run("from-paper")
    assert isinstance(dialog, FromPaperDialog)
    dialog.day.setCurrentIndex(3)
    stage.settle()
    return dialog


PAPER = (
    Scene(name="from-paper", who=ANA, show=lambda stage: stage.run("from-paper"), screen="from-paper"),
    Scene(name="from-paper-typed", who=ANA, show=_paper),
    Scene(name="from-paper-nobody", who=ANA, show=_nobody_on_paper),
)

SESSION = (
    Scene(name="brief-sources", who=OSEI, show=_sources),
    Scene(
        name="print-session", who=OSEI, show=lambda stage: stage.run("print-session"), screen="print-session"
    ),
    Scene(name="print-session-no-day", who=OSEI, show=_no_such_day),
    Scene(name="print-session-pages", who=OSEI, show=_session_pages),
)  # fmt: skip
