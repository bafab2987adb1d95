"""Several messages about one patient or one appointment are one patient and one appointment, as the last one says.

Last is by the sending system's own time, then by the order of the files; what says no time comes first.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapportdesk.exchange.plan import FHIR_ID, IncomingAppointment, IncomingMerge, IncomingPatient
from rapportdesk.model.names import fold, may_be_one_person
from rapportdesk.model.patient import Identifier

_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Everything once, in its last state, in the order in which it first came."""

    patients: tuple[IncomingPatient, ...]
    appointments: tuple[IncomingAppointment, ...]
    merges: tuple[IncomingMerge, ...]


def settle(
    patients: Sequence[IncomingPatient],
    appointments: Sequence[IncomingAppointment],
    merges: Sequence[IncomingMerge] = (),
) -> Settled:
    """Return each patient, each appointment and each merge once; see `Settled`."""
    order = sorted(range(len(patients)), key=lambda at: (patients[at].sent_at or _LONG_AGO, at))
    first_seen: dict[str, int] = {}
    settled: list[IncomingPatient] = []
    by_identifier: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_person: dict[tuple[str, dt.date], int] = {}
    became: dict[str, int] = {}
    for position in order:
        patient = patients[position]
        found = _same_patient(patient, settled, by_identifier)
        if found is None and not patient.identifiers and patient.birth_date is not None:
            found = by_person.setdefault((fold(patient.name), patient.birth_date), len(settled))
            found = found if found < len(settled) else None
        if found is None:
            found = len(settled)
            settled.append(patient)
        else:
            settled[found] = _later(settled[found], patient)
        became[patient.key] = found
        for identifier in patient.identifiers:
            if found not in by_identifier[_names(identifier)]:
                by_identifier[_names(identifier)].append(found)
        key = settled[found].key
        first_seen[key] = min(first_seen.get(key, position), position)
    keys = {key: settled[found].key for key, found in became.items()}
    renamed = [_of_settled(appointment, keys, settled, by_identifier) for appointment in appointments]
    return Settled(
        patients=tuple(sorted(settled, key=lambda each: first_seen[each.key])),
        appointments=_last_states(renamed),
        merges=_merges(merges, keys),
    )


def same_appointment(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Return whether two sets of "system|value" name one appointment.

    They share one, and no system gives them different numbers: a placer may use its number for a whole series of
    which the filler numbers each.
    """
    one, other = _by_system(ours), _by_system(theirs)
    shared = [system for system in one if system in other]
    return bool(shared) and all(one[system] & other[system] for system in shared)


def _by_system(identifiers: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for identifier in identifiers:
        system, _, value = identifier.rpartition("|")
        found[system].add(value)
    return dict(found)


def _names(identifier: Identifier) -> tuple[str, str]:
    return identifier.system, identifier.value


def _same_patient(
    patient: IncomingPatient, settled: list[IncomingPatient], by_identifier: dict[tuple[str, str], list[int]]
) -> int | None:
    for identifier in patient.identifiers:
        for found in by_identifier.get(_names(identifier), []):
            if _may_be_one(settled[found], patient, identifier):
                return found
    return None


def _may_be_one(one: IncomingPatient, other: IncomingPatient, shared: Identifier) -> bool:
    """A family may share a number: somebody with another name and another birth date, or none, is somebody else."""
    if one.name.casefold() == other.name.casefold():
        return True
    if one.birth_date is None or other.birth_date is None:
        return shared.system != FHIR_ID and may_be_one_person(one.name, other.name)
    return one.birth_date == other.birth_date


def _later(before: IncomingPatient, after: IncomingPatient) -> IncomingPatient:
    """Return what holds once `after` has been sent: what it does not say stays as it was."""
    said = {
        field.name: value
        for field in dataclasses.fields(after)
        if (value := getattr(after, field.name)) not in ("", (), None)
    }
    known = {_names(identifier) for identifier in before.identifiers}
    more = tuple(identifier for identifier in after.identifiers if _names(identifier) not in known)
    former = tuple(dict.fromkeys(before.former_names + after.former_names))
    said |= {"key": before.key, "identifiers": before.identifiers + more, "former_names": former}
    if after.deceased is False:
        said["deceased_on"] = None
    return dataclasses.replace(before, **said)


def _of_settled(
    appointment: IncomingAppointment,
    keys: dict[str, str],
    settled: list[IncomingPatient],
    by_identifier: dict[tuple[str, str], list[int]],
) -> IncomingAppointment:
    """Return the appointment with its patient's key in the plan; another file may be the one that describes them."""
    if appointment.patient:
        key = keys[appointment.patient]
        return appointment if appointment.patient == key else dataclasses.replace(appointment, patient=key)
    found = {at for each in appointment.patient_identifiers for at in by_identifier.get(_names(each), [])}
    return dataclasses.replace(appointment, patient=settled[found.pop()].key if len(found) == 1 else "")


def _merges(merges: Sequence[IncomingMerge], keys: dict[str, str]) -> tuple[IncomingMerge, ...]:
    """Return merges in the order in which they were sent; the same two people are told of once."""
    last: dict[tuple[object, ...], IncomingMerge] = {}
    for merge in sorted(merges, key=lambda each: each.sent_at or _LONG_AGO):
        pair = (
            tuple(_names(each) for each in merge.survivor_identifiers),
            tuple(_names(each) for each in merge.retired_identifiers),
        )
        last[pair] = dataclasses.replace(merge, survivor=keys[merge.survivor] if merge.survivor else "")
    return tuple(last.values())


def _last_states(appointments: list[IncomingAppointment]) -> tuple[IncomingAppointment, ...]:
    order = sorted(range(len(appointments)), key=lambda at: (appointments[at].sent_at or _LONG_AGO, at))
    last: list[IncomingAppointment] = []
    first_seen: list[int] = []
    by_identifier: dict[str, list[int]] = defaultdict(list)
    for position in order:
        appointment = appointments[position]
        candidates = [at for each in appointment.identifiers for at in by_identifier[each]]
        if appointment.whole_series:  # takes back all that was sent before, and is told by itself
            for at in candidates:
                last[at] = dataclasses.replace(last[at], status=appointment.status, sent_at=appointment.sent_at)
            last.append(appointment)
            first_seen.append(position)
            continue
        found = next((at for at in candidates if _one_appointment(last[at], appointment)), None)
        if found is None:
            found = len(last)
            last.append(appointment)
            first_seen.append(position)
        else:
            last[found] = _moved_on(last[found], appointment)
            first_seen[found] = min(first_seen[found], position)
        for identifier in appointment.identifiers:
            if found not in by_identifier[identifier]:
                by_identifier[identifier].append(found)
    return tuple(last[at] for at in sorted(range(len(last)), key=lambda at: first_seen[at]))


def _one_appointment(one: IncomingAppointment, other: IncomingAppointment) -> bool:
    one_patient = not one.patient or not other.patient or one.patient == other.patient
    return one_patient and same_appointment(one.identifiers, other.identifiers)


def _moved_on(before: IncomingAppointment, after: IncomingAppointment) -> IncomingAppointment:
    """Return the later state; what it does not say stays as it was, and an end belongs to its own start."""
    start, end = (after.start, after.end) if after.start is not None else (before.start, before.end)
    return IncomingAppointment(
        identifiers=tuple(dict.fromkeys(before.identifiers + after.identifiers)),
        patient=after.patient or before.patient,
        patient_identifiers=tuple(dict.fromkeys(before.patient_identifiers + after.patient_identifiers)),
        clues=after.clues or before.clues,
        start=start,
        end=end,
        status=after.status,
        practitioner_name=after.practitioner_name or before.practitioner_name,
        location=after.location or before.location,
        reason=after.reason or before.reason,
        sent_at=after.sent_at or before.sent_at,
    )
