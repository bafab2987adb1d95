"""A copy of the whole vault, as far as the vault remembers it."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup that was written, read back and found whole.

    Attributes:
        made_at: When, with its offset from UTC.
        path: Where it was put.
        sheets: The numbers of the desk's recovery sheets that open it.
        size: In bytes.
    """

    made_at: dt.datetime
    path: str
    sheets: tuple[int, ...]
    size: int
