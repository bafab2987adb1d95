"""Whether anybody on a list could be taken for somebody else is asked for the whole list at once.

A list of fifty is painted with every keystroke, so each question here is put once for all of whom nothing is known yet
and answers with one candidate each; only what stays in doubt is looked at one by one. What is asked for is never more
than being near needs, so nobody who is near is missed: rapportdesk.model.names decides.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from rapportdesk.model.names import NameProfile, compare
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.name_pairs import MOST_PARTS, NO_FORM, pairs_of
from rapportdesk.readmodel.near import dates_near, namesakes_of, profiles_of
from rapportdesk.readmodel.rows import joined_forms

_SAME_PAIR = f"""
SELECT t.value ->> 0, (
    SELECT p.person FROM near_word AS x CROSS JOIN near_word AS y
    CROSS JOIN name_pair AS p ON p.one = x.near AND p.other = y.near
    WHERE x.word = t.value ->> 1 AND y.word = t.value ->> 2 AND p.parts < {NO_FORM} AND p.person <> t.value ->> 0
    LIMIT 1
) AS other FROM json_each(?) AS t WHERE other IS NOT NULL"""  # noqa: S608  # fixed text
"""For a person and the two parts of their name: somebody with two such words in one name."""

_SHORTER = """
SELECT t.value ->> 0, (
    SELECT p.person FROM near_word AS x CROSS JOIN near_word AS y
    CROSS JOIN name_pair AS p ON p.one = x.near AND p.other = y.near AND p.parts < t.value ->> 3
    WHERE x.word = t.value ->> 1 AND y.word = t.value ->> 2 AND p.person <> t.value ->> 0
    AND (p.parts = 2 OR p.parts <= (
        SELECT count(*) FROM name_word AS w WHERE w.person = p.person AND w.kind = 0 AND EXISTS (
            SELECT 1 FROM json_each(t.value, '$[4]') AS part
            CROSS JOIN near_word AS n ON n.word = part.value AND n.near = w.word
        )
    )) LIMIT 1
) AS other FROM json_each(?) AS t WHERE other IS NOT NULL"""
"""For two parts of a longer name, how many it has, and all of them: somebody whose shorter name may be among them."""

_LONGER = f"""
SELECT t.value ->> 0, (
    SELECT p.person FROM near_word AS x CROSS JOIN near_word AS y
    CROSS JOIN name_pair AS p ON p.one = x.near AND p.other = y.near AND p.parts < {NO_FORM}
    WHERE x.word = t.value ->> 1 AND y.word = t.value ->> 2 AND p.person <> t.value ->> 0 AND NOT EXISTS (
        SELECT 1 FROM json_each(t.value, '$[3]') AS part WHERE NOT EXISTS (
            SELECT 1 FROM near_word AS z CROSS JOIN name_word AS w ON w.person = p.person AND w.word = z.near
            WHERE z.word = part.value
        )
    ) LIMIT 1
) AS other FROM json_each(?) AS t WHERE other IS NOT NULL"""  # noqa: S608  # fixed text
"""For two parts of a longer name and the rest of them: somebody who has a word near each."""

_ALONE = """
SELECT t.value ->> 0, coalesce((
    SELECT p.person FROM near_word AS x CROSS JOIN name_pair AS p ON p.one = '' AND p.other = x.near
    WHERE x.word = t.value ->> 1 AND p.person <> t.value ->> 0 LIMIT 1
), (
    SELECT p.person FROM near_word AS x CROSS JOIN name_word AS p ON p.word = x.near AND p.kind = 0
    WHERE t.value ->> 2 AND x.word = t.value ->> 1 AND p.person <> t.value ->> 0 LIMIT 1
)) AS other FROM json_each(?) AS t WHERE other IS NOT NULL"""
"""For a part of a name, and whether it is all of it: somebody whose whole name it could be, or part of whose name."""

_TOGETHER = """
SELECT t.value ->> 0, (
    SELECT w.person FROM name_word AS w WHERE w.word = t.value ->> 1 AND w.kind <= 2 AND w.person <> t.value ->> 0
    LIMIT 1
) AS other FROM json_each(?) AS t WHERE other IS NOT NULL"""
"""For a name without its gaps: somebody with the same."""

_BORN_NEAR = """
SELECT DISTINCT t.value ->> 0, p.id FROM json_each(?) AS t CROSS JOIN person AS p ON p.birth = t.value ->> 1
CROSS JOIN name_word AS h ON h.person = t.value ->> 0 AND h.kind = 0
WHERE p.id <> t.value ->> 0 AND EXISTS (
    SELECT 1 FROM name_word AS w CROSS JOIN near_word AS n ON n.word = h.word AND n.near = w.word
    WHERE w.person = p.id AND w.kind = 0
)"""
"""For a person and a day near their birth date: everybody born then who has a word near one of theirs."""


def with_namesakes(connection: Database, people: Sequence[tuple[int, NameProfile]]) -> frozenset[int]:
    """Return which of `people`, rows of the index with their profiles, could be taken for anybody else."""
    left, near, doubtful = dict(people), set[int](), set[int]()
    for query, asked in (
        (_SAME_PAIR, _pairs),
        (_ALONE, _parts),
        (_SHORTER, _pairs_of_longer),
        (_LONGER, _two_longest),
        (_TOGETHER, _joined),
        (_BORN_NEAR, _days),
    ):
        rows = [row for person, profile in left.items() for row in asked(person, profile)]
        if not rows:
            continue
        found = connection.execute(query, [json.dumps(rows)]).fetchall()
        others = dict(profiles_of(connection, {other for _person, other in found}))
        for person, other in found:
            if person in left and compare(left[person], others[other]) is not None:
                near.add(person)
                del left[person]
            elif person in left and query is not _BORN_NEAR:  # which answers with everybody, and so leaves no doubt
                doubtful.add(person)
    for person in doubtful & left.keys():
        if any(True for _ in islice(namesakes_of(connection, left[person], but_not=person), 1)):
            near.add(person)
    return frozenset(near)


def _pairs(person: int, profile: NameProfile) -> Iterator[tuple[object, ...]]:
    for form in profile.forms:
        if len(form) == 2:
            yield person, *sorted(form)


def _parts(person: int, profile: NameProfile) -> Iterator[tuple[object, ...]]:
    whole = {form[0] for form in profile.forms if len(form) == 1}
    for part in sorted({part for form in profile.forms for part in form}):
        yield person, part, int(part in whole)


def _pairs_of_longer(person: int, profile: NameProfile) -> Iterator[tuple[object, ...]]:
    for form in profile.forms:
        if len(form) > 2:
            for one, other in pairs_of(form):
                yield person, one, other, min(len(form), NO_FORM), form[:MOST_PARTS]


def _two_longest(person: int, profile: NameProfile) -> Iterator[tuple[object, ...]]:
    for form in profile.forms:
        if len(form) > 2:  # long words have few others near them, and few people
            one, other, *rest = sorted(form, key=lambda part: (-len(part), part))
            yield person, one, other, rest


def _joined(person: int, profile: NameProfile) -> Iterator[tuple[object, ...]]:
    for joined in sorted({joined for form in profile.forms for joined in joined_forms(form)}):
        yield person, joined


def _days(person: int, profile: NameProfile) -> Iterator[tuple[object, ...]]:
    if profile.birth_date is not None:
        for day in sorted(dates_near(profile.birth_date)):
            yield person, day
