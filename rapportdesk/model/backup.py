"""A copy of the whole vault, as far as the vault remembers it."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One copy that was written, read back and found whole.

    Attributes:
        made_at: When, with its offset from UTC.
        path: Where it was put.
        sheets: The numbers of the desk's recovery sheets that open it.
        own_disk: It lies on the vault's own disk, and goes with it: a copy, and no backup.
        deleted: How many things had ever been deleted by then: the list beside it holds as many, and never fewer.
        size: Of the file, in bytes.
        digest: SHA-256 of the file as it was written, in hexadecimal digits; empty where nobody remembered it.
        damaged: It was found to be something else since, and counts as none.
    """

    made_at: dt.datetime
    path: str
    sheets: tuple[int, ...]
    own_disk: bool = False
    deleted: int = 0
    size: int = 0
    digest: str = ""
    damaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMade:
    """A backup that could not be made.

    Attributes:
        at: When it was tried, with its offset from UTC.
        words: Why not, in one sentence.
    """

    at: dt.datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupStatus:
    """How it stands with backups, honestly.

    Attributes:
        last: The last good one on another disk than the vault's that nobody has taken away since, or None.
        copy: The last copy on the vault's own disk, if it is newer; it is no backup.
        folder: Where they are made by themselves; empty when nobody has said.
        folder_is_there: Whether that folder can be found now.
        same_disk: Whether it lies on the disk that the vault is on: then what is in it goes with that disk.
        overdue: Whether there is no backup of late.
        not_made: The last try, where it came to nothing and none was made since.
        damaged: Where backups lie that were damaged since; one that was thrown away is not among them.
        list_went_back: A folder in which an older list of what was deleted was found; None where none was.
        list_went_back_at: When it was found, with its offset.
    """

    last: Backup | None
    folder: str
    folder_is_there: bool
    same_disk: bool
    overdue: bool
    copy: Backup | None = None
    not_made: NotMade | None = None
    damaged: tuple[str, ...] = ()
    list_went_back: str | None = None
    list_went_back_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFound:
    """What a backup says of itself to whoever has no code.

    Attributes:
        made_at: When, with the practice's offset.
        sheets: The numbers of the desk's recovery sheets that open it.
    """

    made_at: dt.datetime
    sheets: tuple[int, ...]
