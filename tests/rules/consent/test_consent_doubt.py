"""A yes on a day without the patient stands out; one with them, in a call or with its form does not."""

import datetime as dt

import pytest

from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.communication import CallOutcome, Communication, Direction, Speaker
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.patient import ContactSystem
from rapportdesk.rules.consent.consent_doubt import doubtful
from tests.rules.invented import NOW, ago, appointment, communication, consent

KEEP = Covers.KEEP_NOTES
LONDON = dt.timezone(dt.timedelta(hours=1))


def test_a_yes_on_a_day_with_neither_an_arrival_nor_a_call_is_listed_newest_first() -> None:
    events = (consent(KEEP, days=2), consent(Covers.PHONE, days=1))
    assert doubtful(events, (), (), (), dt.UTC) == (events[1], events[0])


@pytest.mark.parametrize(
    "visit",
    [
        appointment(ago(2), status=AppointmentStatus.FULFILLED),
        appointment(ago(2), status=AppointmentStatus.CHECKED_IN),
        appointment(ago(9), arrived_at=ago(2)),
        appointment(ago(9), in_room_at=ago(2), status=AppointmentStatus.FULFILLED),
    ],
)
def test_whoever_came_that_day_was_there_to_ask(visit: object) -> None:
    assert doubtful((consent(KEEP, days=2),), (visit,), (), (), dt.UTC) == ()  # type: ignore[arg-type]  # a visit


@pytest.mark.parametrize("status", [AppointmentStatus.BOOKED, AppointmentStatus.NOSHOW, AppointmentStatus.CANCELLED])
def test_a_visit_to_which_nobody_came_is_no_arrival(status: AppointmentStatus) -> None:
    event = consent(KEEP, days=2)
    assert doubtful((event,), (appointment(ago(2), status=status),), (), (), dt.UTC) == (event,)


@pytest.mark.parametrize(
    "call",
    [
        communication(days=2, speaker=Speaker.PATIENT),
        communication(days=2, direction=Direction.OUTGOING, outcome=CallOutcome.REACHED, speaker=Speaker.PATIENT),
    ],
)
def test_a_call_that_day_covers_what_was_said_that_day_and_no_other(call: Communication) -> None:
    same_day, other = consent(Covers.SMS, days=2), consent(KEEP, days=4)
    assert doubtful((same_day, other), (), (call,), (), dt.UTC) == (other,)


@pytest.mark.parametrize(
    "call",
    [
        communication(days=2, direction=Direction.OUTGOING, outcome=CallOutcome.NO_ANSWER),
        communication(days=2, direction=Direction.OUTGOING, outcome=CallOutcome.VOICEMAIL),
        communication(days=2, speaker=Speaker.SOMEBODY_ELSE),
        communication(days=2, speaker=Speaker.RELATED, person="gwen"),
        communication(days=2, direction=Direction.OUTGOING, medium=ContactSystem.SMS),
    ],
)
def test_nobody_agrees_in_a_call_in_which_they_were_not_heard(call: Communication) -> None:
    event = consent(KEEP, days=2)
    assert doubtful((event,), (), (call,), (), dt.UTC) == (event,)


def test_that_a_consent_says_it_was_given_by_phone_proves_no_call() -> None:
    by_phone = consent(KEEP, days=2, where="phone")
    assert doubtful((by_phone,), (), (), (), dt.UTC) == (by_phone,)


def test_a_signed_form_speaks_for_itself_and_a_no_is_never_in_doubt() -> None:
    event = consent(KEEP, days=2)
    assert doubtful((event,), (), (), {event.id}, dt.UTC) == ()
    nos = (consent(KEEP, ConsentStatus.REJECTED), consent(KEEP, ConsentStatus.INACTIVE))
    assert doubtful(nos, (), (), (), None) == ()


def test_the_day_is_the_practices_own() -> None:
    midnight = NOW.replace(hour=23, minute=30)
    event = consent(KEEP, recorded_at=midnight)
    visit = appointment(midnight + dt.timedelta(hours=1), status=AppointmentStatus.FULFILLED)
    assert doubtful((event,), (visit,), (), (), dt.UTC) == (event,)
    assert doubtful((event,), (visit,), (), (), LONDON) == ()
