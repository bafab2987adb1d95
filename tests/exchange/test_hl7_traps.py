"""HL7 v2 as it is really sent: every version, frame, batch and escape, each trap by itself."""

import datetime as dt
from pathlib import Path

import pytest

from rapportdesk.errors import BadInput
from rapportdesk.exchange import Skipped, SkipReason
from rapportdesk.model.appointment import AppointmentStatus
from tests.exchange.samples import PID, hl7, plan_of

SCH = "SCH|P1^PLACER|F1^FILLER|||||Review||20|min|^^^20250314093000"


@pytest.mark.parametrize("version", ["2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.8.2", "2.9"])
def test_every_version_is_read_and_said(tmp_path: Path, version: str) -> None:
    plan = plan_of(tmp_path, hl7("SIU^S12", SCH, PID).replace("|2.5.1|", f"|{version}|"))
    assert plan.files[0].version == version
    assert (len(plan.patients), len(plan.appointments)) == (1, 1)


def test_a_type_of_2_2_stands_in_evn_where_msh_has_the_code_alone(tmp_path: Path) -> None:
    message = hl7("ADT", "EVN|A04|20250314", PID).replace("|2.5.1|", "|2.2|")
    assert [patient.name for patient in plan_of(tmp_path, message).patients] == ["Nia Prydderch"]


@pytest.mark.parametrize(
    ("event", "status"),
    [
        *[(f"S{number}", AppointmentStatus.BOOKED) for number in (12, 13, 14, 18, 19, 20, 21, 22)],
        ("S15", AppointmentStatus.CANCELLED),
        ("S16", AppointmentStatus.CANCELLED),
        ("S17", AppointmentStatus.ENTERED_IN_ERROR),
        ("S26", AppointmentStatus.NOSHOW),
    ],
)
def test_every_event_from_s12_to_s26_about_one_appointment(
    tmp_path: Path, event: str, status: AppointmentStatus
) -> None:
    (visit,) = plan_of(tmp_path, hl7(f"SIU^{event}", SCH, PID)).appointments
    assert visit.status is status
    assert visit.start == dt.datetime(2025, 3, 14, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("event", "reason"), [("S23", SkipReason.BLOCK), ("S24", SkipReason.BLOCK), ("S25", SkipReason.NOT_WHO)]
)
def test_the_other_events_between_them_are_about_no_patient(tmp_path: Path, event: str, reason: SkipReason) -> None:
    (file,) = plan_of(tmp_path, hl7(f"SIU^{event}", SCH)).files
    assert file.skipped == (Skipped(resource_type=f"SIU^{event}", reason=reason, count=1),)


@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize("batched", [False, True])
def test_frames_batches_and_line_ends_in_every_combination(
    tmp_path: Path, line_end: str, framed: bool, batched: bool
) -> None:
    messages = [hl7("ADT^A04", PID, number=1), hl7("SIU^S12", SCH, PID, number=2), hl7("ADT^A08", PID, number=3)]
    if framed:
        messages = [f"\x0b{each}\x1c\r" for each in messages]
    text = "".join(messages)
    if batched:
        text = f"FHS|^~\\&|A\rBHS|^~\\&|A\r{text}BTS|3\rFTS|1\r"
    plan = plan_of(tmp_path, text.replace("\r", line_end))
    assert (plan.files[0].read, plan.files[0].patients, plan.files[0].appointments) == (4, 3, 1)


def test_a_batch_that_lost_a_message_is_cut_short(tmp_path: Path) -> None:
    text = f"BHS|^~\\&|A\r{hl7('ADT^A04', PID)}BTS|2\r"
    with pytest.raises(BadInput, match="ends before"):
        plan_of(tmp_path, text)
    assert plan_of(tmp_path, text.replace("BTS|2", "BTS|1")).patients
    assert plan_of(tmp_path, text.replace("BTS|2", "BTS|")).patients


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("O\\T\\Hara", "O&Hara"),
        ("A\\F\\B", "A|B"),
        ("A\\S\\B", "A^B"),
        ("A\\R\\B", "A~B"),
        ("A\\E\\B", "A\\B"),
        ("A\\X42\\C", "ABC"),
    ],
)
def test_escapes_are_what_they_stand_for(tmp_path: Path, written: str, read: str) -> None:
    (patient,) = plan_of(tmp_path, hl7("ADT^A04", PID.replace("Prydderch^Nia", f"{written}^Nia"))).patients
    assert patient.name == f"Nia {read}"


def test_separators_of_a_message_are_its_own(tmp_path: Path) -> None:
    message = hl7("ADT^A04", PID).replace("^~\\&", "*!?%").replace("|", "#").replace("^", "*")
    (patient,) = plan_of(tmp_path, message.replace("Nia", "Nia?T?Co")).patients
    assert patient.name == "Nia%Co Prydderch"


def test_repetitions_are_all_read_each_once(tmp_path: Path) -> None:
    pid = (
        "PID|1||4471^^^PRACTICE^MR~9990001234^^^NHS^NH~4471^^^PRACTICE^MR||Prydderch^Nia^^^^^L~Vaughan^Nia^^^^^M"
        "||19580314|F|||||07700900123^PRN^CP~01970 555111^PRN^PH~07700900123^PRN^CP"
    )
    (patient,) = plan_of(tmp_path, hl7("ADT^A08", pid)).patients
    assert [each.value for each in patient.identifiers] == ["4471", "9990001234"]
    assert patient.former_names == ("Nia Vaughan",)
    assert [each.value for each in patient.contact_points] == ["07700900123", "01970 555111"]


def test_a_group_appointment_is_told_and_taken_for_nobody(tmp_path: Path) -> None:
    (file,) = plan_of(tmp_path, hl7("SIU^S12", SCH, PID, PID.replace("4471", "12"))).files
    assert {each.reason for each in file.skipped} == {SkipReason.SEVERAL_PATIENTS}
    assert (file.read, file.patients, file.appointments) == (2, 0, 0)
