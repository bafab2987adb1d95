"""A birth date is read however it was written, and where it can be read in two ways both are kept.

Nobody is asked for a format at the counter: 14/3/1958, 14.3.58, 14 Mar 1958, March 14 1958, 1958. március 14.,
14 de marzo de 1958, 14.III.1958, 1958年3月14日, 1958-03-14, 140358, 14031958 and 19580314 are the same day. 3/4/1958 is
two. A day without a year and a month with one are dates too, and so is a year beside other words.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapportdesk.model.names import fold
from rapportdesk.paths import RESOURCES

_YEAR_FIRST_SIGNS = str.maketrans({"年": "-", "月": "-", "日": " ", "년": "-", "월": "-", "일": " "})
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {numeral: at for at, numeral in enumerate(_NUMERALS, 1)}
_OF = r"(?:\s+(?:de|del|di|of)\s+|[\s./-]*)"
_SEPARATED = re.compile(r"(?<!\d)(\d{1,4})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.)?{_OF}([a-z]{{3,}})\.?,?{_OF}(\d{{4}}|\d{{2}})(?!\d)")
_MONTH_DAY = re.compile(r"([a-z]{3,})\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})(?!\d)")
_YEAR_MONTH_DAY = re.compile(r"(?<!\d)(\d{4})[\s.,/-]*([a-z]{3,})[\s.,/-]*(\d{1,2})(?!\d)")
_DAY_ROMAN = re.compile(r"(?<!\d)(\d{1,2})[\s./-]+([ivx]{1,4})[\s./-]+(\d{4}|\d{2})(?!\d)")
_RUN = re.compile(r"(?<!\d)(\d{8}|\d{6})(?!\d)")
_MONTH_YEAR = re.compile(r"(?<![a-z\d])([a-z]{3,}|\d{1,2}(?=\s?[/.-]))[\s.,/-]*((?:18|19|20)\d\d)(?!\d)")
_DAY_ALONE = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?:st|nd|rd|th)?\s?(?:[./-]\s?(\d{1,2})|\.?\s?([a-z]{3,}))(?![\da-z])(?!\s?[./-]\s?\d)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEARS_BORN_IN = range(1900, 2101)
_BUDDHIST_ERA = range(2400, 2601)  # as Thai papers write it: 543 years ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """What of a text is a date.

    Attributes:
        spans: First and last day of each way to read it, ISO 8601, without doubles.
        rest: The text without the date.
        whole_day: One day was named, with its year.
        alone: It says enough without other words; a year alone does not.
    """

    spans: tuple[tuple[str, str], ...]
    rest: str
    whole_day: bool
    alone: bool = True


def written_date(text: str) -> WrittenDate | None:
    """Return the first date in `text`, or None."""
    folded = fold(text[:200].translate(_YEAR_FIRST_SIGNS)).replace("'", "")
    for pattern, read in (
        (_SEPARATED, _separated),
        (_DAY_MONTH, _day_month),
        (_MONTH_DAY, _month_day),
        (_YEAR_MONTH_DAY, _year_month_day),
        (_DAY_ROMAN, _day_roman),
        (_RUN, _run),
    ):
        for match in pattern.finditer(folded):
            if days := sorted(set(read(match))):
                spans = tuple((day.isoformat(), day.isoformat()) for day in days)
                return WrittenDate(spans=spans, rest=_without(folded, match), whole_day=True)
    for pattern, spans_of in ((_MONTH_YEAR, _month_year), (_DAY_ALONE, _day_alone)):
        for match in pattern.finditer(folded):
            if found := tuple(sorted(set(spans_of(match)))):
                return WrittenDate(spans=found, rest=_without(folded, match), whole_day=False)
    year = _YEAR.search(folded)
    if year and (rest := _without(folded, year)):
        span = (f"{year[1]}-01-01", f"{year[1]}-12-31")
        return WrittenDate(spans=(span,), rest=rest, whole_day=False, alone=False)
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


def _year_month_day(match: re.Match[str]) -> list[dt.date]:
    return _days(match[1], [(str(month), match[3]) for month in _months(match[2])])


def _day_roman(match: re.Match[str]) -> list[dt.date]:
    month = _ROMAN.get(match[2])
    return _days(match[3], [(str(month), match[1])]) if month else []


def _month_year(match: re.Match[str]) -> list[tuple[str, str]]:
    year = int(match[2])
    months = {int(match[1])} & set(range(1, 13)) if match[1].isdigit() else _months(match[1])
    return [(f"{year}-{month:02}-01", f"{year}-{month:02}-{_last_day(year, month):02}") for month in months]


def _day_alone(match: re.Match[str]) -> list[tuple[str, str]]:
    months = [(match[2], match[1]), (match[1], match[2])] if match[2] else []
    months += [(str(month), match[1]) for month in _months(match[3] or "")]
    days = (day.isoformat() for year in _YEARS_BORN_IN for day in _days(str(year), months))
    return [(day, day) for day in days]


def _run(match: re.Match[str]) -> list[dt.date]:
    digits = match[1]
    if len(digits) == 6:
        return _days(digits[4:], [(digits[2:4], digits[:2]), (digits[:2], digits[2:4])])
    backward = _days(digits[:4], [(digits[4:6], digits[6:])])
    return backward + _days(digits[4:], [(digits[2:4], digits[:2]), (digits[:2], digits[2:4])])


def _days(year: str, months_and_days: list[tuple[str, str]]) -> list[dt.date]:
    whole = int(year)
    years = [1900 + whole, 2000 + whole] if len(year) <= 2 else [whole - 543 * (whole in _BUDDHIST_ERA)]
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
    if len(word) < 3:
        return set()
    return {month for name, months in _month_names().items() if name.startswith(word) for month in months}


@cache
def _month_names() -> Mapping[str, Sequence[int]]:
    """Return month names of many languages, read only once somebody types letters beside a number."""
    names: dict[str, list[int]] = json.loads((RESOURCES / "month_names.json").read_text(encoding="utf-8"))
    return names
