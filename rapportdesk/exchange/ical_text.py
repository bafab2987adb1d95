"""An iCalendar file is cut into its calendars' components here; within one the `icalendar` package reads.

So a component that nobody can read is one component, and of a big file only one at a time is taken apart. Lines that
are folded are joined by the package's own rule first. What is never closed has been cut short.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser.content_line import UFOLD

from rapportdesk.exchange.faults import Fault, Unreadable

_BOUNDARY = re.compile(r"^(BEGIN|END):([^\r\n]*?)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"[A-Z][A-Z0-9-]{0,40}\Z")
_BLANK_ZONE = re.compile(r"^TZID:[ \t]*(\r?)$", re.IGNORECASE | re.MULTILINE)
_IN_BLANK_ZONE = re.compile(
    r'^((?:DT|DUE|RDATE|EXDATE|REC)[A-Z-]*(?:;[^:\r\n]*)?);TZID=(?:"")?(?=[;:])', re.IGNORECASE | re.MULTILINE
)
BLANK = "blank-tzid"
"""Stands for a time zone whose name is empty, so that the package can look up what the file says of it."""
_DEEPEST = 20


@dataclass(slots=True, kw_only=True)
class CalendarText:
    """One VCALENDAR, or events that stand in none.

    Attributes:
        head: Its own properties, one to a line.
        zones: Each VTIMEZONE.
        components: Every other component with its name, in order.
    """

    head: str = ""
    zones: list[str] = field(default_factory=list)
    components: list[tuple[str, str]] = field(default_factory=list)

    def add_to_head(self, lines: str) -> None:
        """Keep lines of its own; of the many blank ones between its components none."""
        if said := lines.strip():
            self.head += f"{said}\n"


def looks_like_ical(data: bytes) -> bool:
    """Return whether a file begins as iCalendar does, or with an event that stands in no calendar."""
    return bool(re.match(rb"(?:\xef\xbb\xbf)?\s*BEGIN:V(?:CALENDAR|EVENT)\s", data[:256], re.IGNORECASE))


def calendars(data: bytes) -> list[CalendarText]:
    """Return each calendar of a file.

    Raises:
        Unreadable: It is not UTF-8, ends before it is complete, or its components are not nested as such.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(Fault.ENCODING) from fault
    text = UFOLD.sub("", text.replace("\x00", ""))
    text = _IN_BLANK_ZONE.sub(rf"\1;TZID={BLANK}", _BLANK_ZONE.sub(rf"TZID:{BLANK}\1", text))
    return list(_cut(text))


def _cut(text: str) -> Iterator[CalendarText]:
    open_names: list[str] = []
    calendar, alone = CalendarText(), CalendarText()
    began = head_from = 0
    for boundary in _BOUNDARY.finditer(text):
        is_begin, name = boundary[1].upper() == "BEGIN", boundary[2].strip().upper()
        if not _NAME.match(name):
            raise Unreadable(Fault.MALFORMED)
        inside = bool(open_names) and open_names[0] == "VCALENDAR"
        if is_begin:
            if len(open_names) > _DEEPEST:
                raise Unreadable(Fault.TOO_DEEP)
            if len(open_names) == int(inside):  # a component of a calendar, or one that stands in none
                if inside:
                    calendar.add_to_head(text[head_from : boundary.start()])
                began = boundary.start()
            if name == "VCALENDAR":
                if open_names:
                    raise Unreadable(Fault.MALFORMED)
                calendar, head_from = CalendarText(), boundary.end()
            open_names.append(name)
            continue
        if not open_names or open_names.pop() != name:
            raise Unreadable(Fault.MALFORMED)
        if name == "VCALENDAR" and not open_names:
            calendar.add_to_head(text[head_from : boundary.start()])
            yield calendar
        elif len(open_names) == int(inside):
            component, holder = text[began : boundary.end(2)], calendar if inside else alone
            if name == "VTIMEZONE":
                holder.zones.append(component)
            else:
                holder.components.append((name, component))
            head_from = boundary.end()
    if open_names:
        raise Unreadable(Fault.CUT_SHORT)
    if alone.components:
        yield alone
