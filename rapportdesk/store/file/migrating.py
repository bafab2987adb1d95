"""A file becomes the newest form by numbered steps, each whole or not at all, after a copy; a newer file is refused.

The copy lies beside the file under its old form's number, is as sealed as the file, and goes when it has served: see
`copies_beside`. The steps are found by path, so a frozen program must carry `rapportdesk/store/migrations` as files.
"""

import logging
import os
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from rapportdesk.store.file.copies_beside import former_at
from rapportdesk.store.file.copying import copy_to
from rapportdesk.store.file.engine import driver, faults_told
from rapportdesk.store.file.location import APPLICATION_ID, newer, not_a_vault

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def bring_up_to_date(
    connection: Connection, path: Path, migrations: Path = MIGRATIONS, *, keeps_former: bool = True
) -> None:
    """Apply the steps that the file has not seen.

    Args:
        connection: Not in a transaction.
        path: The vault's file, for the copy beside it.
        migrations: Where the steps lie.
        keeps_former: Whether a copy is made first; not of what is a copy itself.

    Raises:
        NewerFormat: The file has seen a step that this program does not know.
        VaultFault: The copy or a step failed, and the file is as it was before that step; or it is no vault.
    """
    config = Config()
    # ConfigParser reads % as interpolation.
    config.set_main_option("script_location", os.fspath(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    with faults_told():
        seen = MigrationContext.configure(connection).get_current_heads()
        connection.rollback()  # reading began a transaction
        if not seen:
            if not _is_empty(connection):
                raise not_a_vault()
            # The first thing written, so that a making that is cut off is known for what it is.
            driver(connection).execute(f"PRAGMA application_id = {APPLICATION_ID}")
        known = {step.revision for step in script.walk_revisions()}
        if not known.issuperset(seen):
            raise newer()
        if set(seen) == set(script.get_heads()):
            return
        if seen and keeps_former:
            copy_to(driver(connection), former_at(path, seen[0]))
        logging.getLogger(__name__).info("brings a file up to date; %d of its steps are known", len(seen))
        command.upgrade(config, "head")
        driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _is_empty(connection: Connection) -> bool:
    with connection.begin():
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    return set(tables) <= {"alembic_version"}
