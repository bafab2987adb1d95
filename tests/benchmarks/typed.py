"""What is typed into the search field to measure it: chosen from the same lists that the people and words come from."""

import itertools
import json
import random
from dataclasses import dataclass

from rapportdesk.paths import RESOURCES

NOBODY = ("zzqx", "qqwx", "xwvqj", "vvvvk")
NO_WORD = ("zzqxing", "qwxyzzy", "hobby:zzqx", "preference:qwxyz")
_LETTERS = "abcdefghijklmnoprstuvwyz"
PREFIX = 6
"""Letters of a name that are typed at most: by then anybody is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One row of what is typed: the texts of it, each typed letter by letter into an empty field.

    Attributes:
        name: Of the row.
        texts: In their order.
        words: It looks for words in notes, whose target is another than that of people.
        last_only: Only the last letter of each text counts; what it goes through is another row's.
    """

    name: str
    texts: tuple[str, ...]
    words: bool = False
    last_only: bool = False


def typed(seed: int, count: int) -> tuple[Typed, ...]:
    """Return everything that is typed, the same from the same seed.

    Args:
        seed: What the texts are chosen by.
        count: How many texts a row has, where it is not about every letter there is.
    """
    chance = random.Random(seed)  # noqa: S311  # what is typed needs no secrecy
    source = json.loads((RESOURCES / "demo" / "invention.json").read_text(encoding="utf-8"))
    cultures = source["cultures"]

    def names(part: str) -> tuple[str, ...]:
        chosen = chance.choices(cultures, weights=[each["weight"] for each in cultures], k=count)
        return tuple(chance.choice(each[part]).partition("|")[0] for each in chosen)

    families, given = names("family"), names("given")
    words = [word for word in source["words"] if len(word) > 2]
    known = tuple(chance.choice(words[:150]) for _word in range(count))
    rare = tuple(chance.choice(source["syllables"]) + chance.choice(source["syllables"]) for _word in range(count))
    return (
        Typed(name="names: the first letter", texts=tuple(_LETTERS * max(1, count // 6))),
        Typed(name="names: as they are typed", texts=tuple(each[:PREFIX] for each in (*families, *given))),
        Typed(
            name="names: two letters and two",
            texts=tuple(f"{first[:2]} {last[:2]}" for first, last in zip(given, families, strict=True)),
        ),
        Typed(name="names: with a letter wrong", texts=tuple(map(_wrong, families)), last_only=True),
        Typed(
            name="names: birth dates",
            texts=tuple(f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(1931, 2020)}" for _ in given),
            last_only=True,
        ),
        Typed(
            name="names: practice numbers", last_only=True,
            texts=tuple(str(50000 + chance.randrange(1000)) for _ in given),
        ),
        Typed(name="names: nobody", texts=NOBODY),
        Typed(name="words: as they are typed", texts=known, words=True),
        Typed(name="words: two of them", texts=tuple(f"{a} {b}" for a, b in itertools.pairwise(known)),
              words=True, last_only=True),
        Typed(name="words: rare ones", texts=rare, words=True),
        Typed(name="words: with a filter", texts=tuple(f"hobby:{word}" for word in known), words=True, last_only=True),
        Typed(name="words: none", texts=NO_WORD, words=True),
    )  # fmt: skip


def _wrong(name: str) -> str:
    """Return a name with two letters changed about, as a hasty hand types it."""
    at = len(name) // 2
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :] if len(name) > 3 else name
