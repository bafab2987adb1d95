"""iCalendar: recurrences, cancelled instances, time zones, and whose appointment it may be."""

import datetime as dt
from pathlib import Path

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.exchange import ClueSource, FileFormat, ImportPlan, PatientClue, Skipped, SkipReason
from rapportdesk.exchange.ical import AHEAD, BACK
from rapportdesk.exchange.ical_text import calendars
from rapportdesk.model.appointment import AppointmentStatus
from tests.exchange.samples import TODAY, plan_of

CONTROL = ("DTSTART:20261123T093000Z", "UID:control", "SUMMARY:Huw Parry")


def event(*lines: str, uid: str = "u1", stamp: str = "20261101T080000Z") -> str:
    own = [f"UID:{uid}"] if uid else []
    return "\r\n".join(["BEGIN:VEVENT", *own, f"DTSTAMP:{stamp}", *lines, "END:VEVENT", ""])


def calendar(*components: str, method: str = "", head: str = "") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Clinic//EN", *([f"METHOD:{method}"] if method else [])]
    return "\r\n".join([*lines, *([head] if head else []), ""]) + "".join(components) + "END:VCALENDAR\r\n"


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=dt.UTC)


def starts(plan: ImportPlan) -> list[dt.datetime | None]:
    return [visit.start for visit in plan.appointments]


NINE = "DTSTART:20261123T090000Z"
NIA = "SUMMARY:Nia Prydderch"


def test_an_event_is_an_appointment_and_its_people_are_clues(tmp_path: Path) -> None:
    text = event(
        "DTSTART;TZID=Europe/London:20260720T093000",
        "DURATION:PT20M",
        "SUMMARY:Review",
        "LOCATION:Room 2\\, upstairs",
        "ORGANIZER;CN=Dr Osei:mailto:osei@clinic.example",
        "ATTENDEE;CN=Dr Osei;ROLE=CHAIR:mailto:osei@clinic.example",
        "ATTENDEE;CN=Room 2;CUTYPE=ROOM:mailto:room2@clinic.example",
        'ATTENDEE;CN="Prydderch, Nia":MAILTO:Nia@example.org',
    )
    plan = plan_of(tmp_path, calendar(text, method="REQUEST"))
    (file,), (visit,) = plan.files, plan.appointments
    assert (file.format, file.read, file.appointments, file.followed) == (FileFormat.ICALENDAR, 1, 1, None)
    assert (visit.start, visit.minutes) == (utc(20, 8, 30, month=7), 20)
    assert (visit.practitioner_name, visit.location, visit.reason) == ("Dr Osei", "Room 2, upstairs", "Review")
    assert (visit.patient, visit.patient_identifiers) == ("", ())
    assert visit.clues == (PatientClue(source=ClueSource.ATTENDEE, name="Prydderch, Nia", email="nia@example.org"),)
    assert visit.sent_at == dt.datetime(2026, 11, 1, 8, tzinfo=dt.UTC)


def test_without_a_guest_the_summary_is_the_only_clue_and_no_reason(tmp_path: Path) -> None:
    (visit,) = plan_of(tmp_path, calendar(event(NINE, NIA))).appointments
    assert visit.clues == (PatientClue(source=ClueSource.SUMMARY, name="Nia Prydderch"),)
    assert visit.reason == ""


def test_several_guests_are_several_clues(tmp_path: Path) -> None:
    guests = [f"ATTENDEE;CN={name}:mailto:{name}@example.org" for name in ("nia", "huw")]
    (visit,) = plan_of(tmp_path, calendar(event(NINE, "SUMMARY:Review", *guests))).appointments
    assert [clue.name for clue in visit.clues] == ["nia", "huw"]


def test_a_series_is_followed_within_a_bounded_time_that_is_said(tmp_path: Path) -> None:
    weekly = event("DTSTART;TZID=Europe/London:20200106T090000", "RRULE:FREQ=WEEKLY", NIA)
    plan = plan_of(tmp_path, calendar(weekly, event(*CONTROL[::2], uid="control")))
    (file,) = plan.files
    assert file.followed == (TODAY - BACK, TODAY + AHEAD)
    assert len(plan.appointments) == 57 + 1
    assert starts(plan)[0] == utc(26, 9, month=10)
    assert len({visit.identifiers for visit in plan.appointments}) == 58
    assert starts(plan)[-2] == dt.datetime(2027, 11, 22, 9, tzinfo=dt.UTC)
    summer = next(visit.start for visit in plan.appointments if visit.start and visit.start.month == 7)
    assert summer.hour == 8, "nine in London is eight in summer"


def test_a_series_that_is_over_is_left_out_and_a_single_event_long_ago_is_not(tmp_path: Path) -> None:
    over = event("DTSTART:20200106T090000Z", "RRULE:FREQ=DAILY;COUNT=5", NIA)
    old = event("DTSTART:20200106T090000Z", NIA, uid="old")
    plan = plan_of(tmp_path, calendar(over, old))
    assert plan.files[0].skipped == (Skipped(resource_type="VEVENT", reason=SkipReason.OUT_OF_TIME, count=1),)
    assert starts(plan) == [dt.datetime(2020, 1, 6, 9, tzinfo=dt.UTC)]


def test_instances_are_moved_cancelled_and_taken_out_by_their_original_time(tmp_path: Path) -> None:
    series = event(NINE, "RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261124T090000Z", NIA)
    moved = event("RECURRENCE-ID:20261125T090000Z", "DTSTART:20261125T140000Z", NIA)
    gone = event("RECURRENCE-ID:20261126T090000Z", "DTSTART:20261126T090000Z", "STATUS:CANCELLED", NIA)
    plan = plan_of(tmp_path, calendar(series, moved, gone))
    found = {visit.identifiers[1].rpartition("/")[2]: (visit.start, visit.status) for visit in plan.appointments}
    assert found == {
        "20261123T090000Z": (utc(23, 9), AppointmentStatus.BOOKED),
        "20261124T090000Z": (None, AppointmentStatus.CANCELLED),
        "20261125T090000Z": (utc(25, 14), AppointmentStatus.BOOKED),
        "20261126T090000Z": (utc(26, 9), AppointmentStatus.CANCELLED),
    }
    assert plan.files[0].read == plan.files[0].appointments == 4


def test_a_cancelled_calendar_takes_one_instance_or_the_whole_series_back(tmp_path: Path) -> None:
    series = calendar(event(NINE, "RRULE:FREQ=DAILY;COUNT=3", NIA), method="REQUEST")
    instance = event("RECURRENCE-ID:20261124T090000Z", "DTSTART:20261124T090000Z", stamp="20261102T080000Z")
    one_gone = calendar(instance, method="CANCEL")
    states = [visit.status.value for visit in plan_of(tmp_path, series + one_gone).appointments]
    assert states == ["booked", "cancelled", "booked"]
    all_gone = calendar(event("SUMMARY:Nia Prydderch", stamp="20261103T080000Z"), method="CANCEL")
    inside = plan_of(tmp_path, series + all_gone)
    (visit,) = inside.appointments
    assert (visit.whole_series, visit.status, visit.start) == (True, AppointmentStatus.CANCELLED, None)
    assert inside.files[0].skipped == (Skipped(resource_type="VEVENT", reason=SkipReason.SUPERSEDED, count=1),)
    beside = plan_of(tmp_path, series, all_gone).appointments
    assert [(visit.whole_series, visit.status.value) for visit in beside] == [
        *[(False, "cancelled")] * 3,
        (True, "cancelled"),
    ]
    earlier = plan_of(tmp_path, series.replace("20261101T080000Z", "20261104T080000Z"), all_gone).appointments
    assert [visit.status.value for visit in earlier if not visit.whole_series] == ["booked"] * 3


def test_of_several_states_the_higher_sequence_holds_and_then_the_later_stamp(tmp_path: Path) -> None:
    old = event("SEQUENCE:1", "DTSTART:20261123T100000Z", NIA, stamp="20261105T080000Z")
    new = event("SEQUENCE:2", "DTSTART:20261123T110000Z", NIA, stamp="20261103T080000Z")
    newer = event("SEQUENCE:2", "DTSTART:20261123T120000Z", NIA, stamp="20261104T080000Z")
    for order in ((old, new, newer), (newer, new, old)):
        assert starts(plan_of(tmp_path, calendar(*order))) == [utc(23, 12)]
        assert starts(plan_of(tmp_path, "".join(calendar(each) for each in order))) == [utc(23, 12)]


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"])
def test_answers_to_invitations_change_nothing(tmp_path: Path, method: str) -> None:
    (file,) = plan_of(tmp_path, calendar(event(NINE, NIA), method=method)).files
    assert file.skipped == (Skipped(resource_type="VEVENT", reason=SkipReason.ANSWER, count=1),)


def zone(tzid: str, offset: str) -> str:
    parts = ("BEGIN:STANDARD", "DTSTART:19700101T000000", f"TZOFFSETFROM:{offset}", f"TZOFFSETTO:{offset}")
    return "\r\n".join(["BEGIN:VTIMEZONE", f"TZID:{tzid}", *parts, "END:STANDARD", "END:VTIMEZONE", ""])


@pytest.mark.parametrize(
    ("zones", "start", "hour"),
    [
        ("", "DTSTART:20260720T093000", 8),
        ("", "DTSTART:20260720T093000Z", 9),
        ("", "DTSTART;TZID=W. Europe Standard Time:20260720T093000", 7),
        ("", "DTSTART;TZID=/example.org/Olson/America/New_York:20260720T093000", 13),
        (zone("Practice", "+0500"), "DTSTART;TZID=Practice:20260720T093000", 4),
        (zone("A, B", "+0100"), 'DTSTART;TZID="A, B":20260720T093000', 8),
        (zone("", "+0200"), "DTSTART;TZID=:20260720T093000", 7),
        ("", "DTSTART;TZID=:20260720T093000", 8),
    ],
)
def test_a_time_is_in_the_zone_it_names_or_the_practices(tmp_path: Path, zones: str, start: str, hour: int) -> None:
    assert starts(plan_of(tmp_path, calendar(zones, event(start, NIA)))) == [utc(20, hour, 30, month=7)]


def test_a_calendar_may_name_the_zone_of_what_names_none(tmp_path: Path) -> None:
    text = calendar(event("DTSTART:20260720T093000", NIA), head="X-WR-TIMEZONE:America/New_York")
    assert starts(plan_of(tmp_path, text)) == [utc(20, 13, 30, month=7)]


def test_a_zone_that_nothing_explains_is_not_taken_for_the_practices(tmp_path: Path) -> None:
    text = calendar(event("DTSTART;TZID=Nowhere/Known:20260720T093000", NIA), event(*CONTROL[::2], uid="c"))
    plan = plan_of(tmp_path, text)
    assert plan.files[0].skipped == (Skipped(resource_type="VEVENT", reason=SkipReason.UNKNOWN_ZONE, count=1),)
    assert len(plan.appointments) == 1


def test_two_calendars_may_call_different_zones_the_same(tmp_path: Path) -> None:
    text = "".join(
        calendar(zone("Practice", offset), event("DTSTART;TZID=Practice:20260720T093000", NIA, uid=uid))
        for offset, uid in (("+0500", "a"), ("+0200", "b"), ("+0000", "c"))
    )
    assert starts(plan_of(tmp_path, text)) == [utc(20, hour, 30, month=7) for hour in (4, 7, 9)]


HOSTILE = {
    "every second": ("DTSTART:20261101T090000Z", "RRULE:FREQ=SECONDLY"),
    "every hour": ("DTSTART:20261101T090000Z", "RRULE:FREQ=HOURLY"),
    "never": ("DTSTART:20261101T090000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "since the year one": ("DTSTART:00010101T000000Z", "RRULE:FREQ=DAILY"),
    "no such rule": (NINE, "RRULE:FREQ=SOMETIMES"),
    "a rule that is none": (NINE, "RRULE:;;;"),
    "count and interval": (NINE, "RRULE:FREQ=DAILY;INTERVAL=0;COUNT=99999999999999999999"),
    "no date": ("DTSTART:99999999T999999Z",),
    "two beginnings": (NINE, "DTSTART:20261124T090000Z"),
    "ends before": (NINE, "DTEND:20261122T090000Z", "RRULE:FREQ=DAILY;COUNT=2"),
    "far away": ("DTSTART:99991231T235959Z", "DURATION:P9999W"),
}


@pytest.mark.parametrize("lines", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_series_is_left_out_and_the_others_are_read(tmp_path: Path, lines: tuple[str, ...]) -> None:
    plan = plan_of(tmp_path, calendar(event(*lines, NIA), event(*CONTROL[::2], uid="control")))
    assert utc(23, 9, 30) in starts(plan)
    (file,) = plan.files
    assert all(each.reason is SkipReason.BROKEN_SERIES for each in file.skipped)
    assert len(plan.appointments) + sum(each.count for each in file.skipped) == file.read <= 3


def test_a_hostile_zone_costs_its_own_events_alone(tmp_path: Path) -> None:
    endless = zone("Slow", "+0100").replace("TZOFFSETFROM", "RRULE:FREQ=SECONDLY\r\nTZOFFSETFROM", 1)
    text = calendar(endless, event("DTSTART;TZID=Slow:20260720T093000", NIA), event(*CONTROL[::2], uid="control"))
    assert utc(23, 9, 30) in starts(plan_of(tmp_path, text))


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        (event("DTSTART;VALUE=DATE:20261123", NIA), SkipReason.NO_TIME),
        (event("DTSTART;TZID=Europe/London;VALUE=DATE:20261123", NIA), SkipReason.NO_TIME),
        (event(NIA), SkipReason.NO_TIME),
        (event(NINE), SkipReason.NO_PATIENT),
        (event(NINE, NIA, uid=""), SkipReason.NO_NUMBER),
        ("BEGIN:VTODO\r\nUID:t\r\nSUMMARY:ring\r\nEND:VTODO\r\n", SkipReason.NOT_WHO),
    ],
)
def test_what_is_no_appointment_is_named_with_its_reason(tmp_path: Path, component: str, reason: SkipReason) -> None:
    (file,) = plan_of(tmp_path, calendar(component)).files
    assert [(each.reason, each.count) for each in file.skipped] == [(reason, 1)]
    assert reason.words


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (calendar(event(NINE, NIA))[:-15], "ends before it is complete"),
        (calendar(event(NINE, NIA)).replace("END:VEVENT", "END:VTODO"), "damaged"),
        (calendar("END:VEVENT\r\n"), "damaged"),
        (calendar("BEGIN:VEVENT\r\n" * 40), "too deeply"),
        (calendar(event(NINE, "SUMMARY:Si\xe2n")).encode("latin-1"), "encoding"),
    ],
)
def test_a_calendar_that_is_none_is_told(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        plan_of(tmp_path, text)


def test_a_calendars_own_lines_are_kept_wherever_they_stand_and_nothing_else_is() -> None:
    text = calendar(
        event(NINE, NIA), "X-WR-TIMEZONE:America/New_York\r\n", event(NINE, NIA, uid="u2"), head="METHOD:CANCEL"
    )
    (found,) = calendars(text.encode())
    assert found.head.split() == [
        "VERSION:2.0",
        "PRODID:-//Clinic//EN",
        "METHOD:CANCEL",
        "X-WR-TIMEZONE:America/New_York",
    ]
    assert len(found.components) == 2


def test_folded_lines_and_bare_line_feeds_are_read(tmp_path: Path) -> None:
    text = calendar(event(NINE, "SUMMARY:Nia\r\n  Prydd\r\n erch"))
    for written in (text, text.replace("\r\n", "\n")):
        assert plan_of(tmp_path, written).appointments[0].clues[0].name == "Nia Prydderch"
