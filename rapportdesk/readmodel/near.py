"""A namesake is looked for among all people, not among those that were found.

The index proposes few candidates, by pairs of words that are near the parts of a name; rapportdesk.model.names decides.
Nothing is remembered from one question to the next, so an answer depends on the people alone.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice

from rapportdesk.model.names import NameProfile, compare
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.name_pairs import MOST_PARTS, NO_FORM, joined_forms
from rapportdesk.readmodel.vocabulary import near_words

_AT_ONCE = 16  # candidates that are read together
_MANY = 200  # people with a pair of words, from which on another pair of the name is tried first
_TRIED = 3  # pairs that are tried
_FEWEST = 2  # parts of a name that makes a pair

_PAIR = """
SELECT p.person FROM json_each(:ones) AS a CROSS JOIN json_each(:others) AS b
CROSS JOIN name_pair AS p ON p.one = a.value AND p.other = b.value WHERE p.parts < :parts LIMIT :limit"""
_WEIGHTS = """
SELECT t.value, sum(v.holders) FROM json_each(?) AS t CROSS JOIN near_word AS n ON n.word = t.value
CROSS JOIN vocabulary AS v ON v.word = n.near GROUP BY t.value"""
_HOLDERS = """
SELECT p.person FROM json_each(:words) AS near CROSS JOIN name_word AS p ON p.word = near.value AND p.kind <= :kind"""
_BORN = """
SELECT p.id FROM json_each(:days) AS day CROSS JOIN person AS p ON p.birth = day.value
WHERE EXISTS (SELECT 1 FROM name_word AS w WHERE w.person = p.id AND w.word IN (SELECT value FROM json_each(:words)))"""
_PROFILES = "SELECT id, forms, latin, birth FROM person WHERE id IN (SELECT value FROM json_each(?))"
_JOINED = 2  # WordKind.JOINED
_NAME = 0  # WordKind.NAME


def namesakes_of(connection: Database, profile: NameProfile, *, but_not: int | None) -> Iterator[int]:
    """Yield the rows of everybody who could be taken for somebody with `profile`, each once."""
    seen = {but_not}
    for candidates in _in_parts(candidates_for(connection, profile)):
        fresh = [person for person in dict.fromkeys(candidates) if person not in seen]
        seen.update(fresh)
        known = dict(profiles_of(connection, fresh))
        yield from (person for person in fresh if person in known and compare(profile, known[person]) is not None)


def profile_from(forms: str, latin: int, birth: str | None) -> NameProfile:
    """Return what a row of `person` holds, for comparing."""
    return NameProfile(
        forms=tuple(tuple(form) for form in json.loads(forms)),
        latin=bool(latin),
        birth_date=dt.date.fromisoformat(birth) if birth else None,
    )


def profiles_of(connection: Database, people: Iterable[int]) -> list[tuple[int, NameProfile]]:
    """Return those of `people` who are in the index, with what comparing needs."""
    rows = connection.execute(_PROFILES, [json.dumps(sorted(people))]).fetchall()
    return [(person, profile_from(forms, latin, birth)) for person, forms, latin, birth in rows]


def _in_parts(candidates: Iterator[int]) -> Iterator[list[int]]:
    part: list[int] = []
    for person in candidates:
        part.append(person)
        if len(part) >= _AT_ONCE:
            yield part
            part = []
    yield part


def candidates_for(connection: Database, profile: NameProfile) -> Iterator[int]:
    """Yield more than enough rows: `compare` finds nobody near who is not among them."""
    parts = {part for form in profile.forms for part in form}
    near = {part: near_words(connection, part) for part in parts}
    joined = {each for form in profile.forms for each in joined_forms(form)}
    yield from _holders(connection, joined, _JOINED)
    yield from _pair(connection, [""], sorted({word for words in near.values() for word in words}))
    weights = weights_of(connection, parts)
    for form in profile.forms:
        yield from _like_form(connection, sorted(form, key=lambda part: (-weights.get(part, 0), part)), near)
    if profile.birth_date is not None:
        words = {word for words in near.values() for word in words}
        days = json.dumps(sorted(dates_near(profile.birth_date)))
        yield from _people(connection.execute(_BORN, {"days": days, "words": json.dumps(sorted(words))}))


def _like_form(connection: Database, form: Sequence[str], near: Mapping[str, list[str]]) -> Iterator[int]:
    """Yield whose name may be near a form, whose parts stand with the most common one first.

    A shorter name of k parts has each of them near another part of this one, and of any k parts two are beside the k-2
    most common ones. So nobody with "de la" is asked about who has no third part of a longer name.
    """
    if len(form) == 1:
        yield from _holders(connection, near[form[0]], _NAME)
        return
    commonest = max(len(form) - MOST_PARTS, 0)
    for at, one in enumerate(form[commonest:], commonest):
        below = min(at + 3, len(form), NO_FORM)
        for other in dict.fromkeys(form[at + 1 :]) if below > _FEWEST else ():
            yield from _pair(connection, near[one], near[other], below=below)
    rarest = list(islice(combinations(reversed(form), 2), _TRIED))
    longer = min((_pair(connection, near[one], near[other], limit=_MANY) for one, other in rarest), key=len)
    yield from longer if len(longer) < _MANY else _pair(connection, near[form[-1]], near[form[-2]])


def weights_of(connection: Database, parts: Iterable[str]) -> dict[str, int]:
    """Return how many people have a word near each part of a name."""
    return dict(connection.execute(_WEIGHTS, [json.dumps(sorted(parts))]).fetchall())


def _holders(connection: Database, words: Iterable[str], kind: int) -> Iterator[int]:
    return _people(connection.execute(_HOLDERS, {"words": json.dumps(sorted(words)), "kind": kind}))


def _pair(
    connection: Database, ones: Sequence[str], others: Sequence[str], *, below: int = NO_FORM, limit: int = -1
) -> list[int]:
    values = {"ones": json.dumps(ones), "others": json.dumps(others), "parts": below, "limit": limit}
    return list(_people(connection.execute(_PAIR, values)))


def _people(rows: Iterable[tuple[int]]) -> Iterator[int]:
    return (person for (person,) in rows)


def dates_near(day: dt.date) -> set[str]:
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
