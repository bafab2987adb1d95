"""Which words of names are near which is worked out when a word comes into the index, not while somebody types.

A word stands here as long as anybody has it, once however many have it, so what is kept grows with the names of a
language and not with the people. Nearness is that of rapportdesk.model.names and goes both ways.
"""

import json
from itertools import combinations

import jellyfish
from rapidfuzz.distance import OSA

from rapportdesk.model.names import sounds_like
from rapportdesk.readmodel.database import Database

LONG_WORD = 8
"""Letters from which on two edits are a typing error, as in rapportdesk.model.names."""

_COMPARED = 7  # edits are looked for in the first letters; the rest is compared afterwards
_BEGINNING = 6  # letters of a mistyped beginning that are looked for; one fewer than are kept
_MOST_BEGUN = 400  # words looked at for one beginning of a mistyped word

_TYPOS = "SELECT DISTINCT word FROM typo WHERE key IN (SELECT value FROM json_each(?))"
_TYPOS_BEGUN = "SELECT DISTINCT word FROM typo WHERE key >= ?1 AND key < ?1 || '{' LIMIT ?2"
_SOUNDS = "SELECT word FROM vocabulary WHERE sound = ?"
_BEGUN = "SELECT word FROM vocabulary WHERE word >= ?1 AND word < ?1 || '{'"
_KNOWN = "SELECT 1 FROM vocabulary WHERE word = ?"
_ONE_MORE = "UPDATE vocabulary SET holders = holders + 1 WHERE word = ? RETURNING holders"
_ONE_LESS = "UPDATE vocabulary SET holders = holders - 1 WHERE word = ? RETURNING holders"
_NEAR = "SELECT near FROM near_word WHERE word = ?"


def put_word(connection: Database, word: str) -> None:
    """Keep a folded word that one more person has."""
    if connection.execute(_ONE_MORE, [word]).fetchall():
        return
    near = {*_worked_out(connection, word), word}
    connection.execute("INSERT INTO vocabulary VALUES (?, ?, 1)", (word, sound_of(word)))
    connection.executemany("INSERT INTO typo VALUES (?, ?)", [(key, word) for key in sorted(typo_keys(word))])
    both_ways = {(word, other) for other in near} | {(other, word) for other in near}
    connection.executemany("INSERT INTO near_word VALUES (?, ?)", sorted(both_ways))


def remove_word(connection: Database, word: str) -> None:
    """Take a word from one person, and forget it when nobody has it any more."""
    if connection.execute(_ONE_LESS, [word]).fetchall() != [(0,)]:
        return
    near = [other for (other,) in connection.execute(_NEAR, [word]).fetchall()]
    connection.execute("DELETE FROM near_word WHERE word = ?", [word])
    connection.executemany("DELETE FROM near_word WHERE word = ? AND near = ?", [(other, word) for other in near])
    connection.executemany("DELETE FROM typo WHERE key = ? AND word = ?", [(key, word) for key in typo_keys(word)])
    connection.execute("DELETE FROM vocabulary WHERE word = ?", [word])


def near_words(connection: Database, word: str) -> list[str]:
    """Return the known words that could be taken for `word`, itself included, whether or not it is known."""
    kept = [near for (near,) in connection.execute(_NEAR, [word]).fetchall()]
    return kept or sorted({*_worked_out(connection, word), word})


def words_spelled_near(connection: Database, word: str) -> list[tuple[int, str]]:
    """Return known words an edit away from `word`, or two for long ones, with their distance, the nearest first."""
    found = [row[0] for row in connection.execute(_TYPOS, [json.dumps(sorted(typo_keys(word)))]).fetchall()]
    scored = [(OSA.distance(word, other), other) for other in found]
    return sorted((distance, other) for distance, other in scored if distance <= _edits_allowed(word, other))


def words_said_alike(connection: Database, word: str) -> list[str]:
    """Return known words that are said like `word`."""
    sound = sound_of(word)
    if not sound:
        return []
    return [other for (other,) in connection.execute(_SOUNDS, [sound]).fetchall() if sounds_like(word, other)]


def words_begun_near(connection: Database, word: str) -> list[str]:
    """Return known words whose beginning is one edit away from `word`, which has three letters or more.

    The letter that a word begins with is rarely mistyped: it is the first or the second of those typed.
    """
    start = word[:_BEGINNING]
    begun: dict[str, None] = {}
    for key in sorted({start, *("".join(kept) for kept in combinations(start, len(start) - 1))}):
        begun.update(dict.fromkeys(row[0] for row in connection.execute(_TYPOS_BEGUN, (key, _MOST_BEGUN)).fetchall()))
    scored = ((_edits_to_beginning(word, other), other) for other in begun if other[0] in word[:2])
    return [other for edits, other in sorted(scored) if edits <= 1]


def sound_of(word: str) -> str:
    """Return how a folded word is said, or nothing for one too short to tell or with a digit."""
    return jellyfish.metaphone(word) if len(word) > 2 and word.isalpha() else ""


def typo_keys(word: str) -> set[str]:
    """Return the keys that `word` shares with each word an edit or two away (symmetric deletes)."""
    start = word[:_COMPARED]
    keys = {start}
    for deletes in range(1, (2 if len(word) >= LONG_WORD else 1) + 1):
        keys.update("".join(kept) for kept in combinations(start, len(start) - deletes) if kept)
    return keys


def _worked_out(connection: Database, word: str) -> set[str]:
    near = {other for _distance, other in words_spelled_near(connection, word)}
    near.update(words_said_alike(connection, word))
    if len(word) == 1:  # an initial may stand for any part that begins with it
        near.update(other for (other,) in connection.execute(_BEGUN, [word]).fetchall())
    elif connection.execute(_KNOWN, [word[:1]]).fetchall():
        near.add(word[:1])
    return near


def _edits_allowed(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return 2 if shorter >= LONG_WORD else 1 if shorter > 1 else 0


def _edits_to_beginning(word: str, other: str) -> int:
    lengths = range(len(word) - 1, len(word) + 2)
    return min(OSA.distance(word, other[:length], score_cutoff=1) for length in lengths)
