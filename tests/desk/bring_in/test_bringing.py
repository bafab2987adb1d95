"""An import goes on beside the desk's own work, is all or nothing, and done twice it changes nothing."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapportdesk.desk.bring_in.import_report import Fate
from rapportdesk.desk.bring_in.import_told import AT_ONCE
from rapportdesk.desk.bring_in.importing import merged
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import NotSignedIn, RapportError
from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.audit import AuditEvent
from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem, Identifier, Patient
from rapportdesk.steps import in_one_go
from tests.desk.conftest import Practice
from tests.desk.feeds import NIA, SENT, VISIT, bring_in, bringing, contacts, empty, kept, plan_of, plans


@pytest.fixture(scope="module")
def shared(founded: Practice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One practice for all examples, emptied for each."""
    practice = Practice(tmp_path_factory.mktemp("bringing") / "vault" / "desk.rapport", founded=founded)
    yield practice.sign_in("Ana Ruiz")
    practice.desk.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(earlier=plans(), plan=plans())
def test_the_same_file_twice_changes_nothing(shared: Desk, earlier: ImportPlan, plan: ImportPlan) -> None:
    empty(shared)
    bring_in(shared, earlier)
    preview = in_one_go(bringing(shared, plan).preview())
    first = bring_in(shared, plan)
    assert (preview.patients, preview.appointments) == (first.patients, first.appointments)
    before, lines = kept(shared), len(list(shared.session().store.audit_events()))
    again = bring_in(shared, plan)
    assert kept(shared) == before
    for tally in (again.patients, again.appointments):
        assert (tally.added, tally.changed, tally.cancelled) == (0, 0, 0)
    assert len(list(shared.session().store.audit_events())) == lines + 1


def test_of_a_card_that_one_file_changes_and_changes_back_nothing_is_told(ana: Desk) -> None:
    other = Identifier(system="hospital", value="1")
    bring_in(ana, plan_of([replace(NIA, name="Nia Pryderch", identifiers=(*NIA.identifiers, other))], []))
    before, lines = kept(ana), len(list(ana.session().store.audit_events()))
    there_and_back = [NIA, replace(NIA, key="again", name="Nia Pryderch", identifiers=(other,))]
    bring_in(ana, plan_of(there_and_back, []))
    assert kept(ana) == before
    assert len(list(ana.session().store.audit_events())) == lines + 1  # that something was brought in


def test_whatever_was_brought_in_verifies(shared: Desk) -> None:
    assert shared.verify().faults == ()


ours = st.builds(
    ContactPoint,
    system=st.sampled_from((ContactSystem.PHONE, ContactSystem.SMS)),
    value=st.sampled_from(("07700 900123", "01970 600600")),
    safety=st.sampled_from(ContactSafety), shared_with=st.sampled_from(("", "Huw")),
    may_say=st.sampled_from(("", "only that we rang")), from_import=st.just(False),
)  # fmt: skip


@given(mine=st.lists(ours, max_size=3), theirs=st.lists(st.lists(contacts, max_size=3), max_size=3))
def test_contact_safety_is_never_overwritten(mine: list[ContactPoint], theirs: list[list[ContactPoint]]) -> None:
    known = Patient(id=PatientId(new_id()), name="Nia Prydderch", contact_points=tuple(mine))
    for said in theirs:
        known = merged(known, replace(NIA, contact_points=tuple(said)))
    assert known.contact_points[: len(mine)] == tuple(mine)
    reached = {(each.system, each.value[-6:]) for each in mine}
    more = known.contact_points[len(mine) :]
    assert all((each.system, each.value[-6:]) not in reached for each in more)


def test_a_mark_made_while_it_runs_is_kept(ana: Desk) -> None:
    bring_in(ana, plan_of([NIA], [VISIT]))
    (visit,) = _visits(ana)
    later = replace(VISIT, start=SENT + dt.timedelta(hours=1), sent_at=SENT + dt.timedelta(minutes=1))
    marked: list[Appointment] = []

    def mark() -> None:
        if not marked:
            marked.append(ana.today.mark(visit.id, AppointmentStatus.ARRIVED))

    steps = bringing(ana, plan_of([NIA], [later])).write()
    list(zip(range(2), steps, strict=False))  # everything is staged
    mark()
    list(steps)
    (after,) = _visits(ana)
    assert (after.status, after.arrived_at) == (AppointmentStatus.ARRIVED, marked[0].arrived_at)
    assert after.start == later.start
    assert ana.verify().faults == ()


def test_details_changed_while_it_runs_are_kept(ana: Desk) -> None:
    bring_in(ana, plan_of([NIA], []))
    (nia,) = ana.session().store.patients()
    steps = bringing(ana, plan_of([replace(NIA, languages=("Welsh",))], [])).write()
    list(zip(range(2), steps, strict=False))
    ana.people.update(replace(nia, preferred_name="Nee"))
    list(steps)
    after = ana.people.get(nia.id)
    assert (after.preferred_name, after.languages) == ("Nee", ("Welsh",))


def test_leaving_it_at_any_step_changes_nothing(ana: Desk) -> None:
    plan = plan_of([NIA, replace(NIA, key="h", identifiers=(), name="Huw Eynon")], [VISIT])
    before, lines = kept(ana), len(list(ana.session().store.audit_events()))
    for stop_after in range(4):
        made = bringing(ana, plan)
        steps = made.write()
        list(zip(range(stop_after), steps, strict=False))
        steps.close()
        assert made.give_up()
        assert kept(ana) == before
    assert len(list(ana.session().store.audit_events())) == lines
    assert bring_in(ana, plan).patients.added == 2


def test_it_does_not_outlast_the_sign_in(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    steps = bringing(desk, plan_of([NIA], [VISIT])).write()
    next(steps)
    practice.sign_in("Dr Osei")
    with pytest.raises(NotSignedIn):
        list(steps)
    assert list(desk.session().store.patients()) == []


def test_who_came_in_is_found_and_stands_in_today(ana: Desk) -> None:
    assert not ana.search("Nia").hits  # the index is filled
    bring_in(ana, plan_of([NIA], [VISIT]))
    assert [hit.name for hit in ana.search("Nia").hits] == ["Nia Prydderch"]
    assert [row.name for row in ana.today.day().rows] == ["Nia Prydderch"]


def test_the_preview_names_what_is_added_changed_cancelled_and_left_out(ana: Desk) -> None:
    bring_in(ana, plan_of([NIA], [VISIT]))
    later = SENT + dt.timedelta(minutes=1)
    plan = plan_of(
        [replace(NIA, languages=("Welsh",)), replace(NIA, key="h", identifiers=(), name="Huw Eynon"),
         replace(NIA, key="x", identifiers=(), name=" ")],
        [replace(VISIT, status=AppointmentStatus.CANCELLED, sent_at=later),
         replace(VISIT, identifiers=("pas|w",), patient="h", start=later),
         replace(VISIT, identifiers=("pas|u",), patient="", start=later)],
    )  # fmt: skip
    report = in_one_go(bringing(ana, plan).preview())
    people = [(each.fate, each.name) for each in report.patients.listed]
    assert people == [(Fate.CHANGED, "Nia Prydderch"), (Fate.ADDED, "Huw Eynon"), (Fate.SKIPPED, " ")]
    visits = [(each.fate, each.name) for each in report.appointments.listed]
    assert visits == [(Fate.CANCELLED, "Nia Prydderch"), (Fate.ADDED, "Huw Eynon"), (Fate.SKIPPED, "")]


def test_reading_that_is_cancelled_brings_nothing_in(ana: Desk, tmp_path: Path) -> None:
    file = tmp_path / "patient.json"
    file.write_text('{"resourceType": "Patient", "name": [{"text": "Nia"}]}', encoding="utf-8")
    made = ana.imports.begin([file])
    made.cancel()
    with pytest.raises(RapportError):
        made.read()
    assert kept(ana)[0] == ()


def _visits(desk: Desk) -> list[Appointment]:
    return [each for each in desk.session().store.all_things() if isinstance(each, Appointment)]


def test_lines_that_were_not_written_follow_at_the_next_sign_in(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    people = [replace(NIA, key=str(n), identifiers=(), name=f"Huw {n} Eynon") for n in range(AT_ONCE + 2)]
    made = bringing(desk, plan_of(people, []))
    steps = made.write()
    while not _told(desk):
        next(steps)
    assert len(_told(desk)) == 1, "the one commit is a step by itself"
    next(steps)
    steps.close()
    assert not made.give_up(), "it was in already"
    assert len(_told(desk)) == 1 + AT_ONCE
    practice.reopen()
    desk = practice.sign_in("Ana Ruiz")
    list(desk.check_in_steps())
    assert {event.patient for event in _told(desk)} == {None, *(each.id for each in desk.session().store.patients())}
    told = len(_told(desk))
    list(desk.check_in_steps())
    assert len(_told(desk)) == told


def test_whoever_came_in_before_it_was_stopped_is_found_once_it_was_finished(ana: Desk) -> None:
    assert not ana.search("Eynon").hits  # the index is filled
    people = [replace(NIA, key=str(n), identifiers=(), name=f"Huw {n} Eynon") for n in range(AT_ONCE + 2)]
    made = bringing(ana, plan_of(people, []))
    steps = made.write()
    while not _told(ana):
        next(steps)
    steps.close()
    assert not made.give_up()
    assert list(ana.imports.finish_in_steps())[-1] == (AT_ONCE + 2, AT_ONCE + 2)
    assert len(ana.search("Eynon").hits) == AT_ONCE + 2
    assert list(ana.imports.finish_in_steps()) == []


def _told(desk: Desk) -> list[AuditEvent]:
    return [event for event in desk.session().store.audit_events() if event.action == "imported"]
