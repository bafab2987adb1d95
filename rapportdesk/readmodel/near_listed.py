"""Whether anybody on a list could be taken for somebody else is asked for the whole list at once.

A list of fifty is painted with every keystroke. So each question is put once for all of whom nothing is known yet, and
once for whatever they share ("Abd al-Rahman" on forty of fifty rows): it answers with two people, so that one of them
is another. What is asked for is never more than being near needs, so nobody who is near is missed:
rapportdesk.model.names decides, and what stays in doubt is looked at one by one.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapportdesk.model.names import NameProfile, compare
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.name_pairs import NO_FORM, joined_forms, pairs_of
from rapportdesk.readmodel.near import dates_near, namesakes_of, profiles_of, weights_of

Asked = tuple[object, ...]

_MOST_PARTS = 5  # of a name of which any part may be missing in another; longer names are looked at one by one

_TWO_PEOPLE = """
SELECT t.key, (SELECT json_group_array(person) FROM (SELECT DISTINCT person FROM ({people}) LIMIT 2)) AS found
FROM json_each(?) AS t WHERE found <> '[]'"""

_FURTHER = """
    AND (t.value ->> {at} IS NULL OR EXISTS (
        SELECT 1 FROM name_word AS w CROSS JOIN near_word AS z ON z.word = t.value ->> {at} AND z.near = w.word
        WHERE w.person = p.person
    ))"""

_PAIR = _TWO_PEOPLE.format(
    people="""
    SELECT p.person FROM near_word AS x CROSS JOIN near_word AS y
    CROSS JOIN name_pair AS p ON p.one = x.near AND p.other = y.near AND p.parts <= t.value ->> 2
    WHERE x.word = t.value ->> 0 AND y.word = t.value ->> 1"""  # noqa: S608  # fixed text # nosec B608
    + "".join(_FURTHER.format(at=at) for at in range(3, _MOST_PARTS + 1))
)
"""For two parts of a name, the most parts the other's may have, and further parts: who has a word near each."""

_LONE = _TWO_PEOPLE.format(
    people="""
    SELECT p.person FROM near_word AS x CROSS JOIN name_pair AS p ON p.one = '' AND p.other = x.near
    WHERE x.word = t.value ->> 0"""
)
"""For a part of a name: who may be called so and nothing else."""

_HOLDER = _TWO_PEOPLE.format(
    people="""
    SELECT p.person FROM near_word AS x CROSS JOIN name_word AS p ON p.word = x.near AND p.kind = 0
    WHERE x.word = t.value ->> 0"""
)
"""For all of a name: who has it as a part of theirs."""

_TOGETHER = _TWO_PEOPLE.format(
    people="SELECT w.person FROM name_word AS w WHERE w.word = t.value ->> 0 AND w.kind <= 2"
)
"""For a name without its gaps: who has the same."""

_BORN_NEAR = """
SELECT t.key, json_group_array(DISTINCT p.id) FROM json_each(?) AS t CROSS JOIN person AS p ON p.birth = t.value ->> 1
CROSS JOIN name_word AS h ON h.person = t.value ->> 0 AND h.kind = 0
WHERE p.id <> t.value ->> 0 AND EXISTS (
    SELECT 1 FROM name_word AS w CROSS JOIN near_word AS n ON n.word = h.word AND n.near = w.word
    WHERE w.person = p.id AND w.kind = 0
) GROUP BY t.key"""
"""For a person and a day near their birth date: everybody born then who has a word near one of theirs."""


def with_namesakes(connection: Database, people: Sequence[tuple[int, NameProfile]]) -> frozenset[int]:
    """Return which of `people`, rows of the index with their profiles, could be taken for anybody else."""
    if not people:
        return frozenset()
    listed = _Listed(connection, people)
    listed.ask(_TOGETHER, _joined)
    weights = listed.weights()
    listed.ask(_PAIR, lambda _person, profile: _as_long(profile, weights))
    listed.ask(_LONE, _parts)
    listed.ask(_HOLDER, _whole)
    listed.ask(_PAIR, lambda _person, profile: _shorter(profile, weights))
    listed.ask(_BORN_NEAR, _days)
    listed.look_at_what_is_left()
    return frozenset(listed.near)


class _Listed:
    """The people of one list: those `near` somebody, and those of whom that is not known."""

    def __init__(self, connection: Database, people: Sequence[tuple[int, NameProfile]]) -> None:
        self._connection = connection
        self._left = dict(people)
        self._doubtful = {person for person, profile in people if any(len(f) > _MOST_PARTS for f in profile.forms)}
        self.near: set[int] = set()

    def ask(self, query: str, asked_of: Callable[[int, NameProfile], Iterable[Asked]]) -> None:
        """Put one question for everybody who is left, each thing that several ask once."""
        asked: dict[Asked, list[int]] = {}
        for person, profile in self._left.items():
            for each in asked_of(person, profile):
                asked.setdefault(each, []).append(person)
        if not asked:
            return
        who = list(asked.values())
        answers = self._connection.execute(query, [json.dumps(list(asked))]).fetchall()
        found = [(person, other) for key, others in answers for person in who[key] for other in json.loads(others)]
        found = [(person, other) for person, other in found if person != other and person not in self.near]
        profiles = dict(profiles_of(self._connection, {other for _person, other in found}))
        for person, other in found:
            if person in self.near:
                continue
            if compare(self._left[person], profiles[other]) is not None:
                self.near.add(person)
            elif query is not _BORN_NEAR:  # which answers with everybody, and so leaves no doubt
                self._doubtful.add(person)
        self._left = {person: profile for person, profile in self._left.items() if person not in self.near}

    def weights(self) -> Mapping[str, int]:
        """Return how many people have a word near each part of the names that are left."""
        return weights_of(self._connection, {p for each in self._left.values() for form in each.forms for p in form})

    def look_at_what_is_left(self) -> None:
        """Compare those in doubt one by one."""
        for person in sorted(self._doubtful & self._left.keys()):
            if any(True for _ in namesakes_of(self._connection, self._left[person], but_not=person)):
                self.near.add(person)


def _as_long(profile: NameProfile, weights: Mapping[str, int]) -> Iterator[Asked]:
    """Ask for names of which every part of this one is near a part."""
    for form in profile.forms:
        if 1 < len(form) <= _MOST_PARTS:
            yield _asked(form, weights, NO_FORM - 1)


def _shorter(profile: NameProfile, weights: Mapping[str, int]) -> Iterator[Asked]:
    """Ask for names of two parts or more whose every part is near a part of this one."""
    for form in profile.forms:
        if 2 < len(form) <= _MOST_PARTS:
            for one, other in pairs_of(form):
                yield _asked((one, other), weights, 2)
            for length in range(3, len(form)):
                for parts in combinations(sorted(form), length):
                    yield _asked(parts, weights, length)


def _asked(parts: Sequence[str], weights: Mapping[str, int], most: int) -> Asked:
    one, other, *rest = sorted(parts, key=lambda part: (weights.get(part, 0), part))
    return one, other, most, *rest


def _parts(_person: int, profile: NameProfile) -> Iterator[Asked]:
    return ((part,) for part in sorted({part for form in profile.forms for part in form}))


def _whole(_person: int, profile: NameProfile) -> Iterator[Asked]:
    return (form for form in profile.forms if len(form) == 1)


def _joined(_person: int, profile: NameProfile) -> Iterator[Asked]:
    return ((joined,) for joined in sorted({joined for form in profile.forms for joined in joined_forms(form)}))


def _days(person: int, profile: NameProfile) -> Iterator[Asked]:
    days = dates_near(profile.birth_date) if profile.birth_date is not None else ()
    return ((person, day) for day in sorted(days))
