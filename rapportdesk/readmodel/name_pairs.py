"""Two words of one person stand together as a row, both ways round: "pr ni" is a range, however many begin with either.

The same rows tell namesakes: whoever has a word near one part of a name and a word near another.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rapportdesk.readmodel.database import Database

NO_FORM = 99
"""Parts of a pair that stands together in none of the forms in which the name is used: a former name beside it."""

MOST_PARTS = 12
"""Parts of a name from which pairs are made."""

_NAMES = 1  # WordKind.FORMER: kinds up to this are parts of names as they are written
_HAD = "SELECT DISTINCT word FROM name_word WHERE person = ? AND kind <= ? ORDER BY word"


def joined_forms(form: tuple[str, ...]) -> tuple[str, str]:
    """Return a name without its gaps, as written and with its parts in alphabetical order."""
    return "".join(form), "".join(sorted(form))


def put_pairs(connection: Database, person: int) -> None:
    """Put the pairs of a person whose other rows are there."""
    connection.executemany("INSERT INTO name_pair VALUES (?, ?, ?, ?, ?, ?)", _rows_of(connection, person))


def remove_pairs(connection: Database, person: int) -> None:
    """Take the pairs away before the person's other rows go."""
    connection.executemany(
        "DELETE FROM name_pair WHERE one = ? AND other = ? AND parts = ? AND born = ? AND person = ?",
        [key for *key, _letters in _rows_of(connection, person)],
    )


def pairs_of(form: Sequence[str]) -> list[tuple[str, str]]:
    """Return each two parts of a name, sorted; a part that stands twice makes a pair with itself."""
    return sorted(set(combinations(sorted(form[:MOST_PARTS]), 2)))


def letters_of(words: Iterable[str], forms: Iterable[Sequence[str]]) -> str:
    """Return the letters with which a person's words begin, sorted; one stands twice where two parts of a name do."""
    found = [Counter(part[0] for part in parts) for parts in (set(words), *forms)]
    most = {letter: max(each[letter] for each in found) for letter in set().union(*found)}
    return "".join(letter * min(count, 2) for letter, count in sorted(most.items()))


def _rows_of(connection: Database, person: int) -> list[tuple[str, str, int, int, int, str]]:
    forms, born = connection.execute(
        "SELECT forms, coalesce(CAST(julianday(birth) AS INTEGER), 0) FROM person WHERE id = ?", [person]
    ).fetchall()[0]
    words = [word for (word,) in connection.execute(_HAD, (person, _NAMES)).fetchall()]
    used = json.loads(forms)
    parts, letters = dict(_pairs(used, words)), letters_of(words, used)
    return sorted((one, other, count, born, person, letters) for (one, other), count in parts.items())


def _pairs(forms: Iterable[Sequence[str]], words: list[str]) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield pairs both ways with the parts of their form, the shortest form last."""
    for one, other in combinations(words[:MOST_PARTS], 2):
        yield from (((one, other), NO_FORM), ((other, one), NO_FORM))
    for form in sorted(forms, key=len, reverse=True):
        for one, other in pairs_of(form):
            yield from (((one, other), len(form)), ((other, one), len(form)))
        if len(form) == 1:
            yield ("", form[0]), 1
