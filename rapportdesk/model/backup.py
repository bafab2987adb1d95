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
    """

    made_at: dt.datetime
    path: str
    sheets: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupStatus:
    """How it stands with backups, honestly.

    Attributes:
        last: The last one that was made, or None.
        folder: Where they are made by themselves; empty when nobody has said.
        folder_is_there: Whether that folder can be found now.
        same_disk: Whether it lies on the disk that the vault is on: then what is in it goes with that disk.
        overdue: Whether there is none of late.
    """

    last: Backup | None
    folder: str
    folder_is_there: bool
    same_disk: bool
    overdue: bool
