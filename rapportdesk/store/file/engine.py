"""One connection, and a second asked for while the first is out is an error, not a silent rollback of the first.

SQLAlchemy's StaticPool would hand the same connection out twice; a pool of one with no overflow and no waiting raises.
Transactions begin with BEGIN IMMEDIATE: left to itself sqlite3 begins late, and half a migration stays behind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError

from rapportdesk.store.file.faults import told
from rapportdesk.store.file.location import unusable
from rapportdesk.store.file.pragmas import connect


def make_engine(path: Path) -> Engine:
    """Return the engine over an existing file; nothing is opened yet."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=0,
        hide_parameters=True,  # an error's text must not hold a row
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def driver(connection: Connection) -> sqlite3.Connection:
    """Return the sqlite3 connection underneath, for what may not run in a transaction."""
    found = connection.connection.driver_connection
    if not isinstance(found, sqlite3.Connection):
        raise TypeError("the vault's connection is not SQLite's")
    return found


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn SQLite's errors into VaultFault, VaultBusy or the like, without the statement or its values."""
    try:
        yield
    except sqlite3.Error as error:
        raise told(error) from None
    except DBAPIError as error:
        raise (told(error.orig) if isinstance(error.orig, sqlite3.Error) else unusable()) from None
