"""Scenes of copies of everything: none yet, made, on the way, proved and refused."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tests.ui.screens import BEN, Scene
from tests.ui.stage import MORNING, Stage
from ui.backups.backups import BackupsDialog


def open_backups(stage: Stage) -> BackupsDialog:
    """Open the manager's screen."""
    dialog = stage.run("backups")
    assert isinstance(dialog, BackupsDialog)
    return dialog


def stick(stage: Stage) -> Path:
    """Return a folder for backups beside the stage's vault."""
    folder = stage.desk._file.path.with_name("Backups")
    folder.mkdir(exist_ok=True)
    return folder


def _made(stage: Stage) -> QWidget:
    dialog = open_backups(stage)
    dialog.make_in(stick(stage))
    stage.settle()
    stage.clock.move_on(1)  # each has a name of its own
    dialog.make.click()
    stage.settle()
    return dialog


def _on_the_way(stage: Stage) -> QWidget:
    dialog = open_backups(stage)
    dialog._begin_to_show()
    dialog._at(40, 100)
    return dialog


def _no_code(stage: Stage) -> QWidget:
    dialog = open_backups(stage)
    dialog.prove.click()
    return dialog


def _refused(stage: Stage) -> QWidget:
    dialog = open_backups(stage)
    dialog.code.edit.setText("00000")
    stage.clock.move_on(1)
    dialog.prove_that(Path(stage.desk.backups.make(stick(stage)).path))
    stage.settle()
    return dialog


def _went_back(stage: Stage) -> QWidget:
    dialog = open_backups(stage)
    status = replace(stage.desk.backups.status(), list_went_back=str(stick(stage)), list_went_back_at=MORNING)
    dialog._show(status)
    return dialog


def _damaged(stage: Stage) -> QWidget:
    dialog = open_backups(stage)
    name = "desk-2026-11-19-174200.rapport-backup"
    dialog._show(replace(stage.desk.backups.status(), damaged=(str(stick(stage) / name),)))
    return dialog


BACKUPS = (
    Scene(name="backups", who=BEN, show=open_backups, screen="backups"),
    Scene(name="backups-made", who=BEN, show=_made),
    Scene(name="backups-on-the-way", who=BEN, show=_on_the_way),
    Scene(name="backups-no-code", who=BEN, show=_no_code),
    Scene(name="backups-damaged", who=BEN, show=_damaged),
    Scene(name="backups-list-went-back", who=BEN, show=_went_back),
    Scene(name="backups-refused", who=BEN, show=_refused),
)
