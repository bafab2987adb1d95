"""What each method about promises and follow-ups leaves in the audit."""

from typing import Any

from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.follow_up import FollowUpStep
from rapportdesk.model.task import FollowUpOutcome, Task, TaskReason
from tests.desk.audited import OSEI, Case, World, leaves, nothing

STEP = FollowUpStep(days=3, text="Ring: how are you?")
LISTED = "the ledger, of which every card that is opened is recorded"


def _follow_up(world: World) -> Task:
    return world.desk.follow_ups.plan(world.person(), [STEP])[0]


def _told(world: World) -> Task:
    return world.desk.follow_ups.tell(world.person(), "dizzy since Monday")


def _two(world: World) -> Any:
    return world.task(), world.person()


PROMISES: dict[str, Case] = {
    "follow_ups.came_out": leaves(
        lambda w, t: w.desk.follow_ups.came_out(t.id, FollowUpOutcome.WORSE, "dizzy", tell=True),
        Did.TASK_CHANGED, Did.TASK_CHANGED, given=_follow_up,
    ),
    "follow_ups.last_visit": nothing(
        "looks up for the dialog when they came, as Today says", lambda w, p: w.desk.follow_ups.last_visit(p),
        given=World.person,
    ),
    "follow_ups.plan": leaves(
        lambda w, p: w.desk.follow_ups.plan(p, [STEP, STEP]), Did.TASK_CHANGED, Did.TASK_CHANGED, given=World.person
    ),
    "follow_ups.read": leaves(
        lambda w, t: w.desk.follow_ups.read(t.id), Did.TASK_CHANGED, given=_told, who=OSEI
    ),
    "follow_ups.tell": leaves(
        lambda w, p: w.desk.follow_ups.tell(p, "dizzy", sealed=True), Did.TASK_CHANGED, given=World.person
    ),
    "follow_ups.templates": nothing(
        "says what the program knows, of no patient", lambda w, _n: w.desk.follow_ups.templates()
    ),
    "follow_ups.told": nothing(LISTED, lambda w, _n: w.desk.follow_ups.told(), who=OSEI),
    "tasks.add": leaves(lambda w, p: w.desk.tasks.add(p, "a letter"), Did.TASK_CHANGED, given=World.person),
    "tasks.begin": leaves(lambda w, t: w.desk.tasks.begin(t.id), Did.TASK_CHANGED, given=World.task),
    "tasks.done": leaves(lambda w, t: w.desk.tasks.done(t.id), Did.TASK_CHANGED, given=World.task),
    "tasks.hand_on": leaves(lambda w, t: w.desk.tasks.hand_on(t.id, OSEI), Did.TASK_CHANGED, given=World.task),
    "tasks.hold": leaves(lambda w, t: w.desk.tasks.hold(t.id), Did.TASK_CHANGED, given=World.task),
    "tasks.ledger": nothing(LISTED, lambda w, _n: (w.desk.tasks.ledger(), w.desk.tasks.ledger(ended=True))),
    "tasks.move": leaves(
        lambda w, pair: w.desk.tasks.move(pair[0].id, pair[1]), Did.TASK_CHANGED, Did.TASK_CHANGED, given=_two
    ),
    "tasks.not_kept": leaves(
        lambda w, t: w.desk.tasks.not_kept(t.id, TaskReason.NO_TIME), Did.TASK_CHANGED, given=World.task
    ),
    "tasks.put_off": leaves(
        lambda w, t: w.desk.tasks.put_off(t.id, w.desk.session().today()), Did.TASK_CHANGED, given=World.task
    ),
    "tasks.put_off_to": leaves(
        lambda w, t: w.desk.tasks.put_off_to(t.id, "tomorrow"), Did.TASK_CHANGED, given=World.task
    ),
    "tasks.reopen": leaves(
        lambda w, t: w.desk.tasks.reopen(t.id), Did.TASK_CHANGED, given=lambda w: w.desk.tasks.done(w.task().id)
    ),
    "tasks.take_over": leaves(lambda w, t: w.desk.tasks.take_over(t.id), Did.TASK_CHANGED, given=World.task),
}  # fmt: skip
