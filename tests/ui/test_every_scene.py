"""Every scene can be read, told from its ground, and used by everybody; and every screen and widget is in a scene."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

import ui
from tests.ui.screens import Gallery, all_scenes
from tests.ui.walked import KINDS, QUESTIONS, Walk
from ui.command_rows import all_commands
from ui.look.palette import LIGHT
from ui.screen import Screen
from ui.theme import Theme, load_other_scripts


@pytest.fixture(scope="module")
def walk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    theme = Theme(LIGHT)
    theme.apply(qapp)
    theme.also(load_other_scripts(), qapp)
    walk = Walk()
    for shown in Gallery(qapp, theme, tmp_path_factory.mktemp("walk")).walk(all_scenes()):
        walk.look(shown)
    return walk


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_screen_can_be_read_and_used_by_everybody(walk: Walk, question: str) -> None:
    assert question in walk.faults
    assert not walk.faults[question], "\n".join(walk.faults[question])


def test_every_scene_is_read_and_one_of_each_kind_in_every_theme(walk: Walk) -> None:
    assert walk.looked_at["unread"] == walk.looked_at["unnamed"] == {scene.name for scene in all_scenes()}
    assert walk.looked_at["faint"] == KINDS


def test_every_command_that_opens_a_screen_has_a_scene() -> None:
    shown = {scene.screen for scene in all_scenes()}
    assert {command.screen for command in all_commands()} - {""} - shown == set()


def test_scenes_have_names_of_their_own_and_show_screens_of_the_table() -> None:
    scenes = all_scenes()
    assert len({scene.name for scene in scenes}) == len(scenes)
    assert {scene.screen for scene in scenes} - {command.screen for command in all_commands()} <= {""}


def test_no_kind_of_widget_is_never_shown(walk: Walk) -> None:
    """A new dialog, or a new part of one, is in the walk or it is noticed here."""
    bases = {Screen}
    shown = {base for kind in walk.seen for base in kind.__mro__}
    assert {kind for kind in _widgets_of_ui() if kind not in bases} - shown == set()


def _widgets_of_ui() -> Iterator[type[QWidget]]:
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if module.name == "ui.__main__":
            continue
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, QWidget) and kind.__module__ == module.name:
                yield kind
