"""Something that waits for somebody's hands, beside the day's work."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One line on Today.

    Attributes:
        words: What waits, in the reader's language; names colleagues, never a patient.
        command: Id of the window's command that does it; empty where it is not done in here.
    """

    words: str
    command: str = ""
