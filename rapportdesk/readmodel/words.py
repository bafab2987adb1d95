"""A hidden note is left out before anything is counted or cut off, so that it leaves no gap.

Texts are folded before they are indexed, as queries are; the index never shows them. Ideographs stand for words each.
"""

import re
import sqlite3

from rapportdesk.model.identity import PatientId, RecordId
from rapportdesk.model.names import fold
from rapportdesk.model.note import Note
from rapportdesk.readmodel.index import WordResults
from rapportdesk.readmodel.rows import storable

_IDEOGRAPH = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3041-\u30ff])")
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 400  # characters of a query
_MOST_WORDS = 16
_MICROSECOND = 1000  # ids in between, for notes of the same moment

_FIND = """
SELECT n.note, n.patient FROM note_words AS w JOIN note AS n ON n.id = w.rowid
WHERE w.note_words MATCH ? AND w.hidden = 0 ORDER BY w.rowid DESC LIMIT ?"""


def find_words(connection: sqlite3.Connection, text: str, limit: int) -> WordResults:
    """Answer `SearchIndex.find_words`; the caller holds the index's lock."""
    words = folded_words(text[:_LONGEST])[:_MOST_WORDS]
    if not words or limit < 1:
        return WordResults(text=text)
    match = " ".join(f'"{word}"*' for word in words)  # quoted words of a-z0-9 alone: nothing typed is an operator
    rows = connection.execute(_FIND, (match, limit + 1)).fetchall()
    hits = tuple((RecordId(note), PatientId(patient)) for note, patient in rows[:limit])
    return WordResults(text=text, hits=hits, more=len(rows) > limit)


def put_note(connection: sqlite3.Connection, note: Note, *, hidden: bool) -> None:
    """Answer `SearchIndex.put_note`."""
    remove_note(connection, note.id)
    row = int(note.noted_at.timestamp() * 1_000_000) * _MICROSECOND
    while connection.execute("SELECT 1 FROM note WHERE id = ?", [row]).fetchone():
        row += 1
    words = " ".join(folded_words(f"{note.text}\n{note.ask_about}"))
    connection.execute("INSERT INTO note VALUES (?, ?, ?, ?)", (row, note.id, note.patient, int(hidden)))
    connection.execute("INSERT INTO note_words (rowid, words, hidden) VALUES (?, ?, ?)", (row, words, int(hidden)))


def remove_note(connection: sqlite3.Connection, note: RecordId) -> None:
    """Answer `SearchIndex.remove_note`."""
    row = connection.execute("DELETE FROM note WHERE note = ? RETURNING id", [note]).fetchone()
    if row is not None:
        connection.execute("DELETE FROM note_words WHERE rowid = ?", row)


def folded_words(text: str) -> list[str]:
    """Return the words of `text` as they are indexed and looked for."""
    return _WORD.findall(fold(storable(_IDEOGRAPH.sub(r" \1 ", text))))
