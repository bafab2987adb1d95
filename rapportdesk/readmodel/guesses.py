"""What a mistyped or misheard name was meant for: known words near each word typed, the likeliest first.

A guess is only ever offered; whoever asks must not open it by itself.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from rapportdesk.readmodel import people_queries as queries
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.vocabulary import words_begun_near, words_said_alike, words_spelled_near

_MOST_MEANT = 40  # words that one typed word may have been meant for
_MOST_LOOKED_AT = 300  # people who have two of the words, of whom the others are asked


def guess(connection: Database, words: list[str], room: int, *, first: bool) -> list[int]:
    """Return people whose names `words` may have been meant for.

    Args:
        connection: The index.
        words: Folded, as typed, in any order; each may be a beginning.
        room: How many people are wanted at most.
        first: Nothing else was found, so that shorter words and beginnings are guessed at too.
    """
    meant = {word: _meant(connection, word, first=first) for word in words}
    if len(words) == 1:
        (word,) = words
        by_initials = _with_initials(connection, word) if is_initials(word) else ()
        alike = _each(connection, queries.HAS_WORD, {"guesses": json.dumps(meant[word]), "limit": room * 2})
        return list(dict.fromkeys((*islice(by_initials, room), *alike)))[:room]
    one, other, *rest = sorted(words, key=lambda word: (-len(word), word))
    ones, others = json.dumps(meant[one]), json.dumps(meant[other])
    asked: list[tuple[str, Mapping[str, object]]] = [
        (queries.HAS_AND_BEGINS, {"ones": ones, "other": other, "limit": _MOST_LOOKED_AT}),
        (queries.HAS_AND_BEGINS, {"ones": others, "other": one, "limit": _MOST_LOOKED_AT}),
        (queries.HAS_BOTH, {"ones": ones, "others": others, "limit": _MOST_LOOKED_AT}),
    ]
    if rest:  # the error may be in a word beside the two longest
        asked.append((queries.TWO_BEGIN, {"one": one, "other": other}))
    found: dict[int, None] = {}
    for query, values in asked:
        people = list(dict.fromkeys(islice(_each(connection, query, values), _MOST_LOOKED_AT)))
        found.update(dict.fromkeys(_who_has_all(connection, people, rest, meant)))
        if len(found) >= room:
            break
    return list(found)[:room]


def is_initials(word: str) -> bool:
    """Return whether a folded word may be the initials of a name of as many parts, of which two may begin alike."""
    return 2 <= len(word) <= 4 and word.isalpha() and len(word) - len(set(word)) <= 1


def two_or_more_begin(connection: Database, beginnings: list[str], twice: str = "") -> Iterator[int]:
    """Yield people of whose words one begins with each of `beginnings`, two or more, by those words.

    The two with which the fewest known words begin are looked up.

    Args:
        connection: The index.
        beginnings: Folded, in any order.
        twice: Two of their words begin so.
    """

    def how_many(beginning: str) -> tuple[int, str]:
        return int(connection.execute(queries.HOW_MANY_WORDS, [beginning]).fetchall()[0][0]), beginning

    one, other, *rest = sorted(beginnings, key=how_many)
    return _begin(connection, one, other, rest, twice)


def _begin(connection: Database, one: str, other: str, rest: Sequence[str], twice: str = "") -> Iterator[int]:
    if rest or twice:
        letters = sorted([*({word[0] for word in rest} - {twice}), *(twice * 2)])
        longer = json.dumps([word for word in rest if len(word) > 1])  # of the others the letter says all
        values = {"one": one, "other": other, "letters": f"*{'*'.join(letters)}*", "words": longer}
        return _each(connection, queries.ALL_BEGIN, values)
    return _each(connection, queries.TWO_BEGIN, {"one": one, "other": other})


def _with_initials(connection: Database, letters: str) -> Iterator[int]:
    twice = next((letter for letter in letters if letters.count(letter) > 1), "")
    different = sorted(set(letters))
    if len(different) == 1:
        return _begin(connection, twice, twice, ())
    return two_or_more_begin(connection, different, twice)


def _meant(connection: Database, word: str, *, first: bool) -> list[str]:
    """Return known words that `word` may have been meant for, the likeliest first."""
    likely: dict[str, tuple[int, int]] = {}
    if len(word) >= (3 if first else 5):
        likely = {other: (distance, 1) for distance, other in words_spelled_near(connection, word)}
    for other in words_said_alike(connection, word):
        likely[other] = (min(likely.get(other, (2, 0))[0], 2), 0)
    meant = sorted(likely, key=lambda other: (likely[other], other))
    if first and len(word) >= 4:
        meant = list(dict.fromkeys([*meant, *words_begun_near(connection, word)]))
    return meant[:_MOST_MEANT]


def _who_has_all(
    connection: Database, people: list[int], words: list[str], meant: Mapping[str, list[str]]
) -> Iterator[int]:
    if not words:
        yield from people
        return
    had: dict[int, list[str]] = {}
    for person, word in connection.execute(queries.WORDS_OF, [json.dumps(people)]).fetchall():
        had.setdefault(person, []).append(word)
    for person in people:
        parts = had[person]
        if all(any(part.startswith(word) or part in meant[word] for part in parts) for word in words):
            yield person


def _each(connection: Database, query: str, values: Sequence[object] | Mapping[str, object]) -> Iterator[int]:
    return (person for (person,) in connection.execute(query, values))
