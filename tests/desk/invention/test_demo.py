"""The invented clinic is a whole day at a small one, around whatever the clock says, and like any other vault."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.clock import StandingClock
from rapportdesk.desk.desk import Desk
from rapportdesk.desk.invention.demo import DEMO_SECRET, MemoryCustody, fill_clinic, founder, opening_hours
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.consent import ConsentEvent
from rapportdesk.model.note import Note
from rapportdesk.model.shown import KeepConsent
from rapportdesk.model.topic import TopicPermission
from rapportdesk.vault.kdf import Argon2idParameters
from tests.desk.conftest import MORNING


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The invented clinic at 09:04; nobody changes it."""
    path = tmp_path_factory.mktemp("demo") / "desk.rapport"
    cost = Argon2idParameters.fresh(memory_kib=64, iterations=1, lanes=1)
    desk, _codes = Desk.create(path, MemoryCustody(), founder(), StandingClock(MORNING), cost=cost)
    with desk:
        fill_clinic(desk)
        assert not desk.is_signed_in
        yield desk


def sign_in(desk: Desk, name: str) -> Desk:
    """Let somebody of the invented clinic sign in."""
    desk.sign_in(next(each.id for each in desk.door() if each.name == name), DEMO_SECRET)
    return desk


def test_everybody_signs_in_and_the_clinicians_hold_their_keys(clinic: Desk) -> None:
    roles = {each.name: {str(role) for role in each.roles} for each in clinic.door()}
    assert {"reception", "clinician", "manager"} == set().union(*roles.values())
    for name in roles:
        sign_in(clinic, name)
    assert all(each.holds_clinicians_keys == ("clinician" in each.roles) for each in clinic.door())
    assert not any(each.must_change_secret for each in clinic.door())


def test_thirty_people_of_many_names_and_languages_are_known(clinic: Desk) -> None:
    desk = sign_in(clinic, "Dr Osei")
    store = desk.session().store
    patients = list(store.patients())
    assert len(patients) == 30
    assert 28 <= len({patient.name for patient in patients}) < 30  # some share a name, as people do
    assert len({language for patient in patients for language in patient.languages}) >= 6
    assert any(patient.own_script_name for patient in patients)
    assert any(" " not in patient.name for patient in patients)
    kinds = Counter(type(thing) for thing in store.all_things())
    assert kinds[Note] > 50
    assert kinds[ConsentEvent] > 40
    assert kinds[TopicPermission] > 1
    states = {desk.consents.keep(patient.id) for patient in patients}
    assert {KeepConsent.AGREED, KeepConsent.NOT_ASKED, KeepConsent.REFUSED} <= states


def test_the_day_lies_around_the_clock(clinic: Desk) -> None:
    day = sign_in(clinic, "Ana Ruiz").today.day()
    assert len(day.rows) >= 12
    assert len(day.practitioners) >= 2
    starts = [row.appointment.start for row in day.rows]
    assert min(starts) < MORNING < max(starts)
    statuses = {row.appointment.status for row in day.rows}
    assert {AppointmentStatus.ARRIVED, AppointmentStatus.CHECKED_IN, AppointmentStatus.BOOKED} <= statuses
    waiting = [row.waiting_minutes for row in day.rows if row.waiting_minutes is not None]
    assert waiting
    assert max(waiting) < 90
    assert any(row.overdue for row in day.promised)


def test_there_is_something_to_read_for_everybody_and_something_that_waits(clinic: Desk) -> None:
    desk = sign_in(clinic, "Dr Osei")
    briefs = desk.briefs.for_day(MORNING.date())
    assert len(briefs) >= 10
    assert any(brief.veiled for brief in briefs)
    assert all(brief.sections for brief in briefs if desk.consents.keep(brief.patient.id) is KeepConsent.AGREED)
    assert desk.verify().faults == ()


def test_reception_reads_no_word_of_what_is_for_clinicians(clinic: Desk) -> None:
    sealed = [
        thing.text
        for thing in sign_in(clinic, "Dr Osei").session().store.all_things()
        if isinstance(thing, Note) and thing.sealed_to_clinicians
    ]
    assert sealed
    desk = sign_in(clinic, "Ana Ruiz")
    opened = [thing for thing in desk.session().store.all_things() if isinstance(thing, Note)]
    assert not {note.text for note in opened} & set(sealed)


@given(now=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.timezones()))  # noqa: DTZ001  # timezones= makes them aware
def test_the_demo_opens_when_a_clinic_does(now: dt.datetime) -> None:
    opened = opening_hours(now)
    assert dt.time(8, 40) <= opened.time() <= dt.time(16, 30)
    assert (opened.date(), opened.tzinfo) == (now.date(), now.tzinfo)
    assert opening_hours(opened) == opened
