"""Scenes of whether everything is here, and of changing the locks."""

import datetime as dt

from PySide6.QtWidgets import QWidget

from rapportdesk.desk.keys.custody import MemoryCustody
from rapportdesk.vault.anchor import Anchor
from rapportdesk.vault.keyring_entries import fault_of
from tests.ui.screens import BEN, Scene
from tests.ui.stage import MORNING, Stage
from ui.locks.locks import LocksDialog
from ui.standing.standing import StandingDialog
from ui.standing.standing_view import checking_words


def remember_more(stage: Stage) -> None:
    """Let the computer have seen more of the desk than there is in its file."""
    remembering = stage.desk.standing._remembering
    assert remembering is not None
    remembering.keep(Anchor(epoch=1_000_000, tag="0" * 64, at=MORNING - dt.timedelta(hours=15, minutes=22)))
    remembering.wait(60)


def forget(stage: Stage) -> None:
    """Let the computer have seen what there is."""
    stage.desk.standing._agreed = True
    stage.desk.standing._noted_at = None
    stage.desk.standing.note()
    stage.desk.standing.close()


def open_standing(stage: Stage) -> StandingDialog:
    """Open the manager's screen, and wait for the check."""
    dialog = stage.run("standing")
    assert isinstance(dialog, StandingDialog)
    stage.until(lambda: dialog.bar.isHidden())
    stage.settle()
    return dialog


def _on_the_way(stage: Stage) -> QWidget:
    dialog = stage.run("standing")
    assert isinstance(dialog, StandingDialog)
    dialog._stop()
    dialog.bar.show()
    dialog.stop.show()
    dialog._found.say(checking_words())
    dialog._at(40, 100)
    return dialog


def _well(stage: Stage) -> QWidget:
    forget(stage)
    return open_standing(stage)


def _older(stage: Stage) -> QWidget:
    remember_more(stage)
    dialog = open_standing(stage)
    forget(stage)
    return dialog


def lose(stage: Stage) -> None:
    """Let what the computer had noted of the desk have been taken out of it."""
    for _twice in range(2):  # the second line knows that the first note was taken
        forget(stage)
    custody = stage.application.around.beginning.custody
    assert isinstance(custody, MemoryCustody)
    custody._anchors.clear()
    stage.desk.standing._agreed = False  # as at the next start


def _taken_out(stage: Stage) -> QWidget:
    lose(stage)
    dialog = open_standing(stage)
    forget(stage)
    return dialog


def _locks_problem(stage: Stage) -> QWidget:
    dialog = stage.run("locks")
    assert isinstance(dialog, LocksDialog)
    dialog._problem(fault_of("locked"))
    return dialog


STANDING = (
    Scene(name="locks", who=BEN, show=lambda stage: stage.run("locks"), screen="locks"),
    Scene(name="locks-problem", who=BEN, show=_locks_problem),
    Scene(name="standing", who=BEN, show=_well, screen="standing"),
    Scene(name="standing-on-the-way", who=BEN, show=_on_the_way),
    Scene(name="standing-older", who=BEN, show=_older),
    Scene(name="standing-taken-out", who=BEN, show=_taken_out),
)
