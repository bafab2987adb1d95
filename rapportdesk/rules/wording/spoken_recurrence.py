"""How often, as people say it at a counter: "every Friday", "every two weeks", "every other day", "monthly".

Words are those of the language that is spoken, and English ones always. What is not said in one of these ways is left
alone: "every time she comes" makes nothing recur.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from babel import Locale
from babel.dates import get_day_names

from rapportdesk.language import _
from rapportdesk.rules.promises.recurrence import FREQUENCIES, Every
from rapportdesk.rules.wording.spoken_dates import either, numbered
from rapportdesk.rules.wording.wording import locale

_Value = TypeVar("_Value")

_LOOKED_AT = 2000
_NUMBERS = {"other": 2, "second": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_ADVERBS = {
    "daily": Every(freq=FREQUENCIES["day"]),
    "weekly": Every(freq=FREQUENCIES["week"]),
    "fortnightly": Every(freq=FREQUENCIES["week"], interval=2),
    "monthly": Every(freq=FREQUENCIES["month"]),
    "yearly": Every(freq=FREQUENCIES["year"]),
}
_WORKING_DAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenEvery:
    """How often, found in a text.

    Attributes:
        every: How often.
        start, end: Where its words stand in the text.
    """

    every: Every
    start: int
    end: int


def find_recurrence(text: str) -> SpokenEvery | None:
    """Return how often the text says something is to happen, or None; of several the last counts.

    Args:
        text: Any text; only its last 2,000 characters are looked at.
    """
    begin = max(0, len(text) - _LOOKED_AT)
    words = _Words.of(locale())
    found = [
        SpokenEvery(every=every, start=match.start(), end=match.end())
        for match in words.pattern().finditer(text, begin)
        if (every := words.every(match)) is not None
    ]
    return found[-1] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words in the language that is spoken and in English."""

    weekdays: dict[str, int]
    units: dict[str, int]
    numbers: dict[str, int]
    adverbs: dict[str, Every]
    every_words: str
    working_days: str
    joint: str

    @classmethod
    def of(cls, spoken: Locale) -> "_Words":
        locales = (Locale.parse("en_GB"), spoken)
        weekdays = numbered(get_day_names("wide", context="format", locale=each) for each in locales)
        return cls(
            weekdays=weekdays | {f"{name}s": day for name, day in weekdays.items()},
            units=_units(),
            # Translators: numbers as they are said after "every", separated by |: every other, two, three, four ... day
            numbers=_NUMBERS | _paired(_("other|two|three|four|five|six"), (2, 2, 3, 4, 5, 6)),
            # Translators: once a day, a week, two weeks, a month, a year, separated by |
            adverbs=_ADVERBS | _paired(_("daily|weekly|fortnightly|monthly|yearly"), _ADVERBS.values()),
            # Translators: words that come before a day or a span of time that recurs, separated by |
            every_words=either((*_("every|each").split("|"), "every", "each")),
            # Translators: Monday to Friday, each of them, separated by |
            working_days=either((*_("weekday|working day").split("|"), "weekday", "working day")),
            joint=either((",", _("and"), "and", "&")),
        )

    def pattern(self) -> re.Pattern[str]:
        """Return what finds it."""
        day = either(self.weekdays)
        count = rf"(?:(?P<count>\d{{1,2}}|{either(self.numbers)})\s+)?"
        what = (
            rf"(?P<working>{self.working_days})|(?P<unit>{either(self.units)})"
            rf"|(?P<days>(?:{day})(?:\s*(?:{self.joint})\s*(?:{day}))*)"
        )
        adverb = rf"(?P<adverb>{either(self.adverbs)})"
        return re.compile(rf"(?<![\w-])(?:(?:{self.every_words})\s+{count}(?:{what})|{adverb})(?![\w-])", re.IGNORECASE)

    def every(self, match: re.Match[str]) -> Every | None:
        """Return how often what was found says; None for none at all, or too seldom to be meant."""
        said = match.groupdict()
        if said["adverb"]:
            return self.adverbs[said["adverb"].casefold()]
        count = self._count(said["count"])
        if not count:
            return None
        if said["working"]:
            return Every(freq=FREQUENCIES["week"], weekdays=_WORKING_DAYS) if count == 1 else None
        if said["unit"]:
            return Every(freq=self.units[said["unit"].casefold()], interval=count)
        names = re.findall(either(self.weekdays), said["days"].casefold())
        return Every(
            freq=FREQUENCIES["week"], interval=count, weekdays=tuple(sorted({self.weekdays[each] for each in names}))
        )

    def _count(self, said: str | None) -> int:
        if said is None:
            return 1
        return int(said) if said.isdecimal() else self.numbers[said.casefold()]


def _units() -> dict[str, int]:
    english = {form: freq for word, freq in FREQUENCIES.items() for form in (word, f"{word}s")}
    # Translators: day, week, month and year as they stand after "every" and after "every two", separated by |
    spoken = _("day|days|week|weeks|month|months|year|years")
    return english | _paired(spoken, (freq for freq in FREQUENCIES.values() for _form in range(2)))


def _paired(words: str, values: Iterable[_Value]) -> dict[str, _Value]:
    """Return what each of the words stands for; a translation may have fewer of them."""
    return dict(zip(words.casefold().split("|"), values, strict=False))
