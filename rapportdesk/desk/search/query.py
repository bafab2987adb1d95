"""What is typed into the one field, read as words and filters. Any text is a query, and what is no filter is words.

- `leeks "large print"`: notes with a word that begins so, and with these words side by side
- `hobby:leeks`: the same among one kind of note; `kind:hobby` for every note of the kind
- `topic:money`, `person:nia`, `@nia`: notes on a topic, about somebody
- `since:"1 March"`, `until:yesterday`, `on:14/3/2026`: by the day a note was noted
- `promised:overdue`: promises that are overdue, open, due today, or kept
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapportdesk.model.names import name_parts
from rapportdesk.model.note import NoteKind
from rapportdesk.readmodel.written_dates import written_date

_LONGEST = 400  # characters that are read
_MOST = 16  # words, and filters of one sort
_LEAST_OF_A_KIND = 3  # letters of a kind's name from which on its beginning is enough
_OPENING, _CLOSING = '"“”„«»', '"“”«»'
_TOKEN = re.compile(
    rf"(?P<filter>[^\W\d_][\w-]*):(?:[{_OPENING}](?P<quoted>[^{_CLOSING}]*)[{_CLOSING}]?|(?P<value>[^\s{_OPENING}]*))"
    rf"|@(?P<at>\w[^\s{_OPENING}]*)"
    rf"|[{_OPENING}](?P<phrase>[^{_CLOSING}]*)[{_CLOSING}]?"
    rf"|(?P<word>[^\s{_OPENING}]+)"
)
_YEAR = re.compile(r"(19|20)\d\d")


class Promised(StrEnum):
    """Which promises are looked for."""

    OVERDUE = "overdue"
    OPEN = "open"
    TODAY = "today"
    KEPT = "kept"


class Filter(StrEnum):
    """What stands before a colon."""

    KIND = "kind"
    TOPIC = "topic"
    PERSON = "person"
    SINCE = "since"
    UNTIL = "until"
    ON = "on"
    PROMISED = "promised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How filters and what follows them are called, folded by `bare`: in English and in the user's language."""

    filters: Mapping[str, Filter]
    kinds: Mapping[str, NoteKind]
    promised: Mapping[str, Promised]
    days: Mapping[str, int]
    """Days ago: today is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What one text asks for.

    Attributes:
        words: Each begins a word of what is found.
        phrases: Each stands in what is found, its words side by side.
        kinds: Of one of these kinds; empty for every kind.
        topics: On one of these topics, as typed.
        people: About somebody who is found by each of these.
        since, until: First and last day on which it was noted.
        promised: Promises are looked for, and not notes.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    kinds: tuple[NoteKind, ...] = ()
    topics: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    promised: Promised | None = None

    @property
    def has_filter(self) -> bool:
        """Whether notes or promises alone are asked for, and not people by their names."""
        return bool(self.kinds or self.topics or self.people or self.since or self.until or self.promised)

    @property
    def text(self) -> str:
        """Every word, those of phrases too."""
        return " ".join((*self.words, *self.phrases))


def bare(text: str) -> str:
    """Return a name of a filter or of a kind as it is compared: letters and digits alone, without accents."""
    return "".join(name_parts(text))


def parse(text: str, names: Names, today: dt.date) -> Query:
    """Return what `text` asks for.

    Args:
        text: As typed.
        names: What filters are called.
        today: The local day, for days written without a year.
    """
    reading = _Reading(names, today)
    for match in _TOKEN.finditer(text[:_LONGEST]):
        reading.take(match)
    return reading.query()


class _Reading:
    """A text read so far."""

    def __init__(self, names: Names, today: dt.date) -> None:
        self._names, self._today = names, today
        self._words: list[str] = []
        self._phrases: list[str] = []
        self._kinds: list[NoteKind] = []
        self._topics: list[str] = []
        self._people: list[str] = []
        self._since: dt.date | None = None
        self._until: dt.date | None = None
        self._promised: Promised | None = None

    def query(self) -> Query:
        """Return what was asked for."""
        return Query(
            words=tuple(self._words[:_MOST]), phrases=tuple(self._phrases[:_MOST]),
            kinds=tuple(dict.fromkeys(self._kinds)), topics=tuple(self._topics[:_MOST]),
            people=tuple(self._people[:_MOST]), since=self._since, until=self._until, promised=self._promised,
        )  # fmt: skip

    def take(self, match: re.Match[str]) -> None:
        """Take in the next piece of the text."""
        if (phrase := match["phrase"]) is not None:
            self._phrases += [phrase] if bare(phrase) else []
        elif (somebody := match["at"]) is not None:
            self._people.append(somebody)
        elif match["filter"] is None:
            self._words.append(match["word"])
        elif not self._filter(match["filter"], match["quoted"] or match["value"] or ""):
            self._words.append(match[0])

    def _filter(self, name: str, value: str) -> bool:
        """Take in a filter; what is none, or says nothing that is known, is words."""
        named = self._names.filters.get(bare(name))
        if named is None:
            kind = self._kinds_named(name)
            self._kinds += kind
            self._words += [value] if kind and bare(value) else []
            return bool(kind)
        if not bare(value):
            return False
        if named is Filter.KIND:
            self._kinds += (kinds := self._kinds_named(value))
            return bool(kinds)
        if named is Filter.PROMISED:
            self._promised = self._names.promised.get(bare(value), self._promised)
            return bare(value) in self._names.promised
        if named in {Filter.TOPIC, Filter.PERSON}:
            (self._topics if named is Filter.TOPIC else self._people).append(value)
            return True
        return self._days(named, value)

    def _kinds_named(self, name: str) -> list[NoteKind]:
        word = bare(name)
        if word in self._names.kinds:
            return [self._names.kinds[word]]
        if len(word) < _LEAST_OF_A_KIND:
            return []
        return list(dict.fromkeys(kind for each, kind in self._names.kinds.items() if each.startswith(word)))

    def _days(self, named: Filter, value: str) -> bool:
        span = self._span(value)
        if span is None:
            return False
        if named is not Filter.UNTIL:
            self._since = span[0]
        if named is not Filter.SINCE:
            self._until = span[1]
        return True

    def _span(self, value: str) -> tuple[dt.date, dt.date] | None:
        """Return first and last day of what is written; of several ways to read it the latest that has begun."""
        ago = self._names.days.get(bare(value))
        if ago is not None:
            return self._today - dt.timedelta(days=ago), self._today - dt.timedelta(days=ago)
        if _YEAR.fullmatch(value.strip()):
            year = int(value)
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        written = written_date(value)
        if written is None or bare(written.rest):
            return None
        spans = [(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) for first, last in written.spans]
        return max((span for span in spans if span[0] <= self._today), default=min(spans))
