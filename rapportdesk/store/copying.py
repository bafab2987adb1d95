"""A copy of the whole file is made by SQLite itself, so that it holds one moment's state and nothing half written."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from rapportdesk.store.location import make_empty, unusable


def copy_to(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database, as sealed as it is, to a new file that only its owner can read, and wait until the disk has it.

    Args:
        source: Not in a transaction.
        target: Where nothing lies, or something that may go.

    Raises:
        VaultFault: The disk does not let us.
    """
    try:
        target.unlink(missing_ok=True)
        make_empty(target)
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        with target.open("rb+") as copied:
            os.fsync(copied.fileno())
    except OSError:
        raise unusable() from None
