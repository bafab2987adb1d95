"""Dates as people say them at a counter: "by Tuesday", "tomorrow at 9:30", "3 March", "in 3 days", "2026-03-03".

A day without a year is the next one that comes; a weekday is one of the coming seven, since today has its own word.
Month and weekday names are those of the language that is spoken, and English ones always. What may well be something
else is left alone: 3/4, which half the world reads the other way round, a price (4.30), "sat" and "sun" without "by".
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from babel.dates import get_day_names, get_month_names

from rapportdesk.language import _
from rapportdesk.rules.wording.wording import locale

_LOOKED_AT = 2000
"""Characters at the end of a text in which a date is looked for: enough for any line, and bounded for a pasted page."""

_TIME = (
    r"(?P<h>[01]?\d|2[0-3])(?P<between>[:.])(?P<m>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\.?)?"
    r"|(?P<h12>1[0-2]|[1-9])\s?(?P<half12>[ap])\.?m\.?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A date found in a text.

    Attributes:
        day: The local date.
        time: The local time of day when one was said, else None.
        start, end: Where its words stand in the text, their prepositions included.
    """

    day: dt.date
    time: dt.time | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A day or a time, where it stands, and whether it was said with "by"."""

    start: int
    end: int
    by: bool
    day: dt.date | None = None
    time: dt.time | None = None


def find_date(text: str, today: dt.date) -> Spoken | None:
    """Return the date a text names, or None. Of several the last one said with "by" counts, else the last.

    A time of day alone means today; beside a day it belongs to that day.

    Args:
        text: Any text; only its last 2,000 characters are looked at.
        today: The local date from which "tomorrow" is counted.
    """
    words = _Words.of(locale())
    begin = max(0, len(text) - _LOOKED_AT)
    day = _chosen(words.days(text, begin, today))
    times = list(words.times(text, begin))
    if day is None:
        time = _chosen(times)
        return Spoken(day=today, time=time.time, start=time.start, end=time.end) if time else None
    times = [each for each in times if each.end <= day.start or each.start >= day.end]
    beside = next((each for each in times if _touch(text, day, each)), None)
    time = beside or (times[-1] if times else None)
    touching = [day, beside] if beside else [day]
    return Spoken(
        day=day.day or today,
        time=time.time if time else None,
        start=min(each.start for each in touching),
        end=max(each.end for each in touching),
    )


def _chosen(found: Iterable[_Found]) -> _Found | None:
    every = list(found)
    said_by = [each for each in every if each.by]
    return said_by[-1] if said_by else every[-1] if every else None


def _touch(text: str, one: _Found, other: _Found) -> bool:
    first, second = sorted((one, other), key=lambda each: each.start)
    return not text[first.end : second.start].strip(" ,")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The words for days in the language that is spoken and in English."""

    weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    months: dict[str, int]
    relative: dict[str, int]
    spans: dict[str, int]
    by: str

    @classmethod
    def of(cls, spoken: Locale) -> "_Words":
        locales = (Locale.parse("en_GB"), spoken)
        # Translators: words that come before a date or time, separated by |
        by = _("by|on|at|before|until").split("|")
        return cls(
            weekdays=numbered(get_day_names("wide", context="format", locale=each) for each in locales),
            short_weekdays=numbered(get_day_names("abbreviated", context="format", locale=each) for each in locales),
            months=numbered(
                get_month_names(width, context="format", locale=each)
                for each in locales
                for width in ("wide", "abbreviated")
            ),
            relative={"today": 0, "tonight": 0, "tomorrow": 1, _("today").casefold(): 0, _("tomorrow").casefold(): 1},
            spans={"day": 1, "days": 1, "week": 7, "weeks": 7, _("days").casefold(): 1, _("weeks").casefold(): 7},
            by=either((*by, "by", "on", "at", "before", "until")),
        )

    def days(self, text: str, begin: int, today: dt.date) -> Iterator[_Found]:
        """Yield every day that the text names, in its order."""
        month = either(self.months)
        pattern = self._pattern(
            r"(?P<iso>\d{4}-\d{2}-\d{2})"
            rf"|(?:{either(('in', _('in')))})\s+(?P<count>\d{{1,4}}|an?)\s+(?P<span>{either(self.spans)})"
            rf"|(?P<relative>{either(self.relative)})"
            rf"|(?:(?:next|this|coming)\s+)?(?P<weekday>{either((*self.weekdays, *self.short_weekdays))})"
            rf"|(?P<dm>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<month>{month})\.?(?:,?\s+(?P<year>\d{{4}}))?"
            rf"|(?P<month_first>{month})\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<md_year>\d{{4}}))?"
        )
        for match in pattern.finditer(text, begin):
            day = self._day(match, today)
            if day is not None:
                yield _Found(match.start(), match.end(), match["by"] is not None, day=day)

    def times(self, text: str, begin: int) -> Iterator[_Found]:
        """Yield every time of day that the text names, in its order."""
        for match in self._pattern(_TIME).finditer(text, begin):
            hour, minute = int(match["h"] or match["h12"]), int(match["m"] or 0)
            half = (match["half"] or match["half12"] or "").casefold()
            if match["between"] == "." and not half and match["by"] is None:
                continue  # a price, or a dose
            if half and hour <= 12:
                hour = hour % 12 + (12 if half == "p" else 0)
            yield _Found(match.start(), match.end(), match["by"] is not None, time=dt.time(hour, minute))

    def _pattern(self, what: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w:.-])(?:(?P<by>{self.by})\s+)?(?:{what})(?![\w:-])", re.IGNORECASE)

    def _day(self, match: re.Match[str], today: dt.date) -> dt.date | None:
        said = match.groupdict()
        if said["iso"]:
            return _date_or_none(*map(int, said["iso"].split("-")))
        if said["span"]:
            count = int(said["count"]) if said["count"].isdecimal() else 1
            return _later(today, count * self.spans.get(said["span"].casefold(), 1))
        if said["relative"]:
            return _later(today, self.relative.get(said["relative"].casefold(), 0))
        if said["weekday"]:
            return self._weekday(said["weekday"].casefold(), said["by"] is not None, today)
        month = self.months.get((said["month"] or said["month_first"]).casefold())
        day, year = int(said["dm"] or said["md"]), said["year"] or said["md_year"]
        if month is None:
            return None
        return _date_or_none(int(year), month, day) if year else _next_of(month, day, today)

    def _weekday(self, name: str, by: bool, today: dt.date) -> dt.date | None:
        number = self.weekdays.get(name, self.short_weekdays.get(name) if by else None)
        return None if number is None else _later(today, (number - today.weekday() - 1) % 7 + 1)


def numbered(names: Iterable[Mapping[int, str]]) -> dict[str, int]:
    """Return the number of each name, case folded, of weekdays or months in several languages."""
    return {name.casefold().rstrip("."): number for each in names for number, name in each.items()}


def either(words: Iterable[str]) -> str:
    """Return the alternatives of a pattern that match any of `words` as typed, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def _date_or_none(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _next_of(month: int, day: int, today: dt.date) -> dt.date | None:
    """Return the next such day from today on; 29 February may be years away."""
    days = (_date_or_none(today.year + ahead, month, day) for ahead in range(9))
    return next((each for each in days if each is not None and each >= today), None)


def _later(today: dt.date, days: int) -> dt.date | None:
    try:
        return today + dt.timedelta(days=days)
    except OverflowError:
        return None
