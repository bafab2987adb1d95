"""Everything that lies in a compartment, table by table, for comparing and for looking what is not there."""

from typing import Any

from rapportdesk.readmodel.compartment import Compartment


def tables(compartment: Compartment) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every table, the full text's own included."""
    with compartment.reading() as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {
            name: [tuple(row) for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608
            for (name,) in named
        }


def meaning(compartment: Compartment) -> dict[str, list[tuple[Any, ...]]]:
    """Return what is told of everybody, whatever the order in which it was told: without the numbers of rows."""
    with compartment.reading() as connection:

        def rows(sql: str) -> list[tuple[Any, ...]]:
            return sorted((tuple(row) for row in connection.execute(sql)), key=repr)

        return {
            "person": rows("SELECT patient, name, called, own_script, birth, number, forms, deceased FROM person"),
            "word": rows("SELECT p.patient, w.word, w.sort, w.kind FROM name_word w JOIN person p ON p.id = w.person"),
            "identifier": rows("SELECT p.patient, folded, value FROM identifier i JOIN person p ON p.id = i.person"),
            "phone": rows("SELECT p.patient, backwards, shared FROM phone i JOIN person p ON p.id = i.person"),
            "vocabulary": rows("SELECT * FROM vocabulary"),
            "typo": rows("SELECT * FROM typo"),
            "note": rows(
                "SELECT note, patient, kind, reception, clinician, words FROM note n JOIN note_words w ON w.rowid=n.id"
            ),
            "term": rows("SELECT * FROM note_term"),
            "appointment": rows("SELECT * FROM appointment"),
            "task": rows("SELECT * FROM task"),
            "held": rows("SELECT * FROM held"),
        }
