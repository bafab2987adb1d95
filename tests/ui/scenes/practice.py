"""Scenes of what the practice settles for itself."""

from PySide6.QtWidgets import QWidget

from tests.ui.screens import BEN, Scene
from tests.ui.stage import Stage
from ui.practice.practice import PracticeDialog


def _refused(stage: Stage) -> QWidget:
    dialog = stage.run("practice")
    assert isinstance(dialog, PracticeDialog)
    dialog.fields["guardian_until"].edit.setText("sixteen")
    dialog.save.click()
    return dialog


PRACTICE = (
    Scene(name="practice", who=BEN, show=lambda stage: stage.run("practice"), screen="practice"),
    Scene(name="practice-refused", who=BEN, show=_refused),
)
