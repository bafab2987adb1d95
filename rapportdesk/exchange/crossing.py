"""What was read crosses from the child process a line at a time, so that neither side holds it twice.

The first line says what the files are, or what is wrong with them; a letter before each further line says what it
holds; a full stop ends it, so that an answer that breaks off is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from pydantic import TypeAdapter

from rapportdesk.exchange.faults import FileFault
from rapportdesk.exchange.files import Outcome
from rapportdesk.exchange.packed import Packed
from rapportdesk.exchange.plan import FileRead, ImportPlan, IncomingAppointment, IncomingMerge, IncomingPatient


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    files: tuple[FileRead, ...] | None = None
    faults: tuple[FileFault, ...] = ()


_HEAD = TypeAdapter(_Head)
_PATIENT = TypeAdapter(IncomingPatient)
_APPOINTMENT = TypeAdapter(IncomingAppointment)
_MERGE = TypeAdapter(IncomingMerge)
_END = b"."


def write_outcome(outcome: Outcome, to: BinaryIO) -> None:
    """Write what came of reading."""
    plan = outcome.plan
    to.write(_HEAD.dump_json(_Head(files=plan.files if plan else None, faults=outcome.faults)) + b"\n")
    if plan is not None:
        for patient in plan.patients:
            to.write(b"p" + _PATIENT.dump_json(patient) + b"\n")
        for appointment in plan.appointments:
            to.write(b"a" + _APPOINTMENT.dump_json(appointment, exclude_defaults=True) + b"\n")
        for merge in plan.merges:
            to.write(b"m" + _MERGE.dump_json(merge) + b"\n")
        to.write(_END + b"\n")


def read_outcome(lines: Iterable[bytes]) -> Outcome:
    """Return what `write_outcome` wrote.

    Raises:
        ValueError: It breaks off, or is something else.
    """
    patients: list[bytes] = []
    appointments: list[bytes] = []
    merges: list[IncomingMerge] = []
    coming = iter(lines)
    head = _HEAD.validate_json(next(coming, b""))
    if head.files is None:
        return Outcome(faults=head.faults)
    for line in coming:
        kind, rest = line[:1], line[1:]
        if kind == b"p":
            _PATIENT.validate_json(rest)
            patients.append(rest)
        elif kind == b"a":
            _APPOINTMENT.validate_json(rest)
            appointments.append(rest)
        elif kind == b"m":
            merges.append(_MERGE.validate_json(rest))
        elif kind == _END:
            return Outcome(
                plan=ImportPlan(
                    files=head.files,
                    patients=Packed(_PATIENT, patients),
                    appointments=Packed(_APPOINTMENT, appointments),
                    merges=tuple(merges),
                )
            )
        else:
            raise ValueError("no such line")
    raise ValueError("breaks off")
