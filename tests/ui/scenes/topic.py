"""Scenes of what may be talked about: asked already, and in the patient's own words."""

from PySide6.QtWidgets import QWidget

from rapportdesk.model.topic import Permission
from tests.ui.screens import ANA, Scene
from tests.ui.stage import Stage
from ui.topic.topic import TopicDialog

NIA = "Nia Prydderch"


def _asked_already(stage: Stage) -> QWidget:
    nia = stage.open(NIA)
    desk = stage.desk
    desk.topics.set(nia, "money", Permission.ASK_FIRST, answer="not today")
    stage.shell.refresh()
    dialog = stage.run("topic")
    assert isinstance(dialog, TopicDialog)
    dialog.choose("money")
    stage.settle()
    return dialog


TOPIC = (Scene(name="topic-asked-already", who=ANA, show=_asked_already),)
