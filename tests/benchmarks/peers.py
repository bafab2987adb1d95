"""The same people and notes kept by others: unencrypted, and encrypted in the usual way.

`plain` is one SQLite file with a column for every field, for the sizes of files. `sqlcipher` is a file in SQLCipher 4's
format with people and the words of the notes in FTS5, the best match first: what most programs do that encrypt at all.
`like` is the same file asked for names with `LIKE`, anywhere in them and in their order, as the simplest programs do.
It is written by the same library as the read model, which speaks that format too.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import apsw

from rapportdesk.desk.invention.invention import Invention
from rapportdesk.model.identity import StaffId
from rapportdesk.model.note import Note
from rapportdesk.model.patient import Patient
from rapportdesk.model.staff import Role, Viewer
from rapportdesk.store.records.adding import NewPerson
from rapportdesk.store.records.payload import KINDS

PLAIN, SQLCIPHER, LIKE = "plain", "sqlcipher", "like"
LIMIT = 50
_PEOPLE_AT_ONCE = 1000
_KEY = "0" * 64

_SQLCIPHER = (
    "PRAGMA cipher = 'sqlcipher'",
    "PRAGMA legacy = 4",
    f"PRAGMA hexkey = '{_KEY}'",
)
_USUAL_WAY = """
CREATE TABLE patient (id INTEGER PRIMARY KEY, patient TEXT, name TEXT, birth TEXT, number TEXT);
CREATE INDEX patient_name ON patient (name);
CREATE TABLE note (id INTEGER PRIMARY KEY, patient TEXT, kind TEXT, text TEXT, noted_at TEXT);
CREATE INDEX note_patient ON note (patient);
CREATE INDEX patient_number ON patient (number);
CREATE INDEX patient_patient ON patient (patient);
CREATE VIRTUAL TABLE person_text USING fts5 (
    name, birth, number, content = 'patient', content_rowid = 'id', prefix = '2 3'
);
CREATE VIRTUAL TABLE note_text USING fts5 (text, content = 'note', content_rowid = 'id', prefix = '2 3');
"""
_PEOPLE = (
    "SELECT patient.name, patient.birth, patient.number FROM person_text"
    " JOIN patient ON patient.id = person_text.rowid WHERE person_text MATCH ? ORDER BY rank LIMIT ?"
)
_NAMES = "SELECT name, birth, number FROM patient WHERE name LIKE ? OR number = ? ORDER BY name LIMIT ?"
_WORDS = (
    "SELECT note.id, snippet(note_text, 0, '[', ']', '…', 12), patient.name, patient.birth FROM note_text"
    " JOIN note ON note.id = note_text.rowid JOIN patient ON patient.patient = note.patient"
    " WHERE note_text MATCH ? AND note.kind LIKE ? ORDER BY rank LIMIT ?"
)
_CACHE = "PRAGMA cache_size = -16384"  # as much as the read model has for reading


def the_same_people(patients: int, notes: int, seed: int, now: dt.datetime) -> Iterator[NewPerson]:
    """Yield the people of a vault that was made from the same seed, one after the other."""
    invention = Invention.begin(
        patients, notes, seed, now=now, local=now, for_clinicians=True,
        by=Viewer(staff=StaffId("0" * 32), name="Dr Osei", roles=frozenset({Role.CLINICIAN})),
    )  # fmt: skip
    return (invention.person(number) for number in range(patients))


class Peers:
    """Both files, made in one go because inventing takes longer than writing.

    Args:
        folder: Where nothing of theirs lies yet.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._plain_path = folder / "plain.sqlite"
        self._plain = apsw.Connection(str(self._plain_path))
        self._usual = apsw.Connection(str(folder / "usual.sqlite"))
        for setting in (*_SQLCIPHER, _CACHE):
            self._usual.execute(setting)
        self._usual.execute(_USUAL_WAY)
        for name, model in KINDS.items():
            columns = ", ".join(f'"{each.name}"' for each in dataclasses.fields(model))
            self._plain.execute(f"CREATE TABLE {_table(name)} ({columns}, PRIMARY KEY (id)) WITHOUT ROWID"
                                if any(each.name == "id" for each in dataclasses.fields(model))
                                else f"CREATE TABLE {_table(name)} ({columns})")  # fmt: skip
            if any(each.name == "patient" for each in dataclasses.fields(model)):
                self._plain.execute(f"CREATE INDEX {_table(name)}_patient ON {_table(name)} (patient)")
        self._insert = {
            model: f"INSERT INTO {_table(name)} VALUES ({', '.join('?' * len(dataclasses.fields(model)))})"  # noqa: S608  # names of ours
            for name, model in KINDS.items()
        }

    def fill(self, people: Iterator[NewPerson]) -> None:
        """Write everybody into both."""
        batch: list[NewPerson] = []
        for each in people:
            batch.append(each)
            if len(batch) == _PEOPLE_AT_ONCE:
                self._write(batch)
                batch = []
        self._write(batch)
        for done in ("rebuild", "optimize"):
            self._usual.execute("INSERT INTO note_text (note_text) VALUES (?)", (done,))
            self._usual.execute("INSERT INTO person_text (person_text) VALUES (?)", (done,))

    def plain_bytes(self) -> int:
        """Return how large the unencrypted file is."""
        self._plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self._plain_path.stat().st_size

    def search_the_usual_way(self, text: str, *, words: bool) -> list[Any]:
        """Return what the usual way finds for a text as it is typed: people, or notes when `words`."""
        if not words:
            asked = _prefixes(text)
            return list(self._usual.execute(_PEOPLE, (asked, LIMIT))) if asked else []
        kind, filtered, rest = text.rpartition(":")
        asked = _prefixes(rest)
        return list(self._usual.execute(_WORDS, (asked, kind if filtered else "%", LIMIT))) if asked else []

    def search_by_like(self, text: str) -> list[Any]:
        """Return people in whose names the text stands anywhere, in the order of the names."""
        return list(self._usual.execute(_NAMES, (f"%{text}%", text, LIMIT)))

    def close(self) -> None:
        """Close both."""
        self._plain.close()
        self._usual.close()

    def _write(self, batch: list[NewPerson]) -> None:
        with self._plain:
            for patient, things in batch:
                for thing in (patient, *things):
                    self._write_plain(thing)
        with self._usual:
            self._usual.executemany(
                "INSERT INTO patient (patient, name, birth, number) VALUES (?, ?, ?, ?)",
                ((each.id, each.name, _plainly(each.birth_date), _number(each)) for each, _things in batch),
            )
            self._usual.executemany(
                "INSERT INTO note (patient, kind, text, noted_at) VALUES (?, ?, ?, ?)",
                (
                    (each.patient, each.kind.value, each.text, each.noted_at.isoformat())
                    for _patient, things in batch
                    for each in things
                    if isinstance(each, Note)
                ),
            )

    def _write_plain(self, thing: Any) -> None:
        values = [_plainly(getattr(thing, each.name)) for each in dataclasses.fields(thing)]
        self._plain.execute(self._insert[type(thing)], values)


def _prefixes(text: str) -> str:
    return " ".join('"{}"*'.format(part.replace('"', '""')) for part in text.split())


def _table(kind: str) -> str:
    return kind.replace("-", "_")


def _number(patient: Patient) -> str:
    return patient.identifiers[0].value if patient.identifiers else ""


def _plainly(value: Any) -> Any:
    """Return a value as a column of a plain database holds it; what is empty takes no room."""
    if value is None or value in ("", ()):
        return None
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return int(value.timestamp())
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, tuple):
        parts = [_part(each) for each in value]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
    return value


def _part(value: Any) -> Any:
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    return {name: _plainly(part) for name, part in _fields(value).items() if _plainly(part) is not None}


def _fields(value: Any) -> dict[str, Any]:
    """Return the fields of a part of something."""
    return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
