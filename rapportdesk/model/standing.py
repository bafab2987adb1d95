"""Whether the desk's file is the one that this computer last saw, and how far that one went."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Stands(StrEnum):
    """How the file compares with what this computer remembers of it."""

    AS_BEFORE = "as-before"
    FIRST = "first"
    """It was never noted, here or anywhere."""

    RESTORED = "restored"
    """A backup was brought back since, with the code of a recovery sheet."""

    OLDER = "older"
    """It does not go as far as this computer has seen it: an older copy, put in its place."""

    FORGOTTEN = "forgotten"
    """It was noted before, and this computer remembers nothing of it in this place: moved, or the memory is lost."""

    TAKEN_OUT = "taken-out"
    """This computer remembered it in this very place, still has its key, and the memory is gone: somebody took it."""

    NOT_KNOWN = "not-known"
    """The computer's password store gave no answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the file stands.

    Attributes:
        stands: How it compares.
        seen_at: When this computer last noted how it stood, with the practice's offset; None where that is not known.
    """

    stands: Stands
    seen_at: dt.datetime | None = None

    @property
    def needs_deciding(self) -> bool:
        """Whether a manager is to say how to go on."""
        return self.stands in {Stands.OLDER, Stands.TAKEN_OUT}
