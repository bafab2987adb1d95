"""What a companion may hear is the patient's consent, recorded when it is said and gone when it is taken back."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.shown import BlockKey
from tests.desk.conftest import MORNING, add_nia


def test_saying_what_somebody_may_hear_records_the_consent_to_talk_with_them(ana: Desk) -> None:
    nia = ana.people.get(add_nia(ana))
    people = tuple(replace(person, may_hear="appointments, nothing else") for person in nia.people)
    ana.people.update(replace(nia, people=people))
    (event,) = [each for each in ana.consents.of(nia.id) if each.covers is Covers.TALK_WITH]
    assert (event.status, event.words) == (ConsentStatus.ACTIVE, "appointments, nothing else")
    assert "appointments, nothing else" in said_of_people(ana, nia.id)


def test_undone_it_is_as_if_they_had_never_been_asked(ana: Desk) -> None:
    nia = ana.people.get(add_nia(ana))
    ana.people.update(replace(nia, people=tuple(replace(each, may_hear="anything") for each in nia.people)))
    ana.notes.undo()
    assert "Ask before telling them anything" in said_of_people(ana, nia.id)
    statuses = [each.status for each in ana.consents.of(nia.id) if each.covers is Covers.TALK_WITH]
    assert statuses == [ConsentStatus.ACTIVE, ConsentStatus.ENTERED_IN_ERROR]


def said_of_people(desk: Desk, patient: PatientId) -> str:
    blocks = desk.people.card_unrecorded(patient).blocks
    return " ".join(line.text for block in blocks if block.key is BlockKey.PEOPLE for line in block.lines)


def unsafe(desk: Desk, nia: PatientId) -> str:
    """Let the desk learn that Gwen is not safe for Nia; return Gwen's id."""
    patient = desk.people.get(nia)
    people = tuple(replace(person, unsafe_since=dt.datetime.now(dt.UTC)) for person in patient.people)
    return desk.people.update(replace(patient, people=people)).people[0].id


def may_hear(desk: Desk, nia: PatientId, gwen: str) -> bool:
    """Whether the rule lets the desk talk with Gwen."""
    session = desk.session()
    return gwen in session.seen(session.known(nia)).may_hear


def test_a_yes_from_before_somebody_was_known_to_be_unsafe_counts_no_more(ana: Desk) -> None:
    nia = add_nia(ana)
    gwen = ana.people.get(nia).people[0].id
    ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=gwen)
    assert may_hear(ana, nia, gwen)
    unsafe(ana, nia)
    assert not may_hear(ana, nia, gwen)
    assert "Ask alone" in said_of_people(ana, nia)


def test_it_is_asked_again_alone_and_counts_then(ana: Desk) -> None:
    nia = add_nia(ana)
    gwen = unsafe(ana, nia)
    for company in (None, frozenset({gwen})):
        ana.people.set_company(nia, company)
        with pytest.raises(BadInput):
            ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=gwen)
        assert not may_hear(ana, nia, gwen)
    ana.people.set_company(nia, frozenset())
    event = ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=gwen)
    assert event.alone
    assert may_hear(ana, nia, gwen)


def test_what_a_form_says_of_somebody_unsafe_is_no_answer_unless_the_patient_is_alone(ana: Desk) -> None:
    nia = add_nia(ana)
    gwen = unsafe(ana, nia)
    for company, counts in ((None, False), (frozenset[str](), True)):
        ana.people.set_company(nia, company)
        patient = ana.people.get(nia)
        heard = tuple(replace(person, may_hear=f"visits {counts}") for person in patient.people)
        ana.people.update(replace(patient, people=heard))
        assert may_hear(ana, nia, gwen) is counts


def test_a_no_about_somebody_unsafe_needs_no_privacy_and_taking_it_back_gives_them_nothing(ana: Desk) -> None:
    nia = add_nia(ana)
    gwen = ana.people.get(nia).people[0].id
    ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=gwen)
    unsafe(ana, nia)
    no = ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.INACTIVE, person=gwen)
    ana.consents.take_back(nia, no.id)
    assert not may_hear(ana, nia, gwen)


def test_the_moment_is_when_the_desk_learnt_it_and_other_changes_leave_it(ana: Desk) -> None:
    nia = add_nia(ana)
    gwen = unsafe(ana, nia)
    learnt = ana.people.get(nia).people[0].unsafe_since
    assert learnt is not None
    assert learnt.date() == MORNING.date()
    patient = ana.people.get(nia)
    renamed = tuple(replace(person, relation="stepdaughter") for person in patient.people)
    ana.people.update(replace(patient, people=renamed))
    assert ana.people.get(nia).people[0].unsafe_since == learnt
    ana.people.set_company(nia, frozenset())
    ana.consents.record(nia, Covers.TALK_WITH, ConsentStatus.ACTIVE, person=gwen)
    assert may_hear(ana, nia, gwen)
