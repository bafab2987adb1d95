"""Every keystroke is answered by a range of an index: no query here walks through all people.

A name is broken into folded words of `a-z0-9` (rapportdesk.model.names), so a prefix is the range from itself to itself
followed by "{", the character after "z".
"""

import sqlite3
from enum import IntEnum


class WordKind(IntEnum):
    """What a row of `name_word` is. Searching by prefix uses those up to JOINED."""

    NAME = 0
    FORMER = 1
    JOINED = 2
    INITIALS = 3
    LONE = 4  # the only part of one of the person's names, as NAME too: a namesake by that part alone


TABLES = """
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    patient TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    called TEXT NOT NULL,
    own_script TEXT NOT NULL,
    birth TEXT,                  -- ISO 8601
    number TEXT NOT NULL,
    forms TEXT NOT NULL,         -- JSON of NameProfile.forms
    latin INTEGER NOT NULL
);
CREATE INDEX person_birth ON person (birth);
CREATE TABLE name_word (
    word TEXT NOT NULL,
    sort TEXT NOT NULL,          -- so that a range is read in the order in which it is listed
    person INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    PRIMARY KEY (word, sort, person, kind)
) WITHOUT ROWID;
CREATE INDEX name_word_person ON name_word (person, word);
CREATE TABLE vocabulary (
    word TEXT PRIMARY KEY,
    sound TEXT NOT NULL          -- metaphone; empty when it has none
) WITHOUT ROWID;
CREATE INDEX vocabulary_sound ON vocabulary (sound);
CREATE TABLE typo (              -- symmetric deletes: two words an edit or two apart share a key
    key TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (key, word)
) WITHOUT ROWID;
CREATE TABLE identifier (
    folded TEXT NOT NULL,
    value TEXT NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (folded, value, person)
) WITHOUT ROWID;
CREATE INDEX identifier_person ON identifier (person);
CREATE INDEX identifier_value ON identifier (value);
CREATE TABLE phone (
    backwards TEXT NOT NULL,     -- the digits from the last to the first, so that an ending is a prefix
    person INTEGER NOT NULL,
    shared INTEGER NOT NULL,     -- somebody else answers it too, by the patient's own word
    PRIMARY KEY (backwards, person)
) WITHOUT ROWID;
CREATE INDEX phone_person ON phone (person);
CREATE TABLE note (
    id INTEGER PRIMARY KEY,      -- grows with the time it was noted, so that newest first needs no sorting
    note TEXT NOT NULL UNIQUE,
    patient TEXT NOT NULL,
    hidden INTEGER NOT NULL
);
CREATE INDEX note_patient ON note (patient);
CREATE TABLE appointment (
    id TEXT PRIMARY KEY,
    start REAL NOT NULL          -- seconds since 1970, UTC
) WITHOUT ROWID;
CREATE INDEX appointment_start ON appointment (start, id);
CREATE VIRTUAL TABLE note_words USING fts5 (
    words, hidden UNINDEXED, tokenize = 'ascii', prefix = '1 2 3', detail = 'none', columnsize = 0
);
"""


def connect() -> sqlite3.Connection:
    """Return an empty index in memory; temporary results stay in memory as well."""
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.executescript(TABLES)
    return connection
