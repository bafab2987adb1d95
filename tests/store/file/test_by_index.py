"""A card is read by an index; a row that an index has lost is noticed, and found again when a person says so."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rapportdesk.errors import VaultFault
from rapportdesk.store.file.doorway import read_doorway
from rapportdesk.store.file.pragmas import PAGE_SIZE, connect
from rapportdesk.store.file.vault_file import VaultFile
from tests.store.clinic import Clinic, a_note, a_patient


def _spoil_index(path: Path, index: str, was: str) -> None:
    """Change an id in an index's page, as a bad sector would, and not in the table's."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (index,)).fetchone()
    content = bytearray(path.read_bytes())
    at = content.index(was.encode(), (page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    content[at] = ord("0") if content[at] != ord("0") else ord("1")
    path.write_bytes(content)


def test_a_row_that_an_index_has_lost_is_noticed_and_found_again(clinic: Clinic) -> None:
    with clinic.open() as store:
        patient = store.put_patient(a_patient())
        note = store.put(a_note(patient))
        assert store.verify().clean  # the control
    _spoil_index(clinic.path, "ix_record_patient_id", patient.id)
    with clinic.open() as store:
        assert store.things(patient.id) == ()
        assert [fault.where for fault in store.verify().faults] == ["record"]
        store.accept_as_it_is()
        assert store.things(patient.id) == (note,)
        assert store.verify().clean


def test_a_changed_byte_in_the_tables_own_text_is_told_in_words(clinic: Clinic) -> None:
    content = bytearray(clinic.path.read_bytes())
    at = next(found.start() for found in re.finditer(b"CREATE TABLE record", content))
    content[at + 7] |= 0x80
    clinic.path.write_bytes(content)
    with pytest.raises(sqlite3.DatabaseError):
        connect(clinic.path)
    for opening in (read_doorway, VaultFile.open):
        with pytest.raises(VaultFault):
            opening(clinic.path)


def test_a_changed_version_is_never_taken_for_a_first_start(clinic: Clinic) -> None:
    content = bytearray(clinic.path.read_bytes())
    content[60:64] = bytes(4)
    clinic.path.write_bytes(content)
    assert len(read_doorway(clinic.path).slots) == 3


def test_whoever_could_not_open_a_damaged_file_is_not_in_the_way_of_the_next(clinic: Clinic) -> None:
    whole = clinic.path.read_bytes()
    with closing(sqlite3.connect(clinic.path)) as connection:
        connection.execute("DROP TABLE header")
    with pytest.raises(VaultFault) as told:
        VaultFile.open(clinic.path)
    assert told.value.__traceback__ is not None  # as long as somebody holds it, nothing is collected
    clinic.path.write_bytes(whole)
    VaultFile.open(clinic.path).close()


def test_a_damaged_page_that_shows_two_sums_for_one_is_told_in_words(clinic: Clinic) -> None:
    with closing(sqlite3.connect(clinic.path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'manifest'").fetchone()
    content = bytearray(clinic.path.read_bytes())
    content[(page - 1) * PAGE_SIZE + 4] = 2  # the page's number of cells is at 3 and 4
    content[(page - 1) * PAGE_SIZE + 10 : (page - 1) * PAGE_SIZE + 12] = content[
        (page - 1) * PAGE_SIZE + 8 : (page - 1) * PAGE_SIZE + 10
    ]
    clinic.path.write_bytes(content)
    with clinic.open() as store:
        assert "manifest" in {fault.where for fault in store.verify().faults}
        with pytest.raises(VaultFault):
            store.put_patient(a_patient())
