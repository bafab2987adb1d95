"""Files become one plan or none: a single one that cannot be read means that nothing is brought in."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapportdesk.exchange import formats, table
from rapportdesk.exchange.columns import TableGuess, TableSettings
from rapportdesk.exchange.faults import Fault, FileFault, Unreadable, bad_input
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.merge import settle
from rapportdesk.exchange.parsed import Parsed
from rapportdesk.exchange.plan import ImportPlan, IncomingAppointment, IncomingMerge, IncomingPatient
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of looking at tables: a guess for each, and what is wrong with files that cannot be read at all."""

    guesses: tuple[TableGuess, ...] = ()
    faults: tuple[FileFault, ...] = ()

    def guesses_or_raise(self) -> tuple[TableGuess, ...]:
        """Return the guesses.

        Raises:
            BadInput: A file cannot be read; one sentence for each.
        """
        if self.faults:
            raise bad_input(self.faults)
        return self.guesses


def parse_files(
    paths: Sequence[Path],
    *,
    zone: dt.tzinfo | None = None,
    biggest: int = BIGGEST,
    today: dt.date | None = None,
    tables: TableSettings | None = None,
) -> ImportPlan:
    """Read files in this process, as the child process of `read_files` does.

    Args:
        paths: Read in this order, which settles what no time settles.
        zone: For moments that say no offset; None is the workstation's own.
        biggest: Bytes of one file.
        today: As in `read_files`.
        tables: As in `read_files`.

    Raises:
        BadInput: A file cannot be read; nothing of any file is returned.
    """
    return try_files(paths, how=reading(zone, today, tables), biggest=biggest).plan_or_raise()


def reading(zone: dt.tzinfo | None, today: dt.date | None, tables: TableSettings | None) -> Reading:
    """Return how to read, the workstation's own day standing in for a day that is not given."""
    day = today or dt.datetime.now(dt.UTC).astimezone(zone).date()
    return Reading(zone=zone, today=day, tables=tables or TableSettings())


def try_files(paths: Sequence[Path], *, how: Reading, biggest: int = BIGGEST) -> Outcome:
    """Read files and return what came of it; see `parse_files`."""
    faults: list[FileFault] = []
    parsed: list[tuple[str, Parsed]] = []
    for path in paths:
        name = _shown(path)
        try:
            parsed.append((name, _parse(path, how, biggest)))
        except Unreadable as wrong:
            faults.append(FileFault(file=name, fault=wrong.fault, item=wrong.item, field=wrong.field))
    return Outcome(faults=tuple(faults)) if faults else Outcome(plan=plan_from(parsed))


def look_at(paths: Sequence[Path], *, how: Reading, biggest: int = BIGGEST) -> Looked:
    """Return how each file that is a table would be read; see `rapportdesk.exchange.columns`."""
    guesses, faults = [], []
    for path in paths:
        name = _shown(path)
        try:
            data = read_bytes(path, biggest=biggest)
            if formats.is_table(data):
                guesses.append(table.look(data, name, how))
        except Unreadable as wrong:
            faults.append(FileFault(file=name, fault=wrong.fault, item=wrong.item, field=wrong.field))
        except MemoryError:
            faults.append(FileFault(file=name, fault=Fault.TOO_BIG))
    return Looked(guesses=tuple(guesses), faults=tuple(faults))


def _shown(path: Path) -> str:
    return plain(path.name.encode("utf-8", "replace").decode())


def _parse(path: Path, how: Reading, biggest: int) -> Parsed:
    try:
        return formats.parse(read_bytes(path, biggest=biggest), how)
    except MemoryError as fault:
        raise Unreadable(Fault.TOO_BIG) from fault
    except RecursionError as fault:
        raise Unreadable(Fault.TOO_DEEP) from fault


def plan_from(parsed: list[tuple[str, Parsed]]) -> ImportPlan:
    """Return what parsed files hold together, by their names."""
    files = tuple(file.as_read(name) for name, file in parsed)
    patients: list[IncomingPatient] = []
    appointments: list[IncomingAppointment] = []
    merges: list[IncomingMerge] = []
    for number, (_name, file) in enumerate(parsed):
        while file.patients:  # taken out one by one: of a big file there is no room for two
            patient = file.patients.popleft()
            patients.append(dataclasses.replace(patient, key=f"{number}/{patient.key}"))
        while file.appointments:
            visit = file.appointments.popleft()
            appointments.append(
                dataclasses.replace(visit, patient=f"{number}/{visit.patient}") if visit.patient else visit
            )
        merges += [
            dataclasses.replace(each, survivor=f"{number}/{each.survivor}" if each.survivor else "")
            for each in file.merges
        ]
    settled = settle(patients, appointments, merges)
    return ImportPlan(
        files=files,
        patients=settled.patients,
        appointments=settled.appointments,
        merges=settled.merges,
    )
