"""Scenes of the day beside its list: the week, who runs late, what has to be ready."""

import dataclasses
import datetime as dt

from PySide6.QtWidgets import QPushButton, QWidget

from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import NoteKind
from rapportdesk.model.patient import Patient
from tests.ui.screens import ANA, Scene
from tests.ui.stage import MORNING, Stage
from ui.today.today import TodayScreen

YUSUF = "Yusuf Demir"
NEEDS = ("Longer appointment: he needs time to answer", "A quiet place to wait")
"""What the scenes say themselves, which is nobody's to translate."""


def today_of(stage: Stage) -> TodayScreen:
    """Return Today's panel."""
    today = stage.shell.screens.today
    assert isinstance(today, TodayScreen)
    return today


def _week(stage: Stage) -> QWidget:
    if not today_of(stage).promised.is_folded:
        today_of(stage).promised.fold()
    stage.run("today")
    today_of(stage).heading.fold_week()
    return stage.window


def _other_week(stage: Stage) -> QWidget:
    today_of(stage).go(7)
    return stage.run("today")


def _late(stage: Stage) -> QWidget:
    return stage.run("late")


def _nobody_late(stage: Stage) -> QWidget:
    desk = stage.desk
    here = {AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN}
    rows = [row for row in desk.today.day().rows if row.appointment.status in here]
    for row in rows:
        desk.today.mark(row.appointment.id, AppointmentStatus.BOOKED)
    dialog = stage.run("late")
    for _row in rows:
        desk.notes.undo()
    return dialog


def _before(stage: Stage) -> QWidget:
    desk = stage.desk
    for text in NEEDS:
        desk.notes.write(stage.find(YUSUF), text, kind=NoteKind.ADJUSTMENT)
    today_of(stage).refresh()
    dialog = stage.run("before-they-come")
    for _text in NEEDS:
        desk.notes.undo()
    return dialog


def _nothing_to_do_before(stage: Stage) -> QWidget:
    today_of(stage).go(1)
    stage.settle()
    return stage.run("before-they-come")


def _died(stage: Stage) -> QWidget:
    stage.open("Nia Prydderch", "card")
    return stage.run("person.died")


def _is_dead(stage: Stage) -> QWidget:
    desk = stage.desk
    gwen = desk.people.add(Patient(id=PatientId(""), name="Gwen Prydderch", birth_date=dt.date(1984, 2, 1)))
    desk.deceased.mark(gwen.id, on=dt.date(2026, 11, 2))
    stage.shell.open_person(gwen.id, "card")
    stage.settle()
    dialog = stage.run("person.died")
    desk.notes.undo()
    return dialog


def _much_to_know(stage: Stage) -> QWidget:
    """Everything that a row may say, on rows that stand in the list."""
    desk, before = stage.desk, MORNING - dt.timedelta(days=30)
    yusuf, nia, grace = (stage.find(name) for name in (YUSUF, "Nia Prydderch", "Grace Okafor"))
    steps = len(NEEDS) + 4
    for text in NEEDS:
        desk.notes.write(yusuf, text, kind=NoteKind.ADJUSTMENT)
    born = desk.people.get(grace)
    desk.people.update(dataclasses.replace(born, birth_date=dt.date(1990, 11, 20)))
    card = desk.people.get(nia)
    huw = [
        dataclasses.replace(each, deceased_on=dt.date(2025, 11, 21)) if each.name == "Huw" else each
        for each in card.people
    ]
    desk.people.update(dataclasses.replace(card, people=tuple(huw)))
    desk.today.add_appointment(grace, before)
    cancelled = next(each for each in desk.rearranging.waiting() if each.patient_name == "Samira Haddad")
    desk.rearranging.book(cancelled.appointment.id, dt.date(2026, 11, 27), dt.time(9, 20))
    visit = next(row for row in desk.today.day().rows if row.patient == yusuf)
    desk.today.mark(visit.appointment.id, AppointmentStatus.ARRIVED)
    today_of(stage).refresh()
    if not today_of(stage).promised.is_folded:
        today_of(stage).promised.fold()
    window = stage.run("today")
    for _step in range(steps):
        desk.notes.undo()
    return window


def _another_time(stage: Stage) -> QWidget:
    dialog = stage.run("rearrange")
    next(each for each in dialog.findChildren(QPushButton) if "Samira" in each.accessibleName()).click()
    stage.settle()
    return stage.front()


def _nobody_to_rearrange(stage: Stage) -> QWidget:
    desk = stage.desk
    waiting = desk.rearranging.waiting()
    for each in waiting:
        desk.rearranging.leave(each.appointment.id)
    dialog = stage.run("rearrange")
    for _each in waiting:
        desk.notes.undo()
    return dialog


TODAY = (
    Scene(name="today-much-to-know", who=ANA, show=_much_to_know),
    Scene(name="today-week", who=ANA, show=_week),
    Scene(name="today-next-week", who=ANA, show=_other_week),
    Scene(name="late", who=ANA, show=_late, screen="late"),
    Scene(name="late-nobody", who=ANA, show=_nobody_late),
    Scene(name="before-they-come", who=ANA, show=_before, screen="before-they-come"),
    Scene(name="rearrange", who=ANA, show=lambda stage: stage.run("rearrange"), screen="rearrange"),
    Scene(name="rearrange-another-time", who=ANA, show=_another_time),
    Scene(name="rearrange-nobody", who=ANA, show=_nobody_to_rearrange),
    Scene(name="died", who=ANA, show=_died, screen="person-died"),
    Scene(name="died-already", who=ANA, show=_is_dead),
    Scene(name="before-they-come-nothing", who=ANA, show=_nothing_to_do_before),
)
