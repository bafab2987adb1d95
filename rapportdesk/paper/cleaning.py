"""Text goes onto a page as it was typed, and no text may reach beyond its own place on it.

What a page cannot hold (control characters, half characters, byte order marks) is taken out; what would turn or paint
over its neighbours (direction overrides, towers of accents) is kept inside. `#`, `<b>`, `$` and `@` are ordinary signs.
"""

import unicodedata
from dataclasses import dataclass

from babel import Locale

FIRST_STRONG_ISOLATE = "\u2068"
POP_DIRECTIONAL_ISOLATE = "\u2069"
ZERO_WIDTH_SPACE = "\u200b"
REPLACEMENT = "\ufffd"
ELLIPSIS = "…"
LONGEST_WORD = 30
LONGEST_LINE = 500
"""Characters of anything that is one line at the desk: a name, a number, a label."""

_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_FOR_PAPER = frozenset("\ufeff\ufff9\ufffa\ufffb")  # byte order mark and interlinear annotation
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_MOST_MARKS = 8  # combining marks on one letter: more than any script stacks, too few to paint over the lines around
_LAST_SPACED_SCRIPT = "\u08ff"  # up to here (Latin to Arabic) scripts put spaces between words; the rest break by rule


def clean(text: str) -> str:
    """Return `text` on one line, fit for any page or terminal: white space collapsed, nothing invisible and active.

    Lone surrogates become U+FFFD. Direction embeddings, overrides and isolates (UAX #9) are taken out, because one left
    open would turn the words that follow it; the plain marks (LRM, RLM) stay.
    """
    return " ".join(_kept(text).split())


def clean_paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of `text` that are not empty, each cleaned."""
    return tuple(line for line in map(clean, text.splitlines()) if line)


def without_surrogates(text: str) -> str:
    """Return `text` as it is, with U+FFFD for each half character that no encoding can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def shorten(text: str, longest: int) -> str:
    """Return at most `longest` characters of `text`, cut at a word where one ends near, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    at_word = cut.rfind(" ", longest * 3 // 4)
    return (cut[:at_word] if at_word > 0 else cut).rstrip(" ,;:") + ELLIPSIS


@dataclass(frozen=True, slots=True)
class PageText:
    """Prepares text for one page, whose direction decides what needs isolating.

    Attributes:
        rtl: The page itself reads from the right, so that Latin text needs isolating too.
    """

    rtl: bool = False

    def typed(self, text: str, longest: int = LONGEST_LINE, longest_word: int = LONGEST_WORD) -> str:
        """Return one piece of what somebody typed: cleaned, isolated where needed, and never wider than its place.

        Args:
            text: As it was typed.
            longest: Characters after which it is cut, with an ellipsis.
            longest_word: Letters without a space, after which a line may break anywhere.
        """
        return self.words(_breakable(clean(shorten(text, longest)), longest_word))

    def words(self, words: str) -> str:
        """Return words that are clean already, isolated where their direction could pull their neighbours along."""
        before, after = self.around(words) if words else ("", "")
        return before + words + after

    def around(self, sentence: str) -> tuple[str, str]:
        """Return what stands before and after a sentence of several pieces, so that its direction is its own."""
        needed = self.rtl or reads_from_right(sentence)
        return (FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE) if needed else ("", "")


def page_text(locale: Locale) -> PageText:
    """Return what prepares text for pages in this locale."""
    return PageText(rtl=locale.text_direction == "rtl")


def reads_from_right(text: str) -> bool:
    """Return whether any letter of `text` is written from right to left."""
    return any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def _kept(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category == "Mn" else 0
        if category == "Cs":
            kept.append(REPLACEMENT)
        elif char.isspace():
            kept.append(" " if char != "\u00a0" else char)
        elif category != "Cc" and marks <= _MOST_MARKS and not _is_barred(char):
            kept.append(char)
    return "".join(kept)


def _is_barred(char: str) -> bool:
    noncharacter = ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return noncharacter or char in _DIRECTION_CONTROLS or char in _NOT_FOR_PAPER


def _breakable(text: str, longest_word: int) -> str:
    """Let an endless word break, between letters and never before a combining mark."""
    pieces: list[str] = []
    run = 0
    for char in text:
        run = 0 if char.isspace() or char > _LAST_SPACED_SCRIPT else run + 1
        if run > longest_word and unicodedata.category(char) != "Mn":
            pieces.append(ZERO_WIDTH_SPACE)
            run = 1
        pieces.append(char)
    return "".join(pieces)
