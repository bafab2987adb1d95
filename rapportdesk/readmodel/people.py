"""People are found as typed, from the first letter, and the wrong one is never opened by Enter.

What was typed is tried as an identifier, a birth date, a phone ending and a name, in that order; only where that finds
few are typing errors, sound and initials allowed for, and what was merely guessed never opens by itself.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from rapportdesk.model.identity import PatientId
from rapportdesk.model.names import name_parts
from rapportdesk.model.shown import PersonHit, SearchResults
from rapportdesk.readmodel import people_queries as queries
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.near import Namesakes, profile_from, words_said_alike, words_spelled_near
from rapportdesk.readmodel.rows import fold_identifier, phone_digits, storable
from rapportdesk.readmodel.written_dates import written_date

_LONGEST = 200  # characters; nobody's name or number is longer, and a pasted page is nobody's name
_MOST_WORDS = 12
_FEW = 5  # with fewer hits than these, guesses are offered after them
_NATIONAL = 9  # digits of a phone number that are the same with and without the country's prefix


def find_people(
    connection: Database, namesakes: Namesakes, text: str, limit: int, recent: Sequence[PatientId]
) -> SearchResults:
    """Answer `SearchIndex.find_people`; the caller holds the index's lock."""
    search = _Search(connection, room=max(limit, 0) + 1, recent=recent)
    if len(text) <= _LONGEST:
        search.run(storable(text).strip())
    people = list(search.found)
    hits = tuple(hit_of(connection, namesakes, person) for person in people[: max(limit, 0)])
    clear = len(people) == 1 and search.found[people[0]]
    return SearchResults(
        text=text,
        hits=hits,
        more=len(people) > len(hits),
        opens_on_enter=clear and len(hits) == 1 and not hits[0].near_namesake,
    )


def hit_of(connection: Database, namesakes: Namesakes, person: int) -> PersonHit:
    """Return a row of `person` as it is listed."""
    patient, name, called, own_script, birth, number, forms, latin = connection.execute(
        queries.SHOW, [person]
    ).fetchone()
    return PersonHit(
        id=PatientId(patient),
        name=name,
        called=called,
        own_script_name=own_script,
        birth_date=dt.date.fromisoformat(birth) if birth else None,
        number=number,
        near_namesake=namesakes.exists_for(person, profile_from(forms, latin, birth)),
    )


class _Search:
    """One search: `found` has the people in the order in which they are listed, and whether each is no guess."""

    def __init__(self, connection: Database, *, room: int, recent: Sequence[PatientId]) -> None:
        self._connection = connection
        self._room = room
        self._recent = self._people(queries.RECENT, [json.dumps(list(recent)[:500])])
        self.found: dict[int, bool] = {}

    def run(self, text: str) -> None:
        """Fill `found`."""
        words = list(name_parts(text))
        self._by_identifier(text)
        self._by_birth_date(text)
        self._by_phone(text)
        if words and len(words) <= _MOST_WORDS:
            self._by_name(words, None)
        self._by_beginning_of_identifier(text)
        if words and len(words) <= _MOST_WORDS and len(self.found) < _FEW:
            self._by_guess(words)

    def _people(self, query: str, values: Iterable[object]) -> list[int]:
        return [row[0] for row in self._connection.execute(query, tuple(values))]

    def _add(self, people: Iterable[int], *, clear: bool) -> None:
        for person in people:
            if len(self.found) >= self._room:
                return
            self.found.setdefault(person, clear)

    def _recent_first(self, people: list[int]) -> list[int]:
        return sorted(people, key=lambda person: person not in self._recent)

    def _by_identifier(self, text: str) -> None:
        if folded := fold_identifier(text):
            people = self._people(queries.IDENTIFIER_IS, (folded, text, self._room))
            self._add(people, clear=True)

    def _by_beginning_of_identifier(self, text: str) -> None:
        folded = fold_identifier(text)
        if len(folded) >= 3 and any(letter.isdigit() for letter in folded):
            people = self._people(queries.IDENTIFIER_BEGINS, (folded, folded, self._room))
            self._add(self._recent_first(people), clear=False)

    def _by_birth_date(self, text: str) -> None:
        written = written_date(text)
        if written is None:
            return
        spans = json.dumps(written.spans)
        if words := list(name_parts(written.rest)):
            self._by_name(words[:_MOST_WORDS], spans)
        elif written.whole_day:
            self._add(self._recent_first(self._people(queries.BORN, (spans, self._room))), clear=True)

    def _by_phone(self, text: str) -> None:
        digits = phone_digits(text)
        if len(digits) < 4 or any(letter.isalpha() for letter in text):
            return
        ending = digits[-_NATIONAL:][::-1]
        rows = self._connection.execute(queries.PHONE_ENDS, (ending, ending, self._room)).fetchall()
        for person in self._recent_first([row[0] for row in rows]):
            self._add([person], clear=not dict(rows)[person])

    def _by_name(self, words: list[str], spans: str | None) -> None:
        rarest = min(words, key=lambda word: (self._how_many(word), -len(word))) if len(words) > 1 else words[0]
        values = {"words": json.dumps(words), "spans": spans, "first": rarest, "people": json.dumps(self._recent)}
        self._add(self._rows(queries.NAMED_AMONG, values), clear=True)
        self._add(self._rows(queries.NAMED, values), clear=True)
        if len(words) > 1 and spans is None and len(self.found) < _FEW:  # "mac donald" for Macdonald
            together = "".join(words)
            self._add(
                self._rows(queries.NAMED, {**values, "words": json.dumps([together]), "first": together}), clear=True
            )

    def _rows(self, query: str, values: Mapping[str, object]) -> Iterator[int]:
        """Yield people as they are read, so that reading stops when there are enough."""
        for row in self._connection.execute(query, values):
            yield row[0]

    def _how_many(self, word: str) -> int:
        return int(self._connection.execute(queries.HOW_MANY, [word]).fetchone()[0])

    def _by_guess(self, words: list[str]) -> None:
        if len(words) == 1 and 2 <= len(words[0]) <= 4:
            self._add(self._recent_first(self._people(queries.INITIALS, (words[0], self._room))), clear=False)
        nothing_yet = not self.found
        guesses = {word: self._meant(word, with_beginnings=nothing_yet) for word in words}
        for word in sorted(words, key=len, reverse=True):
            others = [(other, guesses[other]) for other in words if other != word]
            values = {"guesses": json.dumps(guesses[word]), "others": json.dumps(others), "limit": self._room}
            self._add(self._recent_first(list(self._rows(queries.GUESSED, values))), clear=False)

    def _meant(self, word: str, *, with_beginnings: bool) -> list[str]:
        """Return known words that `word` may have been meant for, the likeliest first."""
        meant = dict.fromkeys(words_said_alike(self._connection, word))
        if len(word) >= (3 if with_beginnings else 5):
            meant.update(dict.fromkeys(words_spelled_near(self._connection, word)))
        if with_beginnings and len(word) >= 4:
            meant.update(dict.fromkeys(self._beginnings_near(word)))
        return list(meant)[:100]

    def _beginnings_near(self, word: str) -> list[str]:
        """Return known words whose beginning is an edit away; one of the first two letters is right."""
        known = [row[0] for row in self._connection.execute(queries.WORDS_NEAR_BEGINNING, (word[0], word[1]))]
        scored = ((self._edits_to_beginning(word, other), other) for other in known)
        return [other for edits, other in sorted(scored) if edits <= 1][:50]

    @staticmethod
    def _edits_to_beginning(word: str, other: str) -> int:
        lengths = range(len(word) - 1, len(word) + 2)
        return min(OSA.distance(word, other[:length], score_cutoff=1) for length in lengths)
