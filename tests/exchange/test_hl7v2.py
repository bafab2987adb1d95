"""HL7 v2: ADT and SIU in whatever line ends, frames, batches and encodings they come."""

import datetime as dt
from pathlib import Path

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.exchange import FileFormat, IncomingPerson, Skipped, SkipReason, parse_files
from rapportdesk.model.appointment import AppointmentStatus
from rapportdesk.model.patient import ContactPoint, ContactSystem, Identifier
from tests.exchange.samples import FIXTURES, LONDON, PID, hl7, plan_of

SCH = "SCH|P1^PLACER|F1^FILLER|||||Review||20|min|^^^20250314093000||||||||||||||Booked"


def utc(hour: int, minute: int = 0, day: int = 14) -> dt.datetime:
    return dt.datetime(2025, 3, day, hour, minute, tzinfo=dt.UTC)


def test_a_batch_in_latin_1_is_read() -> None:
    plan = parse_files([FIXTURES / "batch.hl7"], zone=LONDON)
    (file,) = plan.files
    assert (file.format, file.version) == (FileFormat.HL7V2, "2.5.1")
    assert (file.read, file.patients, file.appointments, file.merges) == (6, 3, 1, 1)
    assert file.skipped == (Skipped(resource_type="SIU^S23", reason=SkipReason.BLOCK, count=1),)
    (siobhan,) = plan.patients
    assert siobhan.name == "Siobhán Ni Dhónaill"
    assert siobhan.sort_name == "Ni Dhónaill, Siobhán"
    assert siobhan.preferred_name == "Shiv"
    assert siobhan.former_names == ("Siobhán Kinsella",)
    assert siobhan.birth_date == dt.date(1990, 4, 3)
    assert siobhan.identifiers == (
        Identifier(system="PRACTICE", value="4471", label="MR"),
        Identifier(system="urn:oid:2.16.840.1.113883.2.1.4.1", value="9990001234", label="NH"),
    )
    assert siobhan.contact_points == (
        ContactPoint(system=ContactSystem.PHONE, value="07700900456", from_import=True),
        ContactPoint(system=ContactSystem.EMAIL, value="siobhan@example.org", from_import=True),
        ContactPoint(system=ContactSystem.POST, value="Flat 2, 1 T&T Yard, Caerdydd, CF10 1AA, GBR", from_import=True),
    )
    assert siobhan.languages == ("Welsh",)
    assert siobhan.people == (IncomingPerson(name="Aoife Ni Dhónaill", relation="mother"),)
    (visit,) = plan.appointments
    assert visit.patient == siobhan.key
    assert visit.identifiers == ("FILLER#filler|F1", "PLACER#placer|P1")
    assert (visit.start, visit.minutes) == (utc(9), 20)
    assert (visit.practitioner_name, visit.location) == ("Dr Ama Osei", "Room 2, Clinic")
    assert visit.reason == "Blood pressure"
    assert visit.sent_at == utc(17, 1, day=13)


def test_mllp_frames_and_version_2_2_are_read() -> None:
    plan = parse_files([FIXTURES / "framed.hl7"], zone=LONDON)
    assert plan.files[0].version == "2.2"
    assert (plan.files[0].read, plan.earlier_states) == (4, 2)
    (huw,), (visit,) = plan.patients, plan.appointments
    assert (huw.name, huw.identifiers[0].value) == ("HUW PARRY", "314")
    assert (visit.status, visit.start, visit.minutes) == (AppointmentStatus.CANCELLED, utc(10, 30), 15)
    assert visit.practitioner_name == "EVA LIND"


@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n", "\r\r\n"])
def test_every_line_end_is_read_alike(tmp_path: Path, line_end: str) -> None:
    message = hl7("SIU^S12", SCH, PID)
    plan = plan_of(tmp_path, message.replace("\r", line_end))
    assert plan.patients[0].name == "Nia Prydderch"
    assert plan.appointments[0].start == utc(9, 30)


@pytest.mark.parametrize(
    ("event", "filler", "status"),
    [
        ("S12", "Booked", AppointmentStatus.BOOKED),
        ("S12", "Pending", AppointmentStatus.PENDING),
        ("S12", "Waitlist", AppointmentStatus.WAITLIST),
        ("S12", "", AppointmentStatus.BOOKED),
        ("S13", "Booked", AppointmentStatus.BOOKED),
        ("S14", "Arrived", AppointmentStatus.ARRIVED),
        ("S14", "Started", AppointmentStatus.CHECKED_IN),
        ("S14", "Complete", AppointmentStatus.FULFILLED),
        ("S14", "No-Show", AppointmentStatus.NOSHOW),
        ("S15", "Booked", AppointmentStatus.CANCELLED),
        ("S16", "Dc", AppointmentStatus.CANCELLED),
        ("S17", "Deleted", AppointmentStatus.ENTERED_IN_ERROR),
        ("S26", "Booked", AppointmentStatus.NOSHOW),
    ],
)
def test_event_and_filler_status_give_the_state(
    tmp_path: Path, event: str, filler: str, status: AppointmentStatus
) -> None:
    message = hl7(f"SIU^{event}", SCH.replace("Booked", filler), PID)
    assert plan_of(tmp_path, message).appointments[0].status is status


@pytest.mark.parametrize("event", ["A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A28", "A31"])
def test_an_adt_message_says_who_somebody_is(tmp_path: Path, event: str) -> None:
    plan = plan_of(tmp_path, hl7(f"ADT^{event}", PID))
    assert [patient.name for patient in plan.patients] == ["Nia Prydderch"]
    assert plan.read == 1


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("ADT^A41", SkipReason.NUMBERS_CHANGE),
        ("ADT^A47", SkipReason.NUMBERS_CHANGE),
        ("ADT^A29", SkipReason.DELETION),
        ("ADT^A60", SkipReason.NOT_WHO),
        ("ORU^R01", SkipReason.NOT_WHO),
        ("SIU^S24", SkipReason.BLOCK),
        ("ACK", SkipReason.NOT_WHO),
    ],
)
def test_every_other_message_is_skipped_by_its_type(tmp_path: Path, kind: str, reason: SkipReason) -> None:
    (file,) = plan_of(tmp_path, hl7(kind, PID)).files
    assert file.skipped == (Skipped(resource_type=kind, reason=reason, count=1),)
    assert file.read == 1


def test_the_last_message_holds_however_the_files_are_ordered(tmp_path: Path) -> None:
    new = hl7("SIU^S12", SCH, PID, sent="20250313080000")
    moved = hl7("SIU^S13", SCH.replace("0314093000", "0317140000"), PID, sent="20250313100000")
    gone = hl7("SIU^S15", SCH.replace("|^^^20250314093000", ""), PID, sent="20250313120000")
    for order in ((new, moved, gone), (gone, moved, new), (moved + gone + new,)):
        plan = plan_of(tmp_path, *order)
        (visit,) = plan.appointments
        assert (visit.status, visit.start) == (AppointmentStatus.CANCELLED, utc(14, day=17))
        assert (plan.read, plan.earlier_states) == (6, 4)
    (control,) = plan_of(tmp_path, new, moved).appointments
    assert (control.status, control.start) == (AppointmentStatus.BOOKED, utc(14, day=17))


def test_one_placer_number_for_a_series_is_not_one_appointment(tmp_path: Path) -> None:
    first = hl7("SIU^S12", SCH, PID)
    second = hl7("SIU^S12", SCH.replace("F1^", "F2^").replace("0314", "0321"), PID)
    assert len(plan_of(tmp_path, first, second).appointments) == 2


def test_a_moment_is_in_its_own_zone_then_the_messages_then_the_practices(tmp_path: Path) -> None:
    own = hl7("SIU^S12", SCH.replace("20250314093000", "20250314093000+0215"), PID, sent="20250314080000-0500")
    messages = hl7("SIU^S12", SCH, PID, sent="20250314080000-0500")
    practices = hl7("SIU^S12", SCH.replace("0314093000", "0714093000"), PID)
    assert plan_of(tmp_path, own).appointments[0].start == utc(7, 15)
    assert plan_of(tmp_path, messages).appointments[0].start == utc(14, 30)
    assert plan_of(tmp_path, practices).appointments[0].start == dt.datetime(2025, 7, 14, 8, 30, tzinfo=dt.UTC)


def test_the_newest_place_for_the_time_comes_first(tmp_path: Path) -> None:
    timing = "TQ1|||||||20250314110000|20250314113000"
    resource = "AIS|1|A|X||||45|min"
    by_timing = plan_of(tmp_path, hl7("SIU^S12", SCH, timing, PID)).appointments[0]
    assert (by_timing.start, by_timing.minutes) == (utc(11), 30)
    bare = "SCH|P1|F1|||||Review"
    by_resource = plan_of(tmp_path, hl7("SIU^S12", bare, PID, resource.replace("X|", "X|20250314120000"))).appointments
    assert (by_resource[0].start, by_resource[0].minutes) == (utc(12), 45)
    assert by_resource[0].identifiers == ("DeskApp/Clinic#filler|F1", "DeskApp/Clinic#placer|P1")


def test_an_appointment_without_a_time_is_skipped_and_its_patient_is_not(tmp_path: Path) -> None:
    (file,) = plan_of(tmp_path, hl7("SIU^S12", "SCH|P1|F1", PID)).files
    assert (file.read, file.patients) == (2, 1)
    assert file.skipped == (Skipped(resource_type="SIU^S12 SCH", reason=SkipReason.NO_TIME, count=1),)


def test_a_message_about_nobody_is_skipped_in_both_parts(tmp_path: Path) -> None:
    (file,) = plan_of(tmp_path, hl7("SIU^S12", SCH)).files
    assert file.read == 2
    assert {each.resource_type for each in file.skipped} == {"SIU^S12 PID", "SIU^S12 SCH"}


def test_an_unnamed_patient_is_skipped_and_the_appointment_says_whose_it_is(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, hl7("SIU^S12", SCH, "PID|1||4471^^^PRACTICE^MR"))
    assert plan.patients == ()
    assert plan.appointments[0].patient == ""
    assert plan.appointments[0].patient_identifiers == (Identifier(system="PRACTICE", value="4471", label="MR"),)


def test_what_a_later_message_does_not_say_stays(tmp_path: Path) -> None:
    full = hl7("ADT^A28", f"{PID}|||||07700900123", sent="20250313080000")
    brief = hl7("ADT^A08", "PID|1||4471^^^PRACTICE^MR||Prydderch-Jones^Nia", sent="20250314080000")
    (nia,) = plan_of(tmp_path, brief, full).patients
    assert nia.name == "Nia Prydderch-Jones"
    assert nia.birth_date == dt.date(1958, 3, 14)
    assert nia.contact_points[0].value == "07700900123"


@pytest.mark.parametrize("born", ["20190801", ""])
def test_a_family_that_shares_a_number_stays_two_people(tmp_path: Path, born: str) -> None:
    mother = hl7("ADT^A28", PID)
    child = hl7("ADT^A28", PID.replace("Nia", "Efa").replace("19580314", born))
    assert len(plan_of(tmp_path, mother, child).patients) == 2


@pytest.mark.parametrize(("charset", "encoding"), [("8859/1", "latin-1"), ("8859/15", "iso8859-15"), ("", "utf-8")])
@pytest.mark.parametrize("name", ["Siobhán", "Zoë"])
def test_the_encoding_that_is_named_is_used(tmp_path: Path, charset: str, encoding: str, name: str) -> None:
    message = hl7("ADT^A28", PID.replace("Nia", name), charset=charset)
    assert plan_of(tmp_path, message.encode(encoding)).patients[0].name == f"{name} Prydderch"


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (hl7("ADT^A28", PID.replace("Nia", "Siobhán")).encode("latin-1"), "encoding"),
        (hl7("ADT^A28", PID, charset="KLINGON").encode(), "encoding"),
        (hl7("ADT^A28", PID).encode("utf-16"), "encoding"),
        (hl7("ADT^A28", PID).encode("utf-16-le"), "encoding"),
        (hl7("ADT^A28", PID.replace("19580314", "19580230")).encode(), "PID-7"),
        (hl7("ADT^A28", PID.replace("19580314", "00000000")).encode(), "PID-7"),
        (hl7("ADT^A28", PID.replace("19580314", "99991231")).encode(), "PID-7"),
        (hl7("SIU^S12", SCH.replace("20250314093000", "20250314253000"), PID).encode(), "SCH-11"),
        (hl7("SIU^S12", SCH.replace("20250314093000", "99991231235959-1200"), PID).encode(), "SCH-11"),
        (hl7("SIU^S12", SCH.replace("20250314093000", "20250314093000+9999"), PID).encode(), "SCH-11"),
        (hl7("Nia SECRETPERSON", PID).encode(), "MSH-9"),
        (b"MSH|", "damaged"),
        (b"MSH|||||", "damaged"),
        (b"MSH^^^^^", "damaged"),
        (b"FHS|^~\\&|X\rSECRETPERSON\rMSH|^~\\&|", "damaged"),
        (b"FHS|^~\\&|X\r", "empty"),
        ((hl7("ADT^A28", PID) + "BTS|2\r").encode(), "ends before"),
        (hl7("ADT^A28", PID.replace("Nia", "\\.sp99999999999\\")).encode(), "damaged"),
        (hl7("ADT^A28", PID.replace("Nia", "\\.spXX\\")).encode(), "damaged"),
    ],
    ids=range(19),
)
def test_a_broken_message_is_told_without_what_it_holds(tmp_path: Path, message: bytes, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        plan_of(tmp_path, message)
    assert says in caught.value.message
    assert "sample0" in caught.value.message
    assert "SECRETPERSON" not in str(caught.value)
    assert "Prydderch" not in str(caught.value)


def test_nothing_that_is_read_reaches_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    message = hl7("ADT^A28", PID.replace("Nia", "\\XZZ\\Nia\\\\ \\C2842\\ \\QQ\\"))
    assert plan_of(tmp_path, message).patients
    assert caplog.records == []
