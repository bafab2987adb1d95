"""What an import has come to so far, of very many people: strings and bytes, opened when they are asked for.

As objects a hundred thousand visits made Python's collector stand for half a second in the middle of a step. A dict of
strings it leaves out; of tuples and lists it goes through every one.
"""

from collections.abc import Iterable

from rapportdesk.model.appointment import Appointment
from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.patient import Patient
from rapportdesk.store.records.payload import decode, encode


class SoFar:
    """Who somebody was and is, their visits, and which descriptions of the plan said so.

    Descriptions are told by their number in the plan.
    """

    def __init__(self) -> None:
        self._before: dict[PatientId, bytes] = {}
        self._now: dict[PatientId, bytes] = {}
        self._people_said: dict[PatientId, str] = {}  # numbers with blanks between them
        self._visits: dict[PatientId, bytes] = {}  # a line each
        self._last: tuple[PatientId, tuple[Appointment, ...]] | None = None  # one visit asks for its patient's thrice
        self._visits_said: dict[RecordId, str] = {}

    def __contains__(self, patient: PatientId) -> bool:
        """Whether a description was taken for this person's."""
        return patient in self._now

    def take(self, known: Patient | None, after: Patient, said: int) -> None:
        """Keep what a description makes of somebody.

        Args:
            known: Who they were before all of the files; None for somebody new.
            after: Who they are now.
            said: The description.
        """
        self._before[after.id] = b"" if known is None else encode(known)
        self._now[after.id] = encode(after)
        self._people_said[after.id] = f"{self._people_said.get(after.id, '')} {said}"

    def before(self, patient: PatientId) -> Patient | None:
        """Return who somebody taken was before all of the files; None for somebody new."""
        kept = self._before[patient]
        found: Patient | None = decode(kept) if kept else None
        return found

    def now(self, patient: PatientId) -> Patient | None:
        """Return who somebody is by these files; None of whom they have said nothing."""
        kept = self._now.get(patient)
        found: Patient | None = None if kept is None else decode(kept)
        return found

    def is_new(self, patient: PatientId) -> bool:
        """Whether somebody comes with these files."""
        return self._before.get(patient) == b""

    def people_said(self, patient: PatientId) -> tuple[int, ...]:
        """Return which descriptions were taken for this person's, in their order."""
        return tuple(map(int, self._people_said.get(patient, "").split()))

    def visits(self, patient: PatientId) -> tuple[Appointment, ...] | None:
        """Return somebody's visits with what these files say of them; None if they have not been kept."""
        if patient not in self._visits:
            return None
        if self._last is None or self._last[0] != patient:
            self._last = patient, tuple(decode(line) for line in self._visits[patient].splitlines())
        return self._last[1]

    def keep_visits(self, patient: PatientId, visits: Iterable[Appointment]) -> None:
        """Keep somebody's visits as they are now."""
        self._last = patient, tuple(visits)
        self._visits[patient] = b"\n".join(encode(each) for each in self._last[1])  # in which no line is broken

    def say(self, visit: RecordId, said: int) -> None:
        """Keep which description changed a visit."""
        self._visits_said[visit] = f"{self._visits_said.get(visit, '')} {said}"

    def visits_said(self, visit: RecordId) -> tuple[int, ...]:
        """Return which descriptions changed a visit, in their order."""
        return tuple(map(int, self._visits_said.get(visit, "").split()))
