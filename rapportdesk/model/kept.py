"""What somebody may be sure of when they come back to the desk."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is safe.

    Attributes:
        until: When something was last kept, in the practice's zone; None when nothing is known of it.
        schedule_from: When a schedule was last brought in, in the practice's zone; None when none is known of.
        drafts: How many unfinished notes of the signed-in person are kept.
    """

    until: dt.datetime | None = None
    schedule_from: dt.datetime | None = None
    drafts: int = 0
