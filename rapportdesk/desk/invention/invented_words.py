"""Invented notes, whose words are as words are: a few make up most of any text, and there are always new ones.

That is Zipf's law: the word of rank r is used about r to the power of -1.2 times as often as the first.
"""

import datetime as dt
import random
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from rapportdesk.model.identity import PatientId, RecordId, StaffId, TopicHandle, new_id
from rapportdesk.model.note import AdjustmentCategory, Audience, ConsentBasis, Note, NoteKind, PreferenceArea, Source

RARE_WORDS = 20_000
"""Words that nobody knows, behind those that are used every day."""

_EXPONENT = 1.2
_KINDS: tuple[tuple[NoteKind, int], ...] = (
    (NoteKind.HOBBY, 18), (NoteKind.PREFERENCE, 18), (NoteKind.PLEASE_DO, 12), (NoteKind.PLEASE_DONT, 10),
    (NoteKind.ALSO_WORTH_KNOWING, 10), (NoteKind.IMPORTANT_TO_ME, 7), (NoteKind.PEOPLE_IMPORTANT_TO_ME, 6),
    (NoteKind.HOW_I_COMMUNICATE, 5), (NoteKind.LIFE_EVENT, 4), (NoteKind.QUESTION, 3), (NoteKind.HOW_TO_SUPPORT_ME, 3),
    (NoteKind.ADJUSTMENT, 2), (NoteKind.PAST_EXPERIENCE, 1), (NoteKind.GOALS_AND_PACE, 1),
)  # fmt: skip
_KIND_OF = tuple(kind for kind, _weight in _KINDS)
_KIND_WEIGHTS = tuple(accumulate(weight for _kind, weight in _KINDS))
_AREAS, _ADJUSTMENTS = tuple(PreferenceArea), tuple(AdjustmentCategory)
_BASIS = {NoteKind.PLEASE_DONT: ConsentBasis.PROTECTION, NoteKind.ADJUSTMENT: ConsentBasis.LEGAL_DUTY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """About whom a note is, by whom and when; the same for all of one patient.

    Attributes:
        topic: A topic named to clinicians only, to which some notes are sealed; None for none.
    """

    patient: PatientId
    now: dt.datetime
    by: StaffId
    by_name: str
    topic: TopicHandle | None = None


@dataclass(slots=True)
class Words:
    """Invents notes.

    Args:
        source: What `resources/demo/invention.json` holds.
    """

    source: dict[str, Any]
    _words: tuple[str, ...] = field(init=False)
    _weights: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Put the rare words behind those of every day."""
        self._words = (*self.source["words"], *_rare(self.source["syllables"], RARE_WORDS))
        self._weights = tuple(accumulate(rank**-_EXPONENT for rank in range(1, len(self._words) + 1)))

    def text(self, chance: random.Random, count: int) -> str:
        """Return so many words."""
        said = " ".join(chance.choices(self._words, cum_weights=self._weights, k=count))
        return said[0].upper() + said[1:]

    def note(self, chance: random.Random, about: Written) -> Note:
        """Return the next note about somebody."""
        kind = chance.choices(_KIND_OF, cum_weights=_KIND_WEIGHTS)[0]
        ago, draw = chance.randrange(1, 1500), chance.random()
        noted_at = about.now - dt.timedelta(days=ago, minutes=chance.randrange(600))
        day = noted_at.date()
        text = self.text(chance, chance.randrange(4, 16))
        if kind is NoteKind.HOBBY:
            text = f"{chance.choice(self.source['hobbies'])}; {text.lower()}"
        event = kind is NoteKind.LIFE_EVENT
        sealed = about.topic is not None and draw < 0.5 and kind is not NoteKind.PLEASE_DONT
        return Note(
            id=RecordId(new_id()), patient=about.patient, kind=kind, text=text, quote=draw > 0.6,
            source=Source.SAID_BY_PATIENT if draw > 0.3 else Source.OBSERVED_BY_STAFF,
            noted_at=noted_at, noted_by=about.by, noted_by_name=about.by_name,
            last_confirmed_on=day + dt.timedelta(days=ago // 2) if draw < 0.2 else None,
            review_after=day + dt.timedelta(days=730) if 0.2 < draw < 0.5 else None,
            topic=about.topic if sealed else None, audience=Audience.CLINICIANS if sealed else Audience.EVERYONE,
            basis=_BASIS.get(kind, ConsentBasis.CONSENT), boundary=kind is NoteKind.PLEASE_DONT,
            ask_about="how they did" if kind is NoteKind.HOBBY and draw < 0.4 else "",
            occurs_on=day + dt.timedelta(days=int(draw * 400)) if event else None, recurs_yearly=event and draw < 0.7,
            preference_area=_AREAS[int(draw * len(_AREAS))] if kind is NoteKind.PREFERENCE else None,
            adjustment=_ADJUSTMENTS[int(draw * len(_ADJUSTMENTS))] if kind is NoteKind.ADJUSTMENT else None,
        )  # fmt: skip


def _rare(syllables: list[str], count: int) -> list[str]:
    """Return words of two or three syllables, no two alike."""
    many = len(syllables)
    found = dict[str, None]()
    number = 0
    while len(found) < count:
        step = number * 7919  # a prime, so that neighbours in rank begin differently
        first, second, third = step % many, step // many % many, step // many**2 % (many + 1)
        found.setdefault(syllables[first] + syllables[second] + (syllables[third] if third < many else ""))
        number += 1
    return list(found)
