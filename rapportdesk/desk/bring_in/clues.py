"""Whom an appointment is for where its file gives no number: a clue is taken without asking only when it is certain.

It is certain where one clue gives a name together with a birth date or an e-mail address, both fit one person who is
here, and no clue of the appointment fits anybody else. A name alone, and a name somewhere in a calendar's summary, are
for a person to judge.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rapportdesk.desk.bring_in.review_list import fingerprint
from rapportdesk.desk.search.found import Found
from rapportdesk.exchange.plan import ClueSource, IncomingPatient, PatientClue
from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import name_parts
from rapportdesk.model.patient import ContactSystem, Identifier, Patient

_LONGEST_NAME = 6  # parts of a name that are looked for in a summary
_MOST_PARTS = 40  # of a summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """What the clues come to: `certain`, or `described` for a person to judge beside `candidates`, or nobody at all.

    Attributes:
        described: As the file names them, by nothing but a name; None where nothing is worth a person's time.
        mark: What a person's answer is remembered by; two guests of one name with two addresses are two.
    """

    certain: PatientId | None = None
    candidates: tuple[PatientId, ...] = ()
    described: IncomingPatient | None = None
    mark: str = ""


class KnownByName:
    """Everybody who is here, found by names and e-mail addresses.

    Args:
        fetch: Returns who somebody is now; None to hold everybody.
    """

    def __init__(self, fetch: Callable[[PatientId], Patient] | None = None) -> None:
        self._held: dict[PatientId, Patient] = {}
        self._fetch = fetch or self._held.__getitem__
        self._holds = fetch is None
        self._by_name = Found[tuple[str, ...]]()
        self._by_email = Found[str]()

    def add(self, patient: Patient) -> None:
        """Know somebody."""
        if self._holds:
            self._held[patient.id] = patient
        for name in (patient.name, patient.sort_name, *patient.former_names):
            if name.strip():
                self._by_name.add(_key(name_parts(name)), patient.id)
        for point in patient.contact_points:
            if point.system is ContactSystem.EMAIL:
                self._by_email.add(point.value.casefold(), patient.id)

    def whose(self, clues: Iterable[PatientClue]) -> Whose:
        """Return whom the clues of one appointment point to."""
        told = tuple(clues)
        fitting = {clue: self._fitting(clue) for clue in told}
        found = {patient: None for each in fitting.values() for patient in each}
        sure = {
            patient for clue, people in fitting.items() for patient in people if self._is_sure(clue, people[patient])
        }
        if len(found) == len(sure) == 1:
            return Whose(certain=next(iter(found)))
        clue = next((each for each in told if fitting[each]), None)
        if clue is None:
            alone = [each for each in told if each.source is not ClueSource.SUMMARY]
            clue = alone[0] if len(alone) == 1 else None  # a summary that names nobody, and a meeting, are no patient's
        return Whose(candidates=tuple(found)) if clue is None else _to_judge(clue, tuple(found))

    def _fitting(self, clue: PatientClue) -> dict[PatientId, Patient]:
        if clue.source is ClueSource.SUMMARY:
            return self._within(clue.name)
        named = self._by_name.of(_key(name_parts(clue.name))) if clue.name.strip() else ()
        reached = self._by_email.of(clue.email.casefold()) if clue.email else ()
        return {each: self._fetch(each) for each in (*named, *reached)}

    def _within(self, summary: str) -> dict[PatientId, Patient]:
        parts = name_parts(summary)[:_MOST_PARTS]
        found: dict[PatientId, Patient] = {}
        for begin in range(len(parts)):
            for end in range(begin + 2, min(begin + _LONGEST_NAME, len(parts)) + 1):
                found |= {each: self._fetch(each) for each in self._by_name.of(_key(parts[begin:end]))}
        return found

    def _is_sure(self, clue: PatientClue, patient: Patient) -> bool:
        if clue.source is ClueSource.SUMMARY or _key(name_parts(clue.name)) != _key(name_parts(patient.name)):
            return False
        if clue.birth_date is not None:
            return clue.birth_date == patient.birth_date
        return bool(clue.email) and patient.id in self._by_email.of(clue.email.casefold())


def _key(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is the same for "Nia Prydderch" and "Prydderch, Nia"."""
    return tuple(sorted(parts))


def _to_judge(clue: PatientClue, candidates: tuple[PatientId, ...]) -> Whose:
    name = clue.name.strip() or clue.email
    if not name:
        return Whose(candidates=candidates)
    described = IncomingPatient(key="", identifiers=(), name=name, birth_date=clue.birth_date, is_clue=True)
    address = (Identifier(system="mailto", value=clue.email),) if clue.email else ()
    return Whose(candidates=candidates, described=described, mark=fingerprint(replace(described, identifiers=address)))
