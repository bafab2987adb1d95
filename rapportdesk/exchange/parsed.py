"""What one parser makes of one file; the same for every format."""

import datetime as dt
from collections import Counter, deque
from dataclasses import dataclass, field

from rapportdesk.exchange.plan import (
    FileFormat,
    FileRead,
    IncomingAppointment,
    IncomingMerge,
    IncomingPatient,
    Skipped,
)
from rapportdesk.exchange.skipping import SkipReason


@dataclass(slots=True, kw_only=True)
class Parsed:
    """Collects while a file is read.

    Attributes:
        read: How many things the file holds, counted where they are met and apart from what becomes of them.
    """

    format: FileFormat
    version: str = ""
    read: int = 0
    patients: deque[IncomingPatient] = field(default_factory=deque)
    appointments: deque[IncomingAppointment] = field(default_factory=deque)
    merges: list[IncomingMerge] = field(default_factory=list)
    people: int = 0
    followed: tuple[dt.date, dt.date] | None = None
    skipped: Counter[tuple[str, SkipReason]] = field(default_factory=Counter)

    def skip(self, resource_type: str, reason: SkipReason) -> None:
        """Note that one thing is left out."""
        self.skipped[resource_type, reason] += 1

    def as_read(self, name: str) -> FileRead:
        """Return the counts, the most frequent first."""
        left_out = sorted(self.skipped.items(), key=lambda each: (-each[1], each[0]))
        return FileRead(
            name=name,
            format=self.format,
            version=self.version,
            read=self.read,
            patients=len(self.patients),
            appointments=len(self.appointments),
            people=self.people,
            merges=len(self.merges),
            followed=self.followed,
            skipped=tuple(
                Skipped(resource_type=resource_type, reason=reason, count=count)
                for (resource_type, reason), count in left_out
            ),
        )
