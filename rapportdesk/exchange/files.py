"""Files become one plan or none: a single one that cannot be read means that nothing is brought in."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapportdesk.exchange import formats
from rapportdesk.exchange.faults import Fault, FileFault, Unreadable, bad_input
from rapportdesk.exchange.merge import settle
from rapportdesk.exchange.parsed import Parsed
from rapportdesk.exchange.plan import ImportPlan
from rapportdesk.exchange.source import BIGGEST, read_bytes
from rapportdesk.exchange.values import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of reading: a plan, or what is wrong with each file that cannot be read."""

    plan: ImportPlan | None = None
    faults: tuple[FileFault, ...] = ()

    def plan_or_raise(self) -> ImportPlan:
        """Return the plan.

        Raises:
            BadInput: There is none; one sentence for each file.
        """
        if self.plan is None:
            raise bad_input(self.faults)
        return self.plan


def parse_files(paths: Sequence[Path], *, zone: dt.tzinfo | None = None, biggest: int = BIGGEST) -> ImportPlan:
    """Read files in this process, as the child process of `read_files` does.

    Args:
        paths: Read in this order, which settles what no time settles.
        zone: For moments that say no offset; None is the workstation's own.
        biggest: Bytes of one file.

    Raises:
        BadInput: A file cannot be read; nothing of any file is returned.
    """
    return try_files(paths, zone=zone, biggest=biggest).plan_or_raise()


def try_files(paths: Sequence[Path], *, zone: dt.tzinfo | None, biggest: int = BIGGEST) -> Outcome:
    """Read files and return what came of it; see `parse_files`."""
    faults: list[FileFault] = []
    parsed: list[tuple[str, Parsed]] = []
    for path in paths:
        name = plain(path.name.encode("utf-8", "replace").decode())
        try:
            parsed.append((name, _parse(path, zone, biggest)))
        except Unreadable as wrong:
            faults.append(FileFault(file=name, fault=wrong.fault, item=wrong.item, field=wrong.field))
    return Outcome(faults=tuple(faults)) if faults else Outcome(plan=_plan(parsed))


def _parse(path: Path, zone: dt.tzinfo | None, biggest: int) -> Parsed:
    try:
        return formats.parse(read_bytes(path, biggest=biggest), zone)
    except MemoryError as fault:
        raise Unreadable(Fault.TOO_BIG) from fault
    except RecursionError as fault:
        raise Unreadable(Fault.TOO_DEEP) from fault


def _plan(parsed: list[tuple[str, Parsed]]) -> ImportPlan:
    patients, appointments, merges = [], [], []
    for number, (_name, file) in enumerate(parsed):
        patients += [dataclasses.replace(each, key=f"{number}/{each.key}") for each in file.patients]
        appointments += [
            dataclasses.replace(each, patient=f"{number}/{each.patient}" if each.patient else "")
            for each in file.appointments
        ]
        merges += [
            dataclasses.replace(each, survivor=f"{number}/{each.survivor}" if each.survivor else "")
            for each in file.merges
        ]
    settled = settle(patients, appointments, merges)
    return ImportPlan(
        files=tuple(file.as_read(name) for name, file in parsed),
        patients=settled.patients,
        appointments=settled.appointments,
        merges=settled.merges,
    )
