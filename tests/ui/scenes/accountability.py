"""Scenes of what a supervisor asks for: while it is looked at, and what was found."""

from PySide6.QtWidgets import QWidget

from tests.ui.screens import BEN, Scene
from tests.ui.stage import Stage
from ui.rights.accountability import AccountabilityDialog


def looked_at(stage: Stage) -> AccountabilityDialog:
    """The dialog, once everything was checked."""
    dialog = stage.run("accountability")
    assert isinstance(dialog, AccountabilityDialog)
    stage.until(lambda: dialog.bar.isHidden())
    stage.settle()
    return dialog


def _pages(stage: Stage) -> QWidget:
    looked_at(stage).show_pages()
    stage.settle()
    return stage.front()


ACCOUNTABILITY = (
    Scene(name="accountability", who=BEN, show=looked_at, screen="accountability"),
    Scene(name="accountability-pages", who=BEN, show=_pages),
)
