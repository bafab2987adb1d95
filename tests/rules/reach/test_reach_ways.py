"""Nobody is reached by a way they did not agree to, or at a number that is not safe; why not says nothing more."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapportdesk.model.communication import ContactPurpose, Way
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem
from rapportdesk.rules.known import Known
from rapportdesk.rules.reach.reach_ways import way_to, ways_to_ring
from rapportdesk.rules.visibility import Seen, see
from tests.rules.invented import NOW, RECEPTION, consent, person

SYSTEMS = {
    ContactSystem.PHONE: Covers.PHONE, ContactSystem.SMS: Covers.SMS, ContactSystem.EMAIL: Covers.EMAIL,
    ContactSystem.POST: Covers.POST, ContactSystem.VOICEMAIL: Covers.VOICEMAIL,
}  # fmt: skip
APPOINTMENT = ContactPurpose.APPOINTMENT


def seen(*events: Any, points: tuple[ContactPoint, ...] = (), **fields: Any) -> Seen:
    patient = person(contact_points=points, **fields)
    return see(Known(patient=patient, consents=events), RECEPTION, None, NOW)


def point(system: ContactSystem, **fields: Any) -> ContactPoint:
    return ContactPoint(system=system, value="here", **fields)


@pytest.mark.parametrize("system", list(SYSTEMS))
def test_a_way_is_open_once_it_was_agreed_to_and_the_point_is_safe(system: ContactSystem) -> None:
    way = way_to(seen(consent(SYSTEMS[system]), points=(point(system),)), system, APPOINTMENT, NOW)
    assert way == Way(system=system, value="here", open=True)


@given(system=st.sampled_from(list(SYSTEMS)), purpose=st.sampled_from(list(ContactPurpose)))
def test_a_no_a_yes_taken_back_and_never_asked_read_the_same(system: ContactSystem, purpose: ContactPurpose) -> None:
    covers = SYSTEMS[system]
    nos = (
        (consent(covers, ConsentStatus.REJECTED),),
        (consent(covers, days=20), consent(covers, ConsentStatus.INACTIVE, 10)),
        (consent(covers, valid_until=NOW.date() - dt.timedelta(days=1)),),
        (),
    )
    ways = {way_to(seen(*events, points=(point(system),)), system, purpose, NOW) for events in nos}
    assert ways == {Way(system=system, why="There is no agreement to this.")}


@given(system=st.sampled_from(list(SYSTEMS)))
def test_a_number_that_is_not_safe_reads_like_one_that_is_not_known(system: ContactSystem) -> None:
    early, late = dt.time(16), dt.time(20)
    for points in (
        (),
        (point(system, safety=ContactSafety.UNSAFE),),
        (point(system, safety=ContactSafety.ONLY_BETWEEN, not_before=early, not_after=late),),
        (point(system, safety=ContactSafety.ONLY_BETWEEN),),
    ):
        way = way_to(seen(consent(SYSTEMS[system]), points=points), system, APPOINTMENT, NOW)
        assert way == Way(system=system, why="There is nothing here that is safe to use now.")


@given(
    begin=st.times(), end=st.times(), at=st.times().map(lambda each: each.replace(microsecond=0)),
)  # fmt: skip
def test_a_point_is_used_within_its_hours_alone_also_across_midnight(begin: dt.time, end: dt.time, at: dt.time) -> None:
    phone = point(ContactSystem.PHONE, safety=ContactSafety.ONLY_BETWEEN, not_before=begin, not_after=end)
    now = dt.datetime.combine(NOW.date(), at, dt.UTC)
    within = begin <= at <= end if begin <= end else not end < at < begin
    assert way_to(seen(consent(Covers.PHONE), points=(phone,)), ContactSystem.PHONE, APPOINTMENT, now).open is within


def test_what_others_read_too_is_used_only_where_it_was_said_what_may_stand_there() -> None:
    for may_say, is_open in (("", False), ("only the time", True)):
        points = (point(ContactSystem.SMS, shared_with="Huw", may_say=may_say),)
        way = way_to(seen(consent(Covers.SMS), points=points), ContactSystem.SMS, APPOINTMENT, NOW)
        assert (way.open, way.why) == (is_open, may_say or "There is nothing here that is safe to use now.")


@pytest.mark.parametrize(
    ("purpose", "covers"), [(ContactPurpose.FEEDBACK, Covers.FEEDBACK), (ContactPurpose.REVIEW, Covers.REVIEW)]
)
def test_some_purposes_need_an_agreement_of_their_own(purpose: ContactPurpose, covers: Covers) -> None:
    points = (point(ContactSystem.EMAIL),)
    assert not way_to(seen(consent(Covers.EMAIL), points=points), ContactSystem.EMAIL, purpose, NOW).open
    both = seen(consent(Covers.EMAIL), consent(covers), points=points)
    assert way_to(both, ContactSystem.EMAIL, purpose, NOW).open


def test_a_voicemail_is_left_on_the_telephone_unless_that_was_said_to_be_unsafe() -> None:
    phone, unsafe = point(ContactSystem.PHONE), point(ContactSystem.VOICEMAIL, safety=ContactSafety.UNSAFE)
    for points, is_open in (((phone,), True), ((phone, unsafe), False), ((), False)):
        view = seen(consent(Covers.VOICEMAIL), points=points)
        assert way_to(view, ContactSystem.VOICEMAIL, APPOINTMENT, NOW).open is is_open


def test_the_dead_are_reached_no_more() -> None:
    everything = tuple(consent(covers) for covers in Covers if covers is not Covers.TALK_WITH)
    view = seen(*everything, points=tuple(map(point, SYSTEMS)), deceased=True)
    assert not any(way_to(view, system, APPOINTMENT, NOW).open for system in SYSTEMS)
    assert not any(way.open for way in ways_to_ring(view, NOW))


def test_every_number_that_is_safe_now_may_be_rung_with_what_to_mind() -> None:
    points = (
        point(ContactSystem.PHONE, shared_with="Huw"),
        ContactPoint(system=ContactSystem.PHONE, value="never", safety=ContactSafety.UNSAFE),
    )
    (way,) = ways_to_ring(seen(consent(Covers.PHONE), points=points), NOW)
    assert way == Way(system=ContactSystem.PHONE, value="here", open=True, why="shared: Huw")
