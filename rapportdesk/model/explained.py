"""What was explained to a patient, in which plain words, and how well it was understood when they told it back."""

from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.identity import RecordId


class TeachBack(StrEnum):
    """What came of asking the patient to tell it back in their own words (teach-back)."""

    UNDERSTOOD = "understood"
    EXPLAINED_AGAIN = "explained-again"
    NOT_YET = "not-yet"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """More about a note of the kind `explained`; the note's own text says what was explained.

    Attributes:
        in_words: The plain words that were used, so that the next person uses the same.
        leaflet: Id of the leaflet in the clinic's library that was given; None for none, or for one of elsewhere.
        leaflet_title: Its title as it was when it was given; empty when none was.
        why: Why it was explained, or why this leaflet.
        teach_back: None when they were not asked to tell it back.
    """

    in_words: str = ""
    leaflet: RecordId | None = None
    leaflet_title: str = ""
    why: str = ""
    teach_back: TeachBack | None = None
