"""A birth date is read however it was written, and where it can be read in two ways both are kept.

Nobody is asked for a format at the counter: 14/3/1958, 14.3.58, 14 Mar 1958, March 14 1958, 1958-03-14, 140358,
14031958 and 19580314 are the same day. 3/4/1958 is two.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from rapportdesk.model.names import fold

_LANGUAGES = ("en", "cy", "de", "es", "fr", "it", "nl", "pl", "pt", "sv")
_SEPARATED = re.compile(r"(?<!\d)(\d{1,4})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?[\s./-]*([a-z]{3,})\.?[\s.,/-]*(\d{4}|\d{2})(?!\d)")
_MONTH_DAY = re.compile(r"([a-z]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})(?!\d)")
_RUN = re.compile(r"(?<!\d)(\d{8}|\d{6})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """What of a text is a date.

    Attributes:
        spans: First and last day of each way to read it, ISO 8601, without doubles.
        rest: The text without the date.
        whole_day: A day was named, not a year alone.
    """

    spans: tuple[tuple[str, str], ...]
    rest: str
    whole_day: bool


def written_date(text: str) -> WrittenDate | None:
    """Return the first date in `text`, or None. A year alone counts only beside other words."""
    folded = fold(text[:200])
    for pattern, read in (
        (_SEPARATED, _separated),
        (_DAY_MONTH, _day_month),
        (_MONTH_DAY, _month_day),
        (_RUN, _run),
    ):
        for match in pattern.finditer(folded):
            if days := sorted(set(read(match))):
                spans = tuple((day.isoformat(), day.isoformat()) for day in days)
                return WrittenDate(spans=spans, rest=_without(folded, match), whole_day=True)
    year = _YEAR.search(folded)
    if year and (rest := _without(folded, year)):
        return WrittenDate(spans=((f"{year[1]}-01-01", f"{year[1]}-12-31"),), rest=rest, whole_day=False)
    return None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


def _separated(match: re.Match[str]) -> list[dt.date]:
    first, middle, last = match[1], match[3], match[4]
    if len(first) > 2:
        return _days(first, [(middle, last)])
    return _days(last, [(middle, first), (first, middle)])


def _day_month(match: re.Match[str]) -> list[dt.date]:
    return _days(match[3], [(str(month), match[1]) for month in _months(match[2])])


def _month_day(match: re.Match[str]) -> list[dt.date]:
    return _days(match[3], [(str(month), match[2]) for month in _months(match[1])])


def _run(match: re.Match[str]) -> list[dt.date]:
    digits = match[1]
    if len(digits) == 6:
        return _days(digits[4:], [(digits[2:4], digits[:2]), (digits[:2], digits[2:4])])
    backward = _days(digits[:4], [(digits[4:6], digits[6:])])
    return backward + _days(digits[4:], [(digits[2:4], digits[:2]), (digits[:2], digits[2:4])])


def _days(year: str, months_and_days: list[tuple[str, str]]) -> list[dt.date]:
    years = [1900 + int(year), 2000 + int(year)] if len(year) <= 2 else [int(year)]
    days = []
    for whole_year in years:
        for month, day in months_and_days:
            if (
                1800 <= whole_year <= 2200
                and 1 <= int(month) <= 12
                and 1 <= int(day) <= _last_day(whole_year, int(month))
            ):
                days.append(dt.date(whole_year, int(month), int(day)))
    return days


def _last_day(year: int, month: int) -> int:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return (following - dt.timedelta(days=1)).day


def _months(word: str) -> set[int]:
    """Return the months that `word` names or begins; the shortest way to write one is three letters."""
    return {month for name, month in _month_names() if name.startswith(word)}


@cache
def _month_names() -> frozenset[tuple[str, int]]:
    """Return month names in the languages of the desk; Babel is read only once somebody types one."""
    from babel.dates import get_month_names

    return frozenset(
        (fold(name).rstrip("."), month)
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for month, name in get_month_names(width, "format", language).items()
    )
