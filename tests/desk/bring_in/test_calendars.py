"""Calendars at the desk: what is certain comes in, what a calendar only names waits, and no name is overwritten."""

import datetime as dt
from pathlib import Path

import pytest

from rapportdesk.desk.bring_in.import_report import NotTaken
from rapportdesk.desk.bring_in.matching import Doubt
from rapportdesk.desk.bring_in.review_list import read_review
from rapportdesk.desk.desk import Desk
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import ContactPoint, ContactSystem, Patient
from tests.desk.bring_in.test_imports import Files, assert_adds_up, read_here
from tests.desk.conftest import Practice
from tests.exchange.test_ical import calendar, event

NINE = "DTSTART:20261123T090000Z"
GUEST = "ATTENDEE;CN=Nia Prydderch:mailto:nia@example.org"


@pytest.fixture
def files(practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """Ana with files, and Nia with an e-mail address."""
    monkeypatch.setattr("rapportdesk.desk.bring_in.imports.read_files", read_here)
    return Files(practice.sign_in("Ana Ruiz"), tmp_path)


@pytest.fixture
def nia(files: Files) -> PatientId:
    point = ContactPoint(system=ContactSystem.EMAIL, value="nia@example.org")
    return files.desk.people.add(Patient(id=PatientId(""), name="Nia Prydderch", contact_points=(point,))).id


def visits(desk: Desk) -> list[tuple[dt.datetime, str]]:
    found = [each for each in desk.session().store.all_things() if isinstance(each, Appointment)]
    return sorted((each.start, each.status.value) for each in found)


def test_a_guest_by_name_and_address_comes_in_and_a_second_time_changes_nothing(files: Files, nia: PatientId) -> None:
    text = calendar(event(NINE, "SUMMARY:Review", GUEST))
    first, again = files.bring_in(text), files.bring_in(text)
    assert (first.appointments.added, again.appointments.added, again.appointments.changed) == (1, 0, 0)
    assert files.visit().patient == nia
    assert_adds_up(first)


def test_a_name_alone_waits_with_its_appointment_and_asks_once(files: Files, nia: PatientId) -> None:
    text = calendar(event(NINE, "SUMMARY:Nia Prydderch - bloods"))
    for _time in range(2):
        report = files.bring_in(text)
        assert dict(report.appointments.not_taken) == {Doubt.NAMED_ONLY: 1}
        assert_adds_up(report)
    (waiting,) = read_review(files.desk.session().store).people
    assert (waiting.candidates, len(waiting.visits)) == ((nia,), 1)
    assert visits(files.desk) == []


def test_what_names_nobody_is_skipped_and_asks_nobody(files: Files, nia: PatientId) -> None:
    report = files.bring_in(calendar(event(NINE, "SUMMARY:Practice meeting")))
    assert dict(report.appointments.not_taken) == {NotTaken.NAMES_NOBODY: 1}
    assert read_review(files.desk.session().store).people == ()
    assert NotTaken.NAMES_NOBODY.words


def test_a_cancelled_series_is_cancelled_in_all_its_appointments(files: Files, nia: PatientId) -> None:
    files.bring_in(calendar(event(NINE, "RRULE:FREQ=DAILY;COUNT=3", "SUMMARY:Review", GUEST)))
    assert [status for _start, status in visits(files.desk)] == ["booked"] * 3
    gone = calendar(event("SUMMARY:Review", GUEST, stamp="20261103T080000Z"), method="CANCEL")
    report = files.bring_in(gone)
    assert report.appointments.cancelled == 1
    assert [status for _start, status in visits(files.desk)] == [AppointmentStatus.CANCELLED.value] * 3
    assert_adds_up(report)


def test_one_instance_taken_out_later_is_cancelled_by_itself(files: Files, nia: PatientId) -> None:
    series = (NINE, "RRULE:FREQ=DAILY;COUNT=3", "SUMMARY:Review", GUEST)
    files.bring_in(calendar(event(*series)))
    files.bring_in(calendar(event(*series, "EXDATE:20261124T090000Z", stamp="20261103T080000Z")))
    assert [status for _start, status in visits(files.desk)] == ["booked", "cancelled", "booked"]


def test_a_clue_that_a_person_takes_for_somebody_overwrites_no_name(files: Files, nia: PatientId) -> None:
    from rapportdesk.desk.bring_in.importing import merged

    files.bring_in(calendar(event(NINE, "SUMMARY:PRYDDERCH Nia / bloods")))
    (waiting,) = read_review(files.desk.session().store).people
    known = files.desk.session().store.patient(nia)
    assert merged(known, waiting.described) == known
