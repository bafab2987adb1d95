"""Day and month are read in one order throughout a file, and the order is never guessed.

A date that has only one reading decides for the file; where none does, a person has to say. A date that exists in
neither order, or a file whose dates decide for both, is a fault.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapportdesk.exchange.columns import DateExample, DateOrder
from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.values import in_reach, moment

_NUMERIC = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4}|\d{2})\Z")
_WORDY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[./ -]+([A-Za-z]{3,9})\.?,?[./ -]+(\d{4}|\d{2})\Z")
_YEAR = re.compile(r"\d{4}\Z")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_YEAR_FIRST = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d")
_EIGHT_DIGITS = re.compile(r"\d{8}\Z")
_TIME = re.compile(r"\d{1,2}(?:[:.]\d{2}){1,2}(?: ?[AP]M)?\Z|\d{3,4}\Z|\d{1,2} ?[AP]M\Z")  # not "14", not "9.5"
_TIMES = ("%H:%M", "%H:%M:%S", "%H.%M", "%H%M", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%I%p", "%I %p")
_CLOCK = re.compile(
    r"(?P<day>.+?)[ T,]+(?:at )?(?P<time>\d{1,2}(?:[:.]\d{2}){1,2}(?:\.\d+)?(?: ?[ap]\.?m\.?)?)\Z", re.IGNORECASE
)
_MOST_EXAMPLES = 3


@dataclass(slots=True, kw_only=True)
class OrderSeen:
    """What a file's dates say about the order of day and month; feed it every cell, then ask.

    Attributes:
        day_first, month_first: A date has been seen that exists in this order alone.
        either: A date has been seen that is another day in each order.
    """

    day_first: bool = False
    month_first: bool = False
    either: bool = False
    _deciding: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def feed(self, written: str) -> None:
        """Take one cell into account."""
        match = _NUMERIC.match(_day_part(written))
        if match is None:
            return
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            self.day_first = True
            _add(self._deciding, match[0])
        elif second > 12 >= first:
            self.month_first = True
            _add(self._deciding, match[0])
        elif first != second:
            self.either = True
            _add(self._open, match[0])

    @property
    def decided(self) -> DateOrder | None:
        """The order that the data decides, or None."""
        if self.day_first == self.month_first:
            return None
        return DateOrder.DAY_FIRST if self.day_first else DateOrder.MONTH_FIRST

    @property
    def unknown(self) -> bool:
        """Whether something depends on an order that nothing decides."""
        return self.decided is None and (self.either or self.day_first)

    def examples(self) -> tuple[DateExample, ...]:
        """Return what decided, or what is open."""
        return tuple(
            DateExample(
                written=written,
                day_first=_in_order(written, DateOrder.DAY_FIRST),
                month_first=_in_order(written, DateOrder.MONTH_FIRST),
            )
            for written in (self._deciding or self._open)
        )


def _add(found: list[str], written: str) -> None:
    if len(found) < _MOST_EXAMPLES and written not in found:
        found.append(written)


def seen_in(cells: Iterable[str]) -> OrderSeen:
    """Return what some cells say about the order."""
    seen = OrderSeen()
    for cell in cells:
        seen.feed(cell)
    return seen


def day_of(written: str, order: DateOrder | None, field: str, *, born_before: dt.date | None = None) -> dt.date | None:
    """Return the day that a cell says, or None for an empty one and for a year of birth alone.

    Args:
        written: With or without a time, which is not looked at.
        order: Of day and month.
        field: For the fault.
        born_before: A year of two digits is the last one that is not after this day.

    Raises:
        Unreadable: It is no day, or out of reach, or needs an order and there is none.
    """
    text = _day_part(written)
    if not text or (born_before is not None and _YEAR.match(text)):  # a year alone is no birthday
        return None
    found = _year_first(text) or _in_words(text)
    if found is None and _NUMERIC.match(text):
        if order is None and (order := seen_in([text]).decided) is None and not _same_either_way(text):
            raise Unreadable(Fault.DATE_ORDER, field=field)
        found = _in_order(text, order or DateOrder.DAY_FIRST)
    if found is None:
        raise Unreadable(Fault.DATE, field=field)
    if born_before is not None and found > born_before and re.search(r"(?<!\d)\d{2}\Z", text):
        found = _day(found.year - 100, found.month, found.day) or found
    return in_reach(found, field)


def time_of(written: str, field: str) -> dt.time | None:
    """Return the time that a cell says, or None for an empty one.

    Raises:
        Unreadable: It is no time of day.
    """
    text = written.strip().replace("a.m.", "AM").replace("p.m.", "PM").upper()
    if not text:
        return None
    for pattern in _TIMES if _TIME.match(text) else ():
        try:
            return dt.datetime.strptime(text, pattern).time()  # noqa: DTZ007 - the zone is added to the whole moment
        except ValueError:
            continue
    raise Unreadable(Fault.DATE, field=field)


def moment_of(written: str, order: DateOrder | None, zone: dt.tzinfo | None, field: str) -> dt.datetime | None:
    """Return the moment of a cell that says day and time, in UTC; None without either.

    Raises:
        Unreadable: As `day_of` and `time_of`.
    """
    if not written.strip():
        return None
    try:
        read = dt.datetime.fromisoformat(written.strip())
    except ValueError:
        match = _CLOCK.match(written.strip())
        day = day_of(written, order, field)
        time = time_of(match["time"], field) if match else None
        if day is None or time is None:
            return None
        read = dt.datetime.combine(day, time)
    else:
        if not re.search(r"[T ]\d{2}", written):
            return None
    return moment(read, zone, field)


def _day_part(written: str) -> str:
    text = _WEEKDAY.sub("", written.strip(), count=1)
    match = _CLOCK.match(text)
    return match["day"].strip() if match else text


def _year_first(text: str) -> dt.date | None:
    for pattern in ("%Y%m%d",) if _EIGHT_DIGITS.match(text) else _YEAR_FIRST:
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _in_words(text: str) -> dt.date | None:
    match = _WORDY.match(text)
    if match is None:
        return None
    for pattern in ("%d %b %Y", "%d %B %Y", "%d %b %y", "%d %B %y"):
        try:
            return dt.datetime.strptime(f"{match[1]} {match[2]} {match[3]}", pattern).date()  # noqa: DTZ007 - as above
        except ValueError:
            continue
    return None


def _in_order(text: str, order: DateOrder) -> dt.date | None:
    match = _NUMERIC.match(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), match[3]
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    century = 0 if len(year) == 4 else dt.datetime.strptime(year, "%y").year - int(year)  # noqa: DTZ007 - as above
    return _day(century + int(year), month, day)


def _same_either_way(text: str) -> bool:
    return _in_order(text, DateOrder.DAY_FIRST) == _in_order(text, DateOrder.MONTH_FIRST) is not None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
