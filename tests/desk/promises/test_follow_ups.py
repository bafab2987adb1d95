"""After a visit somebody asks how they are; worse is in front of the clinicians until one of them has read it."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, ConsentNeeded, NotAllowed, NotFound
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.follow_up import FollowUpStep
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.note import Audience
from rapportdesk.model.shown import Brief, BriefKey
from rapportdesk.model.staff import Role
from rapportdesk.model.task import FollowUpOutcome, Task, TaskCode, TaskStatus
from tests.desk.conftest import MORNING, SECRET, Practice, add_nia, looks

TODAY = MORNING.date()
DAY = dt.timedelta(days=1)
RING = FollowUpStep(days=3, text="Ring: how are you?")
HEAL = FollowUpStep(days=10, text="Ring: how is it healing?")


def texts(desk: Desk) -> list[str]:
    return [row.task.text for row in desk.tasks.ledger().rows]


def told(desk: Desk) -> list[str]:
    return [row.words for row in desk.follow_ups.told()]


def promised(brief: Brief) -> list[str]:
    return [line.text for section in brief.sections if section.key is BriefKey.PROMISED for line in section.lines]


def follow_up(desk: Desk, *, agreed: bool = True) -> Task:
    return desk.follow_ups.plan(add_nia(desk, agreed=agreed), [RING])[0]


def test_a_plan_is_a_promise_for_each_step_counted_from_the_visit(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    visit = desk.today.add_appointment(nia, MORNING - 2 * DAY, practitioner="Dr Osei")
    desk.today.mark(visit.id, AppointmentStatus.FULFILLED)
    last = desk.follow_ups.last_visit(nia)
    assert last is not None
    assert last.id == visit.id
    steps = desk.follow_ups.plan(nia, [RING, HEAL], visit=visit.id, owner="Ben Morgan")
    assert [(task.due, task.owner_name, task.code) for task in steps] == [
        (TODAY + DAY, "Ben Morgan", TaskCode.FOLLOW_UP), (TODAY + 8 * DAY, "Ben Morgan", TaskCode.FOLLOW_UP),
    ]  # fmt: skip
    assert {task.visit for task in steps} == {visit.id}
    assert len({task.plan for task in steps}) == 1
    assert texts(desk) == [RING.text, HEAL.text]
    desk.notes.undo()
    assert texts(desk) == []


@pytest.mark.parametrize(
    "steps",
    [
        [], [FollowUpStep(days=1, text=" ")], [FollowUpStep(days=-1, text="x")], [FollowUpStep(days=731, text="x")],
        [RING] * 11,
    ],
)  # fmt: skip
def test_a_plan_of_nothing_or_of_too_much_is_refused(ana: Desk, steps: list[FollowUpStep]) -> None:
    nia = add_nia(ana)
    with pytest.raises(BadInput):
        ana.follow_ups.plan(nia, steps)
    assert texts(ana) == []


def test_a_plan_rests_on_consent_and_follows_a_visit_of_theirs(ana: Desk) -> None:
    with pytest.raises(ConsentNeeded):
        follow_up(ana, agreed=False)
    with pytest.raises(NotFound):
        ana.follow_ups.plan(add_nia(ana), [RING], visit=RecordId("0" * 32))
    assert texts(ana) == []


def test_every_template_says_what_and_when(ana: Desk) -> None:
    templates = ana.follow_ups.templates()
    assert len(templates) >= 3
    nia = add_nia(ana)
    for template in templates:
        assert template.name
        assert len(ana.follow_ups.plan(nia, template.steps)) == len(template.steps)


@pytest.mark.parametrize("how", [FollowUpOutcome.BETTER, FollowUpOutcome.SAME, FollowUpOutcome.WORSE])
def test_how_they_were_is_kept_and_taken_back(ana: Desk, how: FollowUpOutcome) -> None:
    task = follow_up(ana)
    kept = ana.follow_ups.came_out(task.id, how, "sleeps again")
    assert (kept.status, kept.how, kept.outcome) == (TaskStatus.COMPLETED, how, "sleeps again")
    assert texts(ana) == []
    ana.notes.undo()
    assert texts(ana) == [RING.text]
    with pytest.raises(NotFound):
        ana.follow_ups.came_out(ana.tasks.add(task.patient, "no follow-up").id, how)


def test_whoever_is_not_reached_is_tried_again_tomorrow(ana: Desk) -> None:
    task = follow_up(ana)
    for count in (1, 2):
        kept = ana.follow_ups.came_out(task.id, FollowUpOutcome.NOT_REACHED)
        assert (kept.is_open, kept.tries) == (True, count)
    assert kept.due == TODAY + 3 * DAY  # it was not due before that anyway
    assert ana.tasks.ledger().rows[0].detail == "not reached 2 times"
    ana.notes.undo()
    assert ana.tasks.ledger().rows[0].detail == "not reached once"


def test_worse_is_in_front_of_the_clinicians_until_one_has_read_it(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    visit = desk.today.add_appointment(nia, MORNING - DAY, practitioner="Dr Osei")
    task = desk.follow_ups.plan(nia, [RING], visit=visit.id)[0]
    desk.follow_ups.came_out(task.id, FollowUpOutcome.WORSE, "dizzy since Monday", tell=True)
    assert desk.follow_ups.told() == ()
    assert desk.today.day().promised == ()
    (row,) = desk.tasks.ledger().rows
    assert (row.due_words, row.task.owner_name) == ("not read yet", "Dr Osei")
    with pytest.raises(BadInput):
        desk.tasks.done(row.task.id)
    with pytest.raises(NotAllowed):
        desk.follow_ups.read(row.task.id)
    desk = practice.sign_in("Dr Osei")
    (shown,) = desk.follow_ups.told()
    assert (shown.words, shown.detail, shown.mine) == (
        "Worse: dizzy since Monday",
        "today, by Ana Ruiz, for Dr Osei",
        True,
    )
    assert promised(desk.briefs.of(nia)) == ["Worse: dizzy since Monday"]
    assert shown.task is not None
    desk.follow_ups.read(shown.task)
    assert (told(desk), promised(desk.briefs.of(nia))) == ([], [])
    desk.notes.undo()
    assert told(desk) == ["Worse: dizzy since Monday"]
    practice.clock.move_on(60)
    desk.follow_ups.read(shown.task)
    assert [row.detail for row in practice.sign_in("Ana Ruiz").tasks.ledger(ended=True).rows] == [
        "read today by Dr Osei: worse",
        "kept today by Ana Ruiz: worse, dizzy since Monday",
    ]


def test_told_in_private_it_is_nothing_to_the_desk_and_waits_under_the_veil(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    task = follow_up(desk)
    before = looks(desk, task.patient)
    desk.follow_ups.came_out(task.id, FollowUpOutcome.WORSE, "bleeding", tell=True, sealed=True)
    (ended,) = desk.tasks.ledger(ended=True).rows
    assert (ended.task.how, ended.task.outcome) == (None, "")
    assert "bleeding" not in str(desk.session().store.things(task.patient))
    assert len(looks(desk, task.patient)) == len(before) + 1  # that the follow-up ended, and no more
    desk = practice.sign_in("Dr Osei")
    assert told(desk) == ["Something to open when you are alone with them"]
    assert desk.follow_ups.told()[0].task is None
    assert promised(desk.briefs.of(task.patient)) == []
    assert promised(desk.briefs.open_veiled(task.patient)) == ["Worse: bleeding"]
    hidden = desk.session().known(task.patient).tasks
    told_task = next(each for each in hidden if each.code is TaskCode.TELL)
    desk.follow_ups.read(told_task.id)
    assert told(desk) == []


def test_what_has_not_been_opened_cannot_be_ticked_as_read(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    sealed = desk.follow_ups.tell(add_nia(desk), "bleeding", sealed=True)
    desk = practice.sign_in("Dr Osei")
    with pytest.raises(NotFound):
        desk.follow_ups.read(sealed.id)
    assert len(told(desk)) == 1


def test_a_sealed_telling_is_taken_back_by_whoever_cannot_read_it(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    task = follow_up(desk)
    desk.follow_ups.came_out(task.id, FollowUpOutcome.WORSE, "bleeding", tell=True, sealed=True)
    assert "bleeding" not in str(desk.session().undoable)
    desk.notes.undo()
    assert texts(desk) == [RING.text]
    assert told(practice.sign_in("Dr Osei")) == []


def test_clinicians_are_told_only_what_they_may_read(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    task = follow_up(desk)
    desk.consents.record(task.patient, Covers.SHARE_WITH_CLINICIANS, ConsentStatus.REJECTED)
    with pytest.raises(BadInput):
        desk.follow_ups.came_out(task.id, FollowUpOutcome.WORSE, "dizzy", tell=True)
    assert texts(desk) == [RING.text]  # neither half of it was kept
    desk.follow_ups.came_out(task.id, FollowUpOutcome.WORSE, "dizzy", tell=True, sealed=True)
    assert len(told(practice.sign_in("Dr Osei"))) == 1


def test_every_clinician_is_told_those_by_name_first(practice: Practice) -> None:
    practice.sign_in("Ben Morgan")
    practice.desk.staff.add("Dr Hahn", frozenset({Role.CLINICIAN}), SECRET, must_change=False)
    desk = practice.sign_in("Ana Ruiz")
    for practitioner, words in (("Dr Hahn", "one"), ("Dr Osei", "two"), ("Locum", "three")):
        nia = add_nia(desk)
        desk.today.add_appointment(nia, MORNING - DAY, practitioner=practitioner)
        desk.follow_ups.tell(nia, words)
        practice.clock.move_on(60)
    desk = practice.sign_in("Dr Osei")
    assert told(desk) == ["Worse: two", "Worse: one", "Worse: three"]
    assert [row.mine for row in desk.follow_ups.told()] == [True, False, False]


def test_a_promise_that_is_due_under_the_veil_is_on_the_first_screen_too(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    nia = add_nia(desk)
    desk.tasks.add(nia, "Ring about the result", due=TODAY + DAY, audience=Audience.CLINICIANS)
    assert told(practice.sign_in("Dr Osei")) == []
    practice.clock.move_on(86_400)
    assert told(practice.sign_in("Dr Osei")) == ["Something to open when you are alone with them"]


def visit_now(desk: Desk, visit: RecordId) -> Appointment:
    found = desk.session().store.thing(visit)
    assert isinstance(found, Appointment)
    return found


ENDS = st.sampled_from([*AppointmentStatus, "moved"])


@settings(max_examples=25, deadline=None)
@given(what=st.lists(ENDS, min_size=1, max_size=4))
def test_nothing_falls_out_whatever_becomes_of_the_visit(
    shared: tuple[Practice, PatientId], what: list[object]
) -> None:
    practice, nia = shared
    desk = practice.desk
    visit = desk.today.add_appointment(nia, MORNING + 2 * DAY, practitioner="Dr Osei")
    day = (MORNING + 2 * DAY).date()
    made = [desk.tasks.add(nia, "Have the chair ready", due=day), *desk.follow_ups.plan(nia, [RING], visit=visit.id)]
    assert {task.visit for task in made} == {visit.id}
    for each in what:
        now = visit_now(desk, visit.id)
        moved = replace(now, start=now.start + 7 * DAY) if each == "moved" else None
        desk.session().store.put(moved) if moved else desk.today.mark(visit.id, AppointmentStatus(str(each)))
    rows = {row.task.id: row for row in desk.tasks.ledger().rows}
    after = visit_now(desk, visit.id)
    assert {task.id for task in made} <= set(rows)
    promise, asked = (rows[task.id] for task in made)
    said = {
        AppointmentStatus.CANCELLED: "is cancelled", AppointmentStatus.NOSHOW: "did not come on",
        AppointmentStatus.ENTERED_IN_ERROR: "no longer in the schedule",
    }.get(after.status)  # fmt: skip
    if said:
        assert said in promise.detail
        assert said in asked.detail
    else:
        assert asked.detail == ""
        assert ("the visit is on" in promise.detail) is (after.start != visit.start)
    desk.session().store.delete(visit.id)
    gone = {row.task.id: row.detail for row in desk.tasks.ledger().rows}
    assert {gone[task.id] for task in made} == {"its visit is no longer in the schedule"}
    for task in made:
        desk.tasks.done(task.id)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, founded: Practice) -> tuple[Practice, PatientId]:
    practice = Practice(tmp_path_factory.mktemp("visits") / "vault" / "desk.rapport", founded=founded)
    return practice, add_nia(practice.sign_in("Ana Ruiz"))
