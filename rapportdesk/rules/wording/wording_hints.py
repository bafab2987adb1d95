"""A text is read as its patient may read it: what judges gets a neutral alternative, what is clinical its right place.

A pure function over a list for the language. What stands in quotation marks is the patient's own and is left alone, and
so is everything after a mark that is not closed yet. When in doubt it says nothing: a hint that is often wrong is not
read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapportdesk.model.wording import HintKind, WordingHint

_CLOSES = {"“": "”", '"': '"', "„": "“”", "«": "»", "»": "«", "”": "”", "「": "」", "『": "』", "‹": "›", "‘": "’"}
_QUOTATION_MARK = re.compile("[" + "".join({*_CLOSES, *"".join(_CLOSES.values())}) + "]")
_GAPS = re.compile(r"[\s‐‑–’'-]+")
_NUMBER = r"(?<![\w.,])\d{1,6}(?:[.,]\d{1,3})?\s?"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingList:
    """What is pointed out in one language.

    Attributes:
        judging: Each phrase with its neutral alternative.
        clinical: Phrases that belong in the clinical record.
        units: What makes a number before it clinical ("mg").
        unless: Longer phrases in which one of the others is meant otherwise ("insurance claims").
    """

    judging: Mapping[str, str] = field(default_factory=dict)
    clinical: Sequence[str] = ()
    units: Sequence[str] = ()
    unless: Sequence[str] = ()

    def with_also(self, other: "WordingList") -> "WordingList":
        """Return this list with what another language adds; where both know a phrase this one decides."""
        return WordingList(
            judging={**other.judging, **self.judging},
            clinical=(*self.clinical, *other.clinical),
            units=(*self.units, *other.units),
            unless=(*self.unless, *other.unless),
        )


class WordingHints:
    """A list made ready once, so that reading a text costs nothing that a typist could notice.

    Args:
        listed: What is pointed out.
    """

    def __init__(self, listed: WordingList) -> None:
        self._instead = {_bare(phrase): instead for phrase, instead in listed.judging.items()}
        self._clinical = frozenset(_bare(phrase) for phrase in listed.clinical)
        phrases = sorted({*listed.judging, *listed.clinical, *listed.unless}, key=len, reverse=True)
        choices = [rf"(?<![\w#@])(?:{'|'.join(map(_pattern, phrases))})(?!\w)"] if phrases else []
        if listed.units:
            units = sorted(listed.units, key=len, reverse=True)
            choices.append(rf"(?P<measure>{_NUMBER}(?:{'|'.join(map(re.escape, units))}))(?!\w)")
        self._pattern = re.compile("|".join(choices), re.IGNORECASE) if choices else None

    def __call__(self, text: str) -> tuple[WordingHint, ...]:
        """Return what is pointed out in `text`, in its order; total over every text."""
        if self._pattern is None:
            return ()
        quoted = quoted_spans(text)
        found = (self._hint(match) for match in self._pattern.finditer(text))
        return tuple(hint for hint in found if hint is not None and not _touches(hint, quoted))

    def _hint(self, match: re.Match[str]) -> WordingHint | None:
        words = match.group()
        bare = _bare(words)
        instead = self._instead.get(bare, "")
        if not instead and bare not in self._clinical and match.lastgroup != "measure":
            return None  # one of the longer phrases in which nothing is meant
        return WordingHint(
            kind=HintKind.JUDGING if instead else HintKind.CLINICAL,
            start=match.start(), end=match.end(), words=words, instead=_written_like(words, instead),
        )  # fmt: skip


def with_alternative(text: str, hint: WordingHint) -> str:
    """Return `text` with the alternative in the place of what was pointed out; as it is when that is not there."""
    if not hint.instead or text[hint.start : hint.end] != hint.words:
        return text
    return text[: hint.start] + hint.instead + text[hint.end :]


def quoted_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where somebody's own words stand: from each opening mark to its closing one, or to the end."""
    spans = []
    begun, closes = -1, ""
    for match in _QUOTATION_MARK.finditer(text):
        mark, at = match.group(), match.start()
        if begun < 0:
            closes = _CLOSES.get(mark, "")
            begun = at if closes else -1
        elif mark in closes and not _apostrophe(text, at):
            spans.append((begun, at + 1))
            begun = -1
    return (*spans, (begun, len(text))) if begun >= 0 else tuple(spans)


def _apostrophe(text: str, at: int) -> bool:
    """Whether the mark at `at` stands inside a word ("don’t")."""
    return text[at] == "’" and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()


def _touches(hint: WordingHint, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < hint.end and hint.start < end for start, end in spans)


def _bare(phrase: str) -> str:
    """Return a phrase without what may be written in several ways: its gaps, its hyphens and its capitals."""
    return _GAPS.sub("", phrase).casefold()


def _pattern(phrase: str) -> str:
    """Return a pattern for a phrase: any white space, a hyphen written or not, either apostrophe."""
    made = {" ": r"\s{1,3}", "-": r"[\s‐‑–-]?", "'": "['’]", "’": "['’]"}
    return "".join(made.get(letter) or re.escape(letter) for letter in phrase)


def _written_like(words: str, instead: str) -> str:
    """Return the alternative with the capitals of what it stands for."""
    if len(words) > 1 and words.isupper():
        return instead.upper()
    return instead[:1].upper() + instead[1:] if words[:1].isupper() else instead
