"""How plainly a text reads: Flesch's figure over a library's syllables, long sentences, and hard words.

It only ever says something; nothing that somebody writes is refused or altered. A text of a few words has no figure,
because one long word would decide it.
"""

import re
from collections.abc import Callable, Mapping

from rapportdesk.model.reading_help import HardWord, ReadingHelp

FEWEST_WORDS = 8
"""Under so many words there is no figure."""
LONG_SENTENCE = 20
"""A sentence of more words is hard to follow (NHS digital service manual: aim for at most 20)."""
LONGEST_TEXT = 20_000
"""Characters that are looked at; more than a note holds."""

_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_SENTENCE_ENDS = re.compile(r"[.!?…]+(?:\s|$)|\n+")


def reading_help(text: str, *, hard: Mapping[str, str], syllables: Callable[[str], int] | None = None) -> ReadingHelp:
    """Return how plainly a text reads.

    Args:
        text: What was written for a patient.
        hard: Hard words and phrases in small letters, each with what to say in its place.
        syllables: Counts the syllables of one word; None for a language whose figure is not known.
    """
    text = text[:LONGEST_TEXT]
    sentences = [found for part in _SENTENCE_ENDS.split(text) if (found := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    return ReadingHelp(
        words=len(words),
        ease=None if syllables is None else _reading_ease(words, len(sentences), syllables),
        longest_sentence=max(map(len, sentences), default=0),
        hard=_hard_words(text, hard),
    )


def _reading_ease(words: list[str], sentences: int, syllables: Callable[[str], int]) -> int | None:
    """Return Flesch's Reading Ease (Journal of Applied Psychology 32, 1948), held between 0 and 100."""
    if len(words) < FEWEST_WORDS:
        return None
    spoken = sum(syllables(word) for word in words)
    ease = 206.835 - 1.015 * len(words) / sentences - 84.6 * spoken / len(words)
    return round(min(max(ease, 0.0), 100.0))


def _hard_words(text: str, hard: Mapping[str, str]) -> tuple[HardWord, ...]:
    """Return each hard word once; of phrases that begin at one place the longest counts."""
    if not hard:
        return ()
    longest_first = sorted(hard, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(s?)(?!\w)", re.IGNORECASE)
    found: dict[str, HardWord] = {}
    for match in pattern.finditer(text):
        known = match[1].casefold()
        found.setdefault(known, HardWord(word=match[0], plainer=hard.get(known, hard.get(match[1].lower(), ""))))
    return tuple(found.values())
