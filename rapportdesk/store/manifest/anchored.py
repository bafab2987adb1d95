"""A line of the audit that says how the file stood; it is nobody's doing, and no list of what was done shows it."""

import datetime as dt
from dataclasses import dataclass

from rapportdesk.vault.anchor import Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """One anchor in the chain.

    Attributes:
        at: When the line was written, by the recorded clock.
        epoch: Of the anchor.
        tag: Of the anchor.
        foreign: It is how another copy of the file stood, in whose place this one was put with the practice's
            knowledge: a backup was restored, or a manager chose to go on with an older copy.
        place: Of the file, where the password store is known to remember this place; empty where it is not.
    """

    at: dt.datetime
    epoch: int
    tag: str
    foreign: bool = False
    place: str = ""

    def says(self, anchor: Anchor) -> bool:
        """Whether it is this anchor's line."""
        return (self.epoch, self.tag) == (anchor.epoch, anchor.tag)
