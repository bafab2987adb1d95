"""Files that nobody here wrote, counted by hand. Collected only where they are at hand."""

import datetime as dt

import pytest

from rapportdesk.exchange import ImportPlan, Skipped, SkipReason, parse_files, read_files
from rapportdesk.model.appointment import AppointmentStatus
from tests.exchange.samples import INTEROP, LONDON, TODAY

FHIR = {
    "Bob965_Keeling57.json": (
        238,
        {
            "Immunization": 46,
            "Encounter": 32,
            "DiagnosticReport": 32,
            "DocumentReference": 32,
            "Claim": 32,
            "ExplanationOfBenefit": 32,
            "Observation": 30,
            "Provenance": 1,
        },
    ),
    "Cecelia952_Romaguera67.json": (
        259,
        {
            "Observation": 64,
            "Immunization": 47,
            "Encounter": 29,
            "DiagnosticReport": 29,
            "DocumentReference": 29,
            "Claim": 29,
            "ExplanationOfBenefit": 29,
            "Condition": 1,
            "Provenance": 1,
        },
    ),
    "Jani266_Reynolds644.json": (
        264,
        {
            "Observation": 55,
            "Immunization": 51,
            "Encounter": 31,
            "DiagnosticReport": 31,
            "DocumentReference": 31,
            "Claim": 31,
            "ExplanationOfBenefit": 31,
            "Condition": 1,
            "Provenance": 1,
        },
    ),
}
HL7V2 = {  # read, patients, appointments
    "ADT-A01-01.hl7": (1, 1, 0),
    "SIU-S12-01.hl7": (2, 1, 1),
    "SIU-S13-01.hl7": (2, 1, 1),
    "SIU-S14-01.hl7": (2, 1, 1),
    "SIU-S15-01.hl7": (2, 1, 1),
    "SIU-S26-01.hl7": (2, 1, 1),
    "SIU_12.hl7": (1, 0, 0),  # by its name a booking, by its header ADT^A60
}


@pytest.fixture(scope="module")
def fhir() -> ImportPlan:
    return read_files([INTEROP / "fhir" / name for name in FHIR], zone=LONDON)


@pytest.fixture(scope="module")
def hl7v2() -> ImportPlan:
    return read_files([INTEROP / "hl7v2" / name for name in HL7V2], zone=LONDON)


def test_every_resource_is_counted(fhir: ImportPlan) -> None:
    for file in fhir.files:
        read, left_out = FHIR[file.name]
        assert (file.read, file.patients, file.appointments, file.version) == (read, 1, 0, "R4B")
        assert {each.resource_type: each.count for each in file.skipped} == left_out
        assert {each.reason for each in file.skipped} == {SkipReason.NOT_KEPT}
    assert [(patient.name, patient.birth_date) for patient in fhir.patients] == [
        ("Bob965 Keeling57", dt.date(1991, 7, 8)),
        ("Cecelia952 Romaguera67", dt.date(2002, 10, 16)),
        ("Jani266 Reynolds644", dt.date(1996, 1, 23)),
    ]


def test_every_message_is_counted(hl7v2: ImportPlan) -> None:
    for file in hl7v2.files:
        assert (file.read, file.patients, file.appointments) == HL7V2[file.name]
        assert file.version == "2.8"
    assert hl7v2.files[-1].skipped == (Skipped(resource_type="ADT^A60", reason=SkipReason.NOT_WHO, count=1),)
    assert (hl7v2.read, hl7v2.earlier_states) == (12, 9)


def test_files_about_one_appointment_end_in_its_last_state(hl7v2: ImportPlan) -> None:
    (visit,) = hl7v2.appointments
    assert visit.status is AppointmentStatus.NOSHOW
    assert visit.start == dt.datetime(2021, 9, 24, 7, 15, tzinfo=dt.UTC)
    assert visit.minutes == 50
    assert (visit.practitioner_name, visit.reason) == ("Robert GE", "EMERGENCY")
    (patient,) = hl7v2.patients
    assert visit.patient == patient.key
    assert (patient.name, patient.birth_date) == ("ADAM A EVERYMAN III", dt.date(1988, 8, 18))
    assert (patient.deceased, patient.deceased_on) == (True, dt.date(2008, 8, 25))


@pytest.mark.parametrize(
    ("upto", "status"),
    [(2, AppointmentStatus.BOOKED), (5, AppointmentStatus.CANCELLED), (6, AppointmentStatus.NOSHOW)],
)
def test_each_message_moves_the_state_on(upto: int, status: AppointmentStatus) -> None:
    paths = [INTEROP / "hl7v2" / name for name in list(HL7V2)[:upto]]
    assert read_files(paths[::-1], zone=LONDON).appointments[0].status is status


ICAL = {  # today, read, appointments, occurrences followed, what is skipped
    "0.ics": (TODAY, 1, 0, {SkipReason.NO_TIME: 1}),
    "EXDATE.ics": (dt.date(2006, 1, 2), 7, 7, {}),  # five days, and the two that were taken out
    "Standup.ics": (dt.date(2009, 3, 20), 270, 270, {}),  # each weekday of a year
    "blankTzid.ics": (TODAY, 1, 1, {}),
    "calconnect.ics": (dt.date(2005, 4, 10), 5, 5, {}),
    "evolution2.ics": (TODAY, 1, 1, {}),
    "groupwise.ics": (TODAY, 1, 1, {}),
    "incoming.ics": (TODAY, 9, 1, {SkipReason.ANSWER: 5, SkipReason.SUPERSEDED: 3}),
    "japan_west.ics": (TODAY, 49, 2, {SkipReason.NO_TIME: 47}),  # whole days
    "korganizer_sample.ics": (dt.date(2003, 5, 1), 25, 25, {}),
    "multiple_calendars.ics": (TODAY, 2, 2, {}),
    "overlaps.ics": (TODAY, 5, 0, {SkipReason.NO_NUMBER: 5}),
    "rfc5545-sec3.6.4.ics": (TODAY, 3, 0, {SkipReason.NOT_WHO: 3}),
}


@pytest.mark.parametrize("name", ICAL)
def test_every_event_and_occurrence_is_counted(name: str) -> None:
    today, read, appointments, left_out = ICAL[name]
    plan = parse_files([INTEROP / "ics" / name], zone=LONDON, today=today)
    (file,) = plan.files
    assert (file.read, file.appointments, len(plan.appointments)) == (read, appointments, appointments)
    assert {each.reason: each.count for each in file.skipped} == left_out
    assert all(visit.clues and visit.patient == "" for visit in plan.appointments)


def test_the_times_of_calendars_are_those_of_their_zones() -> None:
    def first(name: str, today: dt.date) -> dt.datetime | None:
        return parse_files([INTEROP / "ics" / name], zone=LONDON, today=today).appointments[0].start

    assert first("Standup.ics", dt.date(2009, 3, 20)) == dt.datetime(2009, 3, 9, 22, 30, tzinfo=dt.UTC)
    assert first("blankTzid.ics", TODAY) == dt.datetime(2015, 8, 26, 9, tzinfo=dt.UTC), "as its nameless zone says"
    assert first("evolution2.ics", TODAY) == dt.datetime(2021, 3, 31, 10, tzinfo=dt.UTC)
    assert first("incoming.ics", TODAY) == dt.datetime(1997, 7, 1, 19, tzinfo=dt.UTC)


def test_no_file_from_elsewhere_is_forgotten() -> None:
    counted = {"fhir": set(FHIR), "hl7v2": set(HL7V2), "ics": set(ICAL)}
    assert {name: {path.name for path in (INTEROP / name).iterdir()} for name in counted} == counted
