"""What is noticed in a text while it is typed: words that judge, which the patient may read, and what is clinical."""

from dataclasses import dataclass
from enum import StrEnum


class HintKind(StrEnum):
    """Why a piece of text is pointed out."""

    JUDGING = "judging"
    CLINICAL = "clinical"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingHint:
    """One piece of a text.

    Attributes:
        kind: Why it is pointed out.
        start, end: Where it stands, in characters.
        words: The piece as typed.
        instead: What says the same neutrally, with the same capitals; empty for what is clinical.
    """

    kind: HintKind
    start: int
    end: int
    words: str
    instead: str = ""
