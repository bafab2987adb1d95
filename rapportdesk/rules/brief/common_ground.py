"""What a colleague and a patient have in common is told to that colleague alone, and only where it may be spoken of.

A match is looked for in the hobbies that stand on what is shown to the viewer, so that it can tell nothing more than
they already read, and never where the patient asked not to be spoken to about it or wants to be asked first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from rapidfuzz import fuzz

from rapportdesk.language import _
from rapportdesk.model.common_ground import Interest
from rapportdesk.model.names import name_parts
from rapportdesk.model.note import NoteKind
from rapportdesk.model.shown import Brief, Card, Line, Mark

_SPELT_ALIKE = 88
"""Of 100, by rapidfuzz's ratio: one letter wrong in a word of eight ("gardning"), and not "choir" and "chair"."""

_TYPED_LONG = 6
"""Letters a word must have before a letter in it may be wrong."""

_LEAST_STEM = 3
_NOT_NOW = frozenset({Mark.DONT, Mark.ASK_FIRST, Mark.ASKED_ALREADY})


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeWords:
    """Which words mean the same to somebody looking for something to talk about; all folded.

    Attributes:
        endings: What may follow a word's stem ("sing-s", "sing-ing").
        little: Words that say nothing of an interest.
        groups: The numbers of the groups of like words in which a word stands.
    """

    endings: frozenset[str] = frozenset({""})
    little: frozenset[str] = frozenset()
    groups: Mapping[str, frozenset[int]] = field(default_factory=dict)


def alike_words(endings: Iterable[str], little: Iterable[str], alike: Sequence[Sequence[str]]) -> AlikeWords:
    """Return the lists of a language made ready for `common_interest`."""
    groups: dict[str, frozenset[int]] = {}
    for number, words in enumerate(alike):
        for word in words:
            folded = "".join(name_parts(word))
            groups[folded] = groups.get(folded, frozenset()) | {number}
    return AlikeWords(endings=frozenset({"", *endings}), little=frozenset(little), groups=groups)


def common_interest(interests: Sequence[Interest], text: str, alike: AlikeWords) -> Interest | None:
    """Return the first interest that a hobby shares: each word of it that says something stands in the text, or a like.

    Args:
        interests: The viewer's own.
        text: A hobby in somebody's words.
        alike: Which words mean the same.
    """
    said = _telling(text, alike)
    for interest in interests:
        words = _telling(interest.words, alike)
        if words and all(any(_same(word, other, alike) for other in said) for word in words):
            return interest
    return None


def card_with_common_ground(card: Card, interests: Sequence[Interest], called: str, alike: AlikeWords) -> Card:
    """Return the card with what the viewer shares said under each hobby it is shared in.

    Args:
        card: As the viewer may read it.
        interests: The viewer's own; without any the card stays as it is.
        called: How the viewer is called.
        alike: Which words mean the same.
    """
    if not interests or card.patient.deceased:
        return card
    add = _adder(interests, called, alike)
    return replace(card, blocks=tuple(replace(each, lines=tuple(map(add, each.lines))) for each in card.blocks))


def brief_with_common_ground(brief: Brief, interests: Sequence[Interest], called: str, alike: AlikeWords) -> Brief:
    """Return the brief likewise, for its own reader on the screen; never for paper, which others may find."""
    if not interests or brief.patient.deceased:
        return brief
    add = _adder(interests, called, alike)
    return replace(brief, sections=tuple(replace(each, lines=tuple(map(add, each.lines))) for each in brief.sections))


def common_words(interest: Interest, called: str) -> str:
    """Return what the colleague reads: "Ana too: singing, happily about concerts, not about auditions"."""
    parts = [_("{name} too: {interest}").format(name=called, interest=interest.words)]
    if interest.happy_to:
        parts.append(_("happily about {what}").format(what=interest.happy_to))
    if interest.rather_not:
        parts.append(_("not about {what}").format(what=interest.rather_not))
    return ", ".join(parts)


def _adder(interests: Sequence[Interest], called: str, alike: AlikeWords) -> Callable[[Line], Line]:
    def add(line: Line) -> Line:
        if line.note is None or line.note.kind is not NoteKind.HOBBY or line.mark in _NOT_NOW:
            return line
        shared = common_interest(interests, line.note.text, alike)
        if shared is None:
            return line
        return replace(line, detail=" · ".join(filter(None, (line.detail, common_words(shared, called)))))

    return add


def _telling(text: str, alike: AlikeWords) -> tuple[str, ...]:
    return tuple(part for part in name_parts(text) if len(part) >= _LEAST_STEM and part not in alike.little)


def _same(one: str, other: str, alike: AlikeWords) -> bool:
    if one == other or alike.groups.get(one, frozenset()) & alike.groups.get(other, frozenset()):
        return True
    if min(len(one), len(other)) >= _TYPED_LONG and fuzz.ratio(one, other) >= _SPELT_ALIKE:
        return True
    return any(
        one.removesuffix(mine) == other.removesuffix(theirs) and len(one.removesuffix(mine)) > _LEAST_STEM
        for mine, theirs in product(alike.endings, repeat=2)
        if one.endswith(mine) and other.endswith(theirs)
    )
