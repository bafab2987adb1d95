"""Marking somebody as having died stops what is drafted and promised, is told to other cards, and can be taken back."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.bring_in.importing import merged
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.exchange.plan import IncomingPatient
from rapportdesk.model.audit import AuditEvent
from rapportdesk.model.deceased import NamedOn
from rapportdesk.model.identity import PatientId
from rapportdesk.model.note import Audience, NoteKind
from rapportdesk.model.patient import Patient, RelatedPerson
from rapportdesk.steps import in_one_go
from tests.desk.conftest import MORNING, Practice

DAY = dt.date(2026, 11, 2)


def add_huw(desk: Desk) -> PatientId:
    huw = desk.people.add(Patient(id=PatientId(""), name="Huw Prydderch", birth_date=dt.date(1950, 1, 1))).id
    desk.consents.agree(huw)
    return huw


def with_husband(desk: Desk, *, agreed: bool = True) -> PatientId:
    nia = desk.people.add(
        Patient(id=PatientId(""), name="Nia Prydderch", people=(RelatedPerson(id="", name="Huw", relation="husband"),))
    ).id
    if agreed:
        desk.consents.agree(nia)
    return nia


def add_friend(desk: Desk) -> PatientId:
    friend = desk.people.add(Patient(id=PatientId(""), name="Tomos Hughes")).id
    desk.consents.agree(friend)
    return friend


def named_on(desk: Desk, whom: PatientId) -> tuple[NamedOn, ...]:
    return in_one_go(desk.deceased.named_on_in_steps(whom))


def test_promises_and_drafts_rest_and_undo_brings_them_back(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw = add_huw(desk)
    desk.tasks.add(huw, "Send the form", due=MORNING.date())
    desk.drafts.keep(huw, "half a sente")
    before = (desk.today.day(), desk.drafts.mine(), desk.people.card_unrecorded(huw))
    assert desk.deceased.about(huw).promises == ("Send the form",)

    desk.deceased.mark(huw, on=DAY)

    assert desk.today.day().promised == ()
    assert desk.drafts.mine() == ()
    assert desk.kept().drafts == 0
    assert desk.deceased.about(huw).promises == ()
    with pytest.raises(BadInput, match="died"):
        desk.tasks.add(huw, "Ring him")
    assert desk.notes.undo() == "marked somebody as having died"
    assert (desk.today.day(), desk.drafts.mine(), desk.people.card_unrecorded(huw)) == before


def test_undo_puts_back_only_whether_they_live(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw = add_huw(desk)
    desk.deceased.mark(huw, on=DAY)
    kept = desk.session().undoable.pop()
    desk.people.update(replace(desk.people.get(huw), say="HEE-oo"))
    desk.session().undoable.append(kept)
    desk.notes.undo()
    patient = desk.people.get(huw)
    assert (patient.deceased, patient.deceased_on, patient.say) == (False, None, "HEE-oo")


@pytest.mark.parametrize("day", [dt.date(2099, 1, 1), dt.date(1949, 12, 31)])
def test_a_day_that_cannot_be_is_refused(practice: Practice, day: dt.date) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw = add_huw(desk)
    with pytest.raises(BadInput):
        desk.deceased.mark(huw, on=day)
    assert not desk.people.get(huw).deceased


def test_it_can_be_taken_back_at_any_time(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw = add_huw(desk)
    desk.deceased.mark(huw, on=DAY)
    desk = practice.sign_in("Ana Ruiz")
    assert not desk.deceased.take_back(huw).deceased
    desk.notes.undo()
    assert desk.people.get(huw).deceased_on == DAY


def test_cards_that_name_them_are_listed_and_told(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw, nia, friend = add_huw(desk), with_husband(desk), add_friend(desk)
    desk.notes.write(friend, "Plays chess with Huw Prydderch", kind=NoteKind.HOBBY)
    named = named_on(desk, huw)
    assert [(each.patient.id, each.relation) for each in named] == [(nia, "Huw, husband"), (friend, "")]

    desk.deceased.mark_on_card(nia, named[0].person, on=DAY)

    (told,) = desk.people.get(nia).people
    assert (told.deceased, told.deceased_on) == (True, DAY)
    assert named_on(desk, huw)[0].deceased
    desk.notes.undo()
    assert not desk.people.get(nia).people[0].deceased
    with pytest.raises(NotFound):
        desk.deceased.mark_on_card(nia, "nobody")


def test_a_card_names_nobody_to_those_who_may_not_see_it(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw, unasked = add_huw(desk), with_husband(desk, agreed=False)
    friend = add_friend(desk)
    desk.notes.write(friend, "Looked after Huw Prydderch", kind=NoteKind.HOBBY, audience=Audience.CLINICIANS)
    assert named_on(desk, huw) == ()
    person = desk.people.get(unasked).people[0].id
    with pytest.raises(NotFound):
        desk.deceased.mark_on_card(unasked, person)


def test_visits_to_come_are_said_and_stay_for_the_schedule_to_call_off(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw = add_huw(desk)
    tomorrow = MORNING + dt.timedelta(days=1)
    desk.today.add_appointment(huw, tomorrow)
    desk.today.add_appointment(huw, MORNING - dt.timedelta(days=1))
    assert [each.astimezone(dt.UTC) for each in desk.deceased.about(huw).visits] == [tomorrow]
    desk.deceased.mark(huw)
    assert len(desk.deceased.about(huw).visits) == 1


def test_no_slip_is_printed_for_them(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw = add_huw(desk)
    desk.notes.write(huw, "Window chair", kind=NoteKind.PLEASE_DO)
    desk.today.add_appointment(huw, MORNING + dt.timedelta(minutes=10))
    seen = [event.patient for event in _printed(desk)]
    assert huw in seen
    desk.deceased.mark(huw)
    assert huw not in [event.patient for event in _printed(desk)]


def _printed(desk: Desk) -> list[AuditEvent]:
    """Print the slip, and return the line that was left last."""
    desk.paper.desk_slip()
    return [line.event for line in desk.session().store.audit_page(before=None, most=1)]


def test_no_import_says_again_what_somebody_took_back(practice: Practice) -> None:
    desk = practice.sign_in("Ana Ruiz")
    huw = add_huw(desk)
    sent = IncomingPatient(key="huw", identifiers=(), name="Huw Prydderch", deceased=True, deceased_on=DAY)
    assert merged(desk.people.get(huw), sent).deceased, "the control: the sending system knows best"
    desk.deceased.mark(huw, on=DAY)
    after = merged(desk.deceased.take_back(huw), sent)
    assert (after.deceased, after.deceased_on) == (False, None)
    assert merged(desk.deceased.mark(huw), sent).deceased_on == DAY
