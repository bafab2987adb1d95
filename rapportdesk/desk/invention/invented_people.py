"""Invented people of many cultures, each named as people of that culture are: order, script and number of names.

Common names are common, as names are: the few first of each list make up most of the people.
"""

import datetime as dt
import random
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from rapportdesk.model.identity import PatientId, new_id
from rapportdesk.model.patient import Authority, ContactPoint, ContactSystem, Identifier, Patient, RelatedPerson

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
_RELATIONS = ("daughter", "son", "wife", "husband", "mother", "father", "neighbour", "carer")
_PRONOUNS = ("she / her", "he / him", "she / her", "he / him", "they / them")


@dataclass(frozen=True, slots=True)
class _Culture:
    language: str
    shape: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    given_weights: tuple[float, ...]
    family_weights: tuple[float, ...]

    @classmethod
    def read(cls, row: dict[str, Any]) -> "_Culture":
        given, family = tuple(row["given"]), tuple(row["family"])
        return cls(row["language"], row["shape"], given, family, _falling(len(given)), _falling(len(family)))

    def names(self, chance: random.Random) -> tuple[str, str]:
        """Return a given name and a family name, each perhaps with "|" and itself in the person's own script."""
        given = chance.choices(self.given, cum_weights=self.given_weights)[0]
        return given, chance.choices(self.family, cum_weights=self.family_weights)[0]


@dataclass(slots=True)
class People:
    """Invents people.

    Args:
        source: What `resources/demo/invention.json` holds.
    """

    source: dict[str, Any]
    _cultures: tuple[_Culture, ...] = field(init=False)
    _weights: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Read the cultures."""
        rows = self.source["cultures"]
        self._cultures = tuple(_Culture.read(row) for row in rows)
        self._weights = tuple(accumulate(row["weight"] for row in rows))

    def person(self, chance: random.Random, number: int) -> Patient:
        """Return the next person; `number` becomes their practice number."""
        culture = chance.choices(self._cultures, cum_weights=self._weights)[0]
        given, family = culture.names(chance)
        name, sort_name, script = _written(culture, given, family, self._between(chance, culture))
        first = given.partition("|")[0]
        called = self.source["called"].get(first, "")
        other = culture.names(chance)[1].partition("|")[0]
        english = culture.language == "English"
        return Patient(
            id=PatientId(new_id()), name=name, sort_name=sort_name,
            own_script_name=script if chance.random() < 0.6 else "",
            preferred_name=called if called and chance.random() < 0.5 else first if chance.random() < 0.25 else "",
            pronouns=chance.choice(_PRONOUNS) if chance.random() < 0.6 else "",
            former_names=(f"{first} {other}",) if culture.shape == "given-family" and chance.random() < 0.08 else (),
            birth_date=None if chance.random() < 0.005 else _born(chance),
            identifiers=_identifiers(chance, number),
            languages=("English",) if english else (culture.language, "English"),
            interpreter="" if english or chance.random() < 0.85 else culture.language,
            contact_points=_contacts(chance, number), people=self._people(chance, culture),
        )  # fmt: skip

    def _between(self, chance: random.Random, culture: _Culture) -> str:
        """Return what stands between: a second given name, a second family name, or nothing."""
        if culture.shape == "given-two-families":
            return culture.names(chance)[1].partition("|")[0]
        if culture.shape == "given-family" and chance.random() < 0.4:
            return culture.names(chance)[0].partition("|")[0]
        return ""

    def _people(self, chance: random.Random, culture: _Culture) -> tuple[RelatedPerson, ...]:
        if chance.random() > 0.3:
            return ()
        relation = chance.choice(_RELATIONS)
        given, family = (each.partition("|")[0] for each in culture.names(chance))
        return (
            RelatedPerson(
                id=new_id(), name=f"{given} {family}", relation=relation, often_with=chance.random() < 0.3,
                authority=Authority.ATTORNEY if chance.random() < 0.05 else Authority.NONE,
                may_hear="when the next visit is" if chance.random() < 0.4 else "",
            ),
        )  # fmt: skip


def _written(culture: _Culture, given: str, family: str, between: str) -> tuple[str, str, str]:
    """Return a name as written, as sorted, and in the person's own script where that is known of both parts."""
    first, _bar, first_script = given.partition("|")
    last, _bar, last_script = family.partition("|")
    both = bool(first_script and last_script)
    if culture.shape == "single":
        return first, first, ""
    if culture.shape == "family-given":
        return f"{last} {first}", f"{last}, {first}", f"{last_script}{first_script}" if both else ""
    if culture.shape == "given-two-families":
        return f"{first} {last} {between}", f"{last} {between}, {first}", ""
    written = " ".join(part for part in (first, between, last) if part)
    return written, f"{last}, {' '.join(part for part in (first, between) if part)}", (
        f"{first_script} {last_script}" if both else ""
    )  # fmt: skip


def _falling(count: int) -> tuple[float, ...]:
    """Return added-up weights that fall as the names of a people do: slower than words."""
    return tuple(accumulate((rank + 3) ** -0.8 for rank in range(count)))


def _born(chance: random.Random) -> dt.date:
    return dt.date(1930, 1, 1) + dt.timedelta(days=chance.randrange(365 * 95))


def _identifiers(chance: random.Random, number: int) -> tuple[Identifier, ...]:
    practice = Identifier(value=str(50000 + number))
    if chance.random() < 0.3:
        return (practice,)
    # numbers that begin with 999 are given to nobody
    return practice, Identifier(system=NHS_NUMBER, value=f"999{chance.randrange(10**7):07}", label="NHS number")


def _contacts(chance: random.Random, number: int) -> tuple[ContactPoint, ...]:
    found = [ContactPoint(system=ContactSystem.PHONE, value=f"07700 {chance.randrange(900000, 1000000)}")]
    if chance.random() < 0.3:
        found.append(ContactPoint(system=ContactSystem.PHONE, value=f"01632 {chance.randrange(960000, 961000)}"))
    if chance.random() < 0.4:
        found.append(ContactPoint(system=ContactSystem.EMAIL, value=f"person{number}@example.org"))
    return tuple(found)
