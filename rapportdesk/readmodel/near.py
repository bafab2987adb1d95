"""A namesake is looked for among all people, not among those that were found.

The database proposes few candidates by words that are spelled or said alike; rapportdesk.model.names decides.
"""

import datetime as dt
import json
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.distance import OSA

from rapportdesk.model.names import NameProfile, compare, sounds_like
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.rows import LONG_WORD, joined_forms, sound_of, typo_keys
from rapportdesk.readmodel.schema import WordKind

_MOST_PARTS = 12  # of a name, from which pairs are made
_TYPOS = "SELECT DISTINCT word FROM typo WHERE key IN (SELECT value FROM json_each(?))"
_SOUNDS = "SELECT word FROM vocabulary WHERE sound = ?"
_COUNT = """
SELECT count(*) FROM (
    SELECT 1 FROM json_each(?) AS near JOIN name_word ON name_word.word = near.value LIMIT 2000
)"""
_BOTH = """
SELECT DISTINCT p.id, p.forms, p.latin, p.birth
FROM json_each(:few) AS near JOIN name_word AS a ON a.word = near.value JOIN person AS p ON p.id = a.person
WHERE EXISTS (
    SELECT 1 FROM name_word AS b WHERE b.person = a.person AND b.word IN (SELECT value FROM json_each(:many))
)"""
_ONE = """
SELECT DISTINCT p.id, p.forms, p.latin, p.birth
FROM json_each(:words) AS near JOIN name_word AS a ON a.word = near.value JOIN person AS p ON p.id = a.person
WHERE :kind IS NULL OR a.kind = :kind"""
_BORN = """
SELECT p.id, p.forms, p.latin, p.birth FROM json_each(?) AS day JOIN person AS p ON p.birth = day.value"""


def words_spelled_near(connection: Database, word: str) -> list[str]:
    """Return known words an edit away from `word`, or two for long ones; itself first if it is known."""
    found = [row[0] for row in connection.execute(_TYPOS, [json.dumps(sorted(typo_keys(word)))])]
    scored = [(OSA.distance(word, other), other) for other in found]
    return [other for distance, other in sorted(scored) if distance <= _edits_allowed(word, other)]


def words_said_alike(connection: Database, word: str) -> list[str]:
    """Return known words that are said like `word`."""
    sound = sound_of(word)
    if not sound:
        return []
    return [row[0] for row in connection.execute(_SOUNDS, [sound]) if sounds_like(word, row[0])]


def profile_from(forms: str, latin: int, birth: str | None) -> NameProfile:
    """Return what `person_row` put down, for comparing."""
    return NameProfile(
        forms=tuple(tuple(form) for form in json.loads(forms)),
        latin=bool(latin),
        birth_date=dt.date.fromisoformat(birth) if birth else None,
    )


class Namesakes:
    """Finds near namesakes, remembering which words are near which until the index changes.

    Args:
        connection: The index; its owner holds the lock.
    """

    def __init__(self, connection: Database) -> None:
        self._connection = connection
        self._near_words: dict[str, str] = {}
        self._has_one: dict[int, bool] = {}

    def forget(self) -> None:
        """Start afresh after any person was put or removed."""
        self._near_words.clear()
        self._has_one.clear()

    def exists_for(self, person: int, profile: NameProfile) -> bool:
        """Return whether anybody else could be taken for `person`, a row of the index."""
        known = self._has_one.get(person)
        if known is None:
            known = self._has_one[person] = any(True for _ in self.of(profile, but_not=person))
        return known

    def of(self, profile: NameProfile, *, but_not: int | None) -> Iterator[int]:
        """Yield the rows of everybody who could be taken for somebody with `profile`, each once."""
        seen = {but_not}
        for person, forms, latin, birth in self._candidates(profile):
            if person not in seen:
                seen.add(person)
                if compare(profile, profile_from(forms, latin, birth)) is not None:
                    yield person

    def _candidates(self, profile: NameProfile) -> Iterator[tuple[int, str, int, str | None]]:
        """Yield more than enough rows: `compare` finds nobody near who is not among them."""
        run = self._connection.execute
        joined = sorted({each for form in profile.forms for each in joined_forms(form)})
        yield from run(_ONE, {"words": json.dumps(joined), "kind": None})
        for near in self._near_enough_alone(profile):
            yield from run(_ONE, {"words": near, "kind": None})
        for part in sorted({part for form in profile.forms for part in form}):
            yield from run(_ONE, {"words": self._near(part), "kind": WordKind.LONE})
        for one, other in self._pairs(profile):
            few, many = sorted((self._near(one), self._near(other)), key=self._holders)
            yield from run(_BOTH, {"few": few, "many": many})
        if profile.birth_date is not None:
            yield from run(_BORN, [json.dumps(sorted(_dates_near(profile.birth_date)))])

    def _near_enough_alone(self, profile: NameProfile) -> list[str]:
        """Single names, and a part that stands twice in one name, may be matched by one word of the other."""
        alone = {part for form in profile.forms for part in form if len(form) == 1 or form.count(part) > 1}
        return [self._near(part) for part in sorted(alone)]

    @staticmethod
    def _pairs(profile: NameProfile) -> list[tuple[str, str]]:
        return sorted({pair for form in profile.forms for pair in combinations(sorted(set(form))[:_MOST_PARTS], 2)})

    def _holders(self, words: str) -> int:
        return int(self._connection.execute(_COUNT, [words]).fetchone()[0])

    def _near(self, word: str) -> str:
        """Return the JSON list of known words near `word` in spelling or sound."""
        near = self._near_words.get(word)
        if near is None:
            words = {*words_spelled_near(self._connection, word), *words_said_alike(self._connection, word)}
            near = self._near_words[word] = json.dumps(sorted(words))
        return near


def _edits_allowed(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return 2 if shorter >= LONG_WORD else 1 if shorter > 1 else 0


def _dates_near(day: dt.date) -> set[str]:
    """Return `day` and the days that differ by exchanged day and month or by two neighbouring digits."""
    digits = f"{day.day:02}{day.month:02}{day.year:04}"
    written = {digits, digits[2:4] + digits[:2] + digits[4:]}
    written.update(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    days = set()
    for each in written:
        try:
            days.add(dt.date(int(each[4:]), int(each[2:4]), int(each[:2])).isoformat())
        except ValueError:  # the exchange gave no day of the calendar
            continue
    return days
