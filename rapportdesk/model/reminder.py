"""Something that waits for the signed-in person's own hands, beside the day's work."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One line on Today.

    Attributes:
        words: What waits, in the reader's language; names colleagues, never a patient.
        command: Id of the window's command that does it.
    """

    words: str
    command: str
