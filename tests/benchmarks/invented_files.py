"""Big files of invented appointments, a patient to every ten of them, in each format that is read."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

_FIRST = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
_EACH_HAS = 10


def write(folder: Path, form: str, appointments: int) -> Path:
    """Write a file in one of `FORMATS` with so many appointments and return it."""
    path = folder / f"invented.{form}"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(FORMATS[form](appointments))
    return path


def _visits(appointments: int) -> Iterator[tuple[int, int, dt.datetime]]:
    """Yield the number of the appointment and of its patient, and when it is."""
    for number in range(appointments):
        yield number, number // _EACH_HAS, _FIRST + dt.timedelta(minutes=5 * number)


def _born(patient: int) -> str:
    return (dt.date(1930, 1, 1) + dt.timedelta(days=patient * 7 % 30_000)).isoformat()


def _hl7(appointments: int) -> Iterator[str]:
    for number, patient, start in _visits(appointments):
        born = _born(patient).replace("-", "")
        yield (
            f"MSH|^~\\&|DeskApp|Clinic|RapportDesk|Clinic|20261120080000||SIU^S12^SIU_S12|{number}|P|2.5.1\r"
            f"SCH|P{number}^PLACER|F{number}^FILLER|||||Review||20|min|^^^{start:%Y%m%d%H%M%S}+0000\r"
            f"PID|1||{patient}^^^PRACTICE^MR||Person{patient}^Invented||{born}|F|||1 Street^^Town||07700{patient:06}\r"
            "AIP|1||77^Osei^Ama^^^Dr\rAIL|1||Room 2^^^Clinic\r"
        )


def _ndjson(appointments: int) -> Iterator[str]:
    for patient in range(-(-appointments // _EACH_HAS)):
        name = [{"family": f"Person{patient}", "given": ["Invented"]}]
        told = {"resourceType": "Patient", "id": f"p{patient}", "name": name, "birthDate": _born(patient)}
        yield json.dumps(told) + "\n"
    for number, patient, start in _visits(appointments):
        yield json.dumps(_appointment(number, patient, start)) + "\n"


def _bundle(appointments: int) -> Iterator[str]:
    yield '{"resourceType": "Bundle", "type": "collection", "entry": ['
    for number, line in enumerate(_ndjson(appointments)):
        yield f'{", " if number else ""}{{"resource": {line.rstrip()}}}'
    yield "]}"


def _appointment(number: int, patient: int, start: dt.datetime) -> dict[str, object]:
    return {
        "resourceType": "Appointment",
        "id": f"a{number}",
        "status": "booked",
        "start": start.isoformat(),
        "end": (start + dt.timedelta(minutes=20)).isoformat(),
        "participant": [
            {"actor": {"reference": f"Patient/p{patient}"}, "status": "accepted"},
            {"actor": {"display": "Dr Osei", "reference": "Practitioner/d1"}, "status": "accepted"},
        ],
    }


def _ics(appointments: int) -> Iterator[str]:
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Invented//EN\r\n"
    for number, patient, start in _visits(appointments):
        yield (
            f"BEGIN:VEVENT\r\nUID:{number}@invented.example\r\nDTSTAMP:20261120T080000Z\r\n"
            f"DTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDURATION:PT20M\r\nSUMMARY:Review\r\n"
            f"ATTENDEE;CN=Invented Person{patient}:mailto:p{patient}@example.org\r\nEND:VEVENT\r\n"
        )
    yield "END:VCALENDAR\r\n"


def _csv(appointments: int) -> Iterator[str]:
    yield "Patient ID,Name,Date of Birth,Appointment ID,Start,Duration,Clinician,Status\n"
    for number, patient, start in _visits(appointments):
        yield f"{patient},Invented Person{patient},{_born(patient)},{number},{start.isoformat()},20,Dr Osei,Booked\n"


FORMATS: dict[str, Callable[[int], Iterator[str]]] = {
    "hl7": _hl7,
    "ndjson": _ndjson,
    "json": _bundle,
    "ics": _ics,
    "csv": _csv,
}
