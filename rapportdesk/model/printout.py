"""A sheet of paper that left the desk and is to be destroyed at closing: its random serial, never whom it is about."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class PrintKind(StrEnum):
    """What lies on the paper. What is handed to the patient, and recovery sheets, are not destroyed and not listed."""

    BRIEF = "brief"
    DESK_SLIP = "desk-slip"
    DAY_SHEET = "day-sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """One print that waits to be destroyed.

    Attributes:
        serial: As it is printed at the foot.
        printed_at: With an offset (UTC), from the recorded clock.
        on: The local day on which it was printed.
    """

    serial: str
    kind: PrintKind
    printed_at: dt.datetime
    on: dt.date
    printed_by_name: str
