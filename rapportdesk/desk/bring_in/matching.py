"""Is somebody in a file somebody who is here? By number, then by name and birth date; a doubt is never guessed away.

What a number says counts only where name or birth date say the same: families share numbers, numbers are given out
again, and two servers give the same bare id. Where two systems' words leave room for both answers, a person answers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.desk.bring_in.importing import is_same_person, merged
from rapportdesk.desk.search.found import Found
from rapportdesk.exchange.plan import FHIR_ID, IncomingPatient
from rapportdesk.language import _
from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import fold, may_be_one_person
from rapportdesk.model.patient import Identifier, Patient


class Doubt(StrEnum):
    """Why it cannot be told whether two are one."""

    NUMBER_OF_ANOTHER = "number-of-another"
    TWO_HAVE_THE_NUMBER = "two-have-the-number"
    OTHER_NUMBER = "other-number"
    SEVERAL_ALIKE = "several-alike"
    NAME_WRITTEN_OTHERWISE = "name-written-otherwise"
    BIRTH_DATE_UNKNOWN = "birth-date-unknown"
    NAMED_ONLY = "named-only"
    DESCRIBED_OTHERWISE = "described-otherwise"

    @property
    def words(self) -> str:
        """The reason as a person reads it."""
        return {
            Doubt.NUMBER_OF_ANOTHER: _("the number belongs to somebody with another name and birth date"),
            Doubt.TWO_HAVE_THE_NUMBER: _("two people here have that number"),
            Doubt.OTHER_NUMBER: _("the same name and birth date, and another number"),
            Doubt.SEVERAL_ALIKE: _("several people here have that name and birth date"),
            Doubt.NAME_WRITTEN_OTHERWISE: _("the same birth date, and a name that is nearly the same"),
            Doubt.BIRTH_DATE_UNKNOWN: _("the same name, and a birth date that is not known"),
            Doubt.DESCRIBED_OTHERWISE: _("the file gives the same person's numbers to two different names"),
            Doubt.NAMED_ONLY: _("the file names somebody, and says nothing else to know them by"),
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What comparing came to: `same` is who it is, `doubt` that a person has to say; neither means somebody new."""

    same: Patient | None = None
    doubt: Doubt | None = None
    candidates: tuple[Patient, ...] = ()


class KnownPeople:
    """Everybody who is here, found by number, by name and by birth date.

    Of a hundred thousand people it holds what they are found by, and asks for the few who are found.

    Args:
        fetch: Returns who somebody is now, with what these files said of them; None to hold everybody.
    """

    def __init__(self, fetch: Callable[[PatientId], Patient] | None = None) -> None:
        self._held: dict[PatientId, Patient] = {}
        self._fetch = fetch or self._held.__getitem__
        self._holds = fetch is None
        self._names: dict[PatientId, str] = {}
        self._by_number = Found[str]()
        self._by_name = Found[str]()
        self._by_birth_date = Found[int]()
        self._met: dict[PatientId, None] = {}  # no set, for the collector (`Found`)

    def add(self, patient: Patient) -> None:
        """Know somebody who was here before the files."""
        self.learn(patient)
        self._by_name.add(fold(patient.name), patient.id)
        if patient.birth_date is not None:
            self._by_birth_date.add(patient.birth_date.toordinal(), patient.id)

    def learn(self, patient: Patient) -> None:
        """Know what the files say of somebody; two whom the files tell apart are not compared with each other."""
        if self._holds:
            self._held[patient.id] = patient
        self._names[patient.id] = patient.name
        for each in patient.identifiers:
            self._by_number.add(_number(each), patient.id)

    def holders(self, identifiers: Iterable[Identifier]) -> tuple[Patient, ...]:
        """Return everybody who has one of these numbers."""
        found = {patient: None for each in identifiers for patient in self._by_number.of(_number(each))}
        return tuple(self._fetch(each) for each in found)

    def match(self, incoming: IncomingPatient) -> Match:
        """Return who is described; whoever is found by name alone is found once."""
        holders = self.holders(incoming.identifiers)
        same = [
            each for each in holders if is_same_person(each, incoming.identifiers, incoming.name, incoming.birth_date)
        ]
        if len(same) == 1:
            self._met[same[0].id] = None
            return Match(same=same[0])
        if same:
            # Whose card says all of it already is whom it was about: a file that is read again asks nothing new.
            again = [each for each in same if _says_nothing_new(each, incoming)]
            if len(again) == 1:
                self._met[again[0].id] = None
                return Match(same=again[0])
            return Match(doubt=Doubt.TWO_HAVE_THE_NUMBER, candidates=tuple(same))
        if holders and not self._only_bare_ids(incoming):
            return Match(doubt=Doubt.NUMBER_OF_ANOTHER, candidates=holders)
        found = self._by_name_and_birth_date(incoming)
        if found.same is not None:
            self._met[found.same.id] = None
        return found

    def _by_name_and_birth_date(self, incoming: IncomingPatient) -> Match:
        named = [self._fetch(each) for each in self._by_name.of(fold(incoming.name)) if each not in self._met]
        born = incoming.birth_date
        if born is None:
            return _without_birth_date(named, incoming)
        both = [each for each in named if each.birth_date == born]
        free = [each for each in both if not _told_apart(each, incoming)]
        bare = [] if _numbers(incoming.identifiers) else [each for each in free if not each.identifiers]
        again = next((each for each in bare if _says_nothing_new(each, incoming)), None)
        if again is not None:
            return Match(same=again)
        if len(both) > 1:
            return Match(doubt=Doubt.SEVERAL_ALIKE, candidates=tuple(both))
        if both:
            return Match(same=free[0]) if free else Match(doubt=Doubt.OTHER_NUMBER, candidates=tuple(both))
        born_then = [each for each in self._by_birth_date.of(born.toordinal()) if each not in self._met]
        alike = [self._fetch(each) for each in born_then if may_be_one_person(self._names[each], incoming.name)]
        near = [each for each in alike if not _told_apart(each, incoming)]
        if near:
            return Match(doubt=Doubt.NAME_WRITTEN_OTHERWISE, candidates=tuple(near))
        return _without_birth_date([each for each in named if each.birth_date is None], incoming)

    def _only_bare_ids(self, incoming: IncomingPatient) -> bool:
        shared = {each.system for each in incoming.identifiers if self._by_number.of(_number(each))}
        return shared == {FHIR_ID}


def _number(identifier: Identifier) -> str:
    return f"{identifier.system}\n{identifier.value}"


def _without_birth_date(alike: list[Patient], incoming: IncomingPatient) -> Match:
    """Compare with those of the same name where a birth date is not known: only who was brought in so is the same."""
    alike = [each for each in alike if not _told_apart(each, incoming)]
    if not alike:
        return Match()
    again = [each for each in alike if each.birth_date == incoming.birth_date and _says_nothing_new(each, incoming)]
    if again:
        return Match(same=again[0])  # brought in before
    return Match(doubt=Doubt.BIRTH_DATE_UNKNOWN, candidates=tuple(alike))


def _says_nothing_new(known: Patient, incoming: IncomingPatient) -> bool:
    return merged(known, incoming) == known


def _told_apart(known: Patient, incoming: IncomingPatient) -> bool:
    """Whether one system gives the two different numbers."""
    ours, theirs = _numbers(known.identifiers), _numbers(incoming.identifiers)
    return any(system in theirs and not (values & theirs[system]) for system, values in ours.items())


def _numbers(identifiers: Iterable[Identifier]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for each in identifiers:
        if each.system not in {"", FHIR_ID}:
            found[each.system].add(each.value)
    return dict(found)
