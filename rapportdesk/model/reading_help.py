"""How plainly something written for patients reads: a figure, the longest sentence, hard words with plainer ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HardWord:
    """A word that many do not know.

    Attributes:
        word: As it stands in the text.
        plainer: What to say in its place.
    """

    word: str
    plainer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingHelp:
    """What is said of one text.

    Attributes:
        words: How many there are.
        ease: Flesch Reading Ease (1948): 100 is very easy, below 50 hard; None where the text is too short to measure
            or the language has no such measure.
        longest_sentence: In words.
        hard: Each hard word once, in the order of the text.
    """

    words: int = 0
    ease: int | None = None
    longest_sentence: int = 0
    hard: tuple[HardWord, ...] = ()
