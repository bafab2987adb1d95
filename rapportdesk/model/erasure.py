"""That somebody was erased: what is told to them on paper, and what the practice remembers without knowing of whom."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import PatientId


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlace:
    """A folder in which backups of this vault were made.

    Attributes:
        by_itself: Backups are made there by themselves, and older ones let go of by and by.
        made: When those that were made by hand were made, with their offset.
        went_back: When a list of what was deleted was found there that is older than the backups beside it.
    """

    folder: str
    by_itself: bool = False
    made: tuple[dt.datetime, ...] = ()
    went_back: dt.datetime | None = None


class ErasedList(StrEnum):
    """What lay beside a backup of the ids of what was deleted since."""

    WHOLE = "whole"
    MISSING = "missing"
    OLDER = "older"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedAgain:
    """What was taken out of a backup that was brought back, because it had been deleted after the backup was made.

    Attributes:
        people: How many people.
        things: How many single things of others.
        listed: Whether the list that says so can be relied on.
    """

    people: int = 0
    things: int = 0
    listed: ErasedList = ErasedList.WHOLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """One erasure, as it is remembered: nothing here says who it was.

    Attributes:
        patient: The random id that the record of who looked keeps, too.
        reason: Why, as it was given; it may not hold their name.
        backups_until: The day by which the last backup that holds them is let go of by itself; None when none does.
        by_hand: Folders with copies that nobody lets go of but by hand, and vaults that were set aside for a backup.
        unreached: Folders that could not be told; they are told with the next backup.
        certified: Keys and codes were replaced as well, and the file was compacted.
        sheet: The number of the recovery sheet that opens backups from now on, for a certified one.
    """

    patient: PatientId
    erased_at: dt.datetime
    by_name: str
    reason: str
    backups_until: dt.date | None = None
    by_hand: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    certified: bool = False
    sheet: int | None = None
