"""Every keystroke is answered by a range of an index: no query here walks through all people.

What may be seen is a column of each row, so that a limit, a count and a snippet never meet what is hidden: the number
of the day (`datetime.date.toordinal`) from which the row counts as hidden until somebody decides anew. 0 hides it, and
what nobody decided about is not there at all.

The words of a note lie in the table of its full text, not in its index alone. A table without them (FTS5's contentless)
keeps deleted terms until everything is merged, which takes seconds with a million notes and would make every erasure
wait; with them, FTS5's `secure-delete` takes the terms out with the note. Beside the words stand marks (`:kind:hobby`)
that nobody can type, so that a filter is one more list to intersect and never a walk through all notes with a word.

A name is broken into folded words of `a-z0-9` (rapportdesk.model.names), so a prefix is the range from itself to itself
followed by "{", the character after "z".
"""

from enum import IntEnum

VERSION = 4
"""Counted up with every change of what lies in the tables; an index of another version is made anew."""

ALWAYS = 9_999_999
"""The day number for what is shown until further notice: later than any calendar's last day."""

NEVER = 0
"""The day number for what is hidden."""


class WordKind(IntEnum):
    """What a row of `name_word` is: a part of a name, of a former one, or several parts written together."""

    NAME = 0
    FORMER = 1
    JOINED = 2


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
    latin INTEGER NOT NULL,
    deceased INTEGER NOT NULL,
    near INTEGER,                -- could be taken for somebody else; NULL while that is in doubt
    digest BLOB NOT NULL         -- of everything by which this person is found: unchanged people are not written again
);
CREATE INDEX person_deceased ON person (patient) WHERE deceased;
CREATE INDEX person_birth ON person (birth);
CREATE INDEX person_near ON person (near);
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
    sound TEXT NOT NULL,         -- metaphone; empty when it has none
    holders INTEGER NOT NULL     -- how many people have it
) WITHOUT ROWID;
CREATE INDEX vocabulary_sound ON vocabulary (sound);
CREATE TABLE typo (              -- symmetric deletes: two words an edit or two apart share a key
    key TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (key, word)
) WITHOUT ROWID;
CREATE TABLE near_word (         -- both ways, and each word with itself: spelled alike, said alike, or its first letter
    word TEXT NOT NULL,
    near TEXT NOT NULL,
    PRIMARY KEY (word, near)
) WITHOUT ROWID;
CREATE TABLE name_pair (         -- both ways: two words that one person has, so that two beginnings meet in one range
    one TEXT NOT NULL,           -- empty for a name of a single part
    other TEXT NOT NULL,
    parts INTEGER NOT NULL,      -- of the shortest form of the name in which both stand; 99 in none
    born INTEGER NOT NULL,       -- day number, 0 when unknown: whoever has the same two words is listed by it
    person INTEGER NOT NULL,
    letters TEXT NOT NULL,       -- with which the person's words begin, sorted, twice if two do: no look at each word
    PRIMARY KEY (one, other, parts, born, person)
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
    kind TEXT NOT NULL,
    reception INTEGER NOT NULL,  -- the first local day on which reception may not see it without deciding again
    clinician INTEGER NOT NULL,  -- the same for a clinician who is not known to be alone with the patient
    digest BLOB NOT NULL         -- of the row of note_words: what did not change is not written again
);
CREATE INDEX note_patient ON note (patient);
CREATE TABLE note_term (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE appointment (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    start REAL NOT NULL,         -- seconds since 1970, UTC
    payload BLOB NOT NULL        -- rapportdesk.readmodel.payload
) WITHOUT ROWID;
CREATE INDEX appointment_start ON appointment (start, id);
CREATE INDEX appointment_patient ON appointment (patient);
CREATE TABLE task (
    id TEXT PRIMARY KEY,
    patient TEXT NOT NULL,
    code TEXT NOT NULL,
    ended REAL,                  -- seconds since 1970; NULL while it is open
    due TEXT NOT NULL,           -- so that the order of this text is the order in which open ones are listed
    reception INTEGER NOT NULL,  -- as of a note
    clinician INTEGER NOT NULL,
    payload BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX task_open ON task (due, id) WHERE ended IS NULL;
CREATE INDEX task_ended ON task (ended) WHERE ended IS NOT NULL;
CREATE INDEX task_patient ON task (patient);
CREATE TABLE held (              -- whose notes and lists are here, and until when what is said of them holds
    patient TEXT PRIMARY KEY,
    due INTEGER NOT NULL,        -- the first local day on which something must be decided again
    told INTEGER NOT NULL,       -- until which day a clinician is told that something waits under the veil
    asked INTEGER NOT NULL,      -- something was ever said about consent
    agreed REAL,
    said_no INTEGER NOT NULL,
    may_be_due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX held_due ON held (due);
CREATE INDEX held_told ON held (told) WHERE told > 0;
CREATE INDEX held_agreed ON held (agreed) WHERE agreed IS NOT NULL;
CREATE INDEX held_no ON held (patient) WHERE said_no;
CREATE INDEX held_may_be_due ON held (patient) WHERE may_be_due;
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE VIRTUAL TABLE note_words USING fts5 (
    words, tokenize = "ascii tokenchars ':-'", prefix = '1 2 3 4 5', detail = 'none', columnsize = 0
);
"""

WORDS_MERGED = {"automerge": 0, "crisismerge": 64, "usermerge": 8}
"""How FTS5 merges its pieces: never by itself within a statement or a commit, which took 40 to 180 ms at a million
notes, but some pages of eight or more pieces of a size whenever a patient's notes were written (`words.merge_some`)."""
