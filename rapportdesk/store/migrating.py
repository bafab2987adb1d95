"""A file becomes the newest form by numbered steps, each whole or not at all, after a copy; a newer file is refused.

The copy lies beside the file under its old form's number and is as sealed as the file. The steps are found by path, so
a frozen program must carry `rapportdesk/store/migrations` as files.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from rapportdesk.store.engine import driver, faults_told
from rapportdesk.store.location import newer

MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(connection: Connection, path: Path, migrations: Path = MIGRATIONS) -> None:
    """Apply the steps that the file has not seen.

    Args:
        connection: Not in a transaction.
        path: The vault's file, for the copy beside it.
        migrations: Where the steps lie.

    Raises:
        NewerFormat: The file has seen a step that this program does not know.
        VaultFault: The copy or a step failed; the file is as it was before that step.
    """
    config = Config()
    # ConfigParser reads % as interpolation.
    config.set_main_option("script_location", os.fspath(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    with faults_told():
        seen = MigrationContext.configure(connection).get_current_heads()
        connection.rollback()  # reading began a transaction
        known = {step.revision for step in script.walk_revisions()}
        if not known.issuperset(seen):
            raise newer()
        if set(seen) == set(script.get_heads()):
            return
        if seen:
            _copy(driver(connection), path.with_name(f"{path.name}.before-{seen[0]}"))
        command.upgrade(config, "head")
        driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _copy(source: sqlite3.Connection, target: Path) -> None:
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    with target.open("rb+") as copied:
        os.fsync(copied.fileno())
