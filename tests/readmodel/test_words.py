"""Words are found in notes that may be found, newest first, and a hidden note leaves no trace."""

import datetime as dt

import pytest

from rapportdesk.model.identity import PatientId, RecordId, StaffId, new_id
from rapportdesk.model.note import Note, NoteKind
from rapportdesk.readmodel import MemoryIndex, words
from rapportdesk.readmodel.compartment import Compartment
from rapportdesk.readmodel.database import in_memory
from rapportdesk.readmodel.entry import EVERYBODY, Entry, IndexedNote
from tests.readmodel.contents import meaning

MORNING = dt.datetime(2025, 3, 14, 8, 55, tzinfo=dt.UTC)
PATIENT = PatientId(new_id())


def note(text: str, minutes: int = 0, patient: PatientId = PATIENT) -> Note:
    return Note(
        id=RecordId(new_id()),
        patient=patient,
        kind=NoteKind.HOBBY,
        text=text,
        noted_at=MORNING + dt.timedelta(minutes=minutes),
        noted_by=StaffId(new_id()),
        noted_by_name="Ana",
    )


def test_a_word_is_found_from_its_first_letter_and_without_accents() -> None:
    index = MemoryIndex()
    index.put_note(note("Gärtnert mit Huw: tomatoes and Ørsted's roses"), hidden=False)
    for text in ("g", "gart", "tom huw", "ROSES", "orsted", "Ørst", "gärtnert"):
        assert len(index.find_words(text).hits) == 1, text
    for text in ("omatoes", "gartx", "tom gwen", ""):
        assert index.find_words(text).hits == (), text


def test_words_of_a_script_without_gaps_are_found() -> None:
    index = MemoryIndex()
    kept = note("她喜欢园艺")
    index.put_note(kept, hidden=False)
    assert index.find_words("园艺").hits == ((kept.id, PATIENT),)


def test_the_newest_come_first_in_whatever_order_they_were_put() -> None:
    index = MemoryIndex()
    notes = [note("roses", minutes) for minutes in (5, 1, 9, 3, 3)]
    for each in notes:
        index.put_note(each, hidden=False)
    found = [hit[0] for hit in index.find_words("rose").hits]
    assert found[0] == notes[2].id
    assert found[1] == notes[0].id
    assert set(found[2:4]) == {notes[3].id, notes[4].id}
    assert found[4] == notes[1].id


def test_hidden_notes_are_left_out_before_the_limit() -> None:
    index, plain = MemoryIndex(), MemoryIndex()
    for minute in range(60):
        shown = note("roses", minute)
        index.put_note(shown, hidden=False)
        plain.put_note(shown, hidden=False)
        index.put_note(note("roses", minute), hidden=True)
    for limit in (1, 7, 50, 60, 200):
        assert index.find_words("roses", limit) == plain.find_words("roses", limit)
    assert index.find_words("roses").more
    assert not index.find_words("roses", 60).more


def test_a_note_that_is_hidden_or_removed_or_rewritten_is_no_longer_found() -> None:
    index = MemoryIndex()
    kept = note("roses")
    index.put_note(kept, hidden=False)
    assert index.find_words("roses").hits
    index.put_note(kept, hidden=True)
    assert not index.find_words("roses").hits
    index.put_note(kept, hidden=False)
    assert index.find_words("roses").hits
    index.remove_note(kept.id)
    index.remove_note(kept.id)
    assert not index.find_words("roses").hits


def test_a_removed_patients_notes_go_too() -> None:
    index = MemoryIndex()
    other = PatientId(new_id())
    index.put_note(note("roses"), hidden=False)
    kept = note("roses", patient=other)
    index.put_note(kept, hidden=False)
    index.remove_patient(PATIENT)
    assert index.find_words("roses").hits == ((kept.id, other),)


def test_a_note_of_a_mebibyte_is_found_by_its_last_word() -> None:
    index = MemoryIndex()
    index.put_note(note("rose " * 200_000 + "\x00\ud800 chrysanthemum"), hidden=False)
    assert len(index.find_words("chrysanth").hits) == 1


def test_what_a_note_is_marked_with_is_no_word_that_is_known() -> None:
    """Else it would be known as long as the first note so marked is there, and no longer."""
    index = Compartment(in_memory())
    kept, gone = note("roses"), note("roses, my hobby")
    for each in (kept, gone):
        index.put_note(each)
    assert meaning(index)["term"] == [("hobby",), ("my",), ("roses",)]
    index.remove_note(gone.id)
    assert meaning(index)["term"] == [("roses",)]


def pieces(index: Compartment) -> int:
    """Return of how many pieces the full text is made up."""
    with index.reading() as connection:
        return int(connection.execute("SELECT count(DISTINCT segid) FROM note_words_idx").fetchall()[0][0])


@pytest.mark.parametrize("merges", [True, False])
def test_pieces_of_the_full_text_are_merged_with_what_is_written_and_by_no_statement_itself(
    monkeypatch: pytest.MonkeyPatch, merges: bool
) -> None:
    if not merges:  # the control: FTS5 itself leaves them alone
        monkeypatch.setattr(words, "_MERGED_AT_ONCE", 0)
    index = Compartment(in_memory())
    for number in range(62):
        told = IndexedNote(note=note(f"roses {number}", -number), shown=EVERYBODY)
        index.put(Entry(id=PatientId(f"p{number}"), notes=(told,)))
    assert pieces(index) < 20 if merges else pieces(index) == 62
    assert len(index.find_notes("roses", 100)) == 62
