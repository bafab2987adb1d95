"""What of a text is shown around the words that were looked for, and where in it they stand.

Marked is what was found and nothing beside it: a word that begins with what was typed, accents and case aside.
"""

import re
from dataclasses import dataclass

from rapportdesk.readmodel.words import folded_words

SNIPPET = 80
"""Characters of a note shown around a hit."""

_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3041-\u30ff]|[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sought:
    """The words and phrases that were looked for, as typed."""

    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()


def snippet_of(text: str, sought: Sought) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a piece of `text` around the first of what was looked for, and the places of all that is in the piece."""
    flat = " ".join(text.split())
    beginnings = tuple(word for each in (*sought.words, *sought.phrases) for word in folded_words(each))
    places = [match.span() for match in _WORD.finditer(flat) if _begins(match[0], beginnings)] if beginnings else []
    at = places[0][0] if places else 0
    start = max(0, at - SNIPPET // 3)
    if start:
        start = flat.find(" ", start, at) + 1 or start  # a piece begins with a whole word where there is one
    piece = flat[start : start + SNIPPET]
    before = "…" if start else ""
    shift = len(before) - start
    marks = tuple((first + shift, last + shift) for first, last in places if start <= first and last <= start + SNIPPET)
    return before + piece + ("…" if start + SNIPPET < len(flat) else ""), marks


def holds_all(text: str, sought: Sought) -> bool:
    """Return whether every word begins a word of `text`, and the words of every phrase stand in it side by side."""
    words = folded_words(text)
    together = f" {' '.join(words)}"
    begun = all(any(each.startswith(word) for each in words) for typed in sought.words for word in folded_words(typed))
    return begun and all(f" {' '.join(folded_words(phrase))}" in together for phrase in sought.phrases)


def _begins(word: str, beginnings: tuple[str, ...]) -> bool:
    return any(part.startswith(beginnings) for part in folded_words(word))
