"""A hidden note is left out before anything is counted or cut off, so that it leaves no gap.

Texts are folded before they are indexed, as queries are; the index never shows them. Ideographs stand for words each.
The work for one search is bounded: notes are read newest first and only until there are enough, and the beginning of a
word is looked up among the known words, because FTS5 would collect every note of every word that begins so.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.names import fold
from rapportdesk.model.note import Note
from rapportdesk.readmodel.database import Database
from rapportdesk.readmodel.entry import IndexedNote
from rapportdesk.readmodel.rows import digest_of, storable

_IDEOGRAPH = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3041-\u30ff])")
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 400  # characters of a query
_MOST_WORDS = 16
_ROWS_A_SECOND = 16  # few, because the full text's index keeps the distance from note to note with every word
_NOTES_FIRST = "note AS n CROSS JOIN note_words AS w"  # for few people: each of their notes is held against the words
_MOST_READ = 5000  # notes with all words of a phrase that are read for it, the newest ones
_MERGED_AT_ONCE = 16  # pages: 3 ms of processor time, and more than one patient's notes bring about
_MOST_ENDINGS = 32  # known words that begin alike, above which the index of beginnings is asked instead


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFilter:
    """Which notes are looked at; an empty one lets all of them through.

    Attributes:
        kinds: Only of one of these kinds (`NoteKind` values).
        topics: Only on a topic whose code has one of these words, or a word beginning so.
        patients: Only of these people; None for everybody.
        since, until: Only what was noted at or after, and before, these moments (aware).
        phrases: Only notes in which the words of each stand side by side, the last one or its beginning.
    """

    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    patients: tuple[PatientId, ...] | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    phrases: tuple[str, ...] = ()


class NotAllRead(Exception):
    """No more notes are read for this search, and there are more that might hold what is looked for."""


@dataclass(frozen=True, slots=True)
class FoundNote:
    """One note that was found; `row` orders notes by when they were noted."""

    row: int
    note: RecordId
    patient: PatientId


def find_notes(connection: Database, text: str, where: NoteFilter, *, column: str, today: int) -> Iterator[FoundNote]:
    """Yield the notes that hold every word of `text`, or words beginning so, newest first, as they are read.

    Args:
        connection: The index; its owner holds the lock.
        text: As typed; with no word in it, every note that `where` lets through, if it says anything.
        where: Which notes.
        column: Whose eyes: "reception" or "clinician".
        today: The local day.

    Raises:
        NotAllRead: After the newest, where a phrase's words stand in more notes than are read for it.
    """
    phrases = [folded_words(phrase[:_LONGEST]) for phrase in where.phrases]
    words = [*folded_words(text[:_LONGEST]), *(word for phrase in phrases for word in phrase)][:_MOST_WORDS]
    conditions, values = [f"n.{column} > {today:d}"], list[str]()
    source = "note AS n"
    if words or where.kinds or where.topics:
        match = _match(connection, words, where)
        if match is None:
            return
        inner_first = "note_words AS w CROSS JOIN note AS n" if where.patients is None else _NOTES_FIRST
        source = f"{inner_first} ON n.id = w.rowid"
        conditions.append("w.note_words MATCH ?")
        values.append(match)
    elif where == NoteFilter():
        return
    row = "n.id" if "w.rowid" not in source or where.patients is not None else "w.rowid"
    if where.patients is not None:
        conditions.append("n.patient IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(where.patients))
    if where.since is not None:
        conditions.append(f"{row} >= {_row_of(where.since):d}")
    if where.until is not None:
        conditions.append(f"{row} < {_row_of(where.until):d}")
    # Only names of columns and whole numbers are put in; whatever was typed is a value.
    columns = f"n.id, n.note, n.patient, {'w.words' if phrases else 'NULL'}"
    sql = f"SELECT {columns} FROM {source} WHERE {' AND '.join(conditions)} ORDER BY {row} DESC"  # noqa: S608 # nosec B608 # names of ours, no values
    side_by_side = [f" {' '.join(phrase)}" for phrase in phrases]
    found = connection.execute(sql, values)
    for number, (id, note, patient, written) in enumerate(found):
        if phrases and number >= _MOST_READ:
            raise NotAllRead
        if all(phrase in f" {written}" for phrase in side_by_side):
            yield FoundNote(id, RecordId(note), PatientId(patient))


def put_note(connection: Database, indexed: IndexedNote) -> bool:
    """Put a note in the place of the one with its id, and write nothing when it is there just so.

    Returns:
        Whether words were written; after some of them comes `merge_some`.
    """
    note, shown = indexed.note, indexed.shown
    words = _indexed_words(note, indexed.topic)
    digest = digest_of(words, note.noted_at, note.patient)
    had = connection.execute("SELECT id, digest, reception, clinician FROM note WHERE note = ?", [note.id]).fetchone()
    if had is not None and had[1] == digest:
        if had[2:] != (shown.reception, shown.clinician):
            connection.execute(
                "UPDATE note SET reception = ?, clinician = ? WHERE id = ?", (shown.reception, shown.clinician, had[0])
            )
        return False
    remove_note(connection, note.id)
    row = _free_row(connection, note)
    connection.execute(
        "INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row, note.id, note.patient, str(note.kind), shown.reception, shown.clinician, digest),
    )
    connection.execute("INSERT INTO note_words (rowid, words) VALUES (?, ?)", (row, words))
    connection.executemany("INSERT OR IGNORE INTO note_term VALUES (?)", [(word,) for word in _terms(words)])
    return True


def merge_some(connection: Database) -> None:
    """Merge some pages of the full text's pieces, of which every patient's notes are one to begin with."""
    connection.execute("INSERT INTO note_words (note_words, rank) VALUES ('merge', ?)", [_MERGED_AT_ONCE])


def remove_note(connection: Database, note: RecordId) -> None:
    """Forget a note, and every word that no other note has."""
    row = connection.execute("SELECT id FROM note WHERE note = ?", [note]).fetchone()
    if row is None:
        return
    had = connection.execute("SELECT words FROM note_words WHERE rowid = ?", row).fetchone()
    connection.execute("DELETE FROM note WHERE id = ?", row)
    connection.execute("DELETE FROM note_words WHERE rowid = ?", row)
    for word in _terms(had[0] if had else ""):
        again = "SELECT 1 FROM note_words WHERE note_words MATCH ? LIMIT 1"
        if not connection.execute(again, [f'"{word}"']).fetchone():
            connection.execute("DELETE FROM note_term WHERE word = ?", [word])


def folded_words(text: str) -> list[str]:
    """Return the words of `text` as they are indexed and looked for."""
    return _WORD.findall(fold(storable(_IDEOGRAPH.sub(r" \1 ", text))))


def _indexed_words(note: Note, topic: str) -> str:
    marks = [f":kind:{note.kind}", *(f":topic:{word}" for word in sorted(set(folded_words(topic))))]
    return " ".join((*folded_words(f"{note.text}\n{note.ask_about}"), *marks))


def _terms(indexed: str) -> list[str]:
    """Return the words that can be typed, each once; a mark is none."""
    return sorted({word for word in indexed.split() if not word.startswith(":")})


def _match(connection: Database, words: Iterable[str], where: NoteFilter) -> str | None:
    """Return FTS5's question; None when nothing can be found. It quotes every word: nothing typed is an operator."""
    parts = []
    for word in words:
        part = _beginning(connection, word)
        if part is None:
            return None
        parts.append(part)
    if where.kinds:
        parts.append(_any(f'":kind:{kind}"' for kind in where.kinds if _WORD.sub("", kind).strip("-") == ""))
    if where.topics:
        topics = [word for topic in where.topics for word in folded_words(topic)]
        parts.append(_any(f'":topic:{word}"*' for word in topics))
    return " AND ".join(parts) if parts and "()" not in parts else None


def _beginning(connection: Database, word: str) -> str | None:
    known = "SELECT word FROM note_term WHERE word >= ?1 AND word < ?1 || '{' LIMIT ?2"
    endings = [row[0] for row in connection.execute(known, (word, _MOST_ENDINGS + 1)).fetchall()]
    if not endings:
        return None
    if len(endings) > _MOST_ENDINGS:
        return f'"{word}"*'
    return _any(f'"{ending}"' for ending in endings)


def _any(parts: Iterable[str]) -> str:
    return f"({' OR '.join(parts)})"


def _row_of(moment: dt.datetime) -> int:
    return int(moment.timestamp() * _ROWS_A_SECOND)


def _free_row(connection: Database, note: Note) -> int:
    """Return a row that nothing stands on: the moment's own or, where many share a moment, one not far from it."""
    first = row = _row_of(note.noted_at)
    for tries in count(1):
        if connection.execute("SELECT 1 FROM note WHERE id = ?", [row]).fetchone() is None:
            break
        row = first + int.from_bytes(digest_of(note.id, tries), "big") % 2 ** min(tries, 20)
    return row
