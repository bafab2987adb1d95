"""Scenes of the ledger, of what is done with one promise, of a follow-up plan, and of what clinicians are told."""

import datetime as dt
from collections.abc import Callable
from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from rapportdesk.model.follow_up import FollowUpStep
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import PromiseRow
from rapportdesk.model.task import FollowUpOutcome, Task, TaskCode, TaskReason
from tests.ui.scenes.desk import card_of
from tests.ui.screens import ANA, BEN, OSEI, Scene
from tests.ui.stage import Stage
from ui.promises.ends import NotKeptDialog, PutOffDialog
from ui.promises.follow_up import FollowUpDialog
from ui.promises.ledger import LedgerDialog
from ui.promises.outcome import OutcomeDialog
from ui.promises.tell import TellDialog

NIA = "Nia Prydderch"
SCHOOL = "Send the school the letter about the swimming lessons, and ring when it has gone"
PLANT = "Water the plant in the waiting room"
RING = "Ring: how are you?"
WORSE = "Dizzy since Monday, and could not get up the stairs last night"
LAB = "the laboratory"
POSTED = "posted on Friday, by second post"
TYPED = (SCHOOL, PLANT, RING, WORSE, LAB, POSTED)
"""What the scenes say themselves, which is nobody's to translate."""


def _fill(stage: Stage) -> PatientId:
    """Have something of every kind be promised to Nia, once."""
    nia, desk = stage.find(NIA), stage.desk
    if any(task.code is TaskCode.FOLLOW_UP for task in desk.session().known(nia).tasks):
        return nia
    today = desk.session().today()
    school = desk.tasks.add(nia, SCHOOL, due=today + dt.timedelta(days=4), owner=BEN)
    desk.tasks.hold(school.id, words=LAB)
    line = desk.notes.read_line(nia, f"promise: {PLANT} every Friday")
    desk.notes.write_line(nia, line)
    visit = desk.follow_ups.last_visit(nia)
    steps = [FollowUpStep(days=0, text=RING), FollowUpStep(days=10, text=RING)]
    first, _second = desk.follow_ups.plan(nia, steps, visit=visit.id if visit else None)
    desk.follow_ups.came_out(first.id, FollowUpOutcome.NOT_REACHED)
    kept, failed = (desk.tasks.add(nia, text) for text in (PLANT, SCHOOL))
    desk.tasks.done(kept.id, outcome=POSTED)
    desk.tasks.not_kept(failed.id, TaskReason.NO_TIME, LAB)
    return nia


def _tell(stage: Stage) -> PatientId:
    nia, desk = _fill(stage), stage.desk
    if not any(task.code is TaskCode.TELL for task in desk.session().known(nia).tasks):
        desk.follow_ups.tell(nia, WORSE)
    return nia


def _ledger(stage: Stage) -> LedgerDialog:
    _tell(stage)
    dialog = stage.run("promises")
    assert isinstance(dialog, LedgerDialog)
    return dialog


def _nothing(stage: Stage) -> QWidget:
    dialog = stage.run("promises")
    assert isinstance(dialog, LedgerDialog)
    dialog.filter.edit.setText("zzz")
    dialog.refresh()
    return dialog


def _ended(stage: Stage) -> QWidget:
    dialog = _ledger(stage)
    dialog.ended.setChecked(True)
    return dialog


def _done(stage: Stage) -> QWidget:
    dialog = _on(stage, lambda row: row.task.text == SCHOOL)
    dialog.verbs.take_over()
    return dialog


def _on(stage: Stage, wanted: Callable[[PromiseRow], bool]) -> LedgerDialog:
    dialog = _ledger(stage)
    stage.settle()
    at = next(at for at, row in enumerate(dialog.list.promises.rows) if wanted(row))
    dialog.list.setCurrentIndex(dialog.list.promises.index(at))
    return dialog


def _verb(stage: Stage, command_id: str, code: TaskCode = TaskCode.PROMISE) -> QWidget:
    dialog = _on(stage, lambda row: row.task.code is code and row.task.owner_name != BEN)
    dialog.verbs.buttons[command_id].click()
    stage.settle()
    return stage.front()


def _why(stage: Stage) -> QWidget:
    dialog = _verb(stage, "promise.not-kept")
    assert isinstance(dialog, NotKeptDialog)
    dialog.save()
    return dialog


def _no_day(stage: Stage) -> QWidget:
    dialog = _verb(stage, "promise.put-off")
    assert isinstance(dialog, PutOffDialog)
    dialog.day.edit.setText(LAB)
    dialog.save()
    return dialog


def _outcome(stage: Stage) -> QWidget:
    dialog = _verb(stage, "promise.outcome", TaskCode.FOLLOW_UP)
    assert isinstance(dialog, OutcomeDialog)
    dialog.words.field.replace(WORSE)
    return dialog


def _promise(stage: Stage) -> QWidget:
    stage.shell.open_person(_fill(stage), "card")
    stage.settle()
    card = card_of(stage)
    line = next(each for each in card.blocks.lines if each.line.task is not None and _has_words(each.line.task))
    line.setFocus()
    stage.settle()
    card.verbs.do("task.open")
    stage.settle()
    return stage.front()


def _has_words(task: Task) -> bool:
    return task.text == SCHOOL


def _plan(stage: Stage) -> QWidget:
    stage.shell.open_person(stage.find(NIA), "card")
    stage.settle()
    return stage.run("follow-up")


def _planned(stage: Stage) -> QWidget:
    dialog = _plan(stage)
    assert isinstance(dialog, FollowUpDialog)
    stage.settle()
    dialog.templates[1].click()
    return dialog


def _no_number(stage: Stage) -> QWidget:
    dialog = _plan(stage)
    assert isinstance(dialog, FollowUpDialog)
    stage.settle()
    dialog.steps.rows[0].what.edit.setText(RING)
    dialog.save()
    return dialog


def _telling(stage: Stage) -> QWidget:
    stage.shell.open_person(stage.find(NIA), "card")
    stage.settle()
    dialog = stage.run("tell")
    assert isinstance(dialog, TellDialog)
    dialog.words.field.replace(WORSE)
    return dialog


def _not_told(stage: Stage) -> QWidget:
    """Nobody has told the clinicians anything; another scene's patient has, on the same desk."""
    with patch.object(type(stage.desk.follow_ups), "told", lambda _follow_ups: ()):
        return stage.run("told")


def _told(stage: Stage) -> QWidget:
    _tell(stage)
    nia = stage.find(NIA)
    if not any(told.task is None for told in stage.desk.follow_ups.told()):
        stage.desk.follow_ups.tell(nia, WORSE, sealed=True)
    return stage.run("told")


def _first_screen(stage: Stage) -> QWidget:
    _tell(stage)
    today = stage.shell.screens.today
    today.refresh()
    stage.shell.body.open_drawer()
    stage.settle()
    return stage.window


def _on_today(stage: Stage) -> QWidget:
    _fill(stage)
    stage.shell.screens.today.refresh()
    stage.shell.body.open_drawer()
    stage.settle()
    return stage.window


PROMISES_CLINICIAN = (
    Scene(name="told-none", who=OSEI, show=_not_told, screen="told"),
    Scene(name="told-first-screen", who=OSEI, show=_first_screen),
    Scene(name="told", who=OSEI, show=_told),
)
PROMISES = (
    Scene(name="promises-none", who=ANA, show=_nothing),
    Scene(name="follow-up", who=ANA, show=_plan, screen="follow-up"),
    Scene(name="follow-up-template", who=ANA, show=_planned),
    Scene(name="follow-up-no-number", who=ANA, show=_no_number),
    Scene(name="tell", who=ANA, show=_telling, screen="tell"),
    Scene(name="promises-today", who=ANA, show=_on_today),
    Scene(name="promise", who=ANA, show=_promise, screen="promise"),
    Scene(name="promises", who=ANA, show=_ledger, screen="promises"),
    Scene(name="promises-ended", who=ANA, show=_ended),
    Scene(name="promises-done", who=ANA, show=_done),
    Scene(name="promise-kept", who=ANA, show=lambda stage: _verb(stage, "promise.kept"), screen="promise-kept"),
    Scene(name="promise-not-kept", who=ANA, show=_why, screen="promise-not-kept"),
    Scene(name="promise-put-off", who=ANA, show=_no_day, screen="promise-put-off"),
    Scene(
        name="promise-hand-on", who=ANA, show=lambda stage: _verb(stage, "promise.hand-on"), screen="promise-hand-on"
    ),
    Scene(name="promise-wait", who=ANA, show=lambda stage: _verb(stage, "promise.wait"), screen="promise-wait"),
    Scene(name="outcome", who=ANA, show=_outcome, screen="outcome"),
)
