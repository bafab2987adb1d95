"""Two names that could be taken for one another are noticed, however they are spelled, said or written.

Whoever opens a card by name must know when somebody else's name, or birth date, is near. Folding is for finding and
comparing alone: what is shown is always the name as the person writes it.

`rapportdesk.model` does not import this module, so that reading the model stays free of these libraries.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import jellyfish
from anyascii import anyascii
from rapidfuzz.distance import OSA, JaroWinkler

from rapportdesk.model.patient import Patient

_APOSTROPHES = re.compile(r"['`´‘’ʻʼ]")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_SAID_ALIKE_AT_LEAST = 0.68  # keeps Lee and Leigh together, and John and Jane (both "JN") apart
_LONGEST = 200  # characters of a name that are compared: enough for any name, and bounded for a pasted page


class Nearness(StrEnum):
    """Why two people could be taken for one another, the most telling reason first."""

    SAME_NAME = "same-name"
    SPELLING = "spelling"
    SOUND = "sound"
    SAME_BIRTH_DATE = "same-birth-date"
    TRANSPOSED_BIRTH_DATE = "transposed-birth-date"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameProfile:
    """What comparing needs of one person, worked out once where one person is compared with thousands.

    Attributes:
        forms: The folded parts of each way the name is used: as written, with the preferred name, in its own script.
        latin: Whether the name is written in Latin letters, so that its sound can be told.
    """

    forms: tuple[tuple[str, ...], ...]
    latin: bool
    birth_date: dt.date | None

    @property
    def parts(self) -> frozenset[str]:
        """Every folded part of two letters or more, for finding candidates before comparing."""
        return frozenset(part for form in self.forms for part in form if len(part) > 1)


def fold(text: str) -> str:
    """Return `text` in lower-case ASCII for finding: Łukasz is lukasz, Ørsted orsted, Straße strasse.

    White space is collapsed. Other scripts are romanised (anyascii), so a text and its own fold find each other.
    """
    if text.isascii():  # nine words of ten, in a tenth of the time
        return " ".join(text.lower().split())
    folded = anyascii(unicodedata.normalize("NFKD", text.casefold())).lower()
    return " ".join(folded.split())


def name_parts(name: str) -> tuple[str, ...]:
    """Return the folded parts of a name: hyphens and commas part, apostrophes join (O'Brien is obrien)."""
    bare = _APOSTROPHES.sub("", fold(_APOSTROPHES.sub("", name[:_LONGEST])))
    return tuple(part for part in _NOT_ALPHANUMERIC.split(bare) if part)


def sort_key(name: str) -> tuple[str, str]:
    """Return what names are sorted by where no locale's collation is at hand: folded first, then as written."""
    return fold(name), name


def initials(name: str) -> str:
    """Return the first letters of the first and the last word ("Nia Prydderch" is "NP"), in the name's own script.

    A single name has one initial; a name without letters or digits has none.
    """
    letters = [letter for word in name.split() if (letter := _first_letter(word))]
    return "".join(letters[:1] + letters[1:][-1:])


def sounds_like(one: str, other: str) -> bool:
    """Return whether two names, or parts of names, are said nearly alike (metaphone; Latin letters only)."""
    if not (_is_latin(one) and _is_latin(other)):
        return False
    ones, others = name_parts(one), name_parts(other)
    return bool(ones) and len(ones) == len(others) and all(map(_said_alike, ones, others))


def profile(patient: Patient) -> NameProfile:
    """Return what comparing needs of `patient`. Former names are left out: they find a person and never show."""
    written = name_parts(patient.name)
    forms = [written]
    preferred = name_parts(patient.preferred_name)
    if preferred and len(written) > 1:
        forms += [(*preferred, *written[1:]), (*written[:-1], *preferred)]
    if len(preferred) > 1 or (preferred and not written):
        forms.append(preferred)
    if own_script := name_parts(patient.own_script_name):
        forms.append(own_script)
    kept = tuple(dict.fromkeys(form for form in forms if form))
    return NameProfile(forms=kept, latin=_is_latin(patient.name), birth_date=patient.birth_date)


def nearness(a: Patient, b: Patient) -> Nearness | None:
    """Return why `a` and `b` could be taken for one another, or None. Symmetric; a person is not near themselves."""
    return None if a.id == b.id else compare(profile(a), profile(b))


def compare(a: NameProfile, b: NameProfile) -> Nearness | None:
    """Return why two different people could be taken for one another, or None. Symmetric.

    Names are near when every part of the shorter one is near a part of the longer one, in any order, so that a
    missing middle name or an exchanged family name hides nobody.
    """
    pairs = [(one, other) for one in a.forms for other in b.forms]
    if any(sorted(one) == sorted(other) for one, other in pairs):
        return Nearness.SAME_NAME
    if any(_spelled_alike(one, other) for one, other in pairs):
        return Nearness.SPELLING
    if a.latin and b.latin and any(_all_near(one, other, by_sound=True) for one, other in pairs):
        return Nearness.SOUND
    return _near_birth_date(a, b)


def may_be_one_person(name: str, other: str) -> bool:
    """Return whether two names may be written for the same person: spelled or said alike, or one leaves parts out."""
    ones, others = (
        NameProfile(forms=(parts,) if (parts := name_parts(each)) else (), latin=_is_latin(each), birth_date=None)
        for each in (name, other)
    )
    return fold(name) == fold(other) or compare(ones, others) is not None


def _first_letter(word: str) -> str:
    return next((letter.upper() for letter in word if letter.isalnum()), "")


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text[:_LONGEST] if letter.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def _edits_allowed(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return 2 if shorter >= 8 else 1 if shorter >= 2 else 0


def _part_spelled_alike(one: str, other: str) -> bool:
    if 1 in (len(one), len(other)):  # an initial may stand for any part that begins with it
        return one.startswith(other) or other.startswith(one)
    allowed = _edits_allowed(one, other)
    return one == other or (allowed > 0 and OSA.distance(one, other, score_cutoff=allowed) <= allowed)


def _said_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    code = jellyfish.metaphone(one)
    same_code = bool(code) and code == jellyfish.metaphone(other)
    return same_code and JaroWinkler.similarity(one, other) >= _SAID_ALIKE_AT_LEAST


def _spelled_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if "".join(one) == "".join(other):  # Anne-Marie and Annemarie
        return True
    return _all_near(one, other, by_sound=False)


def _all_near(one: Sequence[str], other: Sequence[str], *, by_sound: bool) -> bool:
    """Whether each part of the shorter name has its own near part in the longer one."""
    if len(one) == len(other):  # which one is asked first must not matter
        return _finds_all(one, other, by_sound) or _finds_all(other, one, by_sound)
    shorter, longer = sorted((one, other), key=len)
    return _finds_all(shorter, longer, by_sound)


def _finds_all(parts: Sequence[str], among: Sequence[str], by_sound: bool) -> bool:
    left = list(among)
    for part in sorted(parts, key=lambda part: part not in among):  # equal parts take each other first
        found = part if part in left else next((each for each in left if _part_near(part, each, by_sound)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _part_near(one: str, other: str, by_sound: bool) -> bool:
    return _part_spelled_alike(one, other) or (by_sound and _said_alike(one, other))


def _near_birth_date(a: NameProfile, b: NameProfile) -> Nearness | None:
    if a.birth_date is None or b.birth_date is None:
        return None
    if a.birth_date == b.birth_date and a.parts & b.parts:
        return Nearness.SAME_BIRTH_DATE
    if _transposed(a.birth_date, b.birth_date) and any(_part_spelled_alike(p, q) for p in a.parts for q in b.parts):
        return Nearness.TRANSPOSED_BIRTH_DATE
    return None


def _transposed(one: dt.date, other: dt.date) -> bool:
    """Whether day and month, or two neighbouring digits, are exchanged."""
    if one == other:
        return False
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    digits, others = f"{one:%d%m%Y}", f"{other:%d%m%Y}"
    return sorted(digits) == sorted(others) and OSA.distance(digits, others, score_cutoff=1) == 1
