"""A yes on a day without the patient stands out; one with them, by phone or with its form does not."""

import datetime as dt

import pytest

from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.rules.consent_doubt import doubtful
from tests.rules.invented import NOW, ago, appointment, consent

KEEP = Covers.KEEP_NOTES
LONDON = dt.timezone(dt.timedelta(hours=1))


def test_a_yes_on_a_day_with_neither_an_arrival_nor_a_call_is_listed_newest_first() -> None:
    events = (consent(KEEP, days=2), consent(Covers.PHONE, days=1))
    assert doubtful(events, (), (), dt.UTC) == (events[1], events[0])


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
    assert doubtful((consent(KEEP, days=2),), (visit,), (), dt.UTC) == ()  # type: ignore[arg-type]  # a visit


@pytest.mark.parametrize("status", [AppointmentStatus.BOOKED, AppointmentStatus.NOSHOW, AppointmentStatus.CANCELLED])
def test_a_visit_to_which_nobody_came_is_no_arrival(status: AppointmentStatus) -> None:
    event = consent(KEEP, days=2)
    assert doubtful((event,), (appointment(ago(2), status=status),), (), dt.UTC) == (event,)


def test_a_call_that_day_covers_what_was_said_that_day_and_no_other() -> None:
    by_phone, same_day, other = consent(KEEP, days=2, where="phone"), consent(Covers.SMS, days=2), consent(KEEP, days=4)
    assert doubtful((by_phone, same_day, other), (), (), dt.UTC) == (other,)


def test_a_signed_form_speaks_for_itself_and_a_no_is_never_in_doubt() -> None:
    event = consent(KEEP, days=2)
    assert doubtful((event,), (), {event.id}, dt.UTC) == ()
    assert doubtful((consent(KEEP, ConsentStatus.REJECTED), consent(KEEP, ConsentStatus.INACTIVE)), (), (), None) == ()


def test_the_day_is_the_practices_own() -> None:
    midnight = NOW.replace(hour=23, minute=30)
    event = consent(KEEP, recorded_at=midnight)
    visit = appointment(midnight + dt.timedelta(hours=1), status=AppointmentStatus.FULFILLED)
    assert doubtful((event,), (visit,), (), dt.UTC) == (event,)
    assert doubtful((event,), (visit,), (), LONDON) == ()
