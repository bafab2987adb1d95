"""A day is taken however it was typed, and shown back in words so that a misreading is noticed.

14/3/1958, 14.3.58, 14 Mar 1958, March 14 1958, 1958-03-14, 140358 and 14031958 are one day. Where day and month could
stand either way, the reader's own order decides.
"""

import datetime as dt
import re
from collections.abc import Iterator

from babel.dates import get_date_format, get_month_names

from ui.look.dates import reading_locale

_SEPARATED = re.compile(r"(\d{1,4})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{1,4})")
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s*)?([^\W\d_]{3,})\.?,?\s*"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4}|\d{2})"
)
_RUN = re.compile(r"(\d{8}|\d{6})")


def read_date(text: str, today: dt.date, *, future: bool = False) -> dt.date | None:
    """Return the day that `text` writes, or None when it writes none.

    Args:
        text: As typed.
        today: Decides the century of a year of two digits: for a birth date never after today.
        future: A year of two digits is of this century, for a day to come.
    """
    bare = text.strip().casefold()[:60]
    for parts in _parts(bare):
        if (day := _day(*parts, today=today, future=future)) is not None:
            return day
    return None


def _parts(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each way to read the text as year, month and day, the likeliest first."""
    if match := _SEPARATED.fullmatch(text):
        first, middle, last = match.groups()
        if len(first) > 2:
            yield first, int(middle), int(last)
        else:
            yield from _either_way(last, int(first), int(middle))
    elif match := _WORDED.fullmatch(text):
        before, word, after, year = match.groups()
        month = _month(word)
        if month and bool(before) != bool(after):
            yield year, month, int(before or after)
    elif match := _RUN.fullmatch(text):
        digits = match[1]
        yield from _either_way(digits[4:], int(digits[:2]), int(digits[2:4]))
        if len(digits) == 8:
            yield digits[:4], int(digits[4:6]), int(digits[6:])


def _either_way(year: str, first: int, second: int) -> Iterator[tuple[str, int, int]]:
    pattern = get_date_format("short", locale=reading_locale()).pattern
    month_first = pattern.index("M") < pattern.index("d")
    yield (year, first, second) if month_first else (year, second, first)
    yield (year, second, first) if month_first else (year, first, second)


def _month(word: str) -> int:
    """Return the month whose name begins with `word`, in the reader's language or in English; 0 for none."""
    for locale in (reading_locale(), "en_GB"):
        names = get_month_names("wide", locale=locale)
        found = [month for month, name in names.items() if name.casefold().startswith(word)]
        if len(found) == 1:
            return int(found[0])
    return 0


def _day(year: str, month: int, day: int, *, today: dt.date, future: bool) -> dt.date | None:
    if len(year) == 3 or len(year) == 1:
        return None
    whole = int(year)
    if len(year) == 2:
        whole += today.year - today.year % 100
    try:
        made = dt.date(whole, month, day)
    except ValueError:
        return None
    if len(year) == 2 and not future and made > today:
        try:
            made = made.replace(year=whole - 100)
        except ValueError:
            return None
    return made
