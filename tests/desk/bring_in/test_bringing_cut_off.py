"""An import that is killed at any step is nothing or, once decided, all of it; no decision is lost meanwhile."""

import shutil
from dataclasses import replace
from pathlib import Path

from rapportdesk.desk.desk import Desk
from rapportdesk.exchange.plan import ImportPlan, IncomingPatient
from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.patient import Patient
from tests.desk.conftest import SECRET, Practice
from tests.desk.feeds import NIA, VISIT, bring_in, bringing, plan_of

PEOPLE = 7


def a_file(people: int = PEOPLE) -> ImportPlan:
    described = [replace(NIA, key=str(n), identifiers=(), name=f"Huw {n} Eynon") for n in range(people)]
    visits = [replace(VISIT, identifiers=(f"pas|{each.key}",), patient=each.key) for each in described]
    return plan_of(described, visits)


def found(desk: Desk) -> tuple[int, int]:
    """How many people and how many visits there are."""
    store = desk.session().store
    visits = [thing for thing in store.all_things() if isinstance(thing, Appointment)]
    return len(list(store.patients())), len(visits)


def after_a_crash(practice: Practice, copy: Path) -> tuple[int, int]:
    """What is found in a copy that was made at a moment, once the work in the background has been done."""
    with Desk.open(copy, practice.custody, practice.clock, cost=practice.cost) as desk:
        ana = next(each for each in desk.door() if each.name == "Ana Ruiz")
        desk.sign_in(ana.id, SECRET)
        before = found(desk)
        list(desk.check_in_steps())
        assert found(desk) == before
        assert desk.verify().clean
        left = list(desk.session().store.clear_staged())
        assert left == []
        return before


def test_killed_at_any_step_it_is_nothing_or_all_of_it(practice: Practice, tmp_path: Path) -> None:
    desk = practice.sign_in("Ana Ruiz")
    seen = []
    for number, _step in enumerate(bringing(desk, a_file()).write()):
        copied = tmp_path / f"at {number}" / practice.path.name
        shutil.copytree(practice.path.parent, copied.parent)
        seen.append(after_a_crash(practice, copied))
        shutil.rmtree(copied.parent)
    assert set(seen) == {(0, 0), (PEOPLE, PEOPLE)}
    assert seen == sorted(seen), "and what was all of it once stays so"


def test_decided_about_somebody_while_it_runs_the_decision_stands_and_their_new_visits_come_in(ana: Desk) -> None:
    here = ana.session().store.put_patient(Patient(id=PatientId(new_id()), name=NIA.name))
    said = IncomingPatient(key="n", identifiers=(), name=NIA.name, birth_date=NIA.birth_date)
    bring_in(ana, plan_of([said], []))
    (waiting,) = ana.review.people()
    other = replace(said, key="o", name="Mair Eynon")

    steps = bringing(ana, plan_of([said, other], [VISIT])).write()
    list(zip(range(2), steps, strict=False))
    ana.review.same(waiting.id, here.id)
    list(steps)

    assert ana.review.people() == ()
    visits = [each for each in ana.session().store.things(here.id) if isinstance(each, Appointment)]
    assert [each.start for each in visits] == [VISIT.start]
    bring_in(ana, plan_of([said, other], [VISIT]))
    assert ana.review.people() == ()
    assert found(ana) == (2, 1)


def test_left_out_while_it_runs_they_stay_left_out(ana: Desk) -> None:
    ana.session().store.put_patient(Patient(id=PatientId(new_id()), name=NIA.name))
    said = IncomingPatient(key="n", identifiers=(), name=NIA.name, birth_date=NIA.birth_date)
    bring_in(ana, plan_of([said], []))
    (waiting,) = ana.review.people()
    steps = bringing(ana, plan_of([said], [VISIT])).write()
    next(steps)
    ana.review.leave_out(waiting.id)
    list(steps)
    assert ana.review.people() == ()
    assert found(ana) == (1, 0)


def test_a_file_that_gives_one_card_two_names_asks_and_read_twice_changes_nothing(ana: Desk) -> None:
    both = replace(NIA, name="Huw Eynon", identifiers=(*NIA.identifiers, replace(NIA.identifiers[0], value="2")))
    bring_in(ana, plan_of([both], []))
    first = replace(NIA, key="1", name="Huw Eynon", birth_date=None)
    second = replace(NIA, key="2", identifiers=both.identifiers[1:])
    for _ in range(2):
        bring_in(ana, plan_of([first, second], []))
        assert [each.name for each in ana.session().store.patients()] == ["Huw Eynon"]
        assert [each.why.value for each in ana.review.people()] == ["described-otherwise"]
