"""Today opens the records of whoever is on its page and of nobody else, and says the same as with everybody opened."""

import datetime as dt

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.desk.session import Session
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience
from rapportdesk.model.patient import Patient
from rapportdesk.model.shown import Day
from rapportdesk.model.task import Task
from rapportdesk.rules.known import Known
from rapportdesk.rules.today.today import compose_day
from rapportdesk.steps import in_one_go
from tests.desk.conftest import MORNING, Practice, add_nia

TODAY = MORNING.date()
DAYS = tuple(TODAY + dt.timedelta(days=days) for days in (-1, 0, 1, 30))
WHOSE = ("", "Dr Osei", "Nurse Lind", "Nobody")


def add(desk: Desk, name: str, *, agreed: bool = True) -> PatientId:
    patient = desk.people.add(Patient(id=PatientId(""), name=name)).id
    if agreed:
        desk.consents.agree(patient)
    return patient


def fill(practice: Practice) -> dict[str, PatientId]:
    """Give the practice visits of three and promises of every kind; returns who is who."""
    desk = practice.sign_in("Ana Ruiz")
    names = ("late", "due", "someday", "later", "comes", "lind", "cancelled", "silent")
    people = {name: add(desk, f"Prys {name}", agreed=name != "silent") for name in names}
    for name, days in (("late", -9), ("due", 0), ("later", 1)):
        desk.tasks.add(people[name], f"ring {name}", due=TODAY + dt.timedelta(days=days))
    desk.tasks.add(people["someday"], "ring one day")
    desk.tasks.add(people["lind"], "a letter", due=TODAY)
    desk.follow_ups.tell(people["later"], "is worse since")
    for name, whose in (("comes", "Dr Osei"), ("lind", "Nurse Lind"), ("cancelled", "Dr Osei"), ("silent", "")):
        desk.today.add_appointment(people[name], MORNING + dt.timedelta(hours=1), minutes=20, practitioner=whose)
    gone = next(row.appointment for row in desk.today.day().rows if row.patient == people["cancelled"])
    desk.today.mark(gone.id, AppointmentStatus.ENTERED_IN_ERROR)
    desk = practice.sign_in("Dr Osei")
    desk.tasks.add(people["comes"], "ask about the scan", due=TODAY, audience=Audience.CLINICIANS)
    return people


def with_everybody(desk: Desk, date: dt.date, practitioner: str) -> Day:
    """Return the day as it is with everybody opened who has an appointment on it or any open promise at all."""
    session = desk.session()
    visits, tasks = desk.today.appointments(date), session.index.open_tasks()
    involved = {visit.patient for visit in visits} | {task.patient for task in tasks}
    seen = {patient: session.seen_unopened(session.known(patient)) for patient in involved}
    return compose_day(
        visits, tasks, {patient: each.patient for patient, each in seen.items()}, seen, session.wall_now(),
        date=date, practitioner=practitioner, week=desk.today.day(date, practitioner=practitioner).week,
        local=session.clock.local,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["Ana Ruiz", "Dr Osei"])
def test_a_day_says_the_same_as_with_everybody_opened(practice: Practice, who: str) -> None:
    fill(practice)
    desk = practice.sign_in(who)
    days = [(date, whose, desk.today.day(date, practitioner=whose)) for date in DAYS for whose in WHOSE]
    for date, whose, day in days:
        assert day == with_everybody(desk, date, whose)
    counts = {(len(day.rows), len(day.promised)) for _date, _whose, day in days}
    assert counts == {(0, 2), (0, 4), (0, 5), (1, 4), (3, 4)}
    assert {day.practitioners for _date, _whose, day in days} == {(), ("Dr Osei", "Nurse Lind")}


def test_only_whoever_is_on_the_page_is_opened(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    people = fill(practice)
    desk = practice.sign_in("Ana Ruiz")
    opened: list[PatientId] = []
    before = Session.known

    def known(session: Session, patient: PatientId) -> Known:
        opened.append(patient)
        return before(session, patient)

    monkeypatch.setattr(Session, "known", known)

    def opened_for(date: dt.date, practitioner: str = "") -> set[str]:
        opened.clear()
        desk.today.day(date, practitioner=practitioner)
        assert len(opened) == len(set(opened))
        return {name for name, patient in people.items() if patient in opened}

    promised = {"late", "due", "someday", "lind"}
    assert opened_for(TODAY) == {*promised, "comes", "silent"}
    assert opened_for(TODAY, "Dr Osei") == {*promised, "comes"}
    assert opened_for(TODAY - dt.timedelta(days=1)) == {"late", "someday"}
    assert opened_for(TODAY + dt.timedelta(days=1)) == {*promised, "later"}


def test_whoever_is_erased_between_two_cards_is_left_out(practice: Practice) -> None:
    people = fill(practice)
    desk = practice.sign_in("Ben Morgan")
    whole = desk.today.day()
    steps = desk.today.day_in_steps()
    next(steps)
    for name in people:
        desk.person_erasure.erase(people[name], "asked")
    left = in_one_go(steps)
    assert len(whole.rows) + len(whole.promised) > 1
    assert len({row.patient for row in left.rows} | {row.task.patient for row in left.promised}) == 1


def test_what_has_no_day_is_asked_for_beside_what_is_due(ana: Desk) -> None:
    nia = add_nia(ana)

    def promise(text: str, days: int | None) -> Task:
        due = None if days is None else TODAY + dt.timedelta(days=days)
        return ana.tasks.add(nia, text, due=due)

    someday, later, due, late = promise("a", None), promise("b", 1), promise("c", 0), promise("d", -1)
    index = ana.session().index
    assert index.open_tasks() == (late, due, later, someday)
    assert index.open_tasks(TODAY) == (late, due)
    assert index.open_tasks(TODAY, undated=True) == (late, due, someday)
    assert index.open_tasks(undated=True) == index.open_tasks()
