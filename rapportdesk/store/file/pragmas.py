"""Every connection to the vault is made here, so that none is without the settings that keep what was acknowledged.

One process at a time (`locking_mode=EXCLUSIVE`; no shared memory beside the file), write-ahead log, synced at every
commit, deleted content overwritten, nothing in temporary files. Standard library alone: the sign-in needs this before
anything else is imported.
"""

import sqlite3
from pathlib import Path

PAGE_SIZE = 8192
"""Bytes of a page in a new file; an older one keeps its 4,096. Sealed rows are 400 bytes and more and come by random
ids: with twice as many to a page a large file is a twentieth smaller."""

_SETTINGS = (
    "PRAGMA locking_mode = EXCLUSIVE",  # first: read before the write-ahead log is first touched
    f"PRAGMA page_size = {PAGE_SIZE}",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",  # macOS alone has it, and needs it
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
    # Whoever commits brings the log into the file: a quarter of SQLite's own thousand pages, so a quarter of the wait.
    "PRAGMA wal_autocheckpoint = 250",
)


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing file for this process alone; fails at once when another has it.

    Transactions are the caller's to begin (`isolation_level` None). The connection may be used from a thread other
    than the one that made it, by one at a time.

    Raises:
        sqlite3.Error: See `rapportdesk.store.file.faults`.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in _SETTINGS:
            connection.execute(setting).fetchall()
        # Takes the lock now; in exclusive mode it is kept until the connection closes.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except UnicodeDecodeError:  # a changed byte in the tables' own text: Python cannot read what SQLite says of it
        connection.close()
        raise sqlite3.DatabaseError("the schema is no text") from None
    except BaseException:
        connection.close()
        raise
    return connection
