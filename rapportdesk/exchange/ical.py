"""iCalendar: an event is an appointment, a series its occurrences within a bounded time; whose it is, a person says.

A series is read by itself and for a bounded number of steps, so that a hostile or broken one is left out by its reason
and every other one is read. Of several states of one event the file's last holds, by SEQUENCE and then DTSTAMP. The
calendars of one file are read each with its own time zones.
"""

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from rapportdesk.exchange.faults import Fault, Unreadable
from rapportdesk.exchange.how import Reading
from rapportdesk.exchange.ical_event import EventOf, has_time, in_zone, one
from rapportdesk.exchange.ical_text import BLANK, CalendarText, calendars
from rapportdesk.exchange.parsed import Parsed
from rapportdesk.exchange.plan import FileFormat, IncomingAppointment
from rapportdesk.exchange.skipping import SkipReason
from rapportdesk.exchange.steps import TooManySteps, at_most
from rapportdesk.exchange.values import moment

BACK, AHEAD = dt.timedelta(days=31), dt.timedelta(days=366)
"""How far repeating appointments are followed from today; what does not repeat is taken whenever it is."""

MOST_OF_A_SERIES = 2_000
MOST_OF_A_FILE = 250_000
STEPS = 1_500_000  # of one series or zone, about a second
_UID = re.compile(r"^UID(?:;[^:\r\n]*)?:([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_METHOD = re.compile(r"^METHOD:[ \t]*([A-Z-]+)", re.IGNORECASE | re.MULTILINE)
_CALENDAR_ZONE = re.compile(r"^X-WR-TIMEZONE:[ \t]*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_REPEATS = re.compile(r"^(?:RRULE|RDATE|EXRULE|RECURRENCE-ID)", re.IGNORECASE | re.MULTILINE)
_ANSWERS = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})
_NOT_READABLE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, Unreadable)
"""What the packages raise at what is written as no calendar should be."""
_MATTERS = frozenset({"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "UID", None})


@dataclass(frozen=True, slots=True, kw_only=True)
class _EventText:
    """One VEVENT and the calendar it stands in, by its number."""

    calendar: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """One VEVENT that could be read.

    Attributes:
        cancels: Its calendar takes it back.
        of: Which occurrence it is about; empty for the series itself.
        age: Larger in what is newer (RFC 5546 section 2.1.5).
    """

    event: Any
    cancels: bool
    of: str
    age: tuple[int, str]

    @classmethod
    def read(cls, event: Any, *, cancels: bool) -> "_Event":
        at, stamp = one(event, "RECURRENCE-ID"), one(event, "DTSTAMP")
        return cls(
            event=event,
            cancels=cancels,
            of="" if at is None else str(at.dt),
            age=(int(one(event, "SEQUENCE") or 0), stamp.to_ical().decode() if stamp is not None else ""),
        )


def parse(data: bytes, how: Reading) -> Parsed:
    """Read every calendar of one file.

    Args:
        data: What the file holds.
        how: Its zone is for times that name none in calendars that name none either.

    Raises:
        Unreadable: The file is not as iCalendar says, or holds more appointments than anybody has.
    """
    found = calendars(data)
    parsed = Parsed(format=FileFormat.ICALENDAR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package quotes what it warns of
        _Reader(found, how, parsed).run()
    return parsed


class _Reader:
    """Reads one file, a series at a time."""

    def __init__(self, found: list[CalendarText], how: Reading, parsed: Parsed) -> None:
        self._calendars = found
        self._methods = [match[1].upper() if (match := _METHOD.search(each.head)) else "" for each in found]
        self._how = how
        self._parsed = parsed
        self._zones_of = -1
        self._named = [match[1].strip() if (match := _CALENDAR_ZONE.search(each.head)) else "" for each in found]
        midnight = dt.datetime.combine(how.today, dt.time(), dt.UTC)
        self._from, self._until = midnight - BACK, midnight + AHEAD + dt.timedelta(days=1)
        self._days = (how.today - BACK, how.today + AHEAD)

    def run(self) -> None:
        """Read everything.

        Raises:
            Unreadable: It is too much.
        """
        for texts in self._by_uid().values():
            self._series(texts)
            if len(self._parsed.appointments) > MOST_OF_A_FILE:
                raise Unreadable(Fault.TOO_BIG)

    def _by_uid(self) -> dict[str, list[_EventText]]:
        found: dict[str, list[_EventText]] = {}
        for number, calendar in enumerate(self._calendars):
            for position, (name, text) in enumerate(calendar.components):
                if name != "VEVENT":
                    self._skip(name, SkipReason.NOT_WHO)
                elif self._methods[number] in _ANSWERS:
                    self._skip(name, SkipReason.ANSWER)
                else:
                    uid = _UID.search(text)
                    key = uid[1].strip() if uid else f"\n{number}/{position}"  # without one it is by itself
                    found.setdefault(key, []).append(_EventText(calendar=number, text=text))
        return found

    def _skip(self, name: str, reason: SkipReason) -> None:
        self._parsed.read += 1
        self._parsed.skip(name, reason)

    def _series(self, texts: list[_EventText]) -> None:
        events: list[_Event] = []
        for text in texts:
            event = self._event(text)
            if isinstance(event, SkipReason):
                self._skip("VEVENT", event)
            else:
                events.append(event)
        last: dict[str, _Event] = {}
        for event in sorted(events, key=lambda each: each.age):
            if event.of in last:
                self._skip("VEVENT", SkipReason.SUPERSEDED)
            last[event.of] = event
        if last:
            self._last_states(list(last.values()), texts)

    def _bounded(self, texts: list[_EventText]) -> AbstractContextManager[None]:
        """Count the steps of whatever may take many: what repeats, and zones that a calendar makes itself."""
        zones = any(self._calendars[each.calendar].zones for each in texts)
        return at_most(STEPS) if zones or any(_REPEATS.search(each.text) for each in texts) else nullcontext()

    def _last_states(self, events: list[_Event], texts: list[_EventText]) -> None:
        try:
            with self._bounded(texts):
                found = list(self._appointments(events, texts[0].calendar))
        except (TooManySteps, *_NOT_READABLE):
            for _each in events:
                self._skip("VEVENT", SkipReason.BROKEN_SERIES)
            return
        if not found:
            found = [SkipReason.OUT_OF_TIME]
        for each in found:
            if isinstance(each, SkipReason):
                self._skip("VEVENT", each)
            else:
                self._parsed.read += 1
                self._parsed.appointments.append(each)

    def _event(self, text: _EventText) -> _Event | SkipReason:
        """Return one event as the package reads it, or why it cannot be kept."""
        from icalendar import Event

        try:
            with self._bounded([text]):
                self._use_zones_of(text.calendar)
                event = Event.from_ical(text.text)
                read = _Event.read(event, cancels=self._methods[text.calendar] == "CANCEL")
                if {name for name, _why in event.errors} & _MATTERS:
                    return SkipReason.BROKEN_SERIES
                if not read.cancels and not has_time(event):
                    return SkipReason.NO_TIME
                if not in_zone(event, BLANK):
                    return SkipReason.UNKNOWN_ZONE
        except (TooManySteps, *_NOT_READABLE):
            return SkipReason.BROKEN_SERIES
        return read

    def _use_zones_of(self, calendar: int) -> None:
        """Let the package know this calendar's time zones and no other's: two may give one name to different ones."""
        from icalendar import Timezone, use_zoneinfo

        if self._zones_of == calendar:
            return
        use_zoneinfo()  # type: ignore[no-untyped-call] # the package leaves it so
        self._zones_of = calendar
        for zone in self._calendars[calendar].zones:
            try:
                Timezone.from_ical(zone)
            except _NOT_READABLE:  # an event in it will be left out for its unknown zone
                continue

    def _zone(self, calendar: int) -> dt.tzinfo | None:
        from icalendar.timezone import tzp

        named = self._named[calendar]
        return (tzp.timezone(named) if named else None) or self._how.zone

    def _appointments(self, events: list[_Event], calendar: int) -> Iterator[IncomingAppointment | SkipReason]:
        series = next((each for each in events if not each.of), None)
        repeats = series is None or any(series.event.get(name) for name in ("RRULE", "RDATE"))
        uid = str(one(events[0].event, "UID") or "").strip()
        shared = EventOf(uid=uid, repeats=repeats, zone=self._zone(calendar))
        if not uid:
            yield SkipReason.NO_NUMBER
        elif series is not None and series.cancels:
            yield shared.cancelled(series.event)
        elif series is not None and not repeats and len(events) == 1:
            yield shared.appointment(series.event)
        else:
            self._parsed.followed = self._days
            for event in self._occurrences([_as_cancelled(each) for each in events]):
                yield shared.appointment(event)
            if series is not None:
                yield from self._taken_out(shared, series.event)

    def _occurrences(self, events: list[Any]) -> list[Any]:
        """Return a series' occurrences within the time in which it is followed.

        Raises:
            ValueError: There are more than anybody has.
        """
        from icalendar import Calendar
        from recurring_ical_events import of

        calendar = Calendar()
        for event in events:
            calendar.add_component(event)
        found = list(of(calendar).between(self._from, self._until))
        if len(found) > MOST_OF_A_SERIES:
            raise ValueError("too many")
        return found

    def _taken_out(self, shared: EventOf, event: Any) -> Iterator[IncomingAppointment]:
        lists = event.get("EXDATE") or []
        for dates in lists if isinstance(lists, list) else [lists]:
            for each in dates.dts:
                if isinstance(each.dt, dt.datetime) and self._from <= moment(each.dt, shared.zone, "x") <= self._until:
                    yield shared.taken_out(each.dt, event)


def _as_cancelled(read: _Event) -> Any:
    if read.cancels:
        read.event.pop("STATUS", None)
        read.event.add("STATUS", "CANCELLED")
    return read.event
