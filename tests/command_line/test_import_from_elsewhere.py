"""Files that nobody here wrote, brought in by the program itself. Collected only where they are at hand."""

from pathlib import Path

import pytest

from tests.command_line.clinic import CLINICIAN, Clinic
from tests.command_line.test_import import adds_up
from tests.exchange.samples import INTEROP

FILES = sorted(path for folder in ("fhir", "hl7v2") for path in (INTEROP / folder).iterdir())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_adds_up_and_a_second_time_changes_nothing(clinic: Clinic, file: Path) -> None:
    first, again = (clinic.call("import", file, "--json").json() for _time in range(2))
    assert adds_up(first)
    assert adds_up(again)
    (read,) = first["files"]
    assert read["name"] == file.name
    assert read["read"] > 0
    assert clinic.counts()["patients"] == 2 + first["patients"]["added"]
    assert [again[kind][part] for kind in ("patients", "appointments") for part in ("added", "changed")] == [0] * 4


def test_all_of_them_at_once_are_four_patients_and_one_appointment_in_its_last_state(clinic: Clinic) -> None:
    report = clinic.call("import", *FILES, "--json").json()
    assert adds_up(report)
    assert (report["patients"]["added"], report["appointments"]["added"]) == (4, 1)
    assert clinic.counts()["patients"] == 6
    (hit,) = clinic.call("search", "Keeling57", "--json").json()
    assert (hit["name"], hit["birth_date"]) == ("Bob965 Keeling57", "1991-07-08")
    (brief,) = clinic.call("brief", "--date", "2021-09-24", "--json", staff=CLINICIAN).json()
    assert brief["appointment"]["status"] == "noshow"  # as the last of the messages about it says


def test_every_calendar_at_once_names_nobody_who_is_here_and_adds_up(clinic: Clinic) -> None:
    files = sorted((INTEROP / "ics").iterdir())
    first, again = (clinic.call("import", *files, "--json").json() for _time in range(2))
    assert adds_up(first)
    assert adds_up(again)
    assert len(first["files"]) == len(files) == 13
    assert (first["patients"]["added"], first["appointments"]["added"], again["appointments"]["changed"]) == (0, 0, 0)
    assert clinic.counts()["patients"] == 2


def test_the_messages_up_to_the_booking_give_a_brief_on_its_day(clinic: Clinic) -> None:
    booked = [INTEROP / "hl7v2" / f"SIU-{event}-01.hl7" for event in ("S12", "S13", "S14")]
    clinic.call("import", *booked).done()
    (brief,) = clinic.call("brief", "--date", "2021-09-24", "--json", staff=CLINICIAN).json()
    assert brief["patient"]["name"] == "ADAM A EVERYMAN III"
    assert brief["appointment"]["status"] == "booked"
