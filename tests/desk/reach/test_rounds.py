"""A day that cannot take place: all are drafted in one go, each is ticked off, and each visit is called off then."""

import datetime as dt
from dataclasses import replace

import pytest

from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.communication import CommunicationStatus
from rapportdesk.model.consent import ConsentStatus, Covers
from rapportdesk.model.identity import PatientId
from rapportdesk.model.message import HandedTo, RoundLine
from rapportdesk.model.patient import ContactPoint, ContactSafety, ContactSystem
from tests.desk.conftest import MORNING, add_nia

SMS, POST, PHONE = ContactSystem.SMS, ContactSystem.POST, ContactSystem.PHONE
OSEI = "Dr Osei"
FRIDAY = MORNING.date()


def to_come(desk: Desk, *ways: ContactSystem, hours: float = 2, **fields: object) -> tuple[PatientId, Appointment]:
    """Somebody who comes to Dr Osei and agreed to be reached by `ways`."""
    nia = add_nia(desk)
    points = tuple(
        replace(ContactPoint(system=way, value="01970 555 218"), **fields)  # type: ignore[arg-type]  # its own fields
        for way in ways
    )
    desk.people.update(replace(desk.people.get(nia), contact_points=points))
    for way in ways:
        desk.consents.record(nia, Covers(way), ConsentStatus.ACTIVE)
    return nia, desk.today.add_appointment(nia, MORNING + dt.timedelta(hours=hours), practitioner=OSEI)


def only(desk: Desk, visit: Appointment, date: dt.date = FRIDAY) -> RoundLine:
    return next(line for line in desk.rounds.draft(OSEI, date) if line.appointment == visit.id)


def status(desk: Desk, visit: Appointment) -> AppointmentStatus:
    found = desk.session().store.thing(visit.id)
    assert isinstance(found, Appointment)
    return found.status


def test_everybody_of_that_day_is_there_and_nobody_else(ana: Desk) -> None:
    _nia, mine = to_come(ana, SMS)
    _other, here = to_come(ana, SMS, hours=1)
    ana.today.mark(here.id, AppointmentStatus.ARRIVED)
    ana.today.add_appointment(add_nia(ana), MORNING, practitioner="Dr Hahn")
    _tomorrow, _visit = to_come(ana, SMS, hours=24)
    assert ana.rounds.practitioners(FRIDAY) == ("Dr Hahn", OSEI)
    assert [line.appointment for line in ana.rounds.draft(OSEI, FRIDAY)] == [mine.id]


def test_each_has_the_way_that_was_agreed_to_or_is_told_by_hand(ana: Desk) -> None:
    _sms, texted = to_come(ana, SMS)
    _post, far = to_come(ana, POST, hours=24 * 5)
    _post, near = to_come(ana, POST)
    _phone, rung = to_come(ana, PHONE)
    _none, nothing = to_come(ana)
    line = only(ana, texted)
    assert line.draft is not None
    assert line.draft.way.system is SMS
    assert OSEI in line.draft.text
    assert line.draft.appointment == texted.id
    letter = only(ana, far, FRIDAY + dt.timedelta(days=5)).draft
    assert letter is not None
    assert letter.way.system is POST
    assert only(ana, near).draft is None  # a letter would come too late
    assert only(ana, rung).by_hand == "By hand. Ring 01970 555 218."
    assert only(ana, nothing).by_hand == "By hand: by telephone or letter, at hours that are safe."


def test_by_hand_minds_the_hours_that_are_safe(ana: Desk) -> None:
    _nia, visit = to_come(
        ana, PHONE, SMS, safety=ContactSafety.ONLY_BETWEEN, not_before=dt.time(16), not_after=dt.time(20)
    )
    line = only(ana, visit)
    assert line.draft is None
    assert "01970" not in line.by_hand
    assert "phone only 16:00 to 20:00" in line.by_hand


def test_a_message_that_is_sent_calls_the_visit_off_and_both_are_taken_back(ana: Desk) -> None:
    nia, visit = to_come(ana, SMS)
    draft = only(ana, visit).draft
    assert draft is not None
    handed = ana.messages.hand_over(draft, HandedTo.CLIPBOARD)
    assert only(ana, visit).waits == handed.communication
    assert status(ana, visit) is AppointmentStatus.BOOKED
    ana.rounds.told(visit.id)
    line = only(ana, visit)
    assert (line.told, line.waits) == (True, None)
    assert status(ana, visit) is AppointmentStatus.CANCELLED
    (message,) = ana.session().known(nia).communications
    assert (message.status, message.appointment) == (CommunicationStatus.COMPLETED, visit.id)
    ana.notes.undo()
    ana.notes.undo()
    assert status(ana, visit) is AppointmentStatus.BOOKED
    assert only(ana, visit).waits == handed.communication


def test_a_message_that_was_not_sent_leaves_the_visit_and_is_drafted_again(ana: Desk) -> None:
    _nia, visit = to_come(ana, SMS)
    draft = only(ana, visit).draft
    assert draft is not None
    ana.messages.hand_over(draft, HandedTo.CLIPBOARD)
    ana.rounds.not_told(visit.id)
    line = only(ana, visit)
    assert (line.told, line.waits) == (False, None)
    assert line.draft is not None
    assert status(ana, visit) is AppointmentStatus.BOOKED


@pytest.mark.parametrize(
    ("by", "words"), [(ContactSystem.PHONE, "Rang them: reached"), (ContactSystem.POST, "Letter: sent")]
)
def test_whoever_was_told_by_hand_stands_in_the_log(ana: Desk, by: ContactSystem, words: str) -> None:
    nia, visit = to_come(ana)
    ana.rounds.told(visit.id, by=by)
    assert [line.words for line in ana.calls.log_unrecorded(nia)] == [words]
    assert only(ana, visit).told


def test_nobody_is_told_of_by_nothing(ana: Desk) -> None:
    _nia, visit = to_come(ana, SMS)
    for attempt in (
        lambda: ana.rounds.told(visit.id),
        lambda: ana.rounds.told(visit.id, by=SMS),
        lambda: ana.rounds.not_told(visit.id),
    ):
        with pytest.raises(BadInput):
            attempt()
    assert status(ana, visit) is AppointmentStatus.BOOKED


def test_the_dead_are_told_nothing(ana: Desk) -> None:
    nia, visit = to_come(ana, SMS, PHONE)
    ana.people.update(replace(ana.people.get(nia), deceased=True))
    line = only(ana, visit)
    assert line.draft is None
    assert line.by_hand == "The card says that they have died: nobody is told."


def test_a_visit_called_off_for_another_reason_is_not_in_the_round(ana: Desk) -> None:
    _nia, visit = to_come(ana, SMS)
    ana.today.mark(visit.id, AppointmentStatus.CANCELLED)
    assert ana.rounds.draft(OSEI, FRIDAY) == ()
