"""Who somebody in a file is, is decided by a person; the decision holds, and the same file asks nobody twice."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.bring_in.matching import Doubt
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotFound
from rapportdesk.exchange.plan import ImportPlan, IncomingMerge
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Identifier, Patient
from tests.desk.feeds import NIA, SENT, VISIT, bring_in, kept, plan_of

NEARLY = replace(NIA, name="Nia Pryderch", identifiers=(Identifier(system="hospital", value="9"),))
PLAN = plan_of([NEARLY], [VISIT])


@pytest.fixture
def here(ana: Desk) -> PatientId:
    """Nia, who is nearly who the file describes."""
    return ana.people.add(Patient(id=PatientId(""), name="Nia Prydderch", birth_date=dt.date(1958, 3, 14))).id


def test_a_doubt_waits_with_the_visits_and_changes_nothing(ana: Desk, here: PatientId) -> None:
    report = bring_in(ana, PLAN)
    assert dict(report.patients.not_taken) == {Doubt.NAME_WRITTEN_OTHERWISE: 1}
    (waiting,) = ana.review.people()
    assert (waiting.described.name, [each.id for each in waiting.candidates], waiting.visits) == (
        "Nia Pryderch",
        [here],
        1,
    )
    assert ana.review.waiting() == 1
    assert [each.id for each in ana.session().store.patients()] == [here]
    before = kept(ana)
    bring_in(ana, PLAN)
    assert kept(ana) == before


def test_the_same_person_takes_the_number_and_the_visit(ana: Desk, here: PatientId) -> None:
    bring_in(ana, PLAN)
    ana.review.same(ana.review.people()[0].id, here)
    assert ana.review.waiting() == 0
    assert "9" in {each.value for each in ana.people.get(here).identifiers}
    assert [row.patient for row in ana.today.day().rows] == [here]
    before = kept(ana)
    again = bring_in(ana, PLAN)
    assert kept(ana) == before
    assert (again.patients.unchanged, again.appointments.unchanged) == (1, 1)


def test_somebody_new_is_added(ana: Desk, here: PatientId) -> None:
    bring_in(ana, PLAN)
    new = ana.review.new(ana.review.people()[0].id)
    assert {each.id for each in ana.session().store.patients()} == {here, new.id}
    assert [row.patient for row in ana.today.day().rows] == [new.id]
    before = kept(ana)
    bring_in(ana, PLAN)
    assert kept(ana) == before


def test_what_was_left_out_is_not_asked_again(ana: Desk, here: PatientId) -> None:
    bring_in(ana, PLAN)
    waiting = ana.review.people()[0].id
    ana.review.leave_out(waiting)
    for decide in (
        lambda: ana.review.new(waiting),
        lambda: ana.review.same(waiting, here),
        lambda: ana.review.leave_out(waiting),
    ):
        with pytest.raises(NotFound):
            decide()
    before = kept(ana)
    bring_in(ana, PLAN)
    assert (kept(ana), ana.review.waiting()) == (before, 0)


def merge_plan(*, retired: str = "2") -> ImportPlan:
    merge = IncomingMerge(
        survivor="n", survivor_identifiers=NIA.identifiers, sent_at=SENT,
        retired_identifiers=(Identifier(system="pas", value=retired),),
    )  # fmt: skip
    plan = plan_of([NIA], [])
    return replace(plan, files=(replace(plan.files[0], read=2, merges=1),), merges=(merge,))


def test_a_merge_waits_for_a_yes_and_is_asked_once(ana: Desk) -> None:
    bring_in(
        ana,
        plan_of([NIA, replace(NIA, key="m", identifiers=(Identifier(system="pas", value="2"),), name="N Jones")], []),
    )
    bring_in(ana, merge_plan())
    bring_in(ana, merge_plan())
    (pair,) = ana.review.cards()
    assert (pair.stays.name, pair.other.name) == ("Nia Prydderch", "N Jones")
    assert len(list(ana.session().store.patients())) == 2
    ana.review.join(pair.id)
    assert [each.name for each in ana.session().store.patients()] == ["Nia Prydderch"]
    bring_in(ana, merge_plan())
    assert ana.review.cards() == ()
    ana.merging.part(ana.merging.of(pair.stays.id)[0].id)
    bring_in(ana, merge_plan())
    assert ana.review.waiting() == 0, "a person has decided about this already"


def test_two_cards_can_be_left_as_they_are(ana: Desk) -> None:
    bring_in(
        ana,
        plan_of([NIA, replace(NIA, key="m", identifiers=(Identifier(system="pas", value="2"),), name="N Jones")], []),
    )
    bring_in(ana, merge_plan())
    ana.review.leave_out(ana.review.cards()[0].id)
    bring_in(ana, merge_plan())
    assert (ana.review.cards(), len(list(ana.session().store.patients()))) == ((), 2)


def test_a_merge_with_somebody_who_is_not_here_asks_nothing(ana: Desk) -> None:
    bring_in(ana, merge_plan(retired="unheard of"))
    assert ana.review.waiting() == 0
