"""What lies in a compartment's file opens with its key alone, holds nothing that was taken out, and is never mended."""

import stat
from contextlib import suppress
from pathlib import Path

import pytest

from rapportdesk.model.identity import RecordId
from rapportdesk.readmodel.compartment import AT_ANY_TIME, Compartment
from rapportdesk.readmodel.database import IndexFault
from rapportdesk.readmodel.encrypted import open_file, remove_file
from rapportdesk.readmodel.schema import WORDS_MERGED
from rapportdesk.readmodel.words import NoteFilter
from tests.readmodel.contents import meaning
from tests.readmodel.people import names, person
from tests.readmodel.test_words import note

KEY, OTHER = bytes(range(32)), bytes(32)
EVERYTHING = NoteFilter()


def opened(path: Path, key: bytes = KEY) -> Compartment:
    return Compartment(open_file(path, key), AT_ANY_TIME)


def bytes_of(path: Path) -> bytes:
    """Return every byte that lies beside each other under one name."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


def decrypted(path: Path) -> bytes:
    """Return every page as its key opens it, free ones included."""
    index = opened(path)
    try:
        return decrypted_while_open(index)
    finally:
        index.close()


def decrypted_while_open(index: Compartment) -> bytes:
    """Return the pages as the open compartment reads them."""
    return bytes(index._databases.reading.serialize("main"))  # type: ignore[attr-defined]  # apsw's own


def test_what_was_put_is_found_after_it_was_closed_and_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "index"
    index = opened(path)
    index.put_patient(person("Nia Prydderch", "1958-03-14", number="1"))
    index.put_note(note("roses and leeks"), topic="Bereavement")
    before = meaning(index)
    index.close()
    index = opened(path)
    assert meaning(index) == before
    assert [hit.name for hit in index.find_people("nia").hits] == ["Nia Prydderch"]
    for text, where in (("leek", EVERYTHING), ("", NoteFilter(kinds=("hobby",))), ("", NoteFilter(topics=("berea",)))):
        assert len(index.find_notes(text, 5, where)) == 1
    for text, where in (("leeks", NoteFilter(kinds=("please-do",))), ("leeks", NoteFilter(topics=("weight",)))):
        assert index.find_notes(text, 5, where) == []
    index.close()


def test_nothing_of_it_can_be_read_from_the_files_with_or_without_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "index"
    index = opened(path)
    index.put_patient(person("Nia Prydderch", number="KW-204-19"))
    index.put_note(note("corncrake corncrake"))
    before = bytes_of(path)
    index.close()
    for lies in (before, bytes_of(path)):
        for word in (b"rydderch", b"KW-204", b"corncrake", b"SQLite format", b"note_words", b"CREATE TABLE"):
            assert word not in lies
    assert b"rydderch" in decrypted(path), "the control: its key opens it"
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o600 for each in tmp_path.iterdir())


def test_a_note_that_is_taken_out_leaves_none_of_its_words(tmp_path: Path) -> None:
    path = tmp_path / "index"
    index = opened(path)
    for number in range(60):
        index.put_note(note(f"roses moorhen{number % 7}", number))
    kept, gone = note("roses", 90), note("bittern thistle", 91)
    for each in (kept, gone):
        index.put_note(each)
    index.leave_no_bytes()
    assert b"ittern" in decrypted_while_open(index), "the control"
    index.remove_note(gone.id)
    index.leave_no_bytes()
    assert index.find_notes("bittern", 5) == []
    assert b"ittern" not in decrypted_while_open(index)
    assert b"histl" not in decrypted_while_open(index)
    index.close()
    lies = decrypted(path)
    assert b"ittern" not in lies
    assert gone.id.encode() not in lies
    assert kept.id.encode() in lies


def test_a_person_who_is_taken_out_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "index"
    index = opened(path)
    nia, huw = (
        person("Nia Prydderch", number="KW-204"),
        person("Huw Quillfeather", number="KW-777", phone="07700900555"),
    )
    for each in (nia, huw):
        index.put_patient(each)
    index.put_note(note("plover", patient=huw.id))
    index.remove_patient(huw.id)
    index.leave_no_bytes()
    index.close()
    lies = decrypted(path)
    for word in (b"uillfeather", b"quillfe", b"kw777", b"555009", b"plover", huw.id.encode()):
        assert word not in lies
    assert b"rydderch" in lies


def test_what_is_written_is_found_though_an_answer_was_not_read_to_its_end(tmp_path: Path) -> None:
    index = opened(tmp_path / "index")
    for name in ("Nia Prydderch", "Huw Quillfeather", "Zoe Quillfeather"):
        index.put_patient(person(name))

    def read_some() -> None:
        with index.reading() as connection:
            people = iter(connection.execute("SELECT name FROM person"))
            assert next(people)
            assert len(connection.execute("SELECT name FROM person").fetchall()) == 3

    read_some()
    index.put_patient(person("Owen Tate"))
    assert names(index.find_people("owen")) == ["Owen Tate"]
    index.leave_no_bytes()
    assert (tmp_path / "index-wal").stat().st_size == 0
    index.close()


@pytest.mark.parametrize("fault", ["another key", "cut off", "changed", "empty of sense", "another version"])
def test_whatever_is_wrong_with_a_file_it_is_refused_and_another_takes_its_place(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "index"
    index = opened(path)
    for number in range(200):
        index.put_note(note(f"roses number{number}", number))
    index.leave_no_bytes()
    if fault == "another version":
        with index.writing() as connection:
            connection.execute("PRAGMA user_version = 7")
    index.close()
    content = bytearray(path.read_bytes())
    if fault == "cut off":
        path.write_bytes(content[: len(content) // 2 + 100])
    elif fault == "changed":
        for at in range(len(content) // 3, len(content), 4096):
            content[at] ^= 1
        path.write_bytes(content)
    elif fault == "empty of sense":
        path.write_bytes(b"no database " * 1000)

    def read_all() -> None:
        damaged = opened(path, OTHER if fault == "another key" else KEY)
        try:
            damaged.find_notes("roses", 500)
            damaged.put_note(note("leeks"))
        finally:
            damaged.close()

    with pytest.raises(IndexFault):
        read_all()
    remove_file(path)
    index = opened(path)
    assert index.find_notes("roses", 5) == []
    index.close()


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"")
    (tmp_path / "index").symlink_to(elsewhere)
    with pytest.raises(IndexFault):
        open_file(tmp_path / "index", KEY)
    remove_file(tmp_path / "index")
    opened(tmp_path / "index").close()
    assert elsewhere.read_bytes() == b""


def test_a_search_goes_on_while_something_is_being_written(tmp_path: Path) -> None:
    index = opened(tmp_path / "index")
    kept = note("roses")
    index.put_note(kept)
    with index.writing():
        index.put_note(note("roses", 5))
        assert [each.note for each in index.find_notes("roses", 5)] == [kept.id]
    assert len(index.find_notes("roses", 5)) == 2
    index.remove_note(RecordId("never there"))
    index.close()


def test_what_is_written_in_one_is_found_once_it_is_settled(tmp_path: Path) -> None:
    index = opened(tmp_path / "index")
    for _number in range(2):
        with index.writing(in_one=True):
            index.put_note(note("roses"))
    assert index.find_notes("roses", 5) == []
    index.settle()
    assert len(index.find_notes("roses", 5)) == 2
    index.close()


def test_a_piece_that_fails_takes_with_it_what_is_not_settled_and_nothing_else(tmp_path: Path) -> None:
    index = opened(tmp_path / "index")
    settled = note("roses")
    index.put_note(settled)
    with index.writing(in_one=True):
        index.put_note(note("roses"))
    with suppress(ZeroDivisionError), index.writing(in_one=True):
        index.put_note(note("roses"))
        raise ZeroDivisionError
    index.settle()
    index.put_note(note("leeks"))
    assert [each.note for each in index.find_notes("roses", 5)] == [settled.id]
    assert len(index.find_notes("leeks", 5)) == 1
    index.close()


def test_a_file_that_merged_within_its_statements_does_so_no_longer(tmp_path: Path) -> None:
    def merged(index: Compartment) -> dict[str, int]:
        with index.reading() as connection:
            kept = dict(connection.execute("SELECT k, v FROM note_words_config").fetchall())
        return {name: kept[name] for name in WORDS_MERGED}

    index = opened(tmp_path / "index")
    assert merged(index) == WORDS_MERGED
    with index.writing() as connection:
        connection.execute("INSERT INTO note_words (note_words, rank) VALUES ('automerge', 4)")
    assert merged(index) != WORDS_MERGED
    index.close()
    index = opened(tmp_path / "index")
    assert merged(index) == WORDS_MERGED
    index.close()
