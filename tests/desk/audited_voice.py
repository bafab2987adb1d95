"""What the methods leave that have to do with how things are said: wording, common ground, feedback."""

from dataclasses import replace

from rapportdesk.model.audit import AuditAction as Did
from rapportdesk.model.common_ground import Interest
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.feedback import Answers, Experience, FeedbackGiven
from rapportdesk.model.identity import PatientId
from tests.desk.audited import BEN, OSEI, Case, World, leaves, nothing

OWN = "one's own interests, sealed for oneself alone: nobody is told that there are any"
SINGING = Interest(words="singing")

UNSAID = "a line with its moment would tell whose feedback it is"
GIVEN = FeedbackGiven(answers=Answers(overall=Experience.GOOD), why="So kind", concern=True)


def _agreed(world: World) -> PatientId:
    person = world.person()
    world.desk.consents.record(person, Covers.FEEDBACK, ConsentStatus.ACTIVE)
    return person


def _give_twice(world: World, person: PatientId) -> None:
    """Without a name, which leaves nothing, and with one."""
    world.desk.feedback.give(GIVEN, person)
    world.desk.feedback.give(replace(GIVEN, wants_answer=True), person)


def _concern(world: World) -> str:
    world.desk.feedback.give(GIVEN)
    return next(each.id for each in world.desk.feedback.shown().concerns)


VOICE: dict[str, Case] = {
    "common_ground.keep": nothing(OWN, lambda w, _n: w.desk.common_ground.keep((SINGING,))),
    "common_ground.mine": nothing(OWN, lambda w, _n: w.desk.common_ground.mine()),
    "common_ground.on_brief": nothing(
        OWN, lambda w, b: w.desk.common_ground.on_brief(b), given=lambda w: w.desk.briefs.of(w.person()), who=OSEI
    ),
    "common_ground.remove": nothing(OWN, lambda w, _n: w.desk.common_ground.remove()),
    "feedback.asking": nothing("yes or no", lambda w, p: w.desk.feedback.asking(p), given=World.person),
    "feedback.csv": leaves(lambda w, _n: w.desk.feedback.csv(), Did.EXPORTED, who=BEN),
    "feedback.form": nothing(UNSAID, lambda w, p: w.desk.feedback.form(p), given=_agreed),
    "feedback.give": leaves(_give_twice, Did.NOTE_WRITTEN, Did.TASK_CHANGED, given=_agreed),
    "feedback.looked_into": nothing(UNSAID, lambda w, c: w.desk.feedback.looked_into(c), given=_concern, who=BEN),
    "feedback.set_review_address": leaves(
        lambda w, _n: w.desk.feedback.set_review_address("our page"), Did.PRACTICE_CHANGED, who=BEN
    ),
    "feedback.shown": nothing("numbers and words of no patient", lambda w, _n: w.desk.feedback.shown(), who=BEN),
    "feedback.words": nothing("what the form says", lambda w, _n: w.desk.feedback.words()),
    "wording.hints": nothing("reads what is being typed", lambda w, _n: w.desk.wording.hints("claims")),
}  # fmt: skip
