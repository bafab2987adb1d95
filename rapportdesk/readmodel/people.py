"""People are found as typed, from the first letter, and the wrong one is never opened by Enter.

What was typed is tried as an identifier, a birth date, a phone ending and a name, in that order; only where that finds
few are typing errors, sound and initials allowed for, and what was merely guessed never opens by itself. Nothing is
remembered from one text to the next: the same text finds the same people in the same order whatever was typed before.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import name_parts
from rapportdesk.model.shown import PersonHit, SearchResults
from rapportdesk.readmodel import people_queries as queries
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.guesses import guess, is_initials, two_or_more_begin
from rapportdesk.readmodel.near import profile_from
from rapportdesk.readmodel.near_listed import with_namesakes
from rapportdesk.readmodel.rows import fold_identifier, phone_digits, storable
from rapportdesk.readmodel.written_dates import written_date

_LONGEST = 200  # characters; nobody's name or number is longer, and a pasted page is nobody's name
_MOST_WORDS = 12
_MOST_RECENT = 500
_FEW = 5  # with fewer hits than these, guesses are offered after them
_NATIONAL = 9  # digits of a phone number that are the same with and without the country's prefix


def find_people(
    connection: Database, text: str, limit: int, recent: Sequence[PatientId], first: int | None = None
) -> SearchResults:
    """Answer `SearchIndex.find_people`; the caller holds the index's lock."""
    search = _Search(connection, room=max(limit, 0) + 1, recent=recent)
    if len(text) <= _LONGEST:
        search.run(storable(text).strip())
    people = list(search.found)
    kept = people[: max(limit, 0)]
    read = kept if first is None else kept[: max(first, 0)]
    hits = hits_of(connection, read)
    clear = len(people) == 1 and search.found[people[0]]
    return SearchResults(
        text=text,
        hits=hits,
        more=len(people) > len(kept),
        opens_on_enter=clear and len(hits) == 1 and not hits[0].near_namesake,
        further=_ids(connection, kept[len(read) :]),
    )


def ids_found(connection: Database, text: str, limit: int) -> tuple[PatientId, ...]:
    """Return the ids of whom `text` finds, guesses left out, without asking for their namesakes."""
    search = _Search(connection, room=max(limit, 0), recent=())
    if len(text) <= _LONGEST:
        search.run(storable(text).strip())
    return _ids(connection, [person for person, clear in search.found.items() if clear])


def hits_of(connection: Database, people: Sequence[int]) -> tuple[PersonHit, ...]:
    """Return the rows of `people` as they are listed, in their order."""
    return tuple(_hits(connection, people))


def listed(connection: Database, patients: Sequence[PatientId]) -> tuple[PersonHit, ...]:
    """Return those of `patients` who are in the index as they are listed."""
    rows = connection.execute(queries.RECENT, [json.dumps(patients)]).fetchall()
    return hits_of(connection, [person for (person,) in rows])


def namesake_hits(connection: Database, people: Sequence[int]) -> tuple[PersonHit, ...]:
    """Return the rows of `people`, who are namesakes of somebody, as they are listed."""
    return tuple(_hits(connection, people, near=True))


def _ids(connection: Database, people: Sequence[int]) -> tuple[PatientId, ...]:
    if not people:
        return ()
    return tuple(PatientId(patient) for (patient,) in connection.execute(queries.IDS, [json.dumps(people)]).fetchall())


def _hits(connection: Database, people: Sequence[int], *, near: bool = False) -> Iterator[PersonHit]:
    """Yield the rows of `people`; unless all are `near` somebody, that is read, or asked for while it is in doubt."""
    rows = connection.execute(queries.SHOW, [json.dumps(people)]).fetchall()
    asked = {} if near else {row[0]: profile_from(row[7], row[8], row[5]) for row in rows if row[9] is None}
    found = with_namesakes(connection, list(asked.items()))
    for person, patient, name, called, own_script, birth, number, _forms, _latin, kept in rows:
        yield PersonHit(
            id=PatientId(patient),
            name=name,
            called=called,
            own_script_name=own_script,
            birth_date=dt.date.fromisoformat(birth) if birth else None,
            number=number,
            near_namesake=near or person in found or bool(kept),
        )


class _Search:
    """One search: `found` has the people in the order in which they are listed, and whether each is no guess."""

    def __init__(self, connection: Database, *, room: int, recent: Sequence[PatientId]) -> None:
        self._connection = connection
        self._room = room
        self._recent = self._people(queries.RECENT, [json.dumps(list(recent)[:_MOST_RECENT])])
        self.found: dict[int, bool] = {}

    def run(self, text: str) -> None:
        """Fill `found`."""
        words = list(name_parts(text))
        self._by_identifier(text)
        self._by_birth_date(text)
        self._by_phone(text)
        if words and len(words) <= _MOST_WORDS:
            self._by_name(words)
        self._by_beginning_of_identifier(text)
        if words and len(words) <= _MOST_WORDS and len(self.found) < _FEW:
            self._add(self._recent_first(guess(self._connection, words, self._room, first=not self.found)), clear=False)

    def _people(self, query: str, values: Iterable[object]) -> list[int]:
        return [row[0] for row in self._connection.execute(query, tuple(values)).fetchall()]

    def _add(self, people: Iterable[int], *, clear: bool) -> None:
        if len(self.found) < self._room:
            for person in people:
                self.found.setdefault(person, clear)
                if len(self.found) >= self._room:
                    return

    def _recent_first(self, people: list[int]) -> list[int]:
        return sorted(people, key=lambda person: person not in self._recent)

    def _by_identifier(self, text: str) -> None:
        if folded := fold_identifier(text):
            self._add(self._people(queries.IDENTIFIER_IS, (folded, text, self._room)), clear=True)

    def _by_beginning_of_identifier(self, text: str) -> None:
        folded = fold_identifier(text)
        if len(folded) >= 3 and any(letter.isdigit() for letter in folded):
            self._add(self._rows(queries.IDENTIFIER_BEGINS, (folded,)), clear=False)

    def _by_birth_date(self, text: str) -> None:
        written = written_date(text)
        if written is None:
            return
        words = list(name_parts(written.rest))[:_MOST_WORDS]
        values = {"words": json.dumps(words), "spans": json.dumps(written.spans), "limit": self._room}
        if words:
            self._add(self._rows(queries.NAMED_AMONG, {**values, "people": json.dumps(self._recent)}), clear=True)
        if words or written.alone:
            people = list(self._rows(queries.BORN, values))
            self._add(self._recent_first(people), clear=bool(words) or written.whole_day)

    def _by_phone(self, text: str) -> None:
        digits = phone_digits(text)
        if len(digits) < 4 or any(letter.isalpha() for letter in text):
            return
        ending = digits[-_NATIONAL:][::-1]
        shared = dict(self._connection.execute(queries.PHONE_ENDS, (ending, self._room)).fetchall())
        for person in self._recent_first(list(shared)):
            self._add([person], clear=not shared[person])

    def _by_name(self, words: list[str]) -> None:
        recent = {"words": json.dumps(words), "spans": None, "people": json.dumps(self._recent)}
        self._add(self._rows(queries.NAMED_AMONG, recent), clear=True)
        if len(words) == 1:
            letters = sorted(set(words[0]))
            if is_initials(words[0]) and len(letters) == len(
                words[0]
            ):  # today's person, before all whose name begins so
                self._add(self._rows(queries.NAMED_AMONG, {**recent, "words": json.dumps(letters)}), clear=False)
            self._add(self._rows(queries.BEGINS, words), clear=True)
            return
        self._add(two_or_more_begin(self._connection, words), clear=True)
        if len(self.found) < self._room:
            self._add(self._by_words_written_together(words), clear=True)
        if len(self.found) < _FEW:  # "mac donald" for Macdonald, "smith annemarie" for Anne-Marie Smith
            for together in dict.fromkeys(("".join(words), "".join(reversed(words)))):
                self._add(self._rows(queries.BEGINS, [together]), clear=True)

    def _by_words_written_together(self, words: list[str]) -> Iterator[int]:
        for joined in sorted({word for word in words if len(word) > 2}):
            others = list(words)
            others.remove(joined)
            yield from self._rows(queries.JOINED_BEGINS, {"joined": joined, "words": json.dumps(others)})

    def _rows(self, query: str, values: Sequence[object] | Mapping[str, object]) -> Iterator[int]:
        """Yield people as they are read, so that reading stops when there are enough."""
        for row in self._connection.execute(query, values):
            yield row[0]
