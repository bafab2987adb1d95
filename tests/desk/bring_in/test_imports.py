"""Files from elsewhere add and correct, all of them or none; what somebody set at the desk stays as it is."""

import datetime as dt
import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rapportdesk.desk.bring_in.import_report import ImportReport
from rapportdesk.desk.bring_in.matching import Doubt
from rapportdesk.desk.desk import Desk
from rapportdesk.errors import BadInput, NotFound
from rapportdesk.exchange import ImportPlan, parse_files
from rapportdesk.model.appointment import Appointment, AppointmentStatus
from rapportdesk.model.identity import PatientId
from rapportdesk.model.patient import Authority, ContactPoint, ContactSafety, ContactSystem, Patient, RelatedPerson
from tests.desk.conftest import MORNING, Practice
from tests.exchange.samples import FIXTURES, hl7

PID = "PID|1||4471^^^PRACTICE^MR||Prydderch^Nia||19580314|F|||3 Heol y Bont^^Aberystwyth||07700900123"
AT_NINE = "SCH|P1^PLACER|F1^FILLER|||||Review||20|min|^^^20261120093000||||||||||||||Booked"
AT_TEN = AT_NINE.replace("093000", "100000")
EARLY, LATE = "20261120070000", "20261120110000"
"""Before and after the practice's clock, which stands at 09:04."""


class Files:
    """Writes files and brings them in."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self.written = 0

    def bring_in(self, *contents: str | bytes | dict[str, object], dry_run: bool = False) -> ImportReport:
        """Bring each content in as a file, all in one import."""
        return self.desk.imports.read([self.write(each) for each in contents], dry_run=dry_run)

    def write(self, content: str | bytes | dict[str, object]) -> Path:
        """Write one file."""
        self.written += 1
        path = self.folder / f"feed{self.written}"
        if isinstance(content, dict):
            content = json.dumps(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def patients(self) -> list[Patient]:
        """Everybody who is kept."""
        return list(self.desk.session().store.patients())

    def visit(self) -> Appointment:
        """The one appointment that is kept."""
        (visit,) = [each for each in self.desk.session().store.all_things() if isinstance(each, Appointment)]
        return visit


def read_here(paths: Sequence[Path], *, zone: dt.tzinfo | None, cancelled: threading.Event, **how: Any) -> ImportPlan:
    """Read as the child process does."""
    assert not cancelled.is_set()
    return parse_files(paths, zone=zone, **how)


@pytest.fixture
def files(practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    """Ana with files; they are read here, because a process for each would take most of the time."""
    monkeypatch.setattr("rapportdesk.desk.bring_in.imports.read_files", read_here)
    return Files(practice.sign_in("Ana Ruiz"), tmp_path)


def siu(event: str, schedule: str = AT_NINE, *, sent: str = EARLY, pid: str = PID) -> str:
    return hl7(f"SIU^{event}", schedule, pid, sent=sent)


def fhir(**more: object) -> dict[str, object]:
    """A patient as FHIR."""
    return {
        "resourceType": "Patient",
        "identifier": [{"system": "https://pas.example/number", "value": "4471"}],
        "name": [{"family": "Prydderch", "given": ["Nia"]}],
        "birthDate": "1958-03-14",
        **more,
    }


def assert_adds_up(report: ImportReport) -> None:
    """Every count of the report is the sum of its parts."""
    for file in report.plan.files:
        left_out = sum(each.count for each in file.skipped)
        assert file.read == file.patients + file.appointments + file.people + file.merges + left_out
    for tally, described in (
        (report.patients, sum(file.patients for file in report.plan.files)),
        (report.appointments, sum(file.appointments for file in report.plan.files)),
    ):
        assert tally.described == described
        data = tally.as_data()
        parts = ("added", "changed", "cancelled", "unchanged", "replaced_by_later")
        assert data["read"] == sum(data[part] for part in parts) + sum(each["count"] for each in data["skipped"])


@pytest.mark.parametrize("fixture", sorted(each.name for each in FIXTURES.iterdir()))
def test_a_second_import_of_the_same_file_changes_nothing(files: Files, fixture: str) -> None:
    first = files.desk.imports.read([FIXTURES / fixture])
    kept = sorted(files.patients(), key=lambda patient: patient.id)
    revisions = {thing.id: thing.revision for thing in files.desk.session().store.all_things()
                 if isinstance(thing, Appointment)}  # fmt: skip
    assert kept
    again = files.desk.imports.read([FIXTURES / fixture])
    assert_adds_up(first)
    assert_adds_up(again)
    assert (again.patients.added, again.patients.changed) == (0, 0)
    assert (again.appointments.added, again.appointments.changed) == (0, 0)
    assert sorted(files.patients(), key=lambda patient: patient.id) == kept
    assert {thing.id: thing.revision for thing in files.desk.session().store.all_things()
            if isinstance(thing, Appointment)} == revisions  # fmt: skip


def test_all_fixtures_at_once_add_up_and_are_found(files: Files) -> None:
    report = files.desk.imports.read(sorted(FIXTURES.iterdir()))
    assert_adds_up(report)
    assert len(files.patients()) == report.patients.added
    assert files.desk.search("Siobhán").hits
    assert files.desk.verify().faults == ()


def test_a_dry_run_says_the_same_and_changes_nothing(files: Files) -> None:
    before = len(list(files.desk.session().store.audit_events()))
    tried = files.bring_in(fhir(), siu("S12"), dry_run=True)
    assert files.patients() == []
    assert files.desk.search("Nia").hits == ()
    assert len(list(files.desk.session().store.audit_events())) == before
    done = files.bring_in(fhir(), siu("S12"))
    assert (tried.patients, tried.appointments) == (done.patients, done.appointments)
    assert len(files.patients()) == done.patients.added > 0


@pytest.mark.parametrize(
    "broken",
    [
        json.dumps(fhir())[:-20],
        "no format that anybody knows",
        b"\xff\xfe" + json.dumps(fhir()).encode("utf-16-le")[:-1],
        json.dumps(fhir(birthDate="1958-02-30")),
        "",
        siu("S12").replace("19580314", "19580231"),
        "[" * 100_000,
        b'{"resourceType": "Patient", "name": [{"text": "\\ud800"}]}',
    ],
    ids=[
        "cut short",
        "unknown",
        "half of UTF-16",
        "no such day",
        "empty",
        "no such day (v2)",
        "deep",
        "half a character",
    ],
)
def test_one_broken_file_brings_nothing_of_any_in(files: Files, broken: str | bytes) -> None:
    with pytest.raises(BadInput) as told:
        files.bring_in(fhir(), broken)
    assert "Nothing was brought in" in str(told.value)
    assert "Prydderch" not in str(told.value)
    assert files.patients() == []
    assert files.desk.verify().faults == ()
    files.bring_in(fhir())
    assert len(files.patients()) == 1


def test_an_absent_file_is_named_and_nothing_of_the_others_is_kept(files: Files) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.json"):
        files.desk.imports.read([files.write(fhir()), files.folder / "nowhere.json"])
    assert files.patients() == []


def test_a_correction_corrects_and_what_it_does_not_say_stays(files: Files) -> None:
    files.bring_in(siu("S12"))
    (before,) = files.patients()
    files.desk.people.update(replace(before, preferred_name="Nia fach", pronouns="she / her", say="NEE-ah"))
    report = files.bring_in(hl7("ADT^A08", PID.replace("Prydderch^Nia", "Prydderch-Jones^Nia"), sent=LATE))
    (after,) = files.patients()
    assert (report.patients.changed, report.patients.added) == (1, 0)
    assert after.name == "Nia Prydderch-Jones"
    assert (after.preferred_name, after.pronouns, after.say) == ("Nia fach", "she / her", "NEE-ah")
    assert (after.birth_date, after.contact_points) == (before.birth_date, before.contact_points)


def test_somebody_elses_number_is_not_taken(files: Files) -> None:
    files.bring_in(siu("S12"))
    report = files.bring_in(hl7("ADT^A08", "PID|1||4471^^^PRACTICE^MR||Ferreira^Joao||19900101|M"))
    assert report.as_data()["patients"]["skipped"] == [{"reason": "number-of-another", "count": 1}]
    assert [patient.name for patient in files.patients()] == ["Nia Prydderch"]


@pytest.mark.parametrize("from_import", [True, False], ids=["marked where an import wrote it", "written at the desk"])
def test_contact_safety_set_at_the_desk_is_never_overwritten(files: Files, from_import: bool) -> None:
    files.bring_in(siu("S12"))
    (known,) = files.patients()
    phone = next(each for each in known.contact_points if each.system is ContactSystem.PHONE)
    assert phone.from_import
    unsafe = replace(phone, safety=ContactSafety.UNSAFE, shared_with="Huw", from_import=from_import)
    others = tuple(each for each in known.contact_points if each != phone)
    files.desk.people.update(replace(known, contact_points=(unsafe, *others)))
    for feed in (siu("S12"), siu("S14", sent=LATE), hl7("ADT^A08", PID.replace("07700900123", "07700 900123"))):
        files.bring_in(feed)
        (after,) = files.patients()
        phones = [each for each in after.contact_points if each.system is ContactSystem.PHONE]
        assert [(each.safety, each.shared_with) for each in phones] == [(ContactSafety.UNSAFE, "Huw")]
    assert len(after.contact_points) == len(known.contact_points)


def test_a_way_to_reach_somebody_that_was_taken_off_by_the_sender_goes_and_ours_stays(files: Files) -> None:
    files.bring_in(siu("S12"))
    (known,) = files.patients()
    ours = ContactPoint(system=ContactSystem.EMAIL, value="nia@example.org")
    files.desk.people.update(replace(known, contact_points=(*known.contact_points, ours)))
    files.bring_in(hl7("ADT^A08", PID.replace("07700900123", "07700900999"), sent=LATE))
    (after,) = files.patients()
    assert ours in after.contact_points
    phones = [each.value for each in after.contact_points if each.system is ContactSystem.PHONE]
    assert phones == ["07700900999"]


def test_what_a_person_may_decide_and_hear_is_the_desks(files: Files) -> None:
    with_gwen = fhir(contact=[{"name": {"text": "Gwen"}, "relationship": [{"text": "daughter"}]}])
    files.bring_in(with_gwen)
    (known,) = files.patients()
    (gwen,) = known.people
    assert (gwen.authority, gwen.may_hear) == (Authority.NONE, "")
    trusted = replace(gwen, authority=Authority.ATTORNEY, may_hear="everything")
    files.desk.people.update(replace(known, people=(trusted, RelatedPerson(id="", name="Huw"))))
    files.bring_in(with_gwen)
    (after,) = files.patients()
    assert after.people[0] == trusted
    assert [person.name for person in after.people] == ["Gwen", "Huw"]


def test_the_last_state_wins_in_whatever_order_files_come(files: Files) -> None:
    feeds = [
        siu("S12", sent="20261118090000"),
        siu("S13", AT_TEN, sent="20261119090000"),
        siu("S15", AT_TEN, sent="20261119100000"),
    ]
    files.bring_in(*feeds[::-1])
    assert (files.visit().status, files.visit().start.hour) == (AppointmentStatus.CANCELLED, 10)


def test_an_older_message_that_comes_later_changes_nothing(files: Files) -> None:
    files.bring_in(siu("S13", AT_TEN, sent="20261119090000"))
    kept = files.visit()
    report = files.bring_in(siu("S12", sent="20261118090000"))
    assert files.visit() == kept
    assert report.appointments.unchanged == 1


def test_a_status_set_at_the_desk_later_than_the_message_wins(files: Files) -> None:
    files.bring_in(siu("S12"))
    marked = files.desk.today.mark(files.visit().id, AppointmentStatus.ARRIVED)
    assert marked.status_at == MORNING
    files.bring_in(siu("S15", sent="20261120080000"))
    assert files.visit().status is AppointmentStatus.ARRIVED
    assert files.visit().arrived_at == MORNING


def test_a_message_sent_after_the_mark_wins(files: Files) -> None:
    files.bring_in(siu("S12"))
    files.desk.today.mark(files.visit().id, AppointmentStatus.ARRIVED)
    files.bring_in(siu("S26", sent=LATE))
    assert files.visit().status is AppointmentStatus.NOSHOW


def test_an_appointment_of_somebody_unknown_is_named_as_left_out(files: Files) -> None:
    visit: dict[str, object] = {
        "resourceType": "Appointment", "id": "a1", "status": "booked", "start": "2026-11-20T09:30:00Z",
        "end": "2026-11-20T09:50:00Z",
        "participant": [{"actor": {"identifier": {"system": "https://pas.example/number", "value": "4471"},
                                   "type": "Patient"}, "status": "accepted"}],
    }  # fmt: skip
    report = files.bring_in(visit)
    assert_adds_up(report)
    assert report.appointments.added == 0
    assert [each for each in files.desk.session().store.all_things() if isinstance(each, Appointment)] == []
    assert files.bring_in(fhir(), visit).appointments.added == 1
    assert files.visit().start == dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)


def test_a_visit_of_today_that_was_brought_in_stands_in_today(files: Files) -> None:
    assert files.desk.today.day().rows == ()
    files.bring_in(siu("S12"))
    (row,) = files.desk.today.day().rows
    assert (row.name, row.appointment.status) == ("Nia Prydderch", AppointmentStatus.BOOKED)


def test_names_with_every_script_come_through(files: Files) -> None:
    files.bring_in(*(fhir(name=[{"text": name}], identifier=[{"system": "s", "value": str(number)}])
                     for number, name in enumerate(("李伟", "נועה כהן", "Łukasz Żak", "محمد علي", "Ng"))))  # fmt: skip
    assert {patient.name for patient in files.patients()} == {"李伟", "נועה כהן", "Łukasz Żak", "محمد علي", "Ng"}


def test_an_import_is_told_of_in_the_audit_without_names(files: Files) -> None:
    files.bring_in(fhir(), siu("S12"))
    last = [event for event in files.desk.session().store.audit_events() if event.action == "imported"]
    assert (last[0].why, last[0].patient) == ("2 files", None)
    assert {event.patient for event in last[1:]} == {patient.id for patient in files.patients()}
    assert not any(event.why for event in last[1:])
    files.bring_in(fhir(), siu("S12"))  # says nothing new
    again = [event for event in files.desk.session().store.audit_events() if event.action == "imported"]
    assert [event.patient for event in again[len(last) :]] == [None]


def test_an_unknown_patient_id_is_not_made_up(files: Files) -> None:
    files.bring_in(fhir())
    assert all(len(patient.id) == 32 and patient.id != PatientId("4471") for patient in files.patients())


HUW = PID.replace("Prydderch^Nia", "Jones^Huw")


@pytest.mark.parametrize("born", ["19900101", ""])
def test_a_number_given_out_again_takes_over_nobody_and_nobodys_visits(files: Files, born: str) -> None:
    files.bring_in(hl7("ADT^A04", PID))
    before = files.patients()
    report = files.bring_in(siu("S12", pid=HUW.replace("19580314", born)))
    assert files.patients() == before
    assert not [each for each in files.desk.session().store.all_things() if isinstance(each, Appointment)]
    assert dict(report.patients.not_taken) == {Doubt.NUMBER_OF_ANOTHER: 1}
    assert dict(report.appointments.not_taken) == {Doubt.NUMBER_OF_ANOTHER: 1}
    assert_adds_up(report)


@pytest.mark.parametrize("name", ["Prydderch^Nia^Mair", "PRYDDERCH^NIA", "Pryderch^Nia", "Prydderch^N"])
def test_a_name_written_otherwise_without_a_birth_date_is_the_same_person(files: Files, name: str) -> None:
    files.bring_in(hl7("ADT^A04", PID))
    report = files.bring_in(siu("S12", pid=PID.replace("Prydderch^Nia", name).replace("19580314", "")))
    (nia,) = files.patients()
    assert nia.birth_date == dt.date(1958, 3, 14)
    assert files.visit().patient == nia.id
    assert not report.patients.not_taken


def test_what_was_done_before_an_import_is_not_taken_back_over_it(files: Files) -> None:
    files.bring_in(hl7("ADT^A04", PID))
    (nia,) = files.patients()
    files.desk.people.update(replace(nia, preferred_name="Nee"))
    files.bring_in(hl7("ADT^A08", PID.replace("3 Heol y Bont", "7 Stryd Fawr"), sent=LATE))
    with pytest.raises(NotFound):
        files.desk.notes.undo()
    (nia,) = files.patients()
    assert nia.preferred_name == "Nee"
    assert "7 Stryd Fawr" in {point.value.split(",")[0] for point in nia.contact_points}
