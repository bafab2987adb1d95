"""A file is brought to the newest form step by step, each whole or not at all, and a copy stays."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select
from sqlmodel import SQLModel

from rapportdesk.errors import NewerFormat, VaultFault
from rapportdesk.store.file.location import FORMAT_VERSION
from rapportdesk.store.file.migrating import MIGRATIONS
from rapportdesk.store.file.vault_file import VaultFile
from rapportdesk.store.sealed_store import SealedStore
from rapportdesk.store.tables import ChangeRow, table_of
from tests.store.clinic import Clinic, a_note, a_patient

_STEP = '''
"""A step of a later version."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{number}", "{before}", None, None
def upgrade():
    {body}
'''
_ADDS = 'op.add_column("record", sa.Column("later", sa.Integer))'
_FAILS_HALFWAY = """op.create_table("half", sa.Column("id", sa.Integer))
    op.execute("DELETE FROM record")
    op.execute("SELECT no_such_function()")"""


@pytest.fixture
def later_steps(tmp_path: Path) -> Path:
    """Give the program's steps with room for later ones."""
    steps = tmp_path / "steps"
    shutil.copytree(MIGRATIONS, steps, ignore=shutil.ignore_patterns("__pycache__"))
    return steps


def _add_step(steps: Path, number: str, before: str, body: str) -> None:
    text = _STEP.format(number=number, before=before, body=body)
    (steps / "versions" / f"{number}_step.py").write_text(text, encoding="utf-8")


def _columns(path: Path, table: str) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}


def _step_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def _a_note_inside(clinic: Clinic) -> Any:
    with clinic.open() as store:
        return store.put(a_note(store.put_patient(a_patient())))


def test_the_tables_are_what_the_steps_make(clinic: Clinic) -> None:
    with VaultFile.open(clinic.path) as file, file.transaction() as reading:
        differences = compare_metadata(MigrationContext.configure(reading.connection), SQLModel.metadata)
        assert differences == []
        version = reading.connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        assert version == FORMAT_VERSION == len(list((MIGRATIONS / "versions").glob("[0-9]*.py")))
        without_rowid = reading.connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE wr AND name IN ('record', 'patient', 'record_revision')"
        )
        assert len(without_rowid.all()) == 3


def test_an_older_file_is_copied_and_brought_up_to_date(clinic: Clinic, later_steps: Path) -> None:
    note = _a_note_inside(clinic)
    _add_step(later_steps, "0004", "0003", _ADDS)
    with VaultFile.open(clinic.path, migrations=later_steps) as file:
        store = SealedStore(file, clinic.clinician.keys, clinic.clock)
        assert store.thing(note.id) == note
        assert store.verify().clean
    assert "later" in _columns(clinic.path, "record")
    copy = clinic.path.with_name("desk.rapport.before-0003")
    assert "later" not in _columns(copy, "record")
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    shutil.move(copy, clinic.path)
    with clinic.open() as store:
        assert store.thing(note.id) == note
        assert store.verify().clean


def test_a_file_that_is_up_to_date_is_not_copied(clinic: Clinic) -> None:
    with clinic.open():
        pass
    assert [path.name for path in clinic.path.parent.iterdir()] == ["desk.rapport"]


def test_a_step_that_fails_halfway_leaves_the_file_at_the_step_before(clinic: Clinic, later_steps: Path) -> None:
    note = _a_note_inside(clinic)
    _add_step(later_steps, "0004", "0003", _ADDS)
    _add_step(later_steps, "0005", "0004", _FAILS_HALFWAY)
    with pytest.raises(VaultFault):
        VaultFile.open(clinic.path, migrations=later_steps)
    assert _step_of(clinic.path) == "0004"
    assert _columns(clinic.path, "half") == set()
    (later_steps / "versions" / "0005_step.py").unlink()
    with VaultFile.open(clinic.path, migrations=later_steps) as file:
        store = SealedStore(file, clinic.clinician.keys, clinic.clock)
        assert store.thing(note.id) == note
        assert store.verify().clean


def test_a_file_that_has_seen_a_later_step_is_refused(clinic: Clinic, later_steps: Path) -> None:
    _add_step(later_steps, "0004", "0003", _ADDS)
    VaultFile.open(clinic.path, migrations=later_steps).close()
    before = clinic.path.read_bytes()
    with pytest.raises(NewerFormat):
        VaultFile.open(clinic.path)
    assert clinic.path.read_bytes() == before


def test_the_steps_are_found_from_a_path_with_signs_in_it(clinic: Clinic, tmp_path: Path) -> None:
    odd = tmp_path / "100% of it's; here"
    shutil.copytree(MIGRATIONS, odd)
    _add_step(odd, "0004", "0003", _ADDS)
    VaultFile.open(clinic.path, migrations=odd).close()
    assert "later" in _columns(clinic.path, "record")


def test_a_first_step_that_fails_leaves_no_file(tmp_path: Path, later_steps: Path) -> None:
    _add_step(later_steps, "0004", "0003", _FAILS_HALFWAY)
    with pytest.raises(VaultFault):
        VaultFile.create(tmp_path / "new" / "desk.rapport", vault_id="1", migrations=later_steps)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_file_of_the_first_version_opens_and_from_then_on_says_what_changed(clinic: Clinic) -> None:
    note = _a_note_inside(clinic)
    with VaultFile.open(clinic.path) as file:  # as the first version left it: no such rows, nor any term for them
        store = SealedStore(file, clinic.clinician.keys, clinic.clock)
        with file.transaction() as writing:
            for row in writing.rows(select(table_of(ChangeRow).c.epoch)):
                writing.remove(ChangeRow, **row)
    with closing(sqlite3.connect(clinic.path, isolation_level=None)) as connection:
        connection.executescript(
            "DROP TABLE change; DROP TABLE arrival; DROP TABLE arriving_patient; DROP TABLE arriving_record;"
            "UPDATE alembic_version SET version_num = '0001'"
        )
        connection.execute("PRAGMA user_version = 1")
    with clinic.open() as store:
        assert store.thing(note.id) == note
        place = store.changes.position()
        store.put(note)
        since = store.changes.since(place)
        assert since is not None
        assert since.patients == (note.patient,)
        assert store.verify().clean
    assert clinic.path.with_name("desk.rapport.before-0001").exists()
